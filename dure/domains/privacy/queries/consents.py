"""What may be done with whom: lists made from the consents that hold, and what was given to others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from dure.domains.parties import queries as parties
from dure.domains.parties.rules.purposes import purpose_of
from dure.kernel.acts import Act
from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import HandedOver, Handover, Withdrawal

__all__ = [
    "ConsentSummary", "WithdrawalLine", "agreeing", "consent_summaries", "handed_over", "handovers",
    "must_be_settled", "withdrawals_open",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ConsentSummary:
    """A text in force, and how many agree to its purpose."""

    text: parties.ConsentTextCard
    people: int


@dataclass(frozen=True, slots=True)
class WithdrawalLine:
    """Something to do because a consent was withdrawn."""

    id: int
    person_id: int
    name: str
    title: str
    what: str
    recipient: str
    opened_at: datetime


def consent_summaries(act: Act) -> list[ConsentSummary]:
    """The texts in force today and how many agree."""
    policies.can_see_consents(act).enforce()
    return [
        ConsentSummary(one, agreeing(act, one.id).count())
        for one in parties.consent_texts(act.today)
    ]


def agreeing(act: Act, text_id: int) -> QuerySet[Any]:
    """Who agrees now to what a text is for: the only ones it may be done with. Data is given to
    others only of those who agreed to this very version. Raises NotFound."""
    policies.can_see_consents(act).enforce()
    text = parties.consent_text(text_id)
    return parties.people_agreeing(text.purpose, text.id if text.recipient else None)


def handovers(act: Act) -> QuerySet[Any]:
    """What was given to whom, the latest first, each with `count` of people."""
    policies.can_see_consents(act).enforce()
    rows = Handover.objects.select_related("text").annotate(count=Count("people"))
    return rows.order_by("-pk")


def handed_over(act: Act, handover_id: int, *, download: bool = False) -> tuple[Any, QuerySet[Any]]:
    """One handover and its people, without those who withdrew since; the read is logged."""
    found = handovers(act).filter(pk=handover_id).first()
    if found is None:
        raise NotFound
    given = HandedOver.objects.filter(handover=found, person=OuterRef("pk"))
    people = parties.people_agreeing(found.text.purpose, found.text_id).filter(Exists(given))
    note_read(act, None, "privacy.handover", people.count(), download=download)
    return found, people


def must_be_settled(person_id: int, text_id: int) -> bool:
    """Whether somebody has to do something when the person withdraws from a text."""
    text = parties.consent_text(text_id)
    if text.recipient:
        given = HandedOver.objects.filter(person=person_id, handover__text=text_id)
        return given.exists()
    return bool(purpose_of(text.purpose).by_hand)


def withdrawals_open(act: Act) -> list[WithdrawalLine]:
    """What is still to be done after withdrawals, the oldest first."""
    policies.can_see_consents(act).enforce()
    rows = Withdrawal.objects.filter(settled_at=None).select_related("person", "text")
    return [
        WithdrawalLine(
            one.pk, one.person_id, one.person.name, one.text.title,
            str(purpose_of(one.text.purpose, to_others=bool(one.text.recipient)).by_hand),
            one.text.recipient, one.opened_at,
        )
        for one in rows.order_by("opened_at", "pk")[:500]
    ]  # fmt: skip
