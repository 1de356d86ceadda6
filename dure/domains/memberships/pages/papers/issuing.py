"""Papers with a number: the list, one of them, issuing one or many, taking one back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _, pgettext

from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound
from dure.ui import pdf
from dure.ui.doors import act_of, form_page, page
from dure.ui.files import disposition
from dure.ui.tables import Column, Table, ask, show

from ... import commands, documents, policies, queries
from ...forms import papers as forms
from ...rules.papers import OF_A_MEMBER, YEARLY, PaperKind, span_of

AT_ONCE = 500

PAPERS = Table(
    id="papers",
    title=_("Papers issued"),
    columns=(
        Column(
            "number",
            _("No."),
            str,
            kind="id",
            link=lambda paper: reverse("memberships:paper", args=[paper.pk]),
        ),
        Column("kind", _("Paper"), lambda paper: paper.get_kind_display(), sort="kind"),
        Column("name", _("For"), lambda paper: paper.party.name if paper.party else ""),
        Column("from_date", _("From"), kind="day", sort="from_date"),
        Column("amount_won", _("Amount (won)"), kind="won", sort="amount_won"),
        Column(
            "language",
            _("Language of the paper"),
            lambda paper: paper.get_language_display(),
            sort="language",
        ),
        Column("issued_at", _("Issued"), kind="moment", sort="issued_at"),
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
    sort="-issued_at",
    filters=forms.PaperFilters,
    empty_title=_("No papers issued yet"),
    empty_text=_("Open a member and choose “Issue a paper”."),
)


def papers(request: HttpRequest) -> HttpResponseBase:
    act = act_of(request)
    policies.can_see_papers(act).enforce()
    asked = ask(request, PAPERS)
    rows = queries.papers_visible_to(
        act,
        search=asked.search,
        kind=asked.given.get("kind") or "",
        year=asked.given.get("year"),
        state=asked.given.get("state") or "",
    )
    if asked.export:
        note_read(act, None, "memberships.papers", rows.count(), download=True)
    return show(request, PAPERS, asked, rows, "memberships/papers.html")


def paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    act = act_of(request)
    card = queries.paper_card(act, paper_id)
    return page(
        request,
        "memberships/paper.html",
        {"card": card, "keeps": policies.keeps_members(act)},
    )


def print_paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    """The PDF, the same as on the day of issue."""
    found = queries.printed(act_of(request), paper_id)
    return pdf.answer(documents.papers_pdf([found]), documents.file_name(found))


def issue_paper(request: HttpRequest, membership_id: int) -> HttpResponse:
    act = act_of(request)
    card = queries.member_card(act, membership_id)
    office = policies.keeps_members(act)
    return form_page(
        request,
        form=lambda *args, **kwargs: forms.IssuePaper(*args, office=office, **kwargs),
        template="memberships/issue_paper.html",
        call=lambda act, given: commands.issue_paper(
            act, membership_id=membership_id, site_url=forms.site_url(request), **given
        ),
        done=lambda made: ("memberships:paper", made.pk),
        said=lambda made: _("No. %(number)s was issued.") % {"number": made},
        initial={"year": act.today.year, "kind": request.GET.get("kind", "")},
        context=lambda: {
            "card": card,
            "papers": queries.papers_of_party(act, card.party_id, limit=20),
        },
    )


def issue_register(request: HttpRequest) -> HttpResponse:
    act = act_of(request)
    return form_page(
        request,
        form=forms.IssueRegister,
        template="memberships/issue_register.html",
        call=lambda act, given: commands.issue_register(
            act, site_url=forms.site_url(request), **given
        ),
        done=lambda made: ("memberships:paper", made.pk),
        said=lambda made: _("No. %(number)s was issued.") % {"number": made},
        may=policies.can_issue_register,
        initial={"on": act.today},
    )


def issue_papers(request: HttpRequest) -> HttpResponse:
    """Issue to everybody who has none yet, some hundreds at a time; come back and go on."""
    act = act_of(request)
    kind, year = _batch(request, act.today.year)
    return form_page(
        request,
        form=forms.IssuePapers,
        template="memberships/issue_papers.html",
        call=lambda act, given: (
            commands.issue_papers(act, most=AT_ONCE, site_url=forms.site_url(request), **given),
            given,
        ),
        done=lambda made: (
            f"{reverse('memberships:issue_papers')}?kind={made[1]['kind']}&year={made[1]['year']}"
        ),
        said=lambda made: _("%(count)d papers were issued.") % {"count": made[0]},
        may=lambda act: policies.can_issue_papers(act, kind),
        initial={"kind": kind, "year": year, "language": request.GET.get("language", "ko")},
        context=lambda: {
            "kind": kind,
            "year": year,
            "progress": queries.batch_progress(act, kind, *span_of(kind, year, act.today)),
        },
    )


def printed_papers(request: HttpRequest, ending: str) -> HttpResponseBase:
    """All papers of a kind and year in one file: a ZIP of PDFs, or one PDF of up to some hundred."""
    act = act_of(request)
    policies.can_see_papers(act).enforce()
    kind, year = _batch(request, act.today.year)
    span = span_of(kind, year, act.today)
    found = queries.printed_batch(act, kind, *((span[0], None) if kind in YEARLY else (None, year)))
    name = f"{PaperKind(kind).value}_{year}.{ending}"
    if ending == "zip":
        return StreamingHttpResponse(
            documents.papers_zip(found),
            content_type="application/zip",
            headers={"Content-Disposition": disposition(name)},
        )
    given = request.GET.get("part", "1")
    part = int(given) if given.isascii() and given.isdigit() and 0 < int(given) < 10_000 else 1
    some = [
        one
        for at, one in enumerate(found)
        if (part - 1) * documents.MANY_MAX <= at < part * documents.MANY_MAX
    ]
    if not some:
        raise NotFound
    return pdf.answer(documents.papers_pdf(some), name)


def revoke_paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    card = queries.paper_card(act_of(request), paper_id)
    return form_page(
        request,
        form=forms.RevokePaper,
        template="memberships/revoke_paper.html",
        call=lambda act, given: commands.revoke_paper(act, paper_id=paper_id, **given),
        done=lambda made: ("memberships:paper", paper_id),
        said=_("The paper no longer holds."),
        may=policies.can_see_papers,
        context={"card": card},
    )


def _batch(request: HttpRequest, this_year: int) -> tuple[str, int]:
    """Which kind and year the address or the form names; what cannot be read is passed over."""
    asked = {**request.GET.dict(), **request.POST.dict()}
    kind, year = str(asked.get("kind", "")), str(asked.get("year", ""))
    known = year.isascii() and year.isdigit() and 1950 <= int(year) <= this_year
    return (
        kind if kind in set(OF_A_MEMBER) else str(PaperKind.YEARLY_STATEMENT),
        int(year) if known else this_year,
    )


urlpatterns: list[Any] = [
    path("papers/", papers, name="papers"),
    path("papers/<int:paper_id>/", paper, name="paper"),
    path("papers/<int:paper_id>/print/", print_paper, name="print_paper"),
    path("papers/<int:paper_id>/revoke/", revoke_paper, name="revoke_paper"),
    path("papers/register/", issue_register, name="issue_register"),
    path("papers/many/", issue_papers, name="issue_papers"),
    path("papers/many.<slug:ending>", printed_papers, name="printed_papers"),
    path("<int:membership_id>/papers/", issue_paper, name="issue_paper"),
]
