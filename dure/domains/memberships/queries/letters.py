"""What the letters of the outbox need to know, read when they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Sum

from dure.domains.parties import queries as parties

from ..models import Application, Charge, Membership


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """To whom, and what about; what a kind of letter does not need is empty."""

    email: str
    name: str
    number: int | None = None
    reference: str = ""
    member_class: str = ""
    joined_date: date | None = None
    reason: str = ""
    amount_won: int = 0
    due_date: date | None = None


def letter_facts(kind: str, payload: Mapping[str, Any]) -> Iterator[LetterFacts]:
    """One for each reader of a letter. Kinds: see `reactions.OUTGOING`."""
    if kind in ("application_received", "application_refused"):
        yield from _of_application(payload["application_id"])
    elif kind == "member_admitted":
        yield from _of_admission(payload["membership_id"])
    elif kind == "dues_billed":
        rows = Charge.objects.filter(run=payload["run_id"])
        yield from _of_charges(rows, payload["on"])
    elif kind == "arrears_reminder":
        rows = Charge.objects.filter(
            membership__in=payload["memberships"],
            due_date__lt=payload["on"],
            amount_won__gt=F("paid_won") + F("waived_won"),
        )
        yield from _of_charges(rows, payload["on"])
    else:
        raise AssertionError(kind)


def _of_application(application_id: int) -> Iterator[LetterFacts]:
    a = Application.objects.select_related("member_class").filter(pk=application_id).first()
    if a is not None:
        yield LetterFacts(
            email=a.email,
            name=a.contact_name or a.name,
            reference=a.reference,
            member_class=a.member_class.name,
            reason=a.decision_reason,
        )


def _of_admission(membership_id: int) -> Iterator[LetterFacts]:
    m = Membership.objects.select_related("party", "application").filter(pk=membership_id).first()
    if m is None:
        return
    spell = m.spells.select_related("member_class").order_by("from_date").first()
    application = getattr(m, "application", None)
    email = application.email if application is not None else ""
    yield LetterFacts(
        email=email or _emails([m.party_id], m.joined_date).get(m.party_id, ""),
        name=m.party.name,
        number=m.number,
        member_class=spell.member_class.name if spell else "",
        joined_date=m.joined_date,
    )


def _of_charges(rows: Any, on: date) -> Iterator[LetterFacts]:
    found = list(
        rows.order_by()
        .values_list("membership__party_id", "membership__party__name", "membership__number")
        .annotate(won=Sum(F("amount_won") - F("paid_won") - F("waived_won")), due=F("due_date"))
        .order_by("membership__number", "due")
    )
    sums: dict[int, LetterFacts] = {}
    for party_id, name, number, won, due in found:
        before = sums.get(party_id)
        sums[party_id] = LetterFacts(
            email="",
            name=name,
            number=number,
            amount_won=won + (before.amount_won if before else 0),
            due_date=before.due_date if before else due,
        )
    emails = _emails(sums, on)
    for party_id, facts in sums.items():
        if emails.get(party_id) and facts.amount_won > 0:
            yield LetterFacts(
                email=emails[party_id],
                name=facts.name,
                number=facts.number,
                amount_won=facts.amount_won,
                due_date=facts.due_date,
            )


def _emails(party_ids: Iterable[int], on: date) -> dict[int, str]:
    """Where letters to parties go: a person's own address, else that of who speaks for them."""
    ids = list(party_ids)
    contacts = parties.contacts_of(ids, on)
    return {pk: contacts[pk][2] if pk in contacts else parties.person_email(pk) for pk in ids}
