"""A screen as a test sees it, without a browser: its words, tables, links and figures, and what is wrong with them."""

import gc
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from dashboard import files
from dashboard.address import parse
from dashboard.screens import frame
from dashboard.screens.canvas import FOLLOWED

# Every AppTest run reads the metadata of every installed package, in search of components: twice as long as our script.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)

APP = Path(__file__).parent.parent / "dashboard" / "app.py"
UNSHOWN = ("style", "script", "pre", "code")
VOID = ("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr")
NO_VALUE = re.compile(r"(?<![\w.])(nan|NaN|None(?! of )|NaT|<NA>|-?inf|-?Infinity|undefined)(?!\w)")
"""What a missing value looks like when nobody cared for it."""
DRAWN = ("d", "points", "style", "transform", "viewbox", "width", "height", "x", "y", "cx", "cy", "r")
NO_NUMBER = re.compile("nan|inf|none", re.IGNORECASE)
"""The same inside a shape, where a letter may follow at once."""
FIGURE_TAGS = re.compile(r"</?(b|i|em|br|sub|sup|span|extra)\b[^<>]*>|<br>")
"""What a figure may hold of markup: words of our own in bold, line breaks, and the empty box beside a label."""
FOREIGN_TAGS = {
    "script",
    "img",
    "iframe",
    "object",
    "embed",
    "base",
    "meta",
    "link",
    "textarea",
    "image",
    "foreignobject",
}


@dataclass(eq=False)
class Tag:
    """One element of a sheet: its name and attributes, and the text in it."""

    name: str
    attributes: dict[str, str]
    text: str = ""
    within: tuple["Tag", ...] = ()

    def has(self, cls: str) -> bool:
        return cls in self.attributes.get("class", "").split()

    def is_in(self, name: str, cls: str | None = None) -> bool:
        return any(tag.name == name and (cls is None or tag.has(cls)) for tag in self.within)


class _Reader(HTMLParser):
    """Every element of a sheet in its order, as a browser would read it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[Tag] = []
        self._open: list[Tag] = []
        self.shown: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Tag(tag, {name: value or "" for name, value in attrs}, within=tuple(self._open))
        self.tags.append(made)
        if tag not in VOID:
            self._open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(Tag(tag, {name: value or "" for name, value in attrs}, within=tuple(self._open)))

    def handle_endtag(self, tag: str) -> None:
        names = [each.name for each in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        for tag in self._open:
            tag.text += data
        if not any(tag.name in UNSHOWN for tag in self._open):
            self.shown.append(data)


@dataclass
class Screen:
    """What one run of the script drew."""

    html: str
    figures: list[dict[str, Any]] = field(default_factory=list)
    alts: list[str] = field(default_factory=list)
    exceptions: list[str] = field(default_factory=list)

    @cached_property
    def _read(self) -> _Reader:
        return _Reader(self.html)

    @property
    def tags(self) -> list[Tag]:
        return self._read.tags

    @property
    def words(self) -> str:
        """All text a reader sees, SQL and file names aside."""
        return " ".join(" ".join(self._read.shown).split())

    @property
    def title(self) -> str:
        """The finding on top; empty where there is none."""
        return next((" ".join(tag.text.split()) for tag in self.tags if tag.name == "h1"), "")

    @property
    def links(self) -> list[str]:
        """Where links and choices of our own lead."""
        found = [t.attributes["href"] for t in self.tags if t.name == "a" and "data-open" in t.attributes]
        chosen = [t.attributes["value"] for t in self.tags if t.name == "option" and t.is_in("select")]
        return found + chosen

    @property
    def account_links(self) -> list[Tag]:
        """Links of tables that open one account."""
        return [tag for tag in self.tags if tag.name == "a" and tag.is_in("td") and _account_of(tag)]

    def account_rows(self) -> Iterator[tuple[str, list[str]]]:
        """The rows of tables that are about one account: its id, and the text of each cell."""
        for link in self.account_links:
            row = next(tag for tag in reversed(link.within) if tag.name == "tr")
            yield _account_of(link), [tag.text for tag in self.tags if tag.name == "td" and row in tag.within]


def _account_of(link: Tag) -> str:
    return parse(link.attributes["href"]).more.get("account", "") if "href" in link.attributes else ""


def open_app() -> AppTest:
    return AppTest.from_file(str(APP), default_timeout=60)


def open_screen(path: str, app: AppTest | None = None) -> Screen:
    """The screen behind a link, as the script draws it for the company the environment names."""
    app = app or open_app()
    app.session_state[FOLLOWED] = path or "./"
    return seen(app.run())


def seen(app: AppTest) -> Screen:
    """What the last run of an app drew."""
    screen = Screen("", exceptions=[f"{each.message} {each.stack_trace[-2:]}" for each in app.exception])
    for element in _elements(app._tree):
        if element.type == "bidi_component":
            screen.html += json.loads(element.proto.json)["html"]
        elif element.type == "plotly_chart":
            screen.figures.append(json.loads(element.proto.spec, parse_constant=_not_a_number))
            screen.alts.append(element.proto.alt)
        elif element.type not in ("html", "exception"):
            screen.exceptions.append(f"an element of the framework's own: {element.type}")
    return screen


def look_at(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make this folder the company that is served."""
    monkeypatch.setenv(frame.COMPANY, str(folder))


def downloads(wanted: Iterable[str]) -> list[files.Offer]:
    """The tables these screens offer."""
    files._offers.clear()
    for path in wanted:
        open_screen(path)
    return [offer for offer in files._offers.values() if offer.kind == "csv"]


def close_all() -> None:
    """Close every warehouse that screens have opened: forget the companies, and the downloads they offer."""
    frame.warehouse.cache_clear()
    files._offers.clear()
    gc.collect()


def troubles(screen: Screen) -> list[str]:
    """Everything that no screen may show."""
    found = list(screen.exceptions)
    if not screen.title:
        found.append("no title")
    found += [f"text {match}" for match in _without_value(screen.words)]
    found += [f"alt {match}" for alt in screen.alts for match in _without_value(alt)]
    for tag in screen.tags:
        found += _wrong_with(tag)
    for figure in screen.figures:
        found += [f"figure {text[:80]!r}" for text in _texts(figure) if _is_wrong_in_a_figure(text)]
    return found


def _elements(node: Any) -> Iterator[Any]:
    for child in (node.children or {}).values():
        if hasattr(child, "children"):
            yield from _elements(child)
        else:
            yield child


def _not_a_number(name: str) -> float:
    raise ValueError(f"a figure holds {name}")


def _without_value(text: str) -> list[str]:
    return [text[max(match.start() - 30, 0) : match.end() + 30] for match in NO_VALUE.finditer(text)]


def _wrong_with(tag: Tag) -> list[str]:
    """Elements and attributes that only foreign text can have brought, and attributes without a value."""
    found = [f"<{tag.name}> in the page"] if tag.name in FOREIGN_TAGS else []
    for name, value in tag.attributes.items():
        if name.startswith("on"):
            found.append(f"<{tag.name} {name}={value!r}>")
        if name in ("href", "src", "action", "xlink:href") and value.lower().lstrip().startswith(
            ("javascript", "data:")
        ):
            found.append(f"<{tag.name} {name}={value!r}>")
        if _without_value(value) or (name in DRAWN and NO_NUMBER.search(value)):
            found.append(f"<{tag.name} {name}={value[:80]!r}>")
    return found


def _texts(figure: Any) -> Iterator[str]:
    """Every text of a figure that is drawn: what identifies a mark behind it is not."""
    if isinstance(figure, dict):
        for key, value in figure.items():
            if key not in ("customdata", "template", "ids"):
                yield from _texts(value)
    elif isinstance(figure, list):
        for value in figure:
            yield from _texts(value)
    elif isinstance(figure, str):
        yield figure


def _is_wrong_in_a_figure(text: str) -> bool:
    return bool(_without_value(text)) or "<" in FIGURE_TAGS.sub("", text)
