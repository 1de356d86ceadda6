"""Plans, billing, arrears and receipts over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field

from dure.kernel.dates import Month, parse_month
from dure.ui import api_fields as f
from dure.ui.api import act_of_api

from .. import commands, policies, queries
from . import schemas as s

router = Router(tags=["memberships"])

PAGE_MAX = 500


def _with_months(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return {k: parse_month(v) if k in names else v for k, v in values.items()}


@router.get("/dues/plans", operation_id="dues_plans", response=list[s.DuesPlanOut])
def dues_plans(request: HttpRequest) -> Any:
    """Plans in force now or later."""
    return list(queries.dues_plans(act_of_api(request))[:PAGE_MAX])


@router.post("/dues/plans", operation_id="set_dues_plan", response={201: s.DuesPlanOut})
def set_dues_plan(request: HttpRequest, given: s.DuesPlanIn) -> Any:
    """Say what a kind of member owes from a month on."""
    return Status(
        201, commands.set_dues_plan(act_of_api(request), **_with_months(given.dict(), "from_month"))
    )


@router.post("/dues/plans/{plan_id}/end", operation_id="end_dues_plan", response=s.DuesPlanOut)
def end_dues_plan(request: HttpRequest, plan_id: f.Id, given: s.PlanEndIn) -> Any:
    """The plan no longer holds from this month on."""
    return commands.end_dues_plan(
        act_of_api(request), plan_id=plan_id, until_month=parse_month(given.until_month)
    )


@router.post(
    "/members/{membership_id}/dues",
    operation_id="agree_member_dues",
    response={201: s.AgreementOut},
)
def agree_member_dues(request: HttpRequest, membership_id: f.Id, given: s.AgreementIn) -> Any:
    """A member pays more than the plan's minimum from a month on."""
    return Status(
        201,
        commands.agree_member_dues(
            act_of_api(request),
            membership_id=membership_id,
            **_with_months(given.dict(), "from_month"),
        ),
    )


@router.get("/dues/preview", operation_id="bill_preview", response=s.BillingPreviewOut)
def bill_preview(request: HttpRequest, month: f.MonthText, plan_id: f.Id | None = None) -> Any:
    """What billing the month would do now."""
    found = queries.bill_preview(act_of_api(request), parse_month(month), plan_id)
    return {
        "month": str(found.month),
        "count": found.count,
        "sum_won": found.sum_won,
        "already": found.already,
        "plans": found.plans,
    }


@router.post("/dues/runs", operation_id="bill_dues", response={201: s.DuesRunOut})
def bill_dues(request: HttpRequest, given: s.BillingIn) -> Any:
    """Charge everyone who owes dues for the month; a second run adds only what is new."""
    return Status(
        201, commands.bill_dues(act_of_api(request), **_with_months(given.dict(), "month"))
    )


@router.get("/dues/deferral", operation_id="dues_deferral", response=s.DeferralOut | None)
def dues_deferral(request: HttpRequest, month: f.MonthText) -> Any:
    """Dues of later months at a month's end, fund by fund; null where no rule spreads dues."""
    return queries.dues_deferral(act_of_api(request), parse_month(month))


@router.post("/dues/deferral", operation_id="defer_dues", response=s.FundsBookedOut)
def defer_dues(request: HttpRequest, given: s.DeferralIn) -> Any:
    """Book at a month's end which dues belong to later months."""
    return {"funds": commands.defer_dues(act_of_api(request), month=parse_month(given.month))}


@router.post(
    "/dues/deferral/take-back", operation_id="take_back_deferral", response=s.EntriesReversedOut
)
def take_back_deferral(request: HttpRequest, given: s.DeferralBackIn) -> Any:
    """Reverse what was spread at a month's end, while the month is open."""
    month = parse_month(given.month)
    return {
        "entries": commands.take_back_deferral(
            act_of_api(request), month=month, reason=given.reason
        )
    }


@router.get("/dues/runs", operation_id="dues_runs", response=list[s.DuesRunOut])
def dues_runs(request: HttpRequest) -> Any:
    """Billing runs, the latest first."""
    return list(queries.dues_runs(act_of_api(request))[:PAGE_MAX])


@router.get("/dues/rates", operation_id="payment_rates", response=list[s.DuesRateOut])
def payment_rates(
    request: HttpRequest,
    until: f.MonthText | None = None,
    months: Annotated[int, Field(ge=1, le=240)] = 12,
) -> Any:
    """How much of the dues of each month is paid."""
    act = act_of_api(request)
    policies.can_see_dues(act).enforce()
    last = parse_month(until) if until else Month.of(act.today)
    return [
        {
            "month": str(m.month),
            "billed_won": m.billed_won,
            "paid_won": m.paid_won,
            "open_won": m.open_won,
        }
        for m in queries.payment_rates(last, min(months, (last.year - 1900) * 12 + last.month))
    ]


@router.post("/charges/{charge_id}/waive", operation_id="waive_charge", response=s.ChargeOut)
def waive_charge(request: HttpRequest, charge_id: f.Id, given: s.WaiverIn) -> Any:
    """Give up what is open of a charge, or a part of it."""
    return commands.waive_charge(act_of_api(request), charge_id=charge_id, **given.dict())


@router.get("/arrears", operation_id="arrears", response=list[s.ArrearsOut])
def arrears(request: HttpRequest, on: f.Day | None = None) -> Any:
    """Dues late on a day, by member and age (1-30, 31-90, 91-180, over 180 days)."""
    act = act_of_api(request)
    return queries.arrears_on(act, on or act.today)[:PAGE_MAX]


@router.post("/arrears/reminders", operation_id="remind_arrears", response={201: s.HowManyOut})
def remind_arrears(request: HttpRequest, given: s.RemindersIn) -> Any:
    """Send members a friendly letter."""
    count = commands.remind_arrears(act_of_api(request), membership_ids=tuple(given.membership_ids))
    return Status(201, {"count": count})


@router.get("/receipts", operation_id="receipts", response=list[s.ReceiptOut])
def receipts(
    request: HttpRequest,
    state: f.Code = "",
    page: Annotated[int, Field(ge=1, le=100_000)] = 1,
) -> Any:
    """Receipts, the latest first; state: open or used."""
    rows = queries.receipts_visible_to(act_of_api(request), state=state)
    return list(rows[(page - 1) * PAGE_MAX : page * PAGE_MAX])


@router.post("/receipts", operation_id="enter_receipt", response={201: s.ReceiptOut})
def enter_receipt(request: HttpRequest, given: s.ReceiptIn) -> Any:
    """Enter money that came in."""
    return Status(201, commands.enter_receipt(act_of_api(request), **given.dict()))


@router.get("/receipts/waiting", operation_id="unmatched_receipts", response=list[s.WaitingOut])
def unmatched_receipts(request: HttpRequest) -> Any:
    """What waits in suspense, the oldest first, each with its proposal."""
    return [
        {
            "id": r.id,
            "receipt_date": r.receipt_date,
            "amount_won": r.amount_won,
            "open_won": r.open_won,
            "payer": r.payer,
            "member": r.member,
            "membership_id": r.proposal.membership_id if r.proposal else None,
            "sureness": r.proposal.sureness.value if r.proposal else None,
            "because": r.because,
        }
        for r in queries.unmatched_receipts(act_of_api(request), limit=200)
    ]


@router.post("/receipts/match", operation_id="match_receipts", response={201: s.HowManyOut})
def match_receipts(request: HttpRequest, given: s.PairsIn) -> Any:
    """Accept many proposals at once: (receipt, membership) pairs."""
    return Status(
        201, {"count": commands.match_receipts(act_of_api(request), pairs=tuple(given.pairs))}
    )


@router.post("/receipts/{receipt_id}/match", operation_id="match_receipt", response=s.ReceiptOut)
def match_receipt(request: HttpRequest, receipt_id: f.Id, given: s.MatchIn) -> Any:
    """Pay what a member owes: the chosen charges, else the oldest first; `payable`: for example loans:17."""
    return commands.match_receipt(
        act_of_api(request),
        receipt_id=receipt_id,
        membership_id=given.membership_id,
        charge_ids=tuple(given.charge_ids),
        amount_won=given.amount_won,
        keep_rest=given.keep_rest,
        payable=given.payable,
    )


@router.post(
    "/receipts/{receipt_id}/unmatch", operation_id="unmatch_receipt", response=s.ReceiptOut
)
def unmatch_receipt(request: HttpRequest, receipt_id: f.Id, given: s.UnmatchIn) -> Any:
    """Undo everything a receipt paid."""
    return commands.unmatch_receipt(act_of_api(request), receipt_id=receipt_id, reason=given.reason)


@router.post("/receipts/{receipt_id}/refund", operation_id="refund_receipt", response=s.ReceiptOut)
def refund_receipt(request: HttpRequest, receipt_id: f.Id, given: s.RefundIn) -> Any:
    """Pay back what is not matched."""
    return commands.refund_receipt(act_of_api(request), receipt_id=receipt_id, **given.dict())
