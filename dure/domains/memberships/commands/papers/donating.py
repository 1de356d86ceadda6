"""Donation receipts (기부금영수증): for what was given and is not receipted yet, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Finding
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import NotFound, Refusal

from ... import policies
from ...events import PapersIssued
from ...models import IssuedPaper, ReceiptedDonation
from ...queries.papers import Donation, donations as read
from ...rules import papers as rules
from ...rules.papers import PaperKind
from .issuing import UnknownPaper, Wish, begun, line_up, tell, write_papers

__all__ = [
    "DonationIsReceipted", "DonationReceiptsNotAllowed", "DonorMustBeKept", "NothingDonated",
    "issue_donation_receipt", "issue_donation_receipts",
]  # fmt: skip

KIND = PaperKind.DONATION_RECEIPT


class DonationReceiptsNotAllowed(Refusal):
    """Only who is designated for it by tax law receipts donations."""

    text = _("This network may not issue donation receipts: %(rule)s (%(article)s).")
    remedy = _(
        "If the network is designated, lay down “papers.donation_receipts” as yes, with the law and notice it rests on."
    )


class NothingDonated(Refusal):
    """There is nothing left to receipt."""

    text = _("%(name)s gave nothing in %(year)s that is not receipted yet.")
    remedy = _(
        "Book what came in as a donation first, with who gave it; or revoke the receipt before."
    )


class DonationIsReceipted(Refusal):
    """What a valid receipt certifies is not undone beneath it."""

    text = _("The donation receipt no. %(number)s rests on this money.")
    remedy = _("Revoke the receipt first, and ask for the paper back.")


class DonorMustBeKept(Refusal):
    """Whoever receipts donations keeps the list of donors for years."""

    text = _("Donation receipts name this person; their list is kept until %(date)s (%(article)s).")
    remedy = _("Erase the person's data after that day.")


@command
def issue_donation_receipt(
    act: Act, *, party_id: int, year: int, language: str = "ko", site_url: str = ""
) -> IssuedPaper:
    """One receipt for all that a party gave in a calendar year and that is not receipted yet.

    Raises DonationReceiptsNotAllowed, YearNotBegun, NothingDonated. Source: 소득세법 시행규칙
    (기부금영수증 서식); the resident number is not kept, the donor writes it by hand.
    """
    policies.can_issue_donation_receipt(act, party_id).enforce()
    card = parties.party_card(party_id)
    if card is None:
        raise NotFound
    findings = _allowed(act, language)
    span = begun(KIND, year, act.today)
    line_up(KIND, act.today.year)
    gifts = [one for one in read.donations(*span, act.today, [party_id]) if not one.paper]
    if not gifts:
        raise NothingDonated(name=card.name, year=year)
    # ---
    [paper] = _write(act, language, span, {party_id: gifts}, site_url, findings)
    tell(act, paper)
    return paper


@command
def issue_donation_receipts(
    act: Act, *, year: int, language: str = "ko", site_url: str = "", most: int = 200
) -> int:
    """A receipt to each donor of a year with something left to receipt; how many it was.

    At most `most` at once, as `issue_papers`. Raises what `issue_donation_receipt` does.
    """
    policies.can_issue_donation_receipts(act).enforce()
    findings = _allowed(act, language)
    span = begun(KIND, year, act.today)
    line_up(KIND, act.today.year)
    by_party: dict[int, list[Donation]] = {}
    for one in read.donations(*span, act.today):
        if not one.paper and policies.can_issue_donation_receipt(act, one.party_id):
            by_party.setdefault(one.party_id, []).append(one)
    chosen = dict(sorted(by_party.items())[:most])
    if not chosen:
        raise NothingDonated(name=_("Nobody"), year=year)
    # ---
    made = _write(act, language, span, chosen, site_url, findings)
    record(
        act,
        PapersIssued(
            KIND,
            span[0],
            language,
            str(made[0]),
            str(made[-1]),
            len(made),
            tuple(paper.digest for paper in made),
        ),
    )
    return len(made)


def refuse_if_receipted(receipt_id: int) -> None:
    """Before money is taken from what it was booked as. Raises DonationIsReceipted."""
    if number := read.receipt_covering(receipt_id):
        raise DonationIsReceipted(number=number)


def refuse_if_kept(party_id: int, today: date) -> None:
    """Before a donor is forgotten. Raises DonorMustBeKept."""
    until = read.kept_until(party_id, today)
    if until is not None:
        rule = bylaws.rules_on(today).provision(read.KEPT_MONTHS)
        raise DonorMustBeKept(
            date=until.isoformat(), article=f"{rule.citation.document} {rule.citation.article}"
        )


def _allowed(act: Act, language: str) -> tuple[Finding, ...]:
    """The rule the network issues donation receipts by."""
    if language not in rules.LANGUAGES:
        raise UnknownPaper(kind=KIND, language=language)
    book = bylaws.rules_on(act.today)
    if not book.yes(read.ALLOWED):
        rule = book.provisions.get(read.ALLOWED)
        raise DonationReceiptsNotAllowed(
            rule=rule.label if rule else read.ALLOWED,
            article=f"{rule.citation.document} {rule.citation.article}" if rule else "–",
        )
    asked: list[tuple[str, Any]] = [(read.ALLOWED, True)]
    if book.yes(read.DUES_COUNT):
        asked.append((read.DUES_COUNT, True))
    return book.check_all(*asked)


def _write(
    act: Act,
    language: str,
    span: tuple[date, date],
    gifts: dict[int, list[Donation]],
    site_url: str,
    findings: Sequence[Finding],
) -> list[IssuedPaper]:
    book = bylaws.rules_on(act.today)
    donors = read.donor_facts(gifts)
    wishes = [
        Wish(
            party_id,
            None,
            {
                "donor": donors[party_id],
                "donations": [[one.date.isoformat(), one.text, one.amount_won] for one in some],
                "basis": findings[0].citation,
                "donation_code": book.number(read.CODE) if read.CODE in book else 0,
            },
            sum(one.amount_won for one in some),
        )
        for party_id, some in gifts.items()
    ]
    made = write_papers(act, KIND, language, span, wishes, site_url, findings)
    ReceiptedDonation.objects.bulk_create(
        ReceiptedDonation(
            paper=paper,
            use_id=one.use_id,
            allocation_id=one.allocation_id,
            amount_won=one.amount_won,
        )
        for paper, some in zip(made, gifts.values(), strict=True)
        for one in some
    )
    return made
