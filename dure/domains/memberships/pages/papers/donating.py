"""Who gave, what is receipted, and the list of donation receipts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _, pgettext

from dure.domains.parties import queries as parties
from dure.kernel.money import format_won
from dure.kernel.reads import note_read
from dure.ui.doors import act_of, form_page
from dure.ui.tables import Column, Table, ask, show

from ... import commands, policies, queries
from ...forms import papers as forms

DONORS = Table(
    id="donors",
    title=_("Donors"),
    columns=(
        Column(
            "name",
            _("Donor"),
            sort="name",
            link=lambda row: reverse("memberships:issue_donation_receipt", args=[row.party_id]),
        ),
        Column("count", _("Gifts"), kind="number", sort="count"),
        Column("given_won", _("Given (won)"), kind="won", sort="given_won"),
        Column("receipted_won", _("Receipted (won)"), kind="won", sort="receipted_won"),
        Column("open_won", _("Not receipted (won)"), kind="won", sort="open_won"),
    ),
    sort="-given_won",
    filters=forms.YearFilter,
    empty_title=_("Nothing given in this year"),
    empty_text=_("Open a receipt and book it as a donation, with who gave it."),
)

RECEIPTS = Table(
    id="donation-receipts",
    title=_("Donation receipts issued"),
    columns=(
        Column(
            "number",
            _("No."),
            str,
            kind="id",
            link=lambda paper: reverse("memberships:paper", args=[paper.pk]),
        ),
        Column("issued_at", _("Issued"), kind="moment", sort="issued_at"),
        Column("name", _("Donor"), "party.name", sort="party__name"),
        Column(
            "business_number",
            _("Business number"),
            lambda paper: _organisation(paper, "business_number"),
            shown=False,
        ),
        Column("address", _("Address"), lambda paper: _organisation(paper, "address"), shown=False),
        Column("year", _("Given in"), lambda paper: paper.from_date.year, kind="id"),
        Column("amount_won", _("Amount (won)"), kind="won", sort="amount_won"),
        Column(
            "state",
            _("State"),
            lambda paper: (
                pgettext("paper", "revoked")
                if hasattr(paper, "revocation")
                else pgettext("paper", "valid")
            ),
            tone=lambda paper: "warn" if hasattr(paper, "revocation") else "ok",
        ),
    ),
    sort="number",
    filters=forms.YearFilter,
    searchable=False,
    empty_title=_("No donation receipts issued yet"),
)


def _organisation(paper: Any, field: str) -> str:
    """Of a donor that is an organisation; a person's number and address are not kept."""
    if paper.party.kind != "organisation":
        return ""
    return str(getattr(paper.party.organisation, field))


def donors(request: HttpRequest) -> HttpResponseBase:
    act = act_of(request)
    policies.can_see_papers(act).enforce()
    asked = ask(request, DONORS)
    year = asked.given.get("year") or act.today.year
    rows = queries.donors(act, year, search=asked.search)
    if asked.export:
        note_read(act, None, "memberships.donors", len(rows), download=True)
    waiting = sum(1 for row in rows if row.open_won)
    return show(
        request, DONORS, asked, rows, "memberships/donors.html", {"year": year, "waiting": waiting}
    )


def donation_receipts(request: HttpRequest) -> HttpResponseBase:
    act = act_of(request)
    policies.can_see_papers(act).enforce()
    asked = ask(request, RECEIPTS)
    rows = queries.donation_receipts(act, asked.given.get("year"))
    if asked.export:
        note_read(act, None, "memberships.donation_receipts", rows.count(), download=True)
    return show(request, RECEIPTS, asked, rows, "memberships/donation_receipts.html")


def issue_donation_receipt(request: HttpRequest, party_id: int) -> HttpResponse:
    act = act_of(request)
    policies.can_see_papers(act).enforce()
    given = request.GET.get("year", "")
    known = given.isascii() and given.isdigit() and 1950 <= int(given) <= act.today.year
    year = int(given) if known else act.today.year
    gifts = queries.donations_of(act, party_id, year)
    return form_page(
        request,
        form=forms.IssueDonationReceipt,
        template="memberships/issue_donation_receipt.html",
        call=lambda act, given: commands.issue_donation_receipt(
            act, party_id=party_id, site_url=forms.site_url(request), **given
        ),
        done=lambda made: ("memberships:paper", made.pk),
        said=lambda made: _("No. %(number)s was issued.") % {"number": made},
        may=lambda act: policies.can_issue_donation_receipt(act, party_id),
        initial={"year": year},
        context={
            "name": parties.party_name(party_id),
            "party_id": party_id,
            "year": year,
            "gifts": gifts[:200],
            "open_won": sum(one.amount_won for one in gifts if not one.paper),
        },
    )


def issue_donation_receipts(request: HttpRequest) -> HttpResponse:
    """To every donor of a year with something left to receipt."""
    act = act_of(request)
    return form_page(
        request,
        form=forms.IssueDonationReceipt,
        template="memberships/issue_donation_receipts.html",
        call=lambda act, given: commands.issue_donation_receipts(
            act, site_url=forms.site_url(request), **given
        ),
        preview=lambda act, given: _effect(queries.donors(act, given["year"])),
        done=lambda made: "memberships:donation_receipts",
        said=lambda made: _("%(count)d papers were issued.") % {"count": made},
        may=policies.can_issue_donation_receipts,
        initial={"year": act.today.year},
    )


def _effect(rows: list[queries.DonorRow]) -> str:
    waiting = [row.open_won for row in rows if row.open_won]
    return _now("%(count)d donors get a receipt for %(won)s in all.") % {
        "count": len(waiting),
        "won": format_won(sum(waiting)),
    }


urlpatterns = [
    path("papers/donors/", donors, name="donors"),
    path("papers/donors/many/", issue_donation_receipts, name="issue_donation_receipts"),
    path("papers/donors/<int:party_id>/", issue_donation_receipt, name="issue_donation_receipt"),
    path("papers/donation-receipts/", donation_receipts, name="donation_receipts"),
]
