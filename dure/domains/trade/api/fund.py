"""Corrections of deals, totals and the cooperative fund over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import File, Form, Router, Status, UploadedFile

from dure.ui import api_fields as f
from dure.ui.api import act_of_api
from dure.ui.uploads import content_of

from .. import commands, queries
from . import schemas as s

router = Router(tags=["trade"])


@router.post(
    "/deals/{deal_id}/corrections", operation_id="propose_deal_correction", response=s.DealOut
)
def propose_deal_correction(request: HttpRequest, deal_id: f.Id, given: s.DealCorrectionIn) -> Any:
    """Propose other terms of a confirmed deal; 0 won cancels it."""
    act = act_of_api(request)
    commands.propose_deal_correction(act, deal_id=deal_id, **given.dict())
    return queries.deal(act, deal_id)


@router.post(
    "/deals/{deal_id}/corrections/agree", operation_id="agree_deal_correction", response=s.DealOut
)
def agree_deal_correction(request: HttpRequest, deal_id: f.Id) -> Any:
    """Agree to the terms proposed."""
    act = act_of_api(request)
    commands.agree_deal_correction(act, deal_id=deal_id)
    return queries.deal(act, deal_id)


@router.post(
    "/deals/{deal_id}/corrections/decline",
    operation_id="decline_deal_correction",
    response=s.DealOut,
)
def decline_deal_correction(request: HttpRequest, deal_id: f.Id, given: f.ReasonIn) -> Any:
    """Keep the terms in force."""
    act = act_of_api(request)
    commands.decline_deal_correction(act, deal_id=deal_id, **given.dict())
    return queries.deal(act, deal_id)


@router.post("/deals/{deal_id}/dispute", operation_id="dispute_deal", response=s.DealOut)
def dispute_deal(request: HttpRequest, deal_id: f.Id, given: s.DealDisputeIn) -> Any:
    """Say that something is wrong with a confirmed deal."""
    act = act_of_api(request)
    commands.dispute_deal(act, deal_id=deal_id, **given.dict())
    return queries.deal(act, deal_id)


@router.post(
    "/deals/{deal_id}/dispute/settle", operation_id="settle_deal_dispute", response=s.DealOut
)
def settle_deal_dispute(request: HttpRequest, deal_id: f.Id) -> Any:
    """Say that the dispute one raised is over."""
    act = act_of_api(request)
    commands.settle_deal_dispute(act, deal_id=deal_id)
    return queries.deal(act, deal_id)


@router.get("/totals/{year}", operation_id="trade_totals", response=s.TradeTotalsOut)
def trade_totals(request: HttpRequest, year: s.Year, section: f.Text = "") -> Any:
    """The mutual trade of a year by member, pair, section and month, as far as one may see it."""
    return queries.trade_totals(act_of_api(request), year, section)


@router.get(
    "/statements/{party_id}/{year}", operation_id="trade_statement", response=s.TradeStatementOut
)
def trade_statement(request: HttpRequest, party_id: f.Id, year: s.Year) -> Any:
    """A member's year."""
    return queries.trade_statement(act_of_api(request), party_id, year)


@router.get("/fund", operation_id="cooperative_fund", response=s.CooperativeFundOut)
def cooperative_fund(request: HttpRequest) -> Any:
    """What each put in, and what the fund has done."""
    return queries.cooperative_fund(act_of_api(request))


@router.post(
    "/fund/rules", operation_id="lay_down_contribution", response={201: s.ContributionRuleOut}
)
def lay_down_contribution(request: HttpRequest, given: s.ContributionRuleIn) -> Any:
    """Lay down what members put in."""
    act = act_of_api(request)
    values = given.dict()
    values["ratio"] = (values.pop("numerator"), values.pop("denominator"))
    made = commands.lay_down_contribution(act, **values)
    return Status(201, queries.contribution_rule(act, made.pk))


@router.post(
    "/fund/rules/{rule_id}/end", operation_id="end_contribution", response=s.ContributionRuleOut
)
def end_contribution(request: HttpRequest, rule_id: f.Id, given: s.EndContributionIn) -> Any:
    """Let a contribution end."""
    act = act_of_api(request)
    commands.end_contribution(act, rule_id=rule_id, **given.dict())
    return queries.contribution_rule(act, rule_id)


@router.post("/fund/bill", operation_id="bill_contributions", response=f.CountOut)
def bill_contributions(request: HttpRequest, given: s.ContributionMonthIn) -> Any:
    """Bill what the rules ask with the end of a month."""
    return {"count": commands.bill_contributions(act_of_api(request), **given.dict())}


@router.post("/fund/uses", operation_id="use_cooperative_fund", response=s.CooperativeFundOut)
def use_cooperative_fund(request: HttpRequest, given: s.FundUseIn) -> Any:
    """Give out of the fund what was decided."""
    act = act_of_api(request)
    commands.use_cooperative_fund(act, **given.dict())
    return queries.cooperative_fund(act)


@router.post("/fund/promises", operation_id="decide_fund_use", response={201: s.FundUseOut})
def decide_fund_use(request: HttpRequest, given: s.FundPromiseIn) -> Any:
    """Promise out of the fund what was decided; it is paid out later."""
    act = act_of_api(request)
    made = commands.decide_fund_use(act, **given.dict())
    return Status(201, queries.fund_use(act, made.pk))


@router.post("/fund/uses/{use_id}/pay", operation_id="pay_fund_use", response=s.FundUseOut)
def pay_fund_use(request: HttpRequest, use_id: f.Id, given: s.FundUsePaidIn) -> Any:
    """Pay out what was promised."""
    act = act_of_api(request)
    commands.pay_fund_use(act, use_id=use_id, **given.dict())
    return queries.fund_use(act, use_id)


@router.post("/fund/uses/{use_id}/give-up", operation_id="give_up_fund_use", response=s.FundUseOut)
def give_up_fund_use(request: HttpRequest, use_id: f.Id, given: f.ReasonIn) -> Any:
    """Let go what was promised and is not paid out."""
    act = act_of_api(request)
    commands.give_up_fund_use(act, use_id=use_id, **given.dict())
    return queries.fund_use(act, use_id)


@router.post("/fund/uses/{use_id}/report", operation_id="report_fund_use", response=s.FundUseOut)
def report_fund_use(request: HttpRequest, use_id: f.Id, given: s.FundReportIn) -> Any:
    """Tell members what the money has done."""
    act = act_of_api(request)
    commands.report_fund_use(act, use_id=use_id, **given.dict())
    return queries.fund_use(act, use_id)


@router.post("/fund/remind", operation_id="remind_of_contributions", response=f.CountOut)
def remind_of_contributions(request: HttpRequest) -> Any:
    """Remind members of contributions that are late, once for each bill."""
    return {"count": commands.remind_of_contributions(act_of_api(request))}


@router.get(
    "/contributions/{membership_id}", operation_id="contributions", response=s.ContributionsOut
)
def contributions(request: HttpRequest, membership_id: f.Id) -> Any:
    """What a member was asked, and put in."""
    return queries.contributions_of(act_of_api(request), membership_id)


@router.post(
    "/contributions/{membership_id}/receive",
    operation_id="receive_contribution",
    response=s.ContributionsOut,
)
def receive_contribution(
    request: HttpRequest, membership_id: f.Id, given: s.ContributionPaidIn
) -> Any:
    """Take a contribution in."""
    act = act_of_api(request)
    commands.receive_contribution(act, membership_id=membership_id, **given.dict())
    return queries.contributions_of(act, membership_id)


@router.post(
    "/contributions/receipts/{receipt_id}/undo",
    operation_id="undo_contribution",
    response=s.ContributionsOut,
)
def undo_contribution(request: HttpRequest, receipt_id: f.Id, given: f.ReasonIn) -> Any:
    """Take a receipt back."""
    act = act_of_api(request)
    made = commands.undo_contribution(act, receipt_id=receipt_id, **given.dict())
    return queries.contributions_of(act, made.membership_id)


@router.post(
    "/contributions/{membership_id}/profit",
    operation_id="state_profit",
    response=s.ContributionsOut,
)
def state_profit(
    request: HttpRequest, membership_id: f.Id, given: Form[s.ProfitIn], file: File[UploadedFile]
) -> Any:
    """State the net profit of a year with its paper."""
    act = act_of_api(request)
    commands.state_profit(
        act, membership_id=membership_id, name=file.name or "", content=content_of(file),
        **given.dict(),
    )  # fmt: skip
    return queries.contributions_of(act, membership_id)
