"""Letters: what the outbox tells by mail, in the reader's language, from templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from smtplib import SMTPRecipientsRefused
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from dure.domains.governance import (
    commands as meeting_commands,
    documents as governance_documents,
    queries as governance,
)
from dure.domains.governance.events import MinutesCirculated, NoticesQueued
from dure.domains.governance.events.actions import ActionsReminded
from dure.domains.governance.queries import actions
from dure.domains.ledger import queries as ledger
from dure.domains.ledger.events import PeriodClosed
from dure.domains.loans import documents as loans
from dure.domains.memberships import documents as memberships
from dure.domains.mutual_aid import queries as mutual_aid
from dure.domains.mutual_aid.events import (
    AidAppealDecided,
    AidClaimApproved,
    AidClaimRefused,
    AidContributionsWatched,
)
from dure.domains.parties import queries as parties
from dure.domains.parties.events.access import EmailChangeAsked, EmailChanged, PersonInvited
from dure.domains.parties.queries import access
from dure.domains.privacy import documents as privacy
from dure.domains.trade import queries as trade
from dure.domains.trade.events import (
    ContributionsReminded,
    DealCorrectionProposed,
    DealRecorded,
    GroupBuyClosed,
    GroupBuyGivenUp,
    GroupBuyReleased,
    GroupBuySettled,
    ListingAdded,
    ListingsAccepted,
    ListingsWatched,
    OrderCountered,
    OrderDelivered,
    OrderProposed,
    RecurringDealsRecorded,
)
from dure.kernel import clock
from dure.kernel.acts import day_of, system_act
from dure.kernel.dates import parse_month
from dure.kernel.deeds import event_of
from dure.kernel.models import Deed

from .events import StaffReminded
from .login import EMAIL_DAYS, email_link, invitation_link
from .month_end.reading import read_month
from .navigation import address

TOLD_OF_CLOSING = ("board", "steering_committee", "executive", "auditors")

News = Iterable[dict[str, Any]]  # one for each reader


def send(to: str, kind: str, about: Mapping[str, Any], language: str = "ko") -> None:
    """Render `site/mail/<kind>.txt` (its first line is the subject) and send it."""
    network = parties.network_profile()
    with translation.override(language):
        text = render_to_string(
            f"site/mail/{kind}.txt", {**about, "network": network, "url": site_url()}
        )
    subject, _gap, body = text.strip().partition("\n")
    _post(to, " ".join(subject.split()), body.strip() + "\n")


def _post(to: str, subject: str, body: str) -> None:
    EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [to]).send()


def site_url() -> str:
    return settings.DURE_URL or "http://localhost:8000"


def invitation_of_event(event: PersonInvited) -> News:
    return [{"invitation_id": event.invitation_id}]


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


def of_deed(event: EmailChangeAsked | EmailChanged) -> News:
    """Addresses do not lie in the outbox; they are read from the deed when the letter is written."""
    return [{}]


def tell_email_change_asked(payload: Mapping[str, Any]) -> None:
    """To the new address: whoever reads it holds the link."""
    fact: Any = event_of(Deed.objects.get(pk=payload["deed_id"]))
    if "@" in str(fact.email):  # not erased meanwhile
        link = site_url() + email_link(payload["deed_id"])
        send(str(fact.email), "email_change_asked", {"link": link, "days": EMAIL_DAYS})


def tell_email_changed(payload: Mapping[str, Any]) -> None:
    """To the address before, in case that was not its person."""
    fact: Any = event_of(Deed.objects.get(pk=payload["deed_id"]))
    if "@" in str(fact.before):
        send(str(fact.before), "email_changed", {})


def teller_of_letters(kind: str) -> Callable[[Mapping[str, Any]], None]:
    """Sends the letter that the memberships write for one kind of news."""

    def tell(payload: Mapping[str, Any]) -> None:
        letter = memberships.letter(kind, payload, site_url())
        if letter is not None:
            _post(letter.to, letter.subject, letter.body)

    return tell


def notices_of_event(event: NoticesQueued) -> News:
    return ({"notice_id": pk} for pk in governance.letters_after(event.meeting_id, event.after_id))


def tell_notice(payload: Mapping[str, Any]) -> None:
    """To one voter; that it arrived, or that its address takes no mail, is noted with the notice."""
    notice_id = payload["notice_id"]
    found = governance_documents.notice_letter(notice_id, site_url())
    if found is None:
        return
    act = system_act(clock.now(), uuid5(NAMESPACE_URL, f"dure:notice:{notice_id}"))
    try:
        _post(*found)
    except SMTPRecipientsRefused:
        said = str(_("The address takes no mail."))
        meeting_commands.note_notice_returned(act, notice_id=notice_id, reason=said)
    else:
        meeting_commands.note_notice_arrived(act, notice_id=notice_id)


def tell_breach(payload: Mapping[str, Any]) -> None:
    """To one person whose data got out."""
    found = privacy.letter(system_act(clock.now()), dict(payload), site_url())
    if found is not None:
        _post(*found)


def minutes_of_event(event: MinutesCirculated) -> News:
    """To every voter who was absent."""
    absent = governance.absent_from(event.meeting_id)
    return [{"meeting_id": event.meeting_id, "party_id": party_id} for party_id in absent]


def tell_minutes(payload: Mapping[str, Any]) -> None:
    """To one who was absent from a meeting."""
    found = governance_documents.minutes_letter(payload, site_url())
    if found is not None:
        _post(*found)


def reminder_of_event(event: StaffReminded) -> News:
    """To everyone who keeps the secretariat today."""
    waiting = {
        "applications": event.applications,
        "receipts": event.receipts,
        "terms": event.terms,
        "month_to_close": event.month_to_close,
    }
    return [{"person_id": person_id, **waiting} for person_id in _holders("secretariat")]


def _holders(*offices: str) -> list[int]:
    """Who keeps one of these offices today."""
    return sorted({card.person_id for card in parties.staff_on(_today()) if card.office in offices})


def _today() -> date:
    return day_of(clock.now())


def tell_reminder(payload: Mapping[str, Any]) -> None:
    account = access.account_of(payload["person_id"])
    if account is not None and account.is_active:
        send(account.email, "staff_reminder", payload, account.language)


def actions_of_event(event: ActionsReminded) -> News:
    """To whoever has something to do soon, or should have done it."""
    return ({"action_id": action_id} for action_id in event.actions)


def tell_action(payload: Mapping[str, Any]) -> None:
    """What has to be done, until when. To those who log in; others hear of it at the meeting."""
    news = actions.action_news(payload["action_id"], _today())
    if news is None:
        return
    for person_id in news.readers:
        account = access.account_of(person_id)
        if account is not None and account.is_active:
            link = site_url() + address("governance:finish_action", payload["action_id"])
            about = {"action": news, "link": link, "late": news.due_date < _today()}
            send(account.email, "action", about, account.language)


def closing_of_event(event: PeriodClosed) -> News:
    """To everyone who keeps the secretariat or the books today, or sits in what leads or audits."""
    staff = _holders("secretariat", "bookkeeper")
    people = sorted({*staff, *governance.people_sitting(TOLD_OF_CLOSING, _today())})
    return [{"person_id": person_id, "month": event.month} for person_id in people]


def tell_closing(payload: Mapping[str, Any]) -> None:
    """The month in words, and where its kept statements are: the figures themselves stay inside."""
    account = access.account_of(payload["person_id"])
    kept = [one for one in ledger.kept_statements(payload["month"]) if not one.fund]
    if account is None or not account.is_active or not kept:
        return
    month = parse_month(payload["month"])
    with translation.override(account.language):
        reading = read_month(system_act(clock.now()), month)
    papers = [
        (one.kind_name, site_url() + address("ledger:kept_statement", one.month, one.id, "pdf"))
        for one in kept
    ]
    report = site_url() + address("month_report", payload["month"])
    about = {"month": str(month), "reading": reading, "papers": papers, "report": report}
    send(account.email, "month_closed", about, account.language)


def aid_lapses_of_event(event: AidContributionsWatched) -> News:
    return [{"enrolment_id": pk} for pk in event.noticed]


def tell_aid_lapse(payload: Mapping[str, Any]) -> None:
    """To who is about to lose the aid, while there is time to pay."""
    found = mutual_aid.lapse_letter(payload["enrolment_id"], _today())
    if found is not None:
        send(found.email, "aid_lapse", {"about": found})


def aid_claim_of_event(event: AidClaimApproved | AidClaimRefused | AidAppealDecided) -> News:
    return [{"claim_id": event.claim_id}]


def tell_aid_claim(payload: Mapping[str, Any]) -> None:
    """That a claim was decided; what it is about is read after the log-in."""
    found = mutual_aid.claim_letter(payload["claim_id"], _today())
    if found is not None:
        send(found.email, "aid_claim", {"about": found})


def tell_loan_letter(payload: Mapping[str, Any]) -> None:
    """About a loan: late, called due, or promised no longer."""
    found = loans.loan_letter(payload, clock.now(), site_url())
    if found is not None:
        _post(*found)


def order_of_event(event: OrderProposed | OrderCountered) -> News:
    return [{"order_id": event.order_id}]


def tell_order(payload: Mapping[str, Any]) -> None:
    """To the side whose answer to a quote or an order is asked."""
    found = trade.order_letter(payload["order_id"], _today())
    if found is not None:
        send(found.email, "order_asked", {"about": found})


def deal_of_event(event: DealRecorded | DealCorrectionProposed | OrderDelivered) -> News:
    return [{"deal_id": event.deal_id}]


def recurring_of_event(event: RecurringDealsRecorded) -> News:
    return [{"deal_id": pk} for pk in event.asked]


def contributions_of_event(event: ContributionsReminded) -> News:
    return [{"membership_id": pk} for pk in event.membership_ids]


def tell_contribution(payload: Mapping[str, Any]) -> None:
    """To a member that is late with its contributions to the cooperative fund."""
    found = trade.contribution_letter(payload["membership_id"], _today())
    if found is not None:
        send(found.email, "contribution_late", {"about": found})


def tell_deal(payload: Mapping[str, Any]) -> None:
    """To the side that is asked to confirm: one press on the page it leads to."""
    found = trade.deal_letter(payload["deal_id"], _today())
    if found is not None:
        send(found.email, "deal_asked", {"about": found})


def listings_of_event(event: ListingsWatched) -> News:
    return [{"listing_id": pk} for pk in event.reminded]


def tell_listing(payload: Mapping[str, Any]) -> None:
    """To its owner, while one press keeps it listed."""
    found = trade.listing_letter(payload["listing_id"], _today())
    if found is not None:
        send(found.email, "listing_ends", {"about": found})


def overlaps_of_event(event: ListingAdded | ListingsAccepted) -> News:
    if isinstance(event, ListingAdded):
        return [{"listing_id": event.listing_id}] if event.side == "offer" else []
    return [{"listing_id": pk} for pk in event.listings]


def tell_overlap(payload: Mapping[str, Any]) -> None:
    """For talk: to the owner of a new offer, the members in the same line, and the office."""
    found = trade.overlap_letter(payload["listing_id"], _holders("secretariat"), _today())
    for email in found.emails if found is not None else ():
        send(email, "listing_overlaps", {"about": found})


def group_buy_of_event(
    event: GroupBuyClosed | GroupBuyGivenUp | GroupBuyReleased | GroupBuySettled,
) -> News:
    """One for each member that wished something."""
    return [
        {"buy_id": event.buy_id, "membership_id": one, "event": type(event).__name__}
        for one in trade.group_buy_wishers(event.buy_id)
    ]


def tell_group_buy(payload: Mapping[str, Any]) -> None:
    """That it was ordered and what one gets, that it did not come about, or what is to be paid."""
    found = trade.group_buy_letter(payload["buy_id"], payload["membership_id"], _today())
    if found is not None and (payload["event"] != "GroupBuySettled" or found.reference):
        send(found.email, "group_buy", {"about": found})
