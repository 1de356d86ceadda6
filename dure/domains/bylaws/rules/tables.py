"""TOML read strictly: what is unknown, misplaced or of the wrong kind is told with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from dure.kernel.refusals import InvalidInput
from dure.kernel.words import Promise, gettext_lazy as _

_LONG_TEXT = re.compile(r"\"{3}|'{3}")
_HEADER = re.compile(r"^\s*\[+\s*([A-Za-z_.]+)\s*\]+")


LONGEST_FILE = 500_000  # bytes; a long book of bylaws has a tenth of that
TOLD_MOST = 20  # faults that are told of one file


class PackMalformed(InvalidInput):
    """A rule file cannot be read; the line and the reason of each fault are given."""

    text = _("Line %(line)d: %(reason)s")
    remedy = _("Nothing was changed; the rules in force stay. Correct the line and try again.")

    def __str__(self) -> str:
        return "; ".join(str(self.text) % fault for fault in self.faults)

    @property
    def faults(self) -> tuple[dict[str, Any], ...]:
        """Line and reason of each, in the order of the lines; of many the first ones."""
        return tuple(self.params.get("faults", ())) or ({**self.params},)


class Faults:
    """Gathers what is wrong with a file, so that it can be put right in one go."""

    def __init__(self) -> None:
        self._found: list[dict[str, Any]] = []

    def add(self, refusal: PackMalformed) -> None:
        self._found += refusal.faults

    def tell(self) -> None:
        """Raises PackMalformed if anything was found."""
        if self._found:
            found = sorted(self._found, key=lambda fault: int(fault["line"]))[:TOLD_MOST]
            raise PackMalformed(**found[0], faults=found)


def decoded(content: bytes) -> str:
    """The text of a file. Raises PackMalformed unless it is UTF-8, as TOML wants it, and short."""
    if len(content) > LONGEST_FILE:
        raise malformed(
            1,
            _("the file is longer than any bylaws (%(most)d kB)") % {"most": LONGEST_FILE // 1000},
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise malformed(line, _("this is not UTF-8; save the file as UTF-8")) from error


def read_tables(text: str) -> tuple[dict[str, Any], Lines]:
    """The tables of a file, and where they stand. Raises PackMalformed when it is not TOML."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if len(text) > LONGEST_FILE:
        raise malformed(
            1,
            _("the file is longer than any bylaws (%(most)d kB)") % {"most": LONGEST_FILE // 1000},
        )
    try:
        return tomllib.loads(text), Lines(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = re.search(r"line (\d+)", str(error))
        where = int(line[1]) if line else text.count("\n") + 1
        raise malformed(where, _("this is not TOML")) from error


class Lines:
    """Where the tables and names of a TOML text stand."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._tables: dict[str, list[int]] = {}
        quote = ""  # the mark of a text over several lines, while one is open
        for number, line in enumerate(self._lines, 1):
            if not quote and (header := _HEADER.match(line)):
                self._tables.setdefault(header[1], []).append(number)
            for mark in _LONG_TEXT.findall(line):
                quote = "" if quote == mark else quote or mark

    def table(self, name: str, index: int) -> int:
        """The line of the index-th table of a name; 1 when it is written inline."""
        found = self._tables.get(name, [])
        return found[index] if index < len(found) else 1

    def of_name(self, name: str) -> int:
        """The first line that begins a table or a value of this name."""
        wanted = re.compile(rf"^\s*(\[+\s*)?{re.escape(name)}\b")
        return next((n for n, line in enumerate(self._lines, 1) if wanted.match(line)), 1)

    def of_text(self, text: str) -> int:
        """The line that holds the beginning of a text; 1 where it is written otherwise."""
        begin = text[:40].split("\n")[0]
        return next((n for n, line in enumerate(self._lines, 1) if begin in line), 1)

    def inside(self, table: int, name: str, index: int = 0) -> int:
        """The line of the index-th table of a name after the one that begins at a line."""
        found = [number for number in self._tables.get(name, []) if number > table]
        return found[index] if index < len(found) else table

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


def checked(
    given: Any, wanted: Mapping[str, type], needed: tuple[str, ...], lines: Lines, at: int
) -> None:
    """Hold a table against the names it may have and must have. Raises PackMalformed."""
    if not isinstance(given, dict):
        raise malformed(at, _("a table is expected here"))
    for name, value in given.items():
        if name not in wanted:
            raise malformed(lines.within(at, name), unknown(name))
        if type(value) is not wanted[name] or (wanted[name] is not bool and value in ("", [])):
            if name == "text" and value == "":
                continue
            raise malformed(
                lines.within(at, name), _("“%(name)s” has the wrong kind of value") % {"name": name}
            )
    for name in needed:
        if name not in given:
            raise malformed(at, _("“%(name)s” is missing") % {"name": name})


def unknown(name: str) -> str:
    """The reason to give for a name that has no meaning where it stands."""
    return str(_("“%(name)s” is unknown here") % {"name": name})


def malformed(line: int, reason: str | Promise) -> PackMalformed:
    """The refusal of a file: where, and why."""
    return PackMalformed(line=line, reason=str(reason))
