"""Months of the books: close (with what hinders it said first), open again, lock for good."""

from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.dates import format_month, parse_month
from dure.ui.doors import act_of, action, form_page, page
from dure.ui.files.writing import disposition
from dure.ui.tables import Column, Table, taken_along

from .. import commands, documents, forms, policies, queries, rules
from ..queries import PeriodRow
from .statements import taken

TONES = {rules.OPEN: "info", rules.CLOSED: "ok", rules.LOCKED: "plain"}


PERIODS = Table(
    id="periods",
    title=_("Periods"),
    columns=(
        Column("month", _("Month"), kind="id"),
        Column("state_name", _("State")),
        Column("first_date", _("First day"), kind="day"),
    ),
)


def periods(request: HttpRequest) -> HttpResponseBase:
    """All months, and the next one to close with what hinders it."""
    act = act_of(request)
    policies.can_read_books(act).enforce()
    found = queries.periods()
    if file := taken_along(request, PERIODS, found):
        return file
    return page(
        request,
        "ledger/periods.html",
        {
            "years": [
                {"year": year, "rows": [_shown(act, period, found) for period in periods]}
                for year, periods in groupby(found, key=lambda period: period.month[:4])
            ],
            "next": _next(act),
            "keeps": bool(policies.can_close_period(act)),
            "clicks": bool(policies.can_read_entries(act)),
        },
    )


def _shown(act: Act, period: PeriodRow, every: tuple[PeriodRow, ...]) -> dict[str, object]:
    states = {_number(p.month): p.state for p in every}
    number = _number(period.month)
    heads = bool(policies.can_reopen_period(act))
    return {
        "period": period,
        "tone": TONES[period.state],
        "may_reopen": heads
        and period.state == rules.CLOSED
        and rules.hinders_reopen(states, number) is None,
        "may_lock": heads
        and period.state == rules.CLOSED
        and rules.hinders_lock(states, number) is None,
        "is_over": period.end_date <= act.today,
    }


def _number(month: str) -> int:
    return int(month.replace("-", ""))


def _next(act: Act) -> dict[str, object] | None:
    """The month to close next, and what hinders it: each with where it is put right."""
    period = queries.period_to_close(act.today)
    if period is None:
        return None
    drafts = 0
    if policies.can_read_entries(act):
        dated = [draft.booked_date for draft in queries.drafts(act)]
        drafts = sum(period.first_date <= day < period.end_date for day in dated)
    hinders = []
    if drafts:
        hinders.append(
            {
                "text": _("%(count)d drafts dated in this month wait to be approved or withdrawn.")
                % {"count": drafts},
                "url": reverse("ledger:draft_entries"),
            }
        )
    span = f"?start={period.month}&end={period.month}"
    looks = [
        {
            "text": _("Trial balance of the month"),
            "url": reverse("ledger:statement", args=["trial-balance"]) + span,
        },
        {"text": _("Entries of the month"), "url": reverse("ledger:entries") + span},
        {"text": _("Check the books"), "url": reverse("ledger:check_books")},
    ]
    return {"period": period, "hinders": hinders, "looks": looks}


def close_period(request: HttpRequest, month: str) -> HttpResponse:
    """Close a month; its statements are kept byte for byte."""
    return action(
        request,
        call=lambda act: commands.close_period(act, month=month),
        done=lambda period: "ledger:periods",
        said=lambda period: (
            _now("The books of %(month)s are closed, and its statements are kept.")
            % {"month": format_month(parse_month(month))}
        ),
        back=("ledger:periods",),
    )


def reopen_period(request: HttpRequest, month: str) -> HttpResponse:
    """Open a closed month again, for a reason."""
    return form_page(
        request,
        form=forms.WithReason,
        template="ledger/reopen_period.html",
        call=lambda act, given: commands.reopen_period(act, month=month, **given),
        done=lambda period: "ledger:periods",
        said=_("The month is open again."),
        may=policies.can_reopen_period,
        context=lambda: {"month": parse_month(month)},
    )


def lock_period(request: HttpRequest, month: str) -> HttpResponse:
    """Lock a closed month for good."""
    return action(
        request,
        call=lambda act: commands.lock_period(act, month=month),
        done=lambda period: "ledger:periods",
        said=_("The month is locked for good."),
        back=("ledger:periods",),
    )


def kept_statement(request: HttpRequest, month: str, pk: int, ending: str) -> HttpResponseBase:
    """A kept statement of a closed month: its bytes (json), or made from them alone (pdf, xlsx)."""
    act = act_of(request)
    policies.can_read_books(act).enforce()
    kept = next((one for one in queries.kept_statements(month) if one.id == pk), None)
    if kept is None or ending not in ("json", "pdf", "xlsx"):
        raise Http404
    queries.books_for(act, kept.fund)
    if ending == "json":
        return HttpResponse(
            kept.content,
            content_type="application/json; charset=utf-8",
            headers={
                "Content-Disposition": disposition(
                    f"{kept.month}_{kept.kind}_{kept.fund or 'all'}.json"
                )
            },
        )
    return taken(documents.sheet_of_kept(kept), ending, made_at=kept.made_at, kept=kept)
