"""What comes every month, and papers of deals, over HTTP."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router, Schema, Status, UploadedFile
from pydantic import Field

from dure.ui import api_fields as f
from dure.ui.api import act_of_api
from dure.ui.files import as_it_came
from dure.ui.uploads import content_of

from .. import commands, queries
from . import schemas as s

router = Router(tags=["trade"])


class RecurringDealIn(Schema):
    """The same every month on a day; `confirms_itself`: it counts without being confirmed anew."""

    party_id: f.Id
    other_id: f.Id
    sells: bool
    what: f.Text
    won: f.Won
    vat_won: s.WonOrNone = 0
    month_day: Annotated[int, Field(ge=1, le=31)]
    from_date: f.Day
    until_date: f.Day | None = None
    confirms_itself: bool = False


class RecurringDealAcceptIn(Schema):
    on_paper: f.Text = ""


class RecurringDealEndIn(f.ReasonIn):
    party_id: f.Id


class RecurringDealSideIn(Schema):
    party_id: f.Id


class RecurringDealOut(Schema):
    id: int
    seller_id: int
    seller: str
    buyer_id: int
    buyer: str
    waits_for_id: int | None
    state: str
    what: str
    won: int
    vat_won: int
    month_day: int
    next_date: date
    until_date: date | None
    confirms_itself: bool
    end_reason: str


class TaxInvoiceIn(Schema):
    tax_number: Annotated[str, Field(min_length=1, max_length=40), f.Storable]


class DealPaperIn(Schema):
    party_id: f.Id
    kind: Literal["delivery_note", "tax_invoice", "photo", "other"]


class DealPaperOut(Schema):
    id: int
    kind: str
    name: str
    size: int
    kept_at: datetime


@router.get("/recurring", operation_id="recurring_deals", response=list[RecurringDealOut])
def recurring_deals(request: HttpRequest) -> Any:
    """Of all for whom one speaks; for the office all."""
    return queries.recurring_deals(act_of_api(request))


@router.post("/recurring", operation_id="propose_recurring_deal", response={201: RecurringDealOut})
def propose_recurring_deal(request: HttpRequest, given: RecurringDealIn) -> Any:
    """Propose that the same is traded every month."""
    act = act_of_api(request)
    made = commands.propose_recurring_deal(act, **given.dict())
    return Status(201, queries.recurring_deal(act, made.pk))


@router.post(
    "/recurring/{recurring_id}/accept",
    operation_id="accept_recurring_deal",
    response=RecurringDealOut,
)
def accept_recurring_deal(
    request: HttpRequest, recurring_id: f.Id, given: RecurringDealAcceptIn
) -> Any:
    """Agree that it is traded every month."""
    act = act_of_api(request)
    commands.accept_recurring_deal(act, recurring_id=recurring_id, **given.dict())
    return queries.recurring_deal(act, recurring_id)


@router.post(
    "/recurring/{recurring_id}/end", operation_id="end_recurring_deal", response=RecurringDealOut
)
def end_recurring_deal(request: HttpRequest, recurring_id: f.Id, given: RecurringDealEndIn) -> Any:
    """Say no to it, or let it end after the notice."""
    act = act_of_api(request)
    commands.end_recurring_deal(act, recurring_id=recurring_id, **given.dict())
    return queries.recurring_deal(act, recurring_id)


@router.post(
    "/recurring/{recurring_id}/confirm-each",
    operation_id="withdraw_standing_consent",
    response=RecurringDealOut,
)
def withdraw_standing_consent(
    request: HttpRequest, recurring_id: f.Id, given: RecurringDealSideIn
) -> Any:
    """Ask to confirm each month's deal from now on."""
    act = act_of_api(request)
    commands.withdraw_standing_consent(act, recurring_id=recurring_id, **given.dict())
    return queries.recurring_deal(act, recurring_id)


@router.post("/recurring/record", operation_id="record_recurring_deals", response=f.CountOut)
def record_recurring_deals(request: HttpRequest) -> Any:
    """Record what is due of recurring deals until today."""
    return {"count": commands.record_recurring_deals(act_of_api(request))}


@router.post("/deals/{deal_id}/tax-invoice", operation_id="note_tax_invoice", response=s.DealOut)
def note_tax_invoice(request: HttpRequest, deal_id: f.Id, given: TaxInvoiceIn) -> Any:
    """Note the number of the tax invoice."""
    act = act_of_api(request)
    commands.note_tax_invoice(act, deal_id=deal_id, **given.dict())
    return queries.deal(act, deal_id)


@router.get("/deals/{deal_id}/papers", operation_id="deal_papers", response=list[DealPaperOut])
def deal_papers(request: HttpRequest, deal_id: f.Id) -> Any:
    """What was handed in about a deal, for who may open it."""
    act = act_of_api(request)
    return queries.deal_papers(act, queries.deal(act, deal_id))


@router.post(
    "/deals/{deal_id}/papers", operation_id="add_deal_paper", response={201: list[DealPaperOut]}
)
def add_deal_paper(
    request: HttpRequest, deal_id: f.Id, given: Form[DealPaperIn], file: File[UploadedFile]
) -> Any:
    """Hand in a paper of a deal for both sides."""
    act = act_of_api(request)
    commands.add_deal_paper(
        act, deal_id=deal_id, name=file.name or "", content=content_of(file), **given.dict()
    )
    return Status(201, queries.deal_papers(act, queries.deal(act, deal_id)))


@router.get("/deals/{deal_id}/papers/{file_id}", operation_id="deal_paper", response=bytes)
def deal_paper(request: HttpRequest, deal_id: f.Id, file_id: f.Id) -> HttpResponse:
    """A paper as it came; it is logged who opened it."""
    opened = queries.open_deal_paper(act_of_api(request), deal_id, file_id)
    return as_it_came(opened.content, opened.name)
