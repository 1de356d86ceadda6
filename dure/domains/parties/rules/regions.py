"""Regions of Korea: 17 시도 (two digits) and their 시·군·구 (five digits), read from the data file.

1. A region is written as a code, as a 시도 ("강원", "강원특별자치도"), as both ("서울 광진구"), or as a
   시·군·구 alone when only one 시도 has it ("광진구", "원주").
2. Words after the 시·군·구 are ignored, so that an address is also read.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dure.kernel.refusals import InvalidInput
from dure.kernel.words import gettext_lazy as _

DATA = Path(__file__).resolve().parent.parent / "data"


class UnknownRegion(InvalidInput):
    """The text names no region of the list."""

    text = _("“%(given)s” is not a region. Type it like 서울 광진구, or a code like 11215.")


@dataclass(frozen=True, slots=True)
class Region:
    """A 시도 (code of two digits, with its short name) or a 시·군·구 (five digits)."""

    code: str
    name: str
    short: str
    former: str = ""

    @property
    def sido_code(self) -> str:
        return self.code[:2]


@cache
def regions() -> tuple[Region, ...]:
    """All regions in order of their codes within each 시도."""
    with (DATA / "regions.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Region(row["code"], row["name"], row["short"] or row["name"], row["former"])
            for row in csv.DictReader(file)
        )


@cache
def _by_code() -> dict[str, Region]:
    return {region.code: region for region in regions()}


def sidos() -> tuple[Region, ...]:
    """The 17 시도."""
    return tuple(region for region in regions() if len(region.code) == 2)


def sigungus(sido_code: str) -> tuple[Region, ...]:
    """The 시·군·구 of a 시도."""
    return tuple(r for r in regions() if len(r.code) == 5 and r.code.startswith(sido_code))


def region_choices() -> list[tuple[str, Any]]:
    """The regions to choose from: every 시도 with its 시·군·구 below it."""
    grouped: list[tuple[str, Any]] = [("", "—")]
    for sido in sidos():
        inner = [(sido.code, sido.name)]
        inner += [(one.code, f"{sido.short} {one.name}") for one in sigungus(sido.code)]
        grouped.append((sido.name, inner))
    return grouped


def region_of(code: str) -> Region | None:
    """The region of a code; None when there is none."""
    return _by_code().get(code)


def region_name(code: str) -> str:
    """서울 광진구, for people; the code itself when it is not known."""
    region = _by_code().get(code)
    if region is None:
        return code
    if len(code) == 2:
        return region.short
    return f"{_by_code()[code[:2]].short} {region.name}"


@cache
def _sido_words() -> dict[str, str]:
    words = {}
    for region in sidos():
        for word in (
            region.name,
            region.short,
            region.former,
            f"{region.short}시",
            f"{region.short}도",
        ):
            if word:
                words[word] = region.code
    return words


@cache
def _sigungu_words() -> dict[str, tuple[str, ...]]:
    words: dict[str, list[str]] = {}
    for region in regions():
        if len(region.code) == 5:
            stem = region.name[:-1]
            for word in {region.name, *([stem] if len(stem) >= 2 else [])}:
                words.setdefault(word, []).append(region.code)
    return {word: tuple(codes) for word, codes in words.items()}


def read_region(given: str) -> tuple[str, str]:
    """(시도 code, 시·군·구 code or ""); ("", "") for an empty text. Raises UnknownRegion."""
    text = unicodedata.normalize("NFKC", given).strip()
    if text in ("", "-", "전국"):
        return "", ""
    digits = re.sub(r"\D", "", text) if re.fullmatch(r"[\d\s.]+", text) else ""
    if digits:
        code = digits if len(digits) == 2 else digits[:5]
        if code not in _by_code():
            raise UnknownRegion(given=text[:40])
        return (code[:2], code if len(code) == 5 else "")
    first, *rest = text.replace(",", " ").split()
    sido = _sido_words().get(first, "")
    if sido and not rest:
        return sido, ""
    if not sido:  # 서울광진구, or a 시·군·구 alone
        only = [c for c in _sigungu_words().get(first, ()) if c in _by_code()]
        if len(only) == 1:
            return only[0][:2], only[0]
        for word in sorted(_sido_words(), key=len, reverse=True):
            if first.startswith(word):
                return read_region(f"{word} {' '.join([first[len(word) :], *rest])}")
        raise UnknownRegion(given=text[:40])
    inside = [c for c in _sigungu_words().get(rest[0], ()) if c.startswith(sido)]
    if inside:
        return sido, inside[0]
    if sido == "36":  # 세종 has no 시·군·구 below it
        return sido, "36110"
    raise UnknownRegion(given=text[:40])
