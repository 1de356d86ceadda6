"""A paper from a template that a network may replace without code.

A template is a little HTML with fields: h1, h2, p, small, table, tr, th, td and br; `{{ field }}`,
`{% for one in list %} … {% endfor %}`, `{% if field %} … {% else %} … {% endif %}`. Whoever offers
a template says which fields there are. What a template may not hold is refused by its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, ClassVar

from django.template import Context, Engine, TemplateSyntaxError
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.refusals import InvalidInput

from .layout import Cell, Grid, Line, Sheet

TEXT_MAX = 60_000
SPAN_MAX = 500
NEW_LINE = "\ue000"  # of a <br>, or within what was typed
LINES = {"h1": "title", "h2": "head", "p": "plain", "small": "small"}
TABLE = ("table", "thead", "tbody", "tr", "th", "td")
ALIGNED = {"center": "centre", "right": "right", "left": "left"}
_FIELD = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_MARK = re.compile(r"\{%(.*?)%\}", re.DOTALL)
_UNSEEN = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_WORDS = re.compile(r"[A-Za-z_][\w.]*")
_SPOKEN = {"if", "elif", "and", "or", "not"}
_BARE = {"else", "empty", "endfor", "endif"}


class TemplateBroken(InvalidInput):
    """The template holds what it may not, or leaves something open."""

    text = _("Line %(line)d of the template: %(why)s")
    remedy = _("Mend this line; the list of fields shows what can stand there.")


@dataclass(frozen=True, slots=True)
class Fields:
    """What a template may name: field → what it is; list → the name of one of it in a loop."""

    fields: Mapping[str, Any]
    loops: Mapping[str, str] = field(default_factory=dict)


class _Bare(Engine):
    """Without the marks and filters of Django: only those of `marks`."""

    default_builtins: ClassVar[list[str]] = []


_ENGINE = _Bare(builtins=["dure.ui.sheets.marks"], autoescape=True)


def check_template(text: str, known: Fields) -> None:
    """Raises TemplateBroken, with the line."""
    if len(text) > TEXT_MAX:
        raise _broken(
            1, _now("it is too long: %(most)s letters at most.") % {"most": f"{TEXT_MAX:,}"}
        )
    for at, why in _amiss(text, known):
        raise _broken(at, why)
    try:
        _ENGINE.from_string(text)
    except TemplateSyntaxError as error:
        token = getattr(error, "token", None)
        raise _broken(getattr(token, "lineno", 1) or 1, _now("a mark is not closed, or closed twice.")) from error  # fmt: skip
    bare = _UNSEEN.sub(lambda found: "\n" * found[0].count("\n"), text)
    bare = _FIELD.sub(lambda found: "1" + "\n" * found[0].count("\n"), bare)
    reader = _Reader()
    reader.read(bare)
    if not any(isinstance(block, Grid) for block in reader.blocks):
        raise _broken(1, _now("it has no table."))


def read_template(text: str, known: Fields, data: Mapping[str, Any], network: str) -> Sheet:
    """The paper that a template makes of its fields. Raises TemplateBroken."""
    check_template(text, known)
    made = _ENGINE.from_string(text).render(Context(_kept(data)))
    reader = _Reader()
    reader.read(made)
    titles = (block.text for block in reader.blocks if isinstance(block, Line))
    return Sheet(next(titles, network), network, tuple(reader.blocks))


# -- inside ------------------------------------------------------------------------------------


def _broken(line: int, why: str) -> TemplateBroken:
    return TemplateBroken(line=line, why=why)


def _amiss(text: str, known: Fields) -> Iterator[tuple[int, str]]:
    """Fields and marks that are not known, in their order."""
    found = [(one.start(), _field_amiss(one[1].strip(), known)) for one in _FIELD.finditer(text)]
    found += [(one.start(), _mark_amiss(one[1].strip(), known)) for one in _MARK.finditer(text)]
    for at, why in sorted(found):
        if why:
            yield text.count("\n", 0, at) + 1, why


def _field_amiss(name: str, known: Fields) -> str:
    if name in known.fields:
        return ""
    return _now("there is no field “%(name)s”.") % {"name": name[:60]}


def _mark_amiss(mark: str, known: Fields) -> str:
    word, _gap, rest = mark.partition(" ")
    if word in _BARE and not rest:
        return ""
    if word == "for":
        found = re.fullmatch(r"(\w+) in ([\w.]+)", rest.strip())
        if found and known.loops.get(found[2]) == found[1]:
            return ""
        wanted = ", ".join(f"for {one} in {several}" for several, one in known.loops.items())
        return _now("a loop is one of: %(loops)s.") % {"loops": wanted}
    if word in ("if", "elif"):
        names = [one for one in _WORDS.findall(rest) if one not in _SPOKEN]
        unknown = [one for one in names if one not in known.fields and one not in known.loops]
        return _field_amiss(unknown[0], known) if unknown else ""
    return _now("“%(mark)s” cannot stand there.") % {"mark": mark[:60]}


class _Reader(HTMLParser):
    """The blocks of a little HTML; whatever else it holds is refused with its line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Line | Grid] = []
        self._line: tuple[str, list[str]] | None = None
        self._rows: list[list[Cell]] | None = None
        self._cell: tuple[Cell, list[str]] | None = None
        self._opened: list[tuple[str, int]] = []

    def read(self, text: str) -> None:
        self.feed(text)
        self.close()
        if self._opened:
            tag, line = self._opened[-1]
            raise _broken(line, _now("<%(tag)s> is not closed.") % {"tag": tag})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "br":
            self.handle_data(NEW_LINE)
            return
        if tag not in LINES and tag not in TABLE:
            raise self._refused(_now("<%(tag)s> cannot stand there.") % {"tag": tag})
        inside = self._opened[-1][0] if self._opened else ""
        if tag in LINES and inside in ("th", "td"):
            self._opened.append((tag, self.getpos()[0]))  # its words are the cell's
            return
        fits = {
            "table": ("",), "thead": ("table",), "tbody": ("table",), "th": ("tr",), "td": ("tr",),
            "tr": ("table", "thead", "tbody"),
        }.get(tag, ("",))  # fmt: skip
        if inside not in fits:
            raise self._refused(_now("<%(tag)s> cannot stand there.") % {"tag": tag})
        self._opened.append((tag, self.getpos()[0]))
        align = ALIGNED.get(given.get("align", ""), "")
        if tag in LINES:
            look = {"centre": "centre", "right": "right"}.get(align, LINES[tag])
            self._line = (LINES[tag] if tag != "p" else look, [])
        elif tag == "table":
            self._rows = []
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in ("th", "td"):
            is_head = tag == "th"
            across, down = self._span(given, "colspan"), self._span(given, "rowspan")
            side = align or ("centre" if is_head else "left")
            self._cell = (Cell("", is_head, side, across, down), [])

    def _span(self, given: Mapping[str, str], name: str) -> int:
        said = given.get(name, "1")
        if not said.isdecimal() or not 1 <= int(said) <= SPAN_MAX:
            raise self._refused(_now("%(name)s is a number from 1 to %(most)d.") % {"name": name, "most": SPAN_MAX})  # fmt: skip
        return int(said)

    def handle_endtag(self, tag: str) -> None:
        if tag == "br":
            return
        if not self._opened or self._opened[-1][0] != tag:
            raise self._refused(_now("</%(tag)s> closes what is not open.") % {"tag": tag})
        self._opened.pop()
        if tag in LINES and self._cell is not None:
            self._cell[1].append(NEW_LINE)
        elif tag in LINES and self._line is not None:
            look, parts = self._line
            self.blocks.append(Line(_tidy(parts), look))
            self._line = None
        elif tag in ("th", "td") and self._cell is not None and self._rows is not None:
            cell, parts = self._cell
            self._rows[-1].append(
                Cell(_tidy(parts), cell.is_head, cell.align, cell.across, cell.down)
            )
            self._cell = None
        elif tag == "table" and self._rows is not None:
            self.blocks.append(Grid(tuple(tuple(row) for row in self._rows if row)))
            self._rows = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell[1].append(data)
        elif self._line is not None:
            self._line[1].append(data)
        elif data.strip(f" \t\r\n{NEW_LINE}"):
            before = data[: len(data) - len(data.lstrip())].count("\n")
            raise _broken(
                self.getpos()[0] + before, _now("words stand in a <p> or a cell of a table.")
            )

    def _refused(self, why: str) -> TemplateBroken:
        return _broken(self.getpos()[0], why)


def _tidy(parts: list[str]) -> str:
    """The words without the ends of lines of the source; a <br> is a new line."""
    words = " ".join("".join(parts).split())
    return "\n".join(line.strip() for line in words.split(NEW_LINE)).strip()


def _kept(value: Any) -> Any:
    """The data with its own ends of lines kept through the reading."""
    if isinstance(value, str):
        return value.replace("\n", NEW_LINE)
    if isinstance(value, Mapping):
        return {name: _kept(one) for name, one in value.items()}
    return [_kept(one) for one in value] if isinstance(value, list | tuple) else value
