"""What a resolution may do: one table, filled in by the site, which knows every room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws.rules import Finding, Rulebook
from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound, Refusal, type_text

from ..rules.counting import Counts

type_data = Mapping[str, Any]


class EffectUnfit(Refusal):
    """The effect does not fit this body or this moment."""

    text = _("%(why)s")


@dataclass(frozen=True, slots=True)
class Decided:
    """What an effect is told of the decision it carries out. Whether it was adopted is found here,
    by governance; a count that would tell who voted how is nobody's to count again.
    """

    body_kind: str
    body: str
    body_id: int
    resolution_id: int
    approval_date: date | None  # where the approval of an authority was needed
    adopted: bool
    on_date: date
    reference: str  # where it is found: the resolution's number and its meeting
    roll: int
    present: int
    yes: int | None  # None: withheld
    no: int | None
    abstain: int | None
    findings: tuple[Finding, ...] = ()  # quorum and, unless it is withheld, majority
    elected: tuple[int, ...] = ()  # people, in the order in which they were elected

    @property
    def counts_withheld(self) -> bool:
        return self.yes is None

    @property
    def counted(self) -> tuple[Finding, ...]:
        """Quorum and majority as they were found at the close, also those of a procedure's own."""
        last = {
            one.key: one
            for one in self.findings
            if one.key.endswith("_ratio") or one.key.startswith("procedure.")
        }
        return tuple(last.values())


@dataclass(frozen=True, slots=True)
class Undoing:
    """The resolution that is void: where it is found, and why it is."""

    reference: str
    reason: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when an effect is to be decided on."""

    body_id: int
    kind: str
    day: date


@dataclass(frozen=True, slots=True)
class Setting:
    """What an effect says before a vote on it: what the rules find, who may vote, who may not."""

    findings: tuple[Finding, ...] = ()
    voters: frozenset[int] | None = None  # None: the voters of the body
    concerned: frozenset[int] = frozenset()  # in their own matter
    said: str = ""  # what it adds to the words of the item, so that voters know it
    places: int | None = None  # how many people are elected; None: nobody is
    unfit: Callable[[int], tuple[Finding, ...]] = lambda person_id: ()  # why one cannot be elected


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing a resolution can do. `run` ends in one command of a room and says what it did.

    `also_rejected`: a no has an effect too (an application is refused). `undo`: what is done when the
    resolution is void; without one that is a task for people. `approval`: the rule that asks for
    the approval of an authority before it has force. `matter_of`: of an effect whose matter follows
    from what it is about. `names_people`: people are chosen from, so that it is logged who saw
    their names. `elects`: people are elected, so that yes or no is no answer. `asks`: what quorum
    and majority are asked for besides those of the body.
    """

    label: type_text
    matter: str
    form: type[forms.Form]
    run: Callable[[Act, type_data, Decided], str]
    setting: Callable[[type_data, Place], Setting] = lambda data, place: Setting()
    also_rejected: bool = False
    undo: Callable[[Act, type_data, Undoing], str] | None = None
    approval: str = ""
    matter_of: Callable[[type_data], str] | None = None
    names_people: bool = False
    elects: bool = False
    asks: Callable[[type_data, Counts, Rulebook], tuple[Finding, ...]] = lambda data, counts, book: ()


_effects: dict[str, Effect] = {}


def wire_effects(table: Mapping[str, Effect]) -> None:
    """Called once, by the site."""
    assert not _effects, "already wired"
    _effects.update(table)


def effect_exists(name: str) -> bool:
    return name in _effects


def effect_named(name: str) -> Effect:
    """Raises NotFound."""
    found = _effects.get(name)
    if found is None:
        raise NotFound
    return found


def effects() -> Iterable[tuple[str, Effect]]:
    """Every effect by name, in the order of the table."""
    return tuple(_effects.items())
