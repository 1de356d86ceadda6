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
5. Nothing is edited: a change is a new provision. So the rules of any past day can be shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from dure.kernel.words import Promise
from dure.kernel.words import gettext_lazy as _

from .findings import Finding
from .values import Comparison, Kind, Value, as_tight, holds, show_value, write_value


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
    id: int = 0  # in the order in which they were laid down; 0: not kept yet

    @property
    def shown(self) -> str:
        """The value as people read it; a dash where the rule was repealed."""
        return "–" if self.value is None else show_value(self.kind, self.value)

    @property
    def written(self) -> str:
        """The canonical text of the value; empty where the rule was repealed."""
        return "" if self.value is None else write_value(self.kind, self.value)

    @property
    def binds(self) -> bool:
        """Whether lower layers may only tighten it."""
        return self.origin == Origin.BYLAWS or (self.origin == Origin.LAW and self.mandatory)

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
    """The provision of one rule that a layer has on a day, a repeal counting as none."""
    dated = [row for row in rows if row.origin == origin and row.from_date <= on]
    latest = max(dated, key=lambda row: (row.from_date, row.id), default=None)
    return latest if latest and latest.value is not None else None


def in_force(rows: Iterable[Provision], on: date) -> Provision | None:
    """The one provision of a rule that holds on a day (3.); None: nobody laid it down."""
    rows = tuple(rows)
    layers = {origin: of_layer(rows, origin, on) for origin in _MOST_PARTICULAR_FIRST}
    for origin in _MOST_PARTICULAR_FIRST:
        own = layers[origin]
        if own is None:
            continue
        for higher in above(origin):
            bound = layers[higher]
            if bound and bound.binds and not own.as_tight_as(bound):
                return bound
        return own
    return None


def loosened(rows: Iterable[Provision], new: Provision) -> Provision | None:
    """The binding rule that a new provision would loosen on any day from its beginning; or None."""
    rows = tuple(row for row in rows if row.key == new.key)
    days = {new.from_date} | {row.from_date for row in rows if row.from_date > new.from_date}
    for day in sorted(days):
        later = of_layer((*rows, new), new.origin, day)
        if later is not new and later is not None:
            continue  # replaced by then
        for higher in above(new.origin):
            bound = of_layer(rows, higher, day)
            if bound and bound.binds and not new.as_tight_as(bound):
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
