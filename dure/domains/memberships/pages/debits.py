"""Direct debits: consents, requests, results."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.money import format_won
from dure.ui.doors import act_of, action, form_page, page
from dure.ui.files import disposition
from dure.ui.tables import Column, Table, ask, show

from .. import commands, policies, queries
from ..forms import debits as forms

LINES = Table(
    id="debit_lines",
    title=_("Direct debits"),
    columns=(
        Column("number", _("No."), "membership.number", kind="id", sort="membership__number"),
        Column(
            "name",
            _("Member"),
            "membership.party.name",
            sort="membership__party__name",
            link=lambda line: reverse("memberships:member", args=[line.membership_id]),
        ),
        Column("amount_won", _("Asked for (won)"), kind="won", sort="amount_won"),
        Column("paid_won", _("Paid (won)"), kind="won", sort="paid_won"),
        Column("state", _("State"), lambda line: line.get_state_display(), sort="state"),
        Column("reason", _("Reason")),
    ),
    sort="number",
)


def debits(request: HttpRequest) -> HttpResponse:
    """What could be asked for today, and the requests so far."""
    act = act_of(request)
    context = {
        "preview": queries.debit_preview(act, act.today),
        "runs": list(queries.debit_runs(act)[:24]),
    }
    return page(request, "memberships/debits.html", context)


def request_debits(request: HttpRequest) -> HttpResponse:
    act = act_of(request)

    def effect(act: Act, given: dict[str, object]) -> str:
        found = queries.debit_preview(act, given["collect_date"])  # type: ignore[arg-type]
        return _now(
            "%(sum)s will be asked for from %(count)d members; %(without)d who owe gave no mandate."
        ) % {
            "sum": format_won(found.sum_won),
            "count": found.count,
            "without": found.without_mandate,
        }

    return form_page(
        request,
        form=forms.RequestDebits,
        template="memberships/request_debits.html",
        preview=effect,
        call=lambda act, given: commands.request_debits(act, **given),
        done=lambda run: ("memberships:debit_run", run.pk),
        said=_("The request is made. Download the file and send it to the bank."),
        may=policies.can_request_debits,
        initial={"collect_date": act.today},
    )


def debit_run(request: HttpRequest, run_id: int) -> HttpResponseBase:
    act = act_of(request)
    run = queries.debit_run(act, run_id)
    asked = ask(request, LINES)
    rows = queries.debit_lines(act, run_id, search=asked.search)
    return show(request, LINES, asked, rows, "memberships/debit_run.html", {"run": run})


def debit_request_file(request: HttpRequest, run_id: int) -> HttpResponse:
    """The file for the bank, with full account numbers."""
    act = act_of(request)
    name, content = queries.request_file(act, queries.debit_run(act, run_id))
    return HttpResponse(
        content,
        content_type="text/csv",
        headers={"Content-Disposition": disposition(name), "X-Content-Type-Options": "nosniff"},
    )


def take_debit_result(request: HttpRequest, run_id: int) -> HttpResponse:
    act = act_of(request)
    run = queries.debit_run(act, run_id)
    return form_page(
        request,
        form=forms.TakeDebitResult,
        template="memberships/take_debit_result.html",
        call=lambda act, given: commands.take_debit_result(
            act, run_id=run_id, filename=given["file"].name, content=given["file"].read()
        ),
        done=lambda made: ("memberships:debit_run", run_id),
        said=lambda made: (
            _now("%(paid)d paid, %(failed)d did not; those stay owed.")
            % {"paid": made.paid_count, "failed": made.failed_count}
        ),
        may=policies.can_request_debits,
        context={"run": run},
    )


def settle_debit_run(request: HttpRequest, run_id: int) -> HttpResponse:
    """Which receipt is the sum that the bank collected."""
    act = act_of(request)
    run = queries.debit_run(act, run_id)
    waiting = queries.unmatched_receipts(act, limit=50)
    receipts = [(r.id, f"{r.receipt_date} {r.payer} {format_won(r.open_won)}") for r in waiting]
    return form_page(
        request,
        form=lambda *args, **kwargs: forms.SettleDebitRun(*args, receipts=receipts, **kwargs),
        template="memberships/settle_debit_run.html",
        call=lambda act, given: commands.settle_debit_run(act, run_id=run_id, **given),
        done=lambda made: ("memberships:debit_run", run_id),
        said=_("The sum is settled."),
        may=policies.can_request_debits,
        context={"run": run},
    )


def give_mandate(request: HttpRequest, membership_id: int) -> HttpResponse:
    """A member's consents to direct debit, and a new one."""
    act = act_of(request)
    card = queries.member_card(act, membership_id)
    evidence = queries.evidence_choices(act)
    return form_page(
        request,
        form=lambda *args, **kwargs: forms.GiveMandate(*args, evidence=evidence, **kwargs),
        template="memberships/give_mandate.html",
        call=lambda act, given: commands.give_mandate(act, membership_id=membership_id, **given),
        done=lambda made: ("memberships:give_mandate", membership_id),
        said=_("The consent was kept."),
        initial={
            "from_date": act.today,
            "consent_text": _now(
                "I agree that my dues are taken from this account. I may withdraw this at any time."
            ),
        },
        context=lambda: {
            "card": card,
            "keeps": policies.keeps_members(act_of(request)),
            "mandates": list(queries.mandates_of(act, membership_id)[:50]),
        },
    )


def end_mandate(request: HttpRequest, mandate_id: int) -> HttpResponse:
    mandate = queries.mandate_card(act_of(request), mandate_id)
    return action(
        request,
        call=lambda act: commands.end_mandate(act, mandate_id=mandate_id),
        said=_("The direct debit has ended."),
        back=("memberships:give_mandate", mandate.membership_id),
    )


urlpatterns = [
    path("debits/", debits, name="debits"),
    path("debits/request/", request_debits, name="request_debits"),
    path("debits/<int:run_id>/", debit_run, name="debit_run"),
    path("debits/<int:run_id>/file/", debit_request_file, name="debit_request_file"),
    path("debits/<int:run_id>/result/", take_debit_result, name="take_debit_result"),
    path("debits/<int:run_id>/settle/", settle_debit_run, name="settle_debit_run"),
    path("members/<int:membership_id>/mandates/", give_mandate, name="give_mandate"),
    path("mandates/<int:mandate_id>/end/", end_mandate, name="end_mandate"),
]
