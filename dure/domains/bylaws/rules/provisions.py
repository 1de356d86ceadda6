"""Provisions and the rulebook in force on a day.

1. A provision is one dated value of one rule, laid down by an article.
2. The law (origin `law`) stands above the network's bylaws, these above its regulations, and all
   of them above the model rules that Dure ships (`standard`), which hold only until a network
   has its own.
3. On any day the most particular layer that has the rule gives its value: regulation, bylaws, law,
   standard. But where a higher layer's rule is mandatory and the lower one is looser, the higher
   one holds. Bylaws are mandatory for regulations; law is mandatory where the pack says so.
4. Within a layer the value with the latest `from_date` not after the day holds; of two for the
   same day the one laid down later. A provision without a value repeals its rule in its layer.
5. `from_date` of law is the day of the text it was read in; the rule itself is older as a rule.
   So before that day the earliest text of law, and of the model rules, holds, too, and is shown
   as read in a later text (`read_later`). A network's own rules begin on their day.
6. Nothing is edited: a change is a new provision. So the rules of any past day can be shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from dure.kernel.words import Promise, gettext as _now, gettext_lazy as _

from .choices import whole_label
from .findings import Finding
from .values import (
    Comparison,
    Kind,
    Value,
    as_tight,
    holds,
    read_value,
    say_limit,
    show_value,
    write_value,
)


class Origin(StrEnum):
    """Who laid a rule down, highest first."""

    LAW = "law"
    BYLAWS = "bylaws"
    REGULATION = "regulation"
    STANDARD = "standard"


ORIGINS: tuple[tuple[Origin, str | Promise], ...] = (
    (Origin.LAW, _("law")),
    (Origin.BYLAWS, _("network's bylaws")),
    (Origin.REGULATION, _("network's regulation")),
    (Origin.STANDARD, _("model rule of Dure")),
)
A_YEAR = "year"  # what a yearly rate is of
OWN = (Origin.BYLAWS, Origin.REGULATION)
_MOST_PARTICULAR_FIRST = (Origin.REGULATION, Origin.BYLAWS, Origin.LAW, Origin.STANDARD)


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule stands: the document, the article, and what it says (quoted, or its gist)."""

    document: str
    article: str
    text: str = ""
    quoted: bool = False

    def __str__(self) -> str:
        return f"{self.document} {self.article}".strip()


@dataclass(frozen=True, slots=True)
class Provision:
    """One dated value of one rule. `pack`: the pack it came with, "" for the network's own.

    `of` names what a ratio is of (paid_in_capital, all_members, …) in the words of `of_label`.
    """

    key: str
    origin: Origin
    kind: Kind
    comparison: Comparison
    value: Value | None  # None: the layer lays nothing down any more
    citation: Citation
    from_date: date
    label: str = ""
    of: str = ""
    mandatory: bool = False
    pack: str = ""
    note: str = ""  # what a reader must know: applied by analogy, not confirmed in the newest text
    id: int = 0  # in the order in which they were laid down; 0: not kept yet

    @property
    def shown(self) -> str:
        """The value as people read it; a dash where the rule was repealed."""
        return "–" if self.value is None else show_value(self.kind, self.value)

    @property
    def asks(self) -> str:
        """10 days or more · 30% or less of total of paid-in shares; a dash where it was repealed."""
        if self.value is None:
            return self.shown
        shown = self.shown
        if self.of == A_YEAR:
            shown = _now("%(ratio)s a year") % {"ratio": shown}
        elif self.of:
            shown = _now("%(ratio)s of %(whole)s") % {
                "ratio": shown,
                "whole": whole_label(self.of),
            }
        return say_limit(self.comparison, shown)

    @property
    def written(self) -> str:
        """The canonical text of the value; empty where the rule was repealed."""
        return "" if self.value is None else write_value(self.kind, self.value)

    @property
    def binds(self) -> bool:
        """Whether lower layers may only tighten it."""
        return self.origin == Origin.BYLAWS or (self.origin == Origin.LAW and self.mandatory)

    def read_later(self, on: date) -> bool:
        """Whether the text it was read in begins only after a day (5.)."""
        return self.origin not in OWN and self.from_date > on

    def as_tight_as(self, other: Provision) -> bool:
        """Whether keeping this rule keeps the other one, too."""
        if self.value is None or other.value is None:
            return True
        if self.kind != other.kind or self.of != other.of:
            return False
        return as_tight(self.comparison, self.value, other.value, other.comparison)


def above(origin: Origin) -> tuple[Origin, ...]:
    """The layers that bind this one."""
    return {Origin.BYLAWS: (Origin.LAW,), Origin.REGULATION: (Origin.LAW, Origin.BYLAWS)}.get(
        origin, ()
    )


def of_layer(rows: Iterable[Provision], origin: Origin, on: date) -> Provision | None:
    """The provision of one rule that a layer has on a day (4., 5.), a repeal counting as none."""
    latest = first = None
    for row in rows:
        if row.origin != origin:
            continue
        if row.from_date <= on and (latest is None or _in_turn(row) > _in_turn(latest)):
            latest = row
        if first is None or _in_turn(row) < _in_turn(first):
            first = row
    if latest is None and origin not in OWN:
        latest = first
    return latest if latest and latest.value is not None else None


def _in_turn(row: Provision) -> tuple[date, int]:
    return row.from_date, row.id


def in_force(rows: Iterable[Provision], on: date) -> Provision | None:
    """The one provision of a rule that holds on a day (3.); None: nobody laid it down."""
    rows = tuple(rows)
    if len(rows) == 1:  # as most rules are
        return of_layer(rows, rows[0].origin, on)
    for origin in _MOST_PARTICULAR_FIRST:
        if own := of_layer(rows, origin, on):
            return overridden(rows, own, on) or own
    return None


def overridden(rows: Iterable[Provision], own: Provision, on: date) -> Provision | None:
    """The mandatory rule of a higher layer that is stricter than this one on a day; or None.

    It cannot be so on the day a rule is laid down, but the law may grow stricter afterwards.
    """
    rows = tuple(rows)
    for higher in above(own.origin):
        bound = of_layer(rows, higher, on)
        if bound and bound.binds and not own.as_tight_as(bound):
            return bound
    return None


def outgrown(rows: Iterable[Provision], on: date) -> tuple[tuple[Provision, Provision], ...]:
    """Rules of the network's own that a mandatory rule has outgrown by a day: (own, stricter)."""
    by_key: dict[str, list[Provision]] = {}
    for row in rows:
        by_key.setdefault(row.key, []).append(row)
    return tuple(
        (own, stricter)
        for _key, of_key in sorted(by_key.items())
        for origin in OWN
        if (own := of_layer(of_key, origin, on)) and (stricter := overridden(of_key, own, on))
    )


def loosened(rows: Iterable[Provision], new: Provision) -> Provision | None:
    """The binding rule that a new provision would loosen on any day from its beginning; or None."""
    rows = tuple(row for row in rows if row.key == new.key)
    new = replace(new, id=max((row.id for row in rows), default=0) + 1)  # laid down last
    days = {new.from_date} | {row.from_date for row in rows if row.from_date > new.from_date}
    for day in sorted(days):
        later = of_layer((*rows, new), new.origin, day)
        if later is not new and later is not None:
            continue  # replaced by then
        if bound := overridden(rows, new, day):
            return bound
    return None


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Every rule in force on a day. Ask it for a value, or to check what was found."""

    on: date
    provisions: dict[str, Provision] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Provision], on: date) -> Rulebook:
        """The rulebook of a day, from all provisions ever laid down."""
        by_key: dict[str, list[Provision]] = {}
        for row in rows:
            by_key.setdefault(row.key, []).append(row)
        held = {key: in_force(of_key, on) for key, of_key in sorted(by_key.items())}
        return cls(on, {key: row for key, row in held.items() if row})

    def __contains__(self, key: str) -> bool:
        return key in self.provisions

    def provision(self, key: str) -> Provision:
        """The provision in force. KeyError where nothing is laid down: ask `in` first."""
        return self.provisions[key]

    def number(self, key: str) -> int:
        """A value in won, months, days or pieces."""
        value = self.provisions[key].value
        assert isinstance(value, int) and not isinstance(value, bool), key
        return value

    def ratio(self, key: str) -> Fraction:
        """An exact ratio."""
        value = self.provisions[key].value
        assert isinstance(value, Fraction), key
        return value

    def yes(self, key: str) -> bool:
        """Whether something is allowed or asked; no where nothing is laid down."""
        found = self.provisions.get(key)
        return found is not None and found.value is True

    def choices(self, key: str) -> frozenset[str]:
        """What may be chosen."""
        value = self.provisions[key].value
        assert isinstance(value, frozenset), key
        return value

    def check(self, key: str, found: Value | str, *, of: int | None = None) -> Finding:
        """Hold what was found against a rule: which article, what it asks, passed or not.

        `of`: the whole that a ratio is of, in the unit of `found` (won, people); without it
        `found` of a ratio rule is itself a ratio. KeyError where nothing is laid down.
        """
        rule = self.provisions[key]
        assert rule.value is not None
        actual = frozenset({found}) if isinstance(found, str) else found
        limit: Value = rule.value
        if of is not None:
            assert isinstance(limit, Fraction), key
            limit = limit * of
        return Finding(
            key=key,
            label=rule.label,
            origin=rule.origin,
            document=rule.citation.document,
            article=rule.citation.article,
            text=rule.citation.text,
            kind=rule.kind,
            comparison=rule.comparison,
            required=rule.written,
            actual=_written(rule.kind, actual, of),
            of=of,
            passed=holds(rule.comparison, limit, actual),
            provision_id=rule.id,
        )

    def check_text(self, key: str, found: str, *, of: str = "") -> Finding:
        """Hold what somebody typed against a rule. Raises ValueUnreadable; KeyError as `check`."""
        rule = self.provisions[key]
        if rule.kind != Kind.RATIO or not of.strip():
            return self.check(key, read_value(rule.kind, found))
        part, whole = (read_value(Kind.WON, text) for text in (found, of))
        assert isinstance(part, int) and isinstance(whole, int)
        return self.check(key, part, of=whole)

    def check_all(
        self, *asked: tuple[str, Value | str] | tuple[str, int, int]
    ) -> tuple[Finding, ...]:
        """Check several rules, those that nobody laid down left out: (key, found[, of])."""
        return tuple(
            self.check(one[0], one[1], of=one[2] if len(one) == 3 else None)
            for one in asked
            if one[0] in self.provisions
        )


def _written(kind: Kind, actual: Value, of: int | None) -> str:
    return str(actual) if of is not None else write_value(kind, actual)
