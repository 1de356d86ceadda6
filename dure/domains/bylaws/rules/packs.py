"""Reading pack files: TOML, validated strictly. An unknown or misplaced key is an error, never silence.

    [pack]
    name = "social_cooperative"          # the legal form, or the name others include it by
    title = "사회적협동조합"
    include = ["cooperative_law", "privacy"]   # packs whose provisions hold here, too

    [[provision]]
    key = "expulsion.notice_days"
    label = "제명 사유를 총회 전에 알리는 기간"
    kind = "days"
    comparison = "at_least"
    mandatory = true

    [[provision.value]]
    from = 2025-10-01
    value = "10"
    document = "협동조합 기본법"
    article = "제25조제2항"
    text = "…"
    quoted = false                       # the article's own words, or its gist

Every value needs its day, and its reference (document and article): as in OpenFisca's parameters.
A network's own file is the same with `origin = "bylaws"` (or regulation) in [pack].
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dure.kernel.refusals import InvalidInput
from dure.kernel.words import Promise
from dure.kernel.words import gettext_lazy as _

from .provisions import Citation, Origin, Provision
from .values import Comparison, Kind, fit, provision_value


class PackMalformed(InvalidInput):
    """A rule file cannot be read; the line and the reason are given."""

    text = _("Line %(line)d: %(reason)s")
    remedy = _("Nothing was changed; the rules in force stay. Correct the line and try again.")


@dataclass(frozen=True, slots=True)
class Pack:
    """A file of provisions: of a legal form, of a law that several share, or of a network."""

    name: str
    title: str
    include: tuple[str, ...]
    provisions: tuple[Provision, ...]


_PACK = {"name": str, "title": str, "origin": str, "include": list}
_PROVISION = {
    "key": str,
    "label": str,
    "kind": str,
    "comparison": str,
    "of": str,
    "mandatory": bool,
    "value": list,
}
_VALUE = {
    "from": date,
    "value": str,
    "document": str,
    "article": str,
    "text": str,
    "quoted": bool,
    "repealed": bool,
}
_KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_HEADER = re.compile(r"^\s*\[+\s*([A-Za-z_.]+)\s*\]+")


def is_key(text: str) -> bool:
    """Whether a text can name a rule: small letters with a dot, shares.minimum_won."""
    return len(text) <= 60 and _KEY.fullmatch(text) is not None


def read_pack(text: str, origin: Origin | None = None) -> Pack:
    """The pack that a file holds. Raises PackMalformed with the line.

    `origin`: of files that Dure ships (law, standard); a network's own says it in [pack].
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise _bad(int(line[1]) if line else text.count("\n") + 1, _("this is not TOML")) from error
    lines = _Lines(text)
    for name in data:
        if name not in ("pack", "provision"):
            raise _bad(lines.of_name(name), _unknown(name))
    head = data.get("pack")
    if not isinstance(head, dict):
        raise _bad(1, _("the table [pack] is missing"))
    at = lines.table("pack", 0)
    _checked(head, _PACK, ("name", "title"), lines, at)
    said = head.get("origin", "")
    if origin is None:
        if said not in (Origin.BYLAWS, Origin.REGULATION):
            raise _bad(at, _("“origin” must be bylaws or regulation"))
        origin = Origin(said)
    include = tuple(head.get("include", ()))
    found = tuple(_provisions(data.get("provision", ()), origin, head["name"], lines))
    return Pack(head["name"], head["title"], include, found)


def _provisions(given: Any, origin: Origin, pack: str, lines: _Lines) -> Iterator[Provision]:
    seen: set[str] = set()
    values_before = 0
    for index, one in enumerate(given):
        at = lines.table("provision", index)
        _checked(one, _PROVISION, ("key", "label", "kind", "comparison", "value"), lines, at)
        key = one["key"]
        if not is_key(key):
            raise _bad(at, _("“key” is written like shares.minimum_won"))
        if key in seen:
            raise _bad(at, _("this key stands twice in the file"))
        seen.add(key)
        try:
            kind, comparison = Kind(one["kind"]), Comparison(one["comparison"])
        except ValueError as error:
            raise _bad(at, str(error)) from error
        try:
            fit(kind, comparison)
        except InvalidInput as error:
            raise _bad(at, str(error)) from error
        days: set[date] = set()
        for offset, dated in enumerate(one["value"]):
            there = lines.table("provision.value", values_before + offset)
            yield _dated(dated, one, kind, comparison, origin, pack, lines, there)
            if dated["from"] in days:
                raise _bad(there, _("two values begin on the same day"))
            days.add(dated["from"])
        values_before += len(one["value"])


def _dated(
    dated: dict[str, Any],
    one: dict[str, Any],
    kind: Kind,
    comparison: Comparison,
    origin: Origin,
    pack: str,
    lines: _Lines,
    at: int,
) -> Provision:
    _checked(dated, _VALUE, ("from", "document", "article"), lines, at)
    repealed = dated.get("repealed", False)
    if repealed == ("value" in dated):
        raise _bad(at, _("a value is needed, or repealed = true, not both"))
    try:
        value = None if repealed else provision_value(kind, dated["value"])
    except InvalidInput as error:
        raise _bad(lines.within(at, "value"), str(error)) from error
    if value is None and not repealed:
        raise _bad(at, _("a value is needed, or repealed = true, not both"))
    return Provision(
        key=one["key"],
        origin=origin,
        kind=kind,
        comparison=comparison,
        value=value,
        citation=Citation(
            dated["document"], dated["article"], dated.get("text", ""), dated.get("quoted", False)
        ),
        from_date=dated["from"],
        label=one["label"],
        of=one.get("of", ""),
        mandatory=one.get("mandatory", False),
        pack="" if origin in (Origin.BYLAWS, Origin.REGULATION) else pack,
    )


class _Lines:
    """Where the tables and names of a TOML text stand."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._tables: dict[str, list[int]] = {}
        for number, line in enumerate(self._lines, 1):
            if header := _HEADER.match(line):
                self._tables.setdefault(header[1], []).append(number)

    def table(self, name: str, index: int) -> int:
        """The line of the index-th table of a name; 1 when it is written inline."""
        found = self._tables.get(name, [])
        return found[index] if index < len(found) else 1

    def of_name(self, name: str) -> int:
        """The first line that begins a table or a value of this name."""
        wanted = re.compile(rf"^\s*(\[+\s*)?{re.escape(name)}\b")
        return next((n for n, line in enumerate(self._lines, 1) if wanted.match(line)), 1)

    def within(self, table: int, name: str) -> int:
        """The line of a name in the table that begins at a line."""
        wanted = re.compile(rf'^\s*"?{re.escape(name)}"?\s*=')
        for number in range(table + 1, len(self._lines) + 1):
            line = self._lines[number - 1]
            if wanted.match(line):
                return number
            if _HEADER.match(line):
                break
        return table


def _checked(
    given: Any, wanted: Mapping[str, type], needed: tuple[str, ...], lines: _Lines, at: int
) -> None:
    if not isinstance(given, dict):
        raise _bad(at, _("a table is expected here"))
    for name, value in given.items():
        if name not in wanted:
            raise _bad(lines.within(at, name), _unknown(name))
        if not isinstance(value, wanted[name]) or (wanted[name] is not bool and value in ("", [])):
            if name == "text" and value == "":
                continue
            raise _bad(
                lines.within(at, name), _("“%(name)s” has the wrong kind of value") % {"name": name}
            )
    for name in needed:
        if name not in given:
            raise _bad(at, _("“%(name)s” is missing") % {"name": name})


def _unknown(name: str) -> str:
    return str(_("“%(name)s” is unknown here") % {"name": name})


def _bad(line: int, reason: str | Promise) -> PackMalformed:
    return PackMalformed(line=line, reason=str(reason))
