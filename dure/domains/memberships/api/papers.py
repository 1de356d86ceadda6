"""Papers with a number over HTTP, and the check that anybody may make."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from dure.kernel.refusals import NotFound
from dure.ui import api_fields as f, pdf
from dure.ui.api import act_of_api

from .. import commands, documents, queries
from ..forms.papers import not_too_many_checks, site_url

router = Router(tags=["memberships"])

PAGE_MAX = 500
YearNumber = Annotated[int, Field(ge=1950, le=2200)]


class PaperIn(Schema):
    kind: f.Code
    year: YearNumber | None = None
    language: f.Code = "ko"


class PapersIn(Schema):
    kind: f.Code
    year: YearNumber
    language: f.Code = "ko"
    most: Annotated[int, Field(ge=1, le=500)] = 200


class RegisterIn(Schema):
    on: f.Day
    language: f.Code = "ko"


class RevocationIn(Schema):
    reason: f.Text


class PaperOut(Schema):
    """`until_date` is exclusive."""

    id: int
    kind: str
    language: str
    number: str
    code: str
    party_id: int | None
    membership_id: int | None
    from_date: date
    until_date: date
    amount_won: int | None
    digest: str
    issued_at: datetime
    revoked_at: datetime | None


class CheckedOut(Schema):
    """What a stranger may know of a paper; the subject by its code only."""

    number: str
    kind: str
    network: str
    issued_at: datetime
    revoked_at: datetime | None
    replaced: bool
    digest: str
    by_code: bool
    subject: str
    erased: bool


class DonationReceiptIn(Schema):
    party_id: f.Id
    year: YearNumber
    language: f.Code = "ko"


class DonationReceiptsIn(Schema):
    year: YearNumber
    language: f.Code = "ko"
    most: Annotated[int, Field(ge=1, le=500)] = 200


class DonorOut(Schema):
    party_id: int
    name: str
    count: int
    given_won: int
    receipted_won: int
    open_won: int


def _out(act: Any, paper_id: int) -> queries.PaperCard:
    return queries.paper_card(act, paper_id)


@router.get("/papers", operation_id="papers", response=list[PaperOut])
def papers(
    request: HttpRequest,
    kind: f.Code = "",
    year: YearNumber | None = None,
    state: f.Code = "",
    q: f.Search = "",
    page: Annotated[int, Field(ge=1, le=100_000)] = 1,
) -> Any:
    """Papers issued, the newest first; one's own for everybody but the office."""
    rows = queries.papers_visible_to(
        act_of_api(request), search=q, kind=kind, year=year, state=state
    )
    return [
        {
            **{name: getattr(one, name) for name in PaperOut.model_fields if hasattr(one, name)},
            "number": str(one),
            "revoked_at": one.revocation.revoked_at if hasattr(one, "revocation") else None,
        }
        for one in rows[(page - 1) * PAGE_MAX : page * PAGE_MAX]
    ]


@router.post(
    "/members/{membership_id}/papers", operation_id="issue_paper", response={201: PaperOut}
)
def issue_paper(request: HttpRequest, membership_id: f.Id, given: PaperIn) -> Any:
    """Issue a certificate or statement of a member."""
    act = act_of_api(request)
    made = commands.issue_paper(
        act, membership_id=membership_id, site_url=site_url(request), **given.dict()
    )
    return Status(201, _out(act, made.pk))


@router.post("/papers/many", operation_id="issue_papers", response={201: f.CountOut})
def issue_papers(request: HttpRequest, given: PapersIn) -> Any:
    """Issue to members who have no such paper yet, `most` at once; repeat until 409 NothingToIssue."""
    act = act_of_api(request)
    return Status(
        201, {"count": commands.issue_papers(act, site_url=site_url(request), **given.dict())}
    )


@router.post("/papers/register", operation_id="issue_register", response={201: PaperOut})
def issue_register(request: HttpRequest, given: RegisterIn) -> Any:
    """Issue the register of members of a day."""
    act = act_of_api(request)
    made = commands.issue_register(act, site_url=site_url(request), **given.dict())
    return Status(201, _out(act, made.pk))


@router.get("/donors", operation_id="donors", response=list[DonorOut])
def donors(request: HttpRequest, year: YearNumber, q: f.Search = "") -> Any:
    """Who gave in a year, and what of it is receipted."""
    return queries.donors(act_of_api(request), year, search=q)[:PAGE_MAX]


@router.post("/donors/receipts", operation_id="issue_donation_receipt", response={201: PaperOut})
def issue_donation_receipt(request: HttpRequest, given: DonationReceiptIn) -> Any:
    """One receipt for all a party gave in a year that is not receipted yet."""
    act = act_of_api(request)
    made = commands.issue_donation_receipt(act, site_url=site_url(request), **given.dict())
    return Status(201, _out(act, made.pk))


@router.post(
    "/donors/receipts/many", operation_id="issue_donation_receipts", response={201: f.CountOut}
)
def issue_donation_receipts(request: HttpRequest, given: DonationReceiptsIn) -> Any:
    """A receipt to each donor with something left to receipt, `most` at once."""
    made = commands.issue_donation_receipts(
        act_of_api(request), site_url=site_url(request), **given.dict()
    )
    return Status(201, {"count": made})


@router.get("/papers/{paper_id}", operation_id="paper", response=PaperOut)
def paper(request: HttpRequest, paper_id: f.Id) -> Any:
    """One paper."""
    return _out(act_of_api(request), paper_id)


@router.get("/papers/{paper_id}/pdf", operation_id="print_paper", response=bytes)
def print_paper(request: HttpRequest, paper_id: f.Id) -> HttpResponse:
    """The PDF, the same as on the day of issue."""
    found = queries.printed(act_of_api(request), paper_id)
    return pdf.answer(documents.papers_pdf([found]), documents.file_name(found))


@router.post("/papers/{paper_id}/revoke", operation_id="revoke_paper", response=PaperOut)
def revoke_paper(request: HttpRequest, paper_id: f.Id, given: RevocationIn) -> Any:
    """The paper no longer holds."""
    act = act_of_api(request)
    commands.revoke_paper(act, paper_id=paper_id, reason=given.reason)
    return _out(act, paper_id)


@router.get("/papers/check/{given}", operation_id="check_paper", response=CheckedOut, auth=None)
def check_paper(request: HttpRequest, given: f.Code) -> Any:
    """Whether a paper of this number or code is genuine and holds."""
    not_too_many_checks(request)
    found = queries.check_paper(given)
    if found is None:
        raise NotFound
    return found
