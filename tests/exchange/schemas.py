"""XML schemas that lie in a folder and import one another by address, without the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["schema_of"]


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
        find: Any = getattr(self, "resolve_filename")  # noqa: B009 - not in the stubs
        return find(str(local), context) if local.is_file() else None
