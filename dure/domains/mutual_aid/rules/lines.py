"""A plan's promises as people type them, a line each. Pure.

1. `event; relation; amount[; months paid[; times in a life[; evidence]]]`, by word or by name.
2. `months paid; share`.
"""

from __future__ import annotations

from dure.domains.bylaws.rules.values import Kind, read_value
from dure.kernel.money import parse_won
from dure.kernel.refusals import InvalidInput
from dure.kernel.words import gettext_lazy as _

from .events import EVENTS, RELATIONS
from .promises import Promised, Refund


class AidLineUnreadable(InvalidInput):
    """A line says what is given for what."""

    text = _("Line %(number)d cannot be read: %(line)s")
    remedy = _("Type event, relation and amount, with semicolons between them.")


def read_benefits(text: str) -> tuple[Promised, ...]:
    """Rule 1. Raises AidLineUnreadable."""
    found = []
    for number, line in _lines(text):
        words = [word.strip() for word in line.split(";")]
        words += [""] * (6 - len(words))
        try:
            found.append(
                Promised(
                    _named(words[0], EVENTS),
                    _named(words[1], RELATIONS),
                    parse_won(words[2]),
                    int(words[3] or 0),
                    int(words[4]) if words[4] else None,
                    words[5],
                )
            )
        except (InvalidInput, ValueError) as error:
            raise AidLineUnreadable(number=number, line=line[:80]) from error
    return tuple(found)


def read_refunds(text: str) -> tuple[Refund, ...]:
    """Rule 2. Raises AidLineUnreadable."""
    found = []
    for number, line in _lines(text):
        months, _comma, share = line.partition(";")
        try:
            ratio = read_value(Kind.RATIO, share.strip())
            found.append(Refund(int(months), ratio))  # type: ignore[arg-type]
        except (InvalidInput, ValueError) as error:
            raise AidLineUnreadable(number=number, line=line[:80]) from error
    return tuple(found)


def _lines(text: str) -> list[tuple[int, str]]:
    rows = enumerate(text.splitlines(), 1)
    return [(number, line.strip()) for number, line in rows if line.strip()]


def _named(word: str, table: tuple[tuple[str, object], ...]) -> str:
    for name, label in table:
        if word in (str(name), str(label)):
            return str(name)
    raise ValueError(word)
