"""The typed values of provisions: read, written, compared. Exact always; nothing is a float."""

from __future__ import annotations

import re
from enum import StrEnum
from fractions import Fraction

from dure.kernel.money import format_won, parse_won
from dure.kernel.refusals import InvalidInput
from dure.kernel.words import Promise, gettext as _now, gettext_lazy as _

from .choices import choice_label

Value = int | Fraction | bool | frozenset[str]


class Kind(StrEnum):
    """What a value is of."""

    WON = "won"
    RATIO = "ratio"
    MONTHS = "months"
    DAYS = "days"
    COUNT = "count"
    YES_NO = "yes_no"
    CHOICE = "choice"


class Comparison(StrEnum):
    """How a value limits what is found."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    EXACTLY = "exactly"
    ONE_OF = "one_of"
    ALL_OF = "all_of"


KINDS: tuple[tuple[Kind, str | Promise], ...] = (
    (Kind.WON, _("won")),
    (Kind.RATIO, _("ratio")),
    (Kind.MONTHS, _("months")),
    (Kind.DAYS, _("days")),
    (Kind.COUNT, _("count")),
    (Kind.YES_NO, _("yes or no")),
    (Kind.CHOICE, _("choice")),
)
COMPARISONS: tuple[tuple[Comparison, str | Promise], ...] = (
    (Comparison.AT_LEAST, _("at least")),
    (Comparison.MORE_THAN, _("more than")),
    (Comparison.AT_MOST, _("at most")),
    (Comparison.LESS_THAN, _("less than")),
    (Comparison.EXACTLY, _("exactly")),
    (Comparison.ONE_OF, _("one of")),
    (Comparison.ALL_OF, _("all of")),
)
_CHOOSING = (Comparison.ONE_OF, Comparison.ALL_OF)
_FITTING = {Kind.YES_NO: (Comparison.EXACTLY,), Kind.CHOICE: _CHOOSING}
ORDERED = (Comparison.AT_LEAST, Comparison.MORE_THAN, Comparison.AT_MOST, Comparison.LESS_THAN)


class ValueUnreadable(InvalidInput):
    """The text is not a value of the kind that the rule has."""

    text = _("“%(given)s” is not a value of the kind “%(kind)s”. Type it like %(example)s.")


class ComparisonUnfit(InvalidInput):
    """The comparison makes no sense for the kind of value."""

    text = _("A value of the kind “%(kind)s” cannot be compared by “%(comparison)s”.")


class SaysOtherwise(InvalidInput):
    """The words typed with a value ask something else than was chosen."""

    text = _("“%(given)s” says “%(said)s”, but “%(chosen)s” is chosen. Make the two agree.")


# How articles say a comparison behind the value, and how often before it; the value is between.
_SAID = {
    "이상": Comparison.AT_LEAST,
    "초과": Comparison.MORE_THAN,
    "이하": Comparison.AT_MOST,
    "이내": Comparison.AT_MOST,
    "미만": Comparison.LESS_THAN,
}
_HOW_OFTEN = re.compile(r"^(연간|매년|연|월간|매월|월|분기별|분기|반기별|반기)\s*(?=\d)")

EXAMPLES = {
    Kind.WON: "300,000",
    Kind.RATIO: "2/3",
    Kind.MONTHS: "24",
    Kind.DAYS: "10",
    Kind.COUNT: "2",
    Kind.YES_NO: "yes",
    Kind.CHOICE: "deposit, public_bond",
}
_YES = {"yes": True, "y": True, "true": True, "예": True, "no": False, "n": False}
_YES |= {"false": False, "아니오": False, "아니요": False}
_HALF = ("과반수", "절반", "반수")
_HUNDREDTHS = ("%", "퍼센트", "프로")
_NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,9})?")


def kind_label(kind: Kind) -> str:
    """The kind in words."""
    return str(dict(KINDS)[kind])


def comparison_label(comparison: Comparison) -> str:
    """The comparison in words."""
    return str(dict(COMPARISONS)[comparison])


def fit(kind: Kind, comparison: Comparison) -> None:
    """Raises ComparisonUnfit: yes/no is exactly, a choice one of or all of, the rest a number."""
    if comparison not in _FITTING.get(kind, (*ORDERED, Comparison.EXACTLY)):
        raise ComparisonUnfit(kind=kind_label(kind), comparison=comparison_label(comparison))


def read_value(kind: Kind, given: str) -> Value:
    """The value that a text means: 30만원 · 2/3 · 3분의 2 · 30% · 2년 · 예 · a, b.

    Raises ValueUnreadable.
    """
    text = given.strip()
    try:
        match kind:
            case Kind.WON:
                return parse_won(text)
            case Kind.RATIO:
                return _read_ratio(text)
            case Kind.MONTHS:
                return _read_months(text)
            case Kind.DAYS | Kind.COUNT:
                return _read_whole(text)
            case Kind.YES_NO:
                return _YES[text.lower()]
            case Kind.CHOICE:
                found = frozenset(part.strip() for part in text.split(",") if part.strip())
                if found and all(re.fullmatch(r"[\w-]{1,40}", part) for part in found):
                    return found
    except (KeyError, ValueError, ZeroDivisionError, InvalidInput):
        pass
    raise ValueUnreadable(given=given[:40], kind=kind_label(kind), example=EXAMPLES[kind])


def value_as_said(kind: Kind, comparison: Comparison, given: str) -> str:
    """The value of what an article says: 5천만원 이내 → 5천만원, 연 4회 이상 → 4회.

    Raises SaysOtherwise, where its words and the chosen comparison differ.
    """
    text = given.strip()
    for word, means in _SAID.items():
        if comparison in ORDERED and text.endswith(word) and text != word:
            if means != comparison:
                chosen = comparison_label(comparison)
                raise SaysOtherwise(given=given[:40], said=word, chosen=chosen)
            text = text.removesuffix(word).strip()
    return _HOW_OFTEN.sub("", text) if kind == Kind.COUNT else text


def _read_ratio(text: str) -> Fraction:
    if text in _HALF:
        return Fraction(1, 2)
    if text.endswith(_HUNDREDTHS):
        return _read_number(text.rstrip("%퍼센트프로")) / 100
    if text.endswith("배"):
        return _read_number(text[:-1])
    under, said, over = text.partition("분의")
    if said:
        return _read_number(over) / _read_number(under)
    over, slash, under = text.partition("/")
    return _read_number(over) / (_read_number(under) if slash else 1)


def _read_number(text: str) -> Fraction:
    if not _NUMBER.fullmatch(text.strip()):
        raise ValueError(text)
    return Fraction(text.strip())


def _read_months(text: str) -> int:
    years = text.removesuffix("년")
    return _read_whole(years) * 12 if years != text else _read_whole(text)


def _read_whole(text: str) -> int:
    bare = re.sub(r"(개월|시간|일|명|인|곳|회|좌)$", "", text.replace(",", "")).strip()
    if not re.fullmatch(r"\d{1,15}", bare):
        raise ValueError(text)
    return int(bare)


def provision_value(kind: Kind, text: str) -> Value | None:
    """The value kept as text; none for the empty text of a repeal."""
    return read_value(kind, text) if text else None


def write_value(kind: Kind, value: Value) -> str:
    """The one canonical text of a value; `read_value` gives it back."""
    if isinstance(value, frozenset):
        return ", ".join(sorted(value))
    if kind == Kind.YES_NO:
        return "yes" if value else "no"
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return str(int(value))


def show_value(kind: Kind, value: Value) -> str:
    """The value as people read it: 300,000원 · 2/3 · 30% · 24개월 · 예."""
    match kind:
        case Kind.WON:
            return format_won(int(value)) if isinstance(value, int) else _show_ratio(value)
        case Kind.RATIO:
            return _show_ratio(value)
        case Kind.MONTHS:
            return _now("%(count)s months") % {"count": _show_number(value)}
        case Kind.DAYS:
            return _now("%(count)s days") % {"count": _show_number(value)}
        case Kind.YES_NO:
            return _now("Yes") if value else _now("No")
        case Kind.CHOICE:
            chosen = value if isinstance(value, frozenset) else frozenset({str(value)})
            return ", ".join(choice_label(one) for one in sorted(chosen))
        case _:
            return _show_number(value)


def say_limit(comparison: Comparison, shown: str) -> str:
    """The limit as a sentence asks it: 10 days or more · all of a, b."""
    asks = {
        Comparison.AT_LEAST: _now("%(value)s or more"),
        Comparison.MORE_THAN: _now("more than %(value)s"),
        Comparison.AT_MOST: _now("%(value)s or less"),
        Comparison.LESS_THAN: _now("less than %(value)s"),
        Comparison.ALL_OF: _now("all of %(value)s"),
    }
    return asks.get(comparison, "%(value)s") % {"value": shown}


def _show_number(value: Value) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _show_ratio(value: Value) -> str:
    if not isinstance(value, Fraction):
        return str(value)
    percent = value * 100
    if percent.denominator == 1:
        return f"{percent.numerator}%"
    if 1000 % percent.denominator == 0:
        return f"{percent.numerator / percent.denominator:g}%"
    return f"{value.numerator}/{value.denominator}"


def holds(comparison: Comparison, limit: Value, found: Value) -> bool:
    """Whether what was found keeps within the limit, exactly."""
    if comparison in _CHOOSING:
        assert isinstance(limit, frozenset)
        chosen = found if isinstance(found, frozenset) else frozenset({str(found)})
        return chosen <= limit if comparison == Comparison.ONE_OF else chosen >= limit
    if comparison == Comparison.EXACTLY:
        return found == limit
    assert isinstance(limit, int | Fraction) and isinstance(found, int | Fraction)
    match comparison:
        case Comparison.AT_LEAST:
            return found >= limit
        case Comparison.MORE_THAN:
            return found > limit
        case Comparison.AT_MOST:
            return found <= limit
        case _:
            return found < limit


def as_tight(
    comparison: Comparison, value: Value, than: Value, than_comparison: Comparison
) -> bool:
    """Whether everything that keeps within (comparison, value) keeps within the other rule too.

    at least 10 is as tight as at least 7; more than 1/2 is as tight as at least 1/2, not the
    other way round.
    """
    if comparison not in ORDERED or than_comparison not in ORDERED:
        exact = comparison == Comparison.EXACTLY and Comparison.EXACTLY != than_comparison
        return (exact or comparison == than_comparison) and holds(than_comparison, than, value)
    upper = (Comparison.AT_MOST, Comparison.LESS_THAN)
    if (comparison in upper) != (than_comparison in upper):
        return False
    strict = (Comparison.MORE_THAN, Comparison.LESS_THAN)
    if value == than:
        return comparison in strict or than_comparison not in strict
    return holds(than_comparison, than, value)
