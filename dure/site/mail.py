"""Letters: what the outbox tells by mail, in the reader's language, from templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation

from dure.domains.memberships import documents as memberships
from dure.domains.parties import queries as parties
from dure.domains.parties.events.access import PersonInvited
from dure.domains.parties.queries import access
from dure.kernel import clock
from dure.kernel.acts import SEOUL

from .events import StaffReminded
from .login import invitation_link


def send(to: str, kind: str, about: Mapping[str, Any], language: str = "ko") -> None:
    """Render `site/mail/<kind>.txt` (its first line is the subject) and send it."""
    network = parties.network_profile()
    with translation.override(language):
        text = render_to_string(
            f"site/mail/{kind}.txt", {**about, "network": network, "url": site_url()}
        )
    subject, _gap, body = text.strip().partition("\n")
    EmailMessage(
        " ".join(subject.split()), body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [to]
    ).send()


def site_url() -> str:
    return settings.DURE_URL or "http://localhost:8000"


def invitation_of_event(event: PersonInvited) -> dict[str, Any]:
    return {"invitation_id": event.invitation_id}


def tell_invitation(payload: Mapping[str, Any]) -> None:
    """The link is made when the letter is written: it is never stored."""
    card = access.invitation_card(payload["invitation_id"])
    if card is None or card.used_at is not None:
        return
    send(
        card.email,
        "invitation",
        {"invitation": card, "link": site_url() + invitation_link(card.id)},
    )


def teller_of_letters(kind: str) -> Callable[[Mapping[str, Any]], None]:
    """Sends the letters that the memberships write for one kind of news, over one connection."""

    def tell(payload: Mapping[str, Any]) -> None:
        with get_connection() as post:
            for letter in memberships.letters(kind, payload, site_url()):
                EmailMessage(
                    letter.subject,
                    letter.body,
                    settings.DEFAULT_FROM_EMAIL,
                    [letter.to],
                    connection=post,
                ).send()

    return tell


def reminder_of_event(event: StaffReminded) -> dict[str, Any]:
    return {
        "applications": event.applications,
        "receipts": event.receipts,
        "terms": event.terms,
        "month_to_close": event.month_to_close,
    }


def tell_reminder(payload: Mapping[str, Any]) -> None:
    """To everyone who keeps the secretariat today and has an account."""
    today = clock.now().astimezone(SEOUL).date()
    people = {card.person_id for card in parties.staff_on(today) if card.office == "secretariat"}
    for person_id in sorted(people):
        account = access.account_of(person_id)
        if account is not None and account.is_active:
            send(account.email, "staff_reminder", payload, account.language)
