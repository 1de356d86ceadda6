"""The articles that provisions are read from, as they were worded from a day on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Article:
    """One article or paragraph: 협동조합 기본법, 제22조제2항, 출자 및 책임, its words.

    `quoted`: the very words, or else their gist. `pack`: the pack it came with, "" for the
    network's own.
    """

    document: str
    article: str
    text: str
    from_date: date
    heading: str = ""
    quoted: bool = True
    pack: str = ""
    id: int = 0

    @property
    def citation(self) -> str:
        return f"{self.document} {self.article}".strip()


def article_order(article: str) -> tuple[int, ...]:
    """제22조제2항 before 제22조제10항 before 제115조의5: as a reader leafs through a law."""
    head, _, tail = article.partition("조")
    numbers = [int(found) for found in _NUMBERS.findall(head)] or [0]
    branch = int(found[1]) if (found := re.match(r"의(\d+)", tail)) else 0
    rest = tail[found.end() :] if found else tail
    return (numbers[-1], branch, *(int(one) for one in _NUMBERS.findall(rest)))


def articles_on(rows: Iterable[Article], on: date) -> dict[tuple[str, str], Article]:
    """The wording of every article on a day: the latest begun; before the first one known, that."""
    found: dict[tuple[str, str], Article] = {}
    for row in sorted(rows, key=lambda row: (row.from_date, row.id)):
        place = (row.document, row.article)
        if place not in found or row.from_date <= on:
            found[place] = row
    return {place: row for place, row in found.items() if row.pack or row.from_date <= on}
