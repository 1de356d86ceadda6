"""What a borrower takes along: the statement of any day, certificates with a number."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.kernel.dates import parse_date
from dure.ui import files, pdf
from dure.ui.doors import act_of, form_about, page

from .. import commands, documents, forms, policies, queries


def loan_statement(request: HttpRequest, loan_id: int) -> HttpResponseBase:
    """The loan as it stands on a day, as PDF or Excel."""
    act = act_of(request)
    asked = request.GET.get("on", "").strip()
    on: date = min(parse_date(asked), act.today) if asked else act.today
    card = queries.loan_card(act, loan_id, on)
    network = parties.network_profile()
    name = network.name if network else ""
    title = f"{_now('Statement of a loan')}_{card.id}_{on}".replace(" ", "_")
    if request.GET.get("as") == "xlsx":
        return files.download(documents.statement_book(card, name, act.at), f"{title}.xlsx")
    return pdf.answer(documents.statement_pdf(card, name, act.at), f"{title}.pdf")


def issue_loan_paper(request: HttpRequest, loan_id: int) -> HttpResponse:
    """A certificate of the balance, or of the interest of a year."""
    act = act_of(request)
    card = queries.loan_card(act, loan_id)
    return form_about(
        request, ("loans:loan", loan_id), title=_now("Issue a certificate"),
        name=f"{card.name} · {card.product}", form=forms.CertificateForm,
        may=lambda act: policies.can_issue_loan_paper(act, card),
        call=lambda act, given: commands.issue_loan_paper(
            act, loan_id=loan_id, site_url=request.build_absolute_uri("/").rstrip("/"), **given
        ),
        done=lambda made: ("memberships:paper", made),
        said=_("The certificate is issued. Anybody can check its number."),
        initial={"year": act.today.year},
    )  # fmt: skip


def loan_letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    """A letter that went out, on paper: to the borrower, and to the guarantors who hear of it."""
    act = act_of(request)
    about = queries.loan_letter_facts(act, letter_id)
    return pdf.answer(documents.letters_pdf(about, act.at), f"{_now('Letters about a loan')}.pdf")


def contract_draft(request: HttpRequest, loan_id: int) -> HttpResponse:
    """The contract as it would be signed today, to be read before."""
    said = queries.contract_draft(act_of(request), loan_id)
    tables = [
        {
            **one,
            "shown": [
                [(cell, *head) for cell, head in zip(row[1:], one["columns"], strict=True)]
                for row in one["rows"]
            ],
        }
        for one in said["tables"]
    ]
    shown = {"said": {**said, "tables": tables}, "loan_id": loan_id}
    return page(request, "loans/contract_draft.html", shown)


urlpatterns = [
    path("<int:loan_id>/contract/", contract_draft, name="contract_draft"),
    path("letters/<int:letter_id>/", loan_letter, name="loan_letter"),
    path("<int:loan_id>/statement/", loan_statement, name="loan_statement"),
    path("<int:loan_id>/certificate/", issue_loan_paper, name="issue_loan_paper"),
]
