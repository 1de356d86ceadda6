"""Bank files and what becomes of the money, over HTTP."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from dure.kernel.dates import parse_month
from dure.ui import api_fields as f
from dure.ui.api import act_of_api

from .. import commands, queries
from . import schemas as s

router = Router(tags=["memberships"])

type_column = Annotated[int, Field(ge=0, le=999)]


class AcceptIn(Schema):
    rows: (
        Annotated[list[Annotated[int, Field(ge=1, le=1_000_000)]], Field(max_length=100_000)] | None
    ) = None
    match_sure: bool = False
    most: Annotated[int, Field(ge=1, le=100_000)] | None = None


class ColumnsIn(Schema):
    columns: dict[
        Literal[
            "date", "time", "amount", "paid_out", "balance", "payer", "memo", "kind", "account"
        ],
        type_column,
    ]
    head_row: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    signed: bool = False


class SureIn(Schema):
    before: f.Day | None = None
    after_id: Annotated[int, Field(ge=0, le=2**62)] = 0
    most: Annotated[int, Field(ge=1, le=100_000)] = 5_000


class SureOut(Schema):
    count: int
    won: int
    after_id: int
    left: int


class KeepIn(Schema):
    membership_id: f.Id
    amount_won: f.Won | None = None


class CreditOut(Schema):
    id: int
    membership_id: int
    amount_won: int
    used_won: int


class BookAsIn(Schema):
    purpose: Literal["donation", "sponsorship", "other_income"]
    note: f.Text = ""
    amount_won: f.Won | None = None
    donor_id: f.Id | None = None
    fund: Annotated[str, Field(max_length=40)] = ""


class UseOut(Schema):
    id: int
    purpose: str
    amount_won: int
    donor_id: int | None


class PayerIn(Schema):
    text: Annotated[str, Field(min_length=1, max_length=120), f.Storable]
    kind: Literal["name", "account"] = "name"


class PayerOut(Schema):
    id: int
    kind: str
    shown: str
    is_learned: bool


class WonOut(Schema):
    won: int


@router.post("/receipts/import", operation_id="upload_receipts", response={201: s.ReceiptImportOut})
def upload_receipts(
    request: HttpRequest,
    file: File[UploadedFile],
    fund: f.Code = "general",
    month: f.MonthText | None = None,
) -> Any:
    """Keep a bank file to be looked at; nothing is entered yet."""
    content = file.read()
    return Status(
        201,
        commands.upload_receipts(
            act_of_api(request),
            filename=file.name or "file",
            content=content,
            fund=fund,
            month=parse_month(month) if month else None,
        ),
    )


@router.post(
    "/receipts/import/{import_id}/columns",
    operation_id="map_receipts",
    response=s.ReceiptImportOut,
)
def map_receipts(request: HttpRequest, import_id: f.Id, given: ColumnsIn) -> Any:
    """Say which column of a file is what; remembered for the next file like it."""
    return commands.map_receipts(
        act_of_api(request),
        import_id=import_id,
        columns=tuple(given.columns.items()),
        head_row=given.head_row,
        signed=given.signed,
    )


@router.post(
    "/receipts/import/{import_id}/accept",
    operation_id="accept_receipts",
    response=s.ReceiptImportOut,
)
def accept_receipts(request: HttpRequest, import_id: f.Id, given: AcceptIn) -> Any:
    """Enter the new rows of a bank file, or those chosen; with `most` call again while it is staged."""
    rows = tuple(given.rows) if given.rows is not None else None
    return commands.accept_receipts(
        act_of_api(request),
        import_id=import_id,
        rows=rows,
        match_sure=given.match_sure,
        most=given.most,
    )


@router.post(
    "/receipts/import/{import_id}/discard",
    operation_id="discard_receipts",
    response=s.ReceiptImportOut,
)
def discard_receipts(request: HttpRequest, import_id: f.Id) -> Any:
    """Put a bank file away."""
    return commands.discard_receipts(act_of_api(request), import_id=import_id)


@router.post("/receipts/match-sure", operation_id="match_sure_receipts", response=SureOut)
def match_sure_receipts(request: HttpRequest, given: SureIn) -> Any:
    """Match what is sure among the next `most` that wait; go on with the `after_id` of the answer."""
    return commands.match_sure_receipts(act_of_api(request), **given.dict())


@router.post("/receipts/use-credits", operation_id="use_credits", response=WonOut)
def use_credits(request: HttpRequest) -> Any:
    """Pay what is owed now with what members paid ahead."""
    return {"won": commands.use_credits(act_of_api(request))}


@router.post("/receipts/{receipt_id}/keep", operation_id="keep_credit", response={201: CreditOut})
def keep_credit(request: HttpRequest, receipt_id: f.Id, given: KeepIn) -> Any:
    """Keep what is free of a receipt for a member's dues to come."""
    return Status(
        201, commands.keep_credit(act_of_api(request), receipt_id=receipt_id, **given.dict())
    )


@router.post("/receipts/{receipt_id}/book", operation_id="book_receipt_as", response={201: UseOut})
def book_receipt_as(request: HttpRequest, receipt_id: f.Id, given: BookAsIn) -> Any:
    """Book money that is nobody's dues as a donation, a sponsorship or other income."""
    return Status(
        201, commands.book_receipt_as(act_of_api(request), receipt_id=receipt_id, **given.dict())
    )


@router.get("/members/{membership_id}/payers", operation_id="payers_of", response=list[PayerOut])
def payers_of(request: HttpRequest, membership_id: f.Id) -> Any:
    """Under which names and accounts a member's money comes."""
    return list(queries.payers_of(act_of_api(request), membership_id)[:500])


@router.post("/members/{membership_id}/payers", operation_id="note_payer", response={201: PayerOut})
def note_payer(request: HttpRequest, membership_id: f.Id, given: PayerIn) -> Any:
    """Money under this name, or to this virtual account, is the member's."""
    return Status(
        201, commands.note_payer(act_of_api(request), membership_id=membership_id, **given.dict())
    )


@router.delete("/payers/{alias_id}", operation_id="forget_payer", response={204: None})
def forget_payer(request: HttpRequest, alias_id: f.Id) -> Any:
    """Money under this text is no longer taken for the member's."""
    commands.forget_payer(act_of_api(request), alias_id=alias_id)
    return Status(204, None)
