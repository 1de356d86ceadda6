"""The public directory for anyone, the register for staff."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from dure.ui.api import act_of_api

from .. import commands, policies, queries
from .fields import EndIn, FoundOut, Id, Number, PartyOut

router = Router(tags=["parties"])

Count = Annotated[int, Field(ge=0, le=10_000_000)]

PAGE_MAX = 500


class DirectoryEntryOut(Schema):
    id: int
    name: str
    region: str
    category: str
    section: str
    section_number: int | None
    kinds: list[str]
    openness: str
    openness_label: str
    phone: str
    website: str
    offers: str
    requirement: str


class ChoiceOut(Schema):
    value: str
    label: str
    count: int


class DirectoryOut(Schema):
    """A page of the directory, with what the filters would leave."""

    count: int
    page: int
    pages: int
    items: list[DirectoryEntryOut]
    regions: list[ChoiceOut]
    kinds: list[ChoiceOut]
    openness: list[ChoiceOut]
    sections: list[ChoiceOut]
    categories: list[ChoiceOut]


class DesignationOut(Schema):
    id: int
    kind: str
    label: str
    number: str
    from_date: date | None
    until_date: date | None


class OrganisationOut(Schema):
    id: int
    name: str
    legal_form: str
    legal_form_label: str
    business_number: str
    industry_section: str
    industry_text: str
    region_code: str
    region: str
    postcode: str
    address: str
    workers: int | None
    members: int | None
    founded_date: date | None
    phone: str
    fax: str
    email: str
    website: str
    description: str
    offers: str
    needs: str
    requirement: str
    openness: str
    section: str
    section_number: int | None
    category: str
    is_published: bool
    designations: list[DesignationOut]


class OrganisationIn(Schema):
    name: str
    legal_form: str = ""
    business_number: str = ""
    corporate_number: str = ""
    industry_section: str = ""
    industry_text: str = ""
    region_code: str = ""
    postcode: str = ""
    address: str = ""
    workers: Count | None = None
    members: Count | None = None
    founded_date: date | None = None
    phone: str = ""
    fax: str = ""
    email: str = ""
    website: str = ""
    description: str = ""
    offers: str = ""
    needs: str = ""
    requirement: str = ""
    openness: str = ""
    is_published: bool = False
    designations: list[str] = []


class OrganisationChange(Schema):
    """Only the fields that are sent are changed."""

    name: str | None = None
    legal_form: str | None = None
    business_number: str | None = None
    corporate_number: str | None = None
    industry_section: str | None = None
    industry_text: str | None = None
    region_code: str | None = None
    postcode: str | None = None
    address: str | None = None
    workers: Count | None = None
    members: Count | None = None
    founded_date: date | None = None
    phone: str | None = None
    fax: str | None = None
    email: str | None = None
    website: str | None = None
    description: str | None = None
    offers: str | None = None
    needs: str | None = None
    requirement: str | None = None
    openness: str | None = None
    is_published: bool | None = None


class PersonIn(Schema):
    name: str
    email: str = ""
    phone: str = ""
    address: str = ""


class PersonChange(Schema):
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    address: str | None = None


class PersonOut(Schema):
    id: int
    name: str
    email: str
    phone: str
    address: str
    created_at: datetime


class DesignationIn(Schema):
    kind: str
    number: str = ""
    from_date: date | None = None
    until_date: date | None = None


class RepresentativeIn(Schema):
    person_id: Number
    from_date: date
    until_date: date | None = None
    role: str = ""
    is_deputy: bool = False


class RepresentativeOut(Schema):
    id: int
    organisation_id: int
    person_id: int
    role: str
    is_deputy: bool
    from_date: date
    until_date: date | None


class MergeIn(Schema):
    kept_id: Number
    duplicate_id: Number


# -- the public directory --------------------------------------------------------------------


@router.get("/directory", operation_id="directory", response=DirectoryOut, auth=None)
def directory(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=100)] = "",
    region: Annotated[str, Query(max_length=5)] = "",
    kind: Annotated[str, Query(max_length=24)] = "",
    openness: Annotated[str, Query(max_length=1)] = "",
    section: Annotated[str, Query(max_length=60)] = "",
    category: Annotated[str, Query(max_length=30)] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    per_page: Annotated[int, Query(ge=1, le=PAGE_MAX)] = 50,
) -> Any:
    """What is published, by words and filters; openness is O, X or - (not known)."""
    asked = queries.question_of(request.GET)
    facets = queries.directory_facets(asked)
    found = queries.directory(asked, [one.value for one in facets.sections])
    count = found.count()
    first = (page - 1) * per_page
    return {
        "count": count,
        "page": page,
        "pages": max(1, -(-count // per_page)),
        "items": queries.directory_entries(list(found[first : first + per_page])),
        "regions": facets.regions,
        "kinds": facets.kinds,
        "openness": facets.openness,
        "sections": facets.sections,
        "categories": facets.categories,
    }


@router.get("/directory/{organisation_id}", operation_id="organisation_card", response=OrganisationOut, auth=None)  # fmt: skip
def organisation_card(request: HttpRequest, organisation_id: Id) -> Any:
    """One published organisation; mobile numbers are masked."""
    return queries.organisation_card(queries.resolve(organisation_id))


# -- the register ----------------------------------------------------------------------------


@router.get("/search", operation_id="search_parties", response=list[FoundOut])
def search_parties(
    request: HttpRequest,
    q: Annotated[str, Query(min_length=1, max_length=100)],
    kind: Annotated[str, Query(max_length=12)] = "",
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> Any:
    """Parties for a picker: by the beginning of their name or of a word in it."""
    policies.can_read_parties(act_of_api(request)).enforce()
    return queries.search_parties(q, limit, kind)


@router.post("/organisations", operation_id="add_organisation", response={201: PartyOut})
def add_organisation(request: HttpRequest, given: OrganisationIn) -> Any:
    """Enter an organisation into the register."""
    values = given.dict()
    values["designations"] = tuple(values["designations"])
    return Status(201, commands.add_organisation(act_of_api(request), **values))


@router.get("/organisations/{organisation_id}", operation_id="organisation_in_full", response=OrganisationOut)  # fmt: skip
def organisation_in_full(request: HttpRequest, organisation_id: Id) -> Any:
    """All that is known of an organisation."""
    return queries.organisation_in_full(act_of_api(request), organisation_id)


@router.patch("/organisations/{organisation_id}", operation_id="change_organisation", response=PartyOut)  # fmt: skip
def change_organisation(
    request: HttpRequest, organisation_id: Id, given: OrganisationChange
) -> Any:
    """Change the fields that are sent."""
    sent = given.dict(exclude_unset=True)
    nullable = ("workers", "members", "founded_date")
    changes = tuple((k, v) for k, v in sorted(sent.items()) if v is not None or k in nullable)
    return commands.change_organisation(
        act_of_api(request), organisation_id=organisation_id, changes=changes
    )


@router.post("/organisations/{organisation_id}/designations", operation_id="designate_organisation", response={201: DesignationOut})  # fmt: skip
def designate_organisation(request: HttpRequest, organisation_id: Id, given: DesignationIn) -> Any:
    """Note what the organisation was certified or designated as."""
    made = commands.designate_organisation(
        act_of_api(request), organisation_id=organisation_id, **given.dict()
    )
    return Status(201, {**given.dict(), "id": made.pk, "label": made.get_kind_display()})


@router.post("/designations/{designation_id}/end", operation_id="end_designation", response=EndIn)
def end_designation(request: HttpRequest, designation_id: Id, given: EndIn) -> Any:
    """The designation no longer holds from this day on."""
    return commands.end_designation(
        act_of_api(request), designation_id=designation_id, until_date=given.until_date
    )


@router.post("/organisations/{organisation_id}/representatives", operation_id="name_representative", response={201: RepresentativeOut})  # fmt: skip
def name_representative(request: HttpRequest, organisation_id: Id, given: RepresentativeIn) -> Any:
    """Name who speaks for the organisation, or deputises."""
    return Status(
        201,
        commands.name_representative(
            act_of_api(request), organisation_id=organisation_id, **given.dict()
        ),
    )


@router.post("/representatives/{representative_id}/end", operation_id="end_representative", response=RepresentativeOut)  # fmt: skip
def end_representative(request: HttpRequest, representative_id: Id, given: EndIn) -> Any:
    """The person no longer speaks for the organisation from this day on."""
    return commands.end_representative(
        act_of_api(request), representative_id=representative_id, until_date=given.until_date
    )


@router.post("/people", operation_id="add_person", response={201: PartyOut})
def add_person(request: HttpRequest, given: PersonIn) -> Any:
    """Enter a person into the register."""
    return Status(201, commands.add_person(act_of_api(request), **given.dict()))


@router.get("/people/{person_id}", operation_id="person_card", response=PersonOut)
def person_card(request: HttpRequest, person_id: Id) -> Any:
    """A person's data; the read is logged."""
    return queries.person_card(act_of_api(request), person_id)


@router.patch("/people/{person_id}", operation_id="change_person", response=PartyOut)
def change_person(request: HttpRequest, person_id: Id, given: PersonChange) -> Any:
    """Change the fields that are sent."""
    return commands.change_person(act_of_api(request), person_id=person_id, **given.dict())


@router.post("/merge", operation_id="merge_parties", response=PartyOut)
def merge_parties(request: HttpRequest, given: MergeIn) -> Any:
    """Make a duplicate part of the entry that is kept."""
    return commands.merge_parties(act_of_api(request), **given.dict())
