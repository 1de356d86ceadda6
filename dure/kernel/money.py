"""Money is whole won, in an int. This module reads, writes and divides it without losing one.

Korean readers group by ten thousand (만) and a hundred million (억); tables show plain digits.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from fractions import Fraction

from django.utils.translation import gettext as _now, gettext_lazy as _

from .refusals import InvalidInput

WON_MAX = 9_007_199_254_740_991  # also exact in every spreadsheet and script that reads us


class NotAnAmount(InvalidInput):
    """The text is not an amount of won."""

    text = _("“%(given)s” is not an amount. Type it like 120,000 or 12만원.")


class NegativeAmount(InvalidInput):
    """The amount is below zero where only positive amounts make sense."""

    text = _("“%(given)s” is below zero. Type an amount of 0 won or more.")


_BIG = {"조": 10**12, "억": 10**8, "만": 10**4}
_SMALL = {"천": 1000, "백": 100, "십": 10}
_PLAIN = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?")
_WORDS = re.compile(r"(?:(?:[\d,.]|천|백|십)+[조억만]?)+")
_PIECE = re.compile(r"((?:[\d,.]|천|백|십)+)([조억만]?)")
_SMALL_PIECE = re.compile(r"([\d,.]*)([천백십]?)")


def parse_won(given: str | int, *, negative: bool = False) -> int:
    """Read an amount as people type it: 120,000 · 12만원 · 1억 2천만 · ₩5000 · 3.5만.

    Raises NotAnAmount (unreadable, or not whole won) and NegativeAmount.
    """
    if isinstance(given, int) and not isinstance(given, bool):
        amount = given
    else:
        text = unicodedata.normalize("NFKC", str(given)).strip()
        bare = re.sub(r"\s+|원정?$|₩|^KRW|KRW$|^\\", "", re.sub(r"\s+", "", text))
        sign = -1 if bare[:1] in ("-", "−", "△", "▲") else 1
        if bare.startswith("(") and bare.endswith(")"):  # accountants' minus
            bare, sign = f"-{bare[1:-1]}", -1
        bare = bare[1:] if sign < 0 else bare.removeprefix("+")
        value = _number(bare)
        if value is None or value.denominator != 1 or value > WON_MAX:
            raise NotAnAmount(given=str(given)[:40])
        amount = sign * int(value)
    if abs(amount) > WON_MAX:
        raise NotAnAmount(given=str(given)[:40])
    if amount < 0 and not negative:
        raise NegativeAmount(given=str(given)[:40])
    return amount


def _number(bare: str) -> Fraction | None:
    if not bare or len(bare) > 40 or not bare.isprintable():
        return None
    if _PLAIN.fullmatch(bare):
        return Fraction(bare.replace(",", "")) if bare.isascii() else None
    if not _WORDS.fullmatch(bare):
        return None
    total, last_unit = Fraction(0), 10**16
    for small, big in _PIECE.findall(bare):
        unit = _BIG.get(big, 1)
        value = _below_ten_thousand(small)
        if value is None or unit >= last_unit:
            return None
        total, last_unit = total + value * unit, unit
    return total


def _below_ten_thousand(text: str) -> Fraction | None:
    total, last_unit = Fraction(0), 10_000
    for digits, word in _SMALL_PIECE.findall(text):
        if not digits and not word:
            continue
        if digits and not (_PLAIN.fullmatch(digits) and digits.isascii()):
            return None
        unit = _SMALL.get(word, 1)
        if unit >= last_unit:
            return None
        total += (Fraction(digits.replace(",", "")) if digits else 1) * unit
        last_unit = unit
    return total


def format_number(won: int) -> str:
    """63,100,000, for tables."""
    return f"{won:,}"


def format_won(won: int) -> str:
    """63,100,000원, for sentences."""
    return _now("%(amount)s won") % {"amount": format_number(won)}


def short_won(won: int) -> str:
    """6,310만 원, as people say it in headings. Above a million won rounded to the nearest 만."""
    sign, amount = ("−" if won < 0 else ""), abs(won)
    if amount < 1_000_000 and amount % 10_000:
        return sign + _now("%(amount)s won") % {"amount": format_number(amount)}
    amount = (amount + 5_000) // 10_000 * 10_000
    return sign + _now("%(amount)s won") % {"amount": _in_words(amount)}


def _in_words(amount: int) -> str:
    """Whole 만, in Korean groups: 1억 4,820만 (with the blank before 원 that Korean wants)."""
    if _now("10000-grouping") != "만":
        return format_number(amount)
    if not amount:
        return "0"
    eok, man = divmod(amount // 10_000, 10_000)
    parts = ([f"{eok:,}억"] if eok else []) + ([f"{man:,}만"] if man else [])
    return " ".join(parts) + " "


class Rounding(StrEnum):
    """The named ways of making whole won; a product states which one it uses."""

    HALF_EVEN = "half-even"
    HALF_UP = "half-up"
    DOWN = "down"


def whole(value: Fraction, rounding: Rounding) -> int:
    """The exact value made whole by the named rule. DOWN cuts towards zero."""
    match rounding:
        case Rounding.HALF_EVEN:
            return round(value)
        case Rounding.HALF_UP:
            doubled = abs(value) * 2 + 1
            half_up = doubled.numerator // (doubled.denominator * 2)
            return half_up if value >= 0 else -half_up
        case Rounding.DOWN:
            return int(value)


def apply_ratio(won: int, ratio: Fraction, rounding: Rounding) -> int:
    """A ratio of an amount, made whole by the named rule."""
    return whole(won * ratio, rounding)


def split(won: int, weights: tuple[int, ...]) -> tuple[int, ...]:
    """Divide an amount by weights without losing a won: largest remainders first, then order."""
    assert weights and all(w >= 0 for w in weights) and sum(weights) > 0
    total = sum(weights)
    shares = [won * weight // total for weight in weights]
    rest = won - sum(shares)
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(won * weights[i] % total), i))
    for i in by_remainder[:rest]:
        shares[i] += 1
    assert sum(shares) == won
    return tuple(shares)
