"""Plans, contracts and claims of mutual aid over HTTP."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.http import HttpRequest
from ninja import File, Query, Router, Schema, Status, UploadedFile

from dure.domains.bylaws.rules import Finding
from dure.kernel.acts import Act
from dure.ui import api_fields as f
from dure.ui.api import act_of_api
from dure.ui.uploads import content_of

from .. import commands, queries
from ..rules.promises import Promised, Refund
from . import schemas as s

router = Router(tags=["mutual_aid"])


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "key": one.key, "sentence": one.sentence(), "article": one.citation,
        "required": one.required_shown, "actual": one.actual_shown, "passed": one.passed,
    }  # fmt: skip


def _told(card: Any, schema: type[Schema]) -> dict[str, Any]:
    told = {name: getattr(card, name) for name in schema.model_fields}
    for name in ("findings", "decision"):
        if name in told:
            told[name] = [_finding(one) for one in told[name]]
    return told


def _enrolment(act: Act, enrolment_id: int) -> dict[str, Any]:
    return _told(queries.aid_enrolment(act, enrolment_id), s.AidEnrolmentOut)


def _claim(act: Act, claim_id: int) -> dict[str, Any]:
    return _told(queries.aid_claim(act, claim_id), s.AidClaimOut)


@router.get("/plans", operation_id="aid_plans", response=list[s.AidPlanOut])
def aid_plans(request: HttpRequest, every: bool = False) -> Any:
    """What one can join today; every: all versions ever."""
    act = act_of_api(request)
    return queries.aid_plans(act, on=None if every else act.today)


@router.post("/plans", operation_id="lay_down_aid_plan", response={201: s.AidPlanOut})
def lay_down_aid_plan(request: HttpRequest, given: s.AidPlanIn) -> Any:
    """Lay down a plan, or its next version."""
    act = act_of_api(request)
    values = given.dict()
    values["benefits"] = tuple(Promised(**one) for one in values["benefits"])
    values["refunds"] = tuple(
        Refund(one["paid_months"], Fraction(one["numerator"], one["denominator"]))
        for one in values["refunds"]
    )
    made = commands.lay_down_aid_plan(act, **values)
    return Status(201, queries.aid_plan(act, made.pk))


@router.post("/plans/{plan_id}/end", operation_id="end_aid_plan", response=s.AidPlanOut)
def end_aid_plan(request: HttpRequest, plan_id: f.Id, given: s.EndAidPlanIn) -> Any:
    """Take nobody into a plan any more."""
    act = act_of_api(request)
    commands.end_aid_plan(act, plan_id=plan_id, **given.dict())
    return queries.aid_plan(act, plan_id)


@router.get("/enrolments", operation_id="aid_enrolments", response=list[s.AidRowOut])
def aid_enrolments(request: HttpRequest, state: f.Code = "", fund: f.Code = "") -> Any:
    """The contracts of all, the newest first: of the network, or of a fund run for others."""
    return queries.aid_enrolments(act_of_api(request), state=state, fund=fund)


@router.get("/mine", operation_id="my_aid", response=list[s.AidRowOut])
def my_aid(request: HttpRequest) -> Any:
    """One's own contracts and those of the organisations one speaks for."""
    return queries.my_aid(act_of_api(request))


@router.get("/answer", operation_id="aid_answer", response=s.AidAnswerOut)
def aid_answer(request: HttpRequest, given: Query[s.AidWishIn]) -> Any:
    """What the rules answer to the wish to take part."""
    return _told(queries.aid_answer(act_of_api(request), **given.dict()), s.AidAnswerOut)


@router.post("/enrolments", operation_id="apply_for_aid", response={201: s.AidEnrolmentOut})
def apply_for_aid(request: HttpRequest, given: s.AidWishIn) -> Any:
    """Ask to take part."""
    act = act_of_api(request)
    made = commands.apply_for_aid(act, **given.dict())
    return Status(201, _enrolment(act, made.pk))


@router.get("/enrolments/{enrolment_id}", operation_id="aid_enrolment", response=s.AidEnrolmentOut)
def aid_enrolment(request: HttpRequest, enrolment_id: f.Id) -> Any:
    """A contract with what was paid."""
    return _enrolment(act_of_api(request), enrolment_id)


@router.post(
    "/enrolments/{enrolment_id}/withdraw",
    operation_id="withdraw_aid_application",
    response=s.AidEnrolmentOut,
)
def withdraw_aid_application(request: HttpRequest, enrolment_id: f.Id) -> Any:
    """Take the wish back."""
    act = act_of_api(request)
    commands.withdraw_aid_application(act, enrolment_id=enrolment_id)
    return _enrolment(act, enrolment_id)


@router.post(
    "/enrolments/{enrolment_id}/approve",
    operation_id="approve_aid_enrolment",
    response=s.AidEnrolmentOut,
)
def approve_aid_enrolment(request: HttpRequest, enrolment_id: f.Id, given: s.AidDecidedIn) -> Any:
    """Approve that a member takes part."""
    act = act_of_api(request)
    commands.approve_aid_enrolment(act, enrolment_id=enrolment_id, **given.dict())
    return _enrolment(act, enrolment_id)


@router.post(
    "/enrolments/{enrolment_id}/refuse",
    operation_id="refuse_aid_enrolment",
    response=s.AidEnrolmentOut,
)
def refuse_aid_enrolment(request: HttpRequest, enrolment_id: f.Id, given: s.AidRefusedIn) -> Any:
    """Refuse that a member takes part, with the reason."""
    act = act_of_api(request)
    commands.refuse_aid_enrolment(act, enrolment_id=enrolment_id, **given.dict())
    return _enrolment(act, enrolment_id)


@router.post(
    "/enrolments/{enrolment_id}/sign", operation_id="sign_aid_contract", response=s.AidEnrolmentOut
)
def sign_aid_contract(request: HttpRequest, enrolment_id: f.Id, given: s.AidSignIn) -> Any:
    """The contract is signed; its terms are frozen."""
    act = act_of_api(request)
    commands.sign_aid_contract(act, enrolment_id=enrolment_id, **given.dict())
    return _enrolment(act, enrolment_id)


@router.post(
    "/enrolments/{enrolment_id}/debit", operation_id="debit_aid", response=s.AidEnrolmentOut
)
def debit_aid(request: HttpRequest, enrolment_id: f.Id, given: s.AidDebitIn) -> Any:
    """Take the contributions by direct debit, or no longer."""
    act = act_of_api(request)
    commands.debit_aid(act, enrolment_id=enrolment_id, **given.dict())
    return _enrolment(act, enrolment_id)


@router.post(
    "/enrolments/{enrolment_id}/receive",
    operation_id="receive_aid_contribution",
    response=s.AidEnrolmentOut,
)
def receive_aid_contribution(
    request: HttpRequest, enrolment_id: f.Id, given: s.AidReceiveIn
) -> Any:
    """Take a contribution in."""
    act = act_of_api(request)
    commands.receive_aid_contribution(act, enrolment_id=enrolment_id, **given.dict())
    return _enrolment(act, enrolment_id)


@router.post(
    "/enrolments/{enrolment_id}/revive", operation_id="revive_aid", response=s.AidEnrolmentOut
)
def revive_aid(request: HttpRequest, enrolment_id: f.Id) -> Any:
    """Revive a lapsed contract."""
    act = act_of_api(request)
    commands.revive_aid(act, enrolment_id=enrolment_id)
    return _enrolment(act, enrolment_id)


@router.post("/enrolments/{enrolment_id}/end", operation_id="end_aid", response=s.AidEnrolmentOut)
def end_aid(request: HttpRequest, enrolment_id: f.Id, given: s.AidEndIn) -> Any:
    """End a contract."""
    act = act_of_api(request)
    commands.end_aid(act, enrolment_id=enrolment_id, **given.dict())
    return _enrolment(act, enrolment_id)


@router.post(
    "/enrolments/{enrolment_id}/refund", operation_id="pay_aid_refund", response=s.AidEnrolmentOut
)
def pay_aid_refund(request: HttpRequest, enrolment_id: f.Id, given: s.AidDayIn) -> Any:
    """Pay back what is due after the end."""
    act = act_of_api(request)
    commands.pay_aid_refund(act, enrolment_id=enrolment_id, **given.dict())
    return _enrolment(act, enrolment_id)


@router.post(
    "/receipts/{receipt_id}/undo", operation_id="undo_aid_contribution", response=s.AidEnrolmentOut
)
def undo_aid_contribution(request: HttpRequest, receipt_id: f.Id, given: s.AidUndoIn) -> Any:
    """Take a receipt back."""
    act = act_of_api(request)
    made = commands.undo_aid_contribution(act, receipt_id=receipt_id, **given.dict())
    return _enrolment(act, made.enrolment_id)


@router.post("/bill", operation_id="bill_aid_contributions", response=f.CountOut)
def bill_aid_contributions(request: HttpRequest, given: s.AidMonthIn) -> Any:
    """Bill the contributions of a month."""
    return {"count": commands.bill_aid_contributions(act_of_api(request), **given.dict())}


@router.post("/watch", operation_id="watch_aid_contributions", response=f.CountOut)
def watch_aid_contributions(request: HttpRequest) -> Any:
    """Tell those whose contract will lapse, let lapse those who were told; how many in all."""
    return {"count": sum(commands.watch_aid_contributions(act_of_api(request)))}


@router.get("/claims", operation_id="aid_claims", response=list[s.AidClaimRowOut])
def aid_claims(request: HttpRequest, state: f.Code = "") -> Any:
    """The claims of all, the newest first."""
    return queries.aid_claims(act_of_api(request), state=state)


@router.get(
    "/enrolments/{enrolment_id}/answer", operation_id="claim_answer",
    response=s.AidClaimAnswerOut,
)  # fmt: skip
def claim_answer(request: HttpRequest, enrolment_id: f.Id, given: Query[s.AidClaimAskIn]) -> Any:
    """What the rules answer to a claim, and what would be given."""
    found = queries.claim_answer(act_of_api(request), enrolment_id=enrolment_id, **given.dict())
    return _told(found, s.AidClaimAnswerOut)


@router.post(
    "/enrolments/{enrolment_id}/claims", operation_id="file_aid_claim",
    response={201: s.AidClaimOut},
)  # fmt: skip
def file_aid_claim(request: HttpRequest, enrolment_id: f.Id, given: s.AidClaimIn) -> Any:
    """Claim aid for what happened."""
    act = act_of_api(request)
    made = commands.file_aid_claim(act, enrolment_id=enrolment_id, **given.dict())
    return Status(201, _claim(act, made.pk))


@router.get("/claims/{claim_id}", operation_id="aid_claim", response=s.AidClaimOut)
def aid_claim(request: HttpRequest, claim_id: f.Id) -> Any:
    """A claim as it stands."""
    return _claim(act_of_api(request), claim_id)


@router.post("/claims/{claim_id}/evidence", operation_id="add_aid_evidence", response=s.AidClaimOut)
def add_aid_evidence(request: HttpRequest, claim_id: f.Id, file: File[UploadedFile]) -> Any:
    """Add a photograph or a paper to a claim."""
    act = act_of_api(request)
    commands.add_aid_evidence(
        act, claim_id=claim_id, name=file.name or "", content=content_of(file)
    )
    return _claim(act, claim_id)


@router.post(
    "/claims/{claim_id}/withdraw", operation_id="withdraw_aid_claim", response=s.AidClaimOut
)
def withdraw_aid_claim(request: HttpRequest, claim_id: f.Id) -> Any:
    """Take a claim back."""
    act = act_of_api(request)
    commands.withdraw_aid_claim(act, claim_id=claim_id)
    return _claim(act, claim_id)


@router.post("/claims/{claim_id}/appeal", operation_id="appeal_aid_refusal", response=s.AidClaimOut)
def appeal_aid_refusal(request: HttpRequest, claim_id: f.Id, given: s.AidAppealIn) -> Any:
    """Appeal against a refusal."""
    act = act_of_api(request)
    commands.appeal_aid_refusal(act, claim_id=claim_id, **given.dict())
    return _claim(act, claim_id)


@router.post("/claims/{claim_id}/approve", operation_id="approve_aid_claim", response=s.AidClaimOut)
def approve_aid_claim(request: HttpRequest, claim_id: f.Id, given: s.AidApprovedIn) -> Any:
    """Approve a claim."""
    act = act_of_api(request)
    commands.approve_aid_claim(act, claim_id=claim_id, **given.dict())
    return _claim(act, claim_id)


@router.post("/claims/{claim_id}/refuse", operation_id="refuse_aid_claim", response=s.AidClaimOut)
def refuse_aid_claim(request: HttpRequest, claim_id: f.Id, given: s.AidRefusedIn) -> Any:
    """Refuse a claim, with the reason."""
    act = act_of_api(request)
    commands.refuse_aid_claim(act, claim_id=claim_id, **given.dict())
    return _claim(act, claim_id)


@router.post(
    "/claims/{claim_id}/decide-appeal", operation_id="decide_aid_appeal", response=s.AidClaimOut
)
def decide_aid_appeal(request: HttpRequest, claim_id: f.Id, given: s.AidAppealDecidedIn) -> Any:
    """Decide on an appeal, by another body."""
    act = act_of_api(request)
    commands.decide_aid_appeal(act, claim_id=claim_id, **given.dict())
    return _claim(act, claim_id)


@router.post("/claims/{claim_id}/pay", operation_id="pay_aid_benefit", response=s.AidClaimOut)
def pay_aid_benefit(request: HttpRequest, claim_id: f.Id, given: s.AidDayIn) -> Any:
    """Pay a benefit."""
    act = act_of_api(request)
    commands.pay_aid_benefit(act, claim_id=claim_id, **given.dict())
    return _claim(act, claim_id)
