"""Many deals at once over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.ui import api_fields as f
from dure.ui.api import act_of_api

from .. import commands
from .schemas import TaxNumber, WonOrNone

router = Router(tags=["trade"])


class ImportedDealIn(Schema):
    row: Annotated[int, Field(ge=1, le=2_000_000)]
    seller_id: f.Id
    buyer_id: f.Id
    what: f.Text
    won: f.Won
    dealt_date: f.Day
    vat_won: WonOrNone = 0
    due_date: f.Day | None = None
    tax_number: TaxNumber = ""
    paid_date: f.Day | None = None


class ImportDealsIn(Schema):
    deals: Annotated[list[ImportedDealIn], Field(max_length=5000)]
    on_paper: f.Text = ""


class DealsImportedOut(Schema):
    count: int


@router.post("/deals/import", operation_id="import_deals", response={201: DealsImportedOut})
def import_deals(request: HttpRequest, given: ImportDealsIn) -> Any:
    """Take many deals in, all or none; what is known is passed over."""
    deals = tuple(commands.ImportedDeal(**one.dict()) for one in given.deals)
    act = act_of_api(request)
    return Status(201, {"count": commands.import_deals(act, deals=deals, on_paper=given.on_paper)})
