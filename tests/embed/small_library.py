"""A library of five real works, in one bibliography."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.library import Store

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["BIBTEX", "small_library"]

BIBTEX = """\
@article{lee2017cards,
  author       = {Lee, Neil},
  title        = {Powerhouse of cards? Understanding the ‘{Northern Powerhouse}’},
  journaltitle = {Regional Studies},
  date         = {2017},
  volume       = {51},
  number       = {3},
  pages        = {478--489},
  doi          = {10.1080/00343404.2016.1196289},
  keywords     = {northern-powerhouse, agglomeration},
}

@article{cellanjones2014northern,
  author       = {Cellan-Jones, Rory},
  title        = {Can a northern tech cluster take off?},
  journaltitle = {{BBC News}},
  date         = {2014-10-23},
  url          = {https://www.bbc.co.uk/news/technology-29737066},
  keywords     = {tech-clusters, agglomeration},
  entrysubtype = {newspaper},
}

@legislation{act2011localism,
  author       = {{United Kingdom}},
  title        = {{Localism Act 2011}},
  date         = {2011-11-15},
  number       = {2011 c. 20},
  url          = {https://www.legislation.gov.uk/ukpga/2011/20/contents},
  keywords     = {english-devolution, metro-mayors},
}

@collection{sandford2009veto,
  editor       = {Sandford, Mark},
  title        = {The {Northern Veto}},
  publisher    = {Manchester University Press},
  date         = {2009},
  isbn         = {9780719075520},
  keywords     = {english-devolution, northern-identity},
}

@book{hatherley2010ruins,
  author       = {Hatherley, Owen},
  title        = {A Guide to the New Ruins of {Great Britain}},
  publisher    = {Verso},
  location     = {London},
  date         = {2010},
  keywords     = {regeneration, northern-identity},
}
"""


def small_library(folder: Path) -> Store:
    """Make the library in a folder that is there."""
    (folder / "north.bib").write_text(BIBTEX, encoding="utf-8")
    return Store(folder)
