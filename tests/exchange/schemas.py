"""XML schemas that lie in a folder and import one another by address, without the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["schema_of"]

_DCMI_TYPES = (
    "Collection Dataset Event Image InteractiveResource MovingImage PhysicalObject Service Software"
    " Sound StillImage Text"
).split()
_OTHERS = {
    "dcmitype.xsd": (
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        ' targetNamespace="http://purl.org/dc/dcmitype/"><xs:simpleType name="DCMIType">'
        '<xs:restriction base="xs:Name">'
        + "".join(f'<xs:enumeration value="{type_}"/>' for type_ in _DCMI_TYPES)
        + "</xs:restriction></xs:simpleType></xs:schema>"
    )
}
"""Schemas that are imported and do not lie beside the others."""


def schema_of(folder: Path, name: str) -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Beside(folder))
    return etree.XMLSchema(etree.parse(folder / name, parser))


class _Beside(etree.Resolver):
    """Finds the schemas that a schema imports beside it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def resolve(self, system_url: str, public_id: str, context: Any) -> Any:  # type: ignore[override]
        local = self._folder / system_url.rpartition("/")[2]
        if local.name in _OTHERS:
            give: Any = getattr(self, "resolve_string")  # noqa: B009 - not in the stubs
            return give(_OTHERS[local.name], context)
        find: Any = getattr(self, "resolve_filename")  # noqa: B009 - not in the stubs
        return find(str(local), context) if local.is_file() else None
