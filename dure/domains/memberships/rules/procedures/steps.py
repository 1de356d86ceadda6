"""What a procedure is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dure.domains.bylaws.rules import (
    Citation,
    Comparison,
    Finding,
    Kind,
    Origin,
    Provision,
    Rulebook,
    Value,
)
from dure.kernel.dates import after_months
from dure.kernel.words import Promise, gettext_lazy as _, pgettext_lazy


class StepKind(StrEnum):
    """What a step is, and so how it is noted and judged."""

    PAPERS = "papers"
    PLEDGE = "pledge"
    SPONSORS = "sponsors"
    INTERVIEW = "interview"
    FACT = "fact"
    PLACE = "place"
    TERRITORY = "territory"
    DESIGNATION = "designation"
    HEARING = "hearing"
    PAYMENT = "payment"
    DECISION = "decision"
    SHARES = "shares"
    APPEAL = "appeal"


STEP_KINDS: Mapping[StepKind, str | Promise] = {
    StepKind.PAPERS: _("papers to hand in"),
    StepKind.PLEDGE: _("pledge to sign"),
    StepKind.SPONSORS: _("sponsors"),
    StepKind.INTERVIEW: _("interview"),
    StepKind.FACT: _("fact to check"),
    StepKind.PLACE: _("head or branch office in the region"),
    StepKind.TERRITORY: _("members in the same district"),
    StepKind.DESIGNATION: _("designation held"),
    StepKind.HEARING: _("hearing of a section"),
    StepKind.PAYMENT: _("payment before the decision"),
    StepKind.DECISION: _("decision"),
    StepKind.SHARES: _("payment of the shares"),
    StepKind.APPEAL: _("appeal"),
}
AFTER = (StepKind.DECISION, StepKind.SHARES, StepKind.APPEAL)  # not asked before the decision

BASES: Mapping[str, str | Promise] = {
    "seats": _("all seats"),
    "present": _("those present"),
}
SPONSORS: Mapping[str, str | Promise] = {
    "members": pgettext_lazy("who sponsors", "members"),
    "committee": _("members of the committee"),
    "secretariat": _("the secretariat"),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where something stands: document, article, and its gist."""

    document: str = ""
    article: str = ""
    text: str = ""

    def __str__(self) -> str:
        return f"{self.document} {self.article}".strip()


@dataclass(frozen=True, slots=True)
class Limit:
    """What is asked: a rule of the rulebook (`rule`), or a value of the procedure's own."""

    rule: str = ""
    kind: Kind = Kind.COUNT
    comparison: Comparison = Comparison.AT_LEAST
    value: Value = 0
    label: str = ""
    sheet: Sheet = Sheet()

    def provision(self, book: Rulebook) -> Provision | None:
        """The rule in force; None where the rulebook lays nothing down under the key."""
        if self.rule:
            return book.provision(self.rule) if self.rule in book else None
        return Provision(
            key=f"procedure.{self.kind}",
            origin=Origin.REGULATION,
            kind=self.kind,
            comparison=self.comparison,
            value=self.value,
            citation=Citation(self.sheet.document, self.sheet.article, self.sheet.text),
            from_date=book.on,
            label=self.label,
        )

    def check(self, book: Rulebook, found: Value | str, of: int | None = None) -> Finding | None:
        """Hold what was found against the limit; None where nothing is laid down."""
        rule = self.provision(book)
        if rule is None:
            return None
        return Rulebook(book.on, {rule.key: rule}).check(rule.key, found, of=of)


@dataclass(frozen=True, slots=True)
class Way:
    """One of the ways to be sponsored: so many of a kind."""

    by: str  # a key of SPONSORS
    limit: Limit


@dataclass(frozen=True, slots=True)
class Step:
    """One step. Which fields it has depends on its kind, see `reading.SHAPES`."""

    key: str
    kind: StepKind
    title: str
    sheet: Sheet = Sheet()
    items: tuple[str, ...] = ()  # papers, questions, regions, designations
    ways: tuple[Way, ...] = ()
    wording: str = ""  # of a pledge
    version: str = ""
    body: str = ""  # who decides, hears, or decides the appeal
    base: str = "seats"
    of: str = ""  # what a share is of
    limits: tuple[tuple[str, Limit], ...] = ()

    def limit(self, name: str) -> Limit | None:
        """One of the limits by its name: asks, majority, quorum, within."""
        return dict(self.limits).get(name)


@dataclass(frozen=True, slots=True)
class Procedure:
    """All steps of becoming a member of a class, in their order."""

    title: str
    steps: tuple[Step, ...]
    sheet: Sheet = Sheet()
    needs_authorisation: bool = False  # closed until the network itself is authorised
    enters_on_designation: bool = False  # a designation makes the member, nobody applies

    def step(self, key: str) -> Step | None:
        return next((step for step in self.steps if step.key == key), None)

    def first(self, kind: StepKind) -> Step | None:
        """The first step of a kind."""
        return next((step for step in self.steps if step.kind == kind), None)

    @property
    def joining(self) -> tuple[Step, ...]:
        """All steps until the membership; an appeal is none of them."""
        return tuple(step for step in self.steps if step.kind != StepKind.APPEAL)

    @property
    def before_decision(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.kind not in AFTER)


@dataclass(frozen=True, slots=True)
class Ballot:
    """How a body decided: its seats, who was there, and how they voted (None: withheld)."""

    seats: int
    present: int
    in_favour: int | None
    against: int | None = 0
    abstaining: int | None = 0

    @property
    def adds_up(self) -> bool:
        counts = [one for one in (self.in_favour, self.against, self.abstaining) if one is not None]
        if self.in_favour is None:
            return 0 < self.present <= self.seats and not counts
        return 0 < self.present <= self.seats and min(counts) >= 0 and sum(counts) == self.present


def last_day(limit: Limit | None, book: Rulebook, since: date) -> date | None:
    """The last day of a period of days or months that begins on a day."""
    rule = limit.provision(book) if limit else None
    if rule is None or not isinstance(rule.value, int):
        return None
    if rule.kind == Kind.MONTHS:
        return after_months(since, rule.value)
    return date.fromordinal(min(since.toordinal() + rule.value, date.max.toordinal()))


def judged_period(limit: Limit | None, book: Rulebook, since: date, day: date) -> Finding | None:
    """Whether something was done within a period of days, or of months begun."""
    rule = limit.provision(book) if limit else None
    if limit is None or rule is None:
        return None
    if rule.kind != Kind.MONTHS:
        return limit.check(book, (day - since).days)
    begun = max(0, (day.year - since.year) * 12 + day.month - since.month)
    return limit.check(book, begun + (after_months(since, begun) < day))
