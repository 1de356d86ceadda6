"""Offers and wants over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from dure.ui import api_fields as f
from dure.ui.api import act_of_api
from dure.ui.uploads import content_of

from .. import commands, queries
from ..queries import About

router = Router(tags=["trade"])
SHOWN_MAX = 200


class ListingAboutIn(Schema):
    """What a listing says; a want has a budget and no price."""

    name: f.Text
    category: f.Code = "other"
    kind: f.Code = "service"
    description: f.LongText = ""
    unit: f.Text = ""
    price_won: f.Won | None = None
    member_price_won: f.Won | None = None
    tax: f.Code = ""
    region_code: f.Code = ""
    delivery: f.Text = ""
    capacity: f.Text = ""
    certificates: f.Text = ""
    quantity: f.Text = ""
    budget_won: f.Won | None = None
    until_date: f.Day | None = None
    is_public: bool = False


class ListingIn(ListingAboutIn):
    party_id: f.Id
    side: f.Code = "offer"


class ListingRowOut(Schema):
    id: int
    side: str
    kind: str
    name: str
    party_id: int
    party: str
    category: str
    unit: str
    price_won: int | None
    member_price_won: int | None
    quantity: str
    budget_won: int | None
    region: str
    until_date: date
    is_public: bool
    state: str
    photo_id: int | None


class ListingAboutOut(ListingAboutIn):
    """The same, as it is kept."""


class ListingOut(Schema):
    row: ListingRowOut
    about: ListingAboutOut
    photos: list[int]
    phone: str
    website: str


class ListingFitOut(Schema):
    row: ListingRowOut
    points: int
    reasons: list[str]


class ListingNeedOut(Schema):
    party_id: int
    party: str
    points: int
    reasons: list[str]
    want_id: int | None


class ListingFileRowIn(Schema):
    number: Annotated[int, Field(ge=1, le=10_000_000)]
    cells: Annotated[list[f.LongText], Field(max_length=100)]


class ListingFileIn(Schema):
    """A table: its heads, and its rows with their numbers."""

    party_id: f.Id
    side: f.Code = "offer"
    file_name: f.Text
    head: Annotated[list[f.Text], Field(max_length=100)]
    rows: Annotated[list[ListingFileRowIn], Field(max_length=1_000)]


class ListingFileRowOut(Schema):
    number: int
    name: str
    fault: str


class ListingFileOut(Schema):
    id: int
    party_id: int
    side: str
    file_name: str
    state: str
    fit: int
    faulty: int
    rows: list[ListingFileRowOut]


class SynonymsIn(Schema):
    """One group a line, with commas between the words."""

    text: Annotated[str, Field(max_length=20_000), f.Storable]


@router.get("/listings", operation_id="listings", response=list[ListingRowOut])
def listings(
    request: HttpRequest,
    side: f.Code = "offer",
    search: f.Search = "",
    category: f.Code = "",
    region: f.Code = "",
) -> Any:
    """What is offered ("offer") or looked for ("want"), the best answers first."""
    rows = queries.catalogue(
        act_of_api(request), side=side, search=search, category=category, region=region
    )
    return queries.listing_rows(list(rows[:SHOWN_MAX]))


@router.post("/listings", operation_id="add_listing", response={201: ListingOut})
def add_listing(request: HttpRequest, given: ListingIn) -> Any:
    """List what an organisation offers or looks for."""
    act, told = act_of_api(request), given.dict()
    made = commands.add_listing(
        act, party_id=told.pop("party_id"), side=told.pop("side"), about=About(**told)
    )
    return Status(201, queries.listing(act, made.pk))


@router.get("/listings/{listing_id}", operation_id="listing", response=ListingOut)
def listing(request: HttpRequest, listing_id: f.Id) -> Any:
    """One listing."""
    return queries.listing(act_of_api(request), listing_id)


@router.put("/listings/{listing_id}", operation_id="change_listing", response=ListingOut)
def change_listing(request: HttpRequest, listing_id: f.Id, given: ListingAboutIn) -> Any:
    """Say it otherwise."""
    act = act_of_api(request)
    commands.change_listing(act, listing_id=listing_id, about=About(**given.dict()))
    return queries.listing(act, listing_id)


@router.post("/listings/{listing_id}/renew", operation_id="renew_listing", response=ListingOut)
def renew_listing(request: HttpRequest, listing_id: f.Id) -> Any:
    """Keep it listed as long as the rules allow."""
    act = act_of_api(request)
    commands.renew_listing(act, listing_id=listing_id)
    return queries.listing(act, listing_id)


@router.post("/listings/{listing_id}/close", operation_id="close_listing", response=ListingOut)
def close_listing(request: HttpRequest, listing_id: f.Id) -> Any:
    """Take it off the list."""
    act = act_of_api(request)
    commands.close_listing(act, listing_id=listing_id)
    return queries.listing(act, listing_id)


@router.post(
    "/listings/{listing_id}/photos", operation_id="add_listing_photo", response={201: ListingOut}
)
def add_listing_photo(request: HttpRequest, listing_id: f.Id, file: File[UploadedFile]) -> Any:
    """Add a picture; where and when it was taken is removed from it."""
    act = act_of_api(request)
    commands.add_listing_photo(
        act, listing_id=listing_id, name=file.name or "", content=content_of(file)
    )
    return Status(201, queries.listing(act, listing_id))


@router.post(
    "/listings/{listing_id}/photos/{photo_id}/remove",
    operation_id="remove_listing_photo",
    response=ListingOut,
)
def remove_listing_photo(request: HttpRequest, listing_id: f.Id, photo_id: f.Id) -> Any:
    """Destroy a picture."""
    act = act_of_api(request)
    commands.remove_listing_photo(act, listing_id=listing_id, file_id=photo_id)
    return queries.listing(act, listing_id)


@router.get(
    "/listings/{listing_id}/fits", operation_id="listing_fits", response=list[ListingFitOut]
)
def fits(request: HttpRequest, listing_id: f.Id) -> Any:
    """The offers that fit a want, or the wants that an offer fits, with reasons."""
    return queries.fits_of(act_of_api(request), listing_id)


@router.get(
    "/listings/{listing_id}/needs", operation_id="listing_needs", response=list[ListingNeedOut]
)
def needs(request: HttpRequest, listing_id: f.Id) -> Any:
    """The members who may need an offer, with reasons; for its owner."""
    return queries.needs_for(act_of_api(request), listing_id)


@router.post("/listing-files", operation_id="stage_listings", response={201: ListingFileOut})
def stage_listings(request: HttpRequest, given: ListingFileIn) -> Any:
    """Lay out rows to be looked at; nothing is listed yet."""
    act = act_of_api(request)
    staged = commands.stage_listings(
        act, party_id=given.party_id, side=given.side, file_name=given.file_name,
        head=tuple(given.head),
        rows=tuple((one.number, tuple(one.cells)) for one in given.rows),
    )  # fmt: skip
    return Status(201, queries.staged_listings(act, staged.pk))


@router.get("/listing-files/{import_id}", operation_id="staged_listings", response=ListingFileOut)
def staged_listings(request: HttpRequest, import_id: f.Id) -> Any:
    """Each row, or why it would be left out."""
    return queries.staged_listings(act_of_api(request), import_id)


@router.post(
    "/listing-files/{import_id}/accept", operation_id="accept_listings", response=ListingFileOut
)
def accept_listings(request: HttpRequest, import_id: f.Id) -> Any:
    """List the rows that fit."""
    act = act_of_api(request)
    commands.accept_listings(act, import_id=import_id)
    return queries.staged_listings(act, import_id)


@router.post(
    "/listing-files/{import_id}/discard", operation_id="discard_listings", response=ListingFileOut
)
def discard_listings(request: HttpRequest, import_id: f.Id) -> Any:
    """Drop the rows."""
    act = act_of_api(request)
    commands.discard_listings(act, import_id=import_id)
    return queries.staged_listings(act, import_id)


@router.put("/synonyms", operation_id="change_synonyms", response=SynonymsIn)
def change_synonyms(request: HttpRequest, given: SynonymsIn) -> Any:
    """Say which words mean the same."""
    return commands.change_synonyms(act_of_api(request), text=given.text)
