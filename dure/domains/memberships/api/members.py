"""Classes, applications, members over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Router, Status
from pydantic import Field

from dure.ui import api_fields as f
from dure.ui.api import act_of_api

from .. import commands, queries
from ..forms.limits import not_too_many
from . import schemas as s

router = Router(tags=["memberships"])

PAGE_MAX = 500
PageNumber = Annotated[int, Field(ge=1, le=100_000)]
PageSize = Annotated[int, Field(ge=1, le=PAGE_MAX)]


@router.get("/classes", operation_id="member_classes", response=list[s.MemberClassOut], auth=None)
def member_classes(request: HttpRequest) -> Any:
    """The kinds of member one can apply for."""
    return queries.open_classes()


@router.post("/classes", operation_id="add_member_class", response={201: s.MemberClassOut})
def add_member_class(request: HttpRequest, given: s.MemberClassIn) -> Any:
    """Add a kind of member."""
    return Status(201, commands.add_member_class(act_of_api(request), **given.dict()))


@router.post(
    "/apply", operation_id="apply_for_membership", response={201: s.ApplicationSent}, auth=None
)
def apply_for_membership(request: HttpRequest, given: s.ApplicationIn) -> Any:
    """Ask to become a member."""
    not_too_many(request)
    values = given.dict()
    values["consents"] = tuple(values["consents"])
    made = commands.apply_for_membership(act_of_api(request), **values)
    page = reverse("memberships:application_status", args=[queries.status_letter(made.pk)])
    return Status(201, {"reference": made.reference, "state": made.state, "status_path": page})


@router.get("/applications", operation_id="applications", response=list[s.ApplicationOut])
def applications(request: HttpRequest, state: f.Code = "", page: PageNumber = 1) -> Any:
    """Applications, the oldest first; state may be waiting."""
    rows = queries.applications_visible_to(act_of_api(request), state=state)
    return list(rows[(page - 1) * PAGE_MAX : page * PAGE_MAX])


@router.post(
    "/applications/{application_id}/interview",
    operation_id="note_interview",
    response={201: s.InterviewOut},
)
def note_interview(request: HttpRequest, application_id: f.Id, given: s.InterviewIn) -> Any:
    """Keep what the visit found."""
    values = given.dict()
    values["answers"] = tuple((one["question"], one["answer"]) for one in values["answers"])
    return Status(
        201, commands.note_interview(act_of_api(request), application_id=application_id, **values)
    )


@router.post(
    "/applications/{application_id}/admit",
    operation_id="admit_member",
    response={201: s.MembershipOut},
)
def admit_member(request: HttpRequest, application_id: f.Id, given: s.AdmissionIn) -> Any:
    """Decide with yes."""
    return Status(
        201,
        commands.admit_member(act_of_api(request), application_id=application_id, **given.dict()),
    )


@router.post(
    "/applications/{application_id}/refuse",
    operation_id="refuse_application",
    response=s.ApplicationOut,
)
def refuse_application(request: HttpRequest, application_id: f.Id, given: s.RefusalIn) -> Any:
    """Decide with no, and say why."""
    return commands.refuse_application(
        act_of_api(request), application_id=application_id, **given.dict()
    )


@router.post(
    "/applications/{application_id}/withdraw",
    operation_id="withdraw_application",
    response=s.ApplicationOut,
)
def withdraw_application(request: HttpRequest, application_id: f.Id) -> Any:
    """The applicant takes it back."""
    return commands.withdraw_application(act_of_api(request), application_id=application_id)


@router.post(
    "/applications/{application_id}/erase",
    operation_id="erase_application",
    response=s.ApplicationOut,
)
def erase_application(request: HttpRequest, application_id: f.Id, given: s.ErasureIn) -> Any:
    """Forget an applicant who never belonged; reference, days and the decision stay."""
    return commands.erase_application(
        act_of_api(request), application_id=application_id, **given.dict()
    )


@router.get("/members", operation_id="members", response=s.MembersOut)
def members(
    request: HttpRequest,
    on: f.Day | None = None,
    member_class: f.Code = "",
    q: f.Search = "",
    page: PageNumber = 1,
    per_page: PageSize = 50,
) -> Any:
    """The members on a day (today by default) that the actor may see."""
    act = act_of_api(request)
    rows = queries.members_on(act, on or act.today, member_class=member_class, search=q)
    count = rows.count()
    first = (page - 1) * per_page
    return {
        "count": count,
        "page": page,
        "pages": max(1, -(-count // per_page)),
        "items": [
            {
                "id": m.pk,
                "party_id": m.party_id,
                "number": m.number,
                "name": m.party.name,
                "member_class": m.class_code or "",
                "joined_date": m.joined_date,
                "left_date": m.left_date,
                "open_won": m.open_won or 0,
            }
            for m in rows[first : first + per_page]
        ],
    }


@router.post("/members", operation_id="enrol_member", response={201: s.MembershipOut})
def enrol_member(request: HttpRequest, given: s.EnrolmentIn) -> Any:
    """Take over a member from before the network used Dure."""
    return Status(201, commands.enrol_member(act_of_api(request), **given.dict()))


@router.get("/mine", operation_id="my_membership", response=list[s.MemberCardOut])
def my_membership(request: HttpRequest) -> Any:
    """The actor's own memberships and those of organisations it speaks for."""
    return queries.my_membership(act_of_api(request))


@router.get("/members/{membership_id}", operation_id="member_card", response=s.MemberCardOut)
def member_card(request: HttpRequest, membership_id: f.Id) -> Any:
    """One membership."""
    return queries.member_card(act_of_api(request), membership_id)


@router.get(
    "/members/{membership_id}/charges", operation_id="charges_of", response=list[s.ChargeOut]
)
def charges_of(request: HttpRequest, membership_id: f.Id, only_open: bool = False) -> Any:
    """What a member was charged, the oldest due first."""
    rows = queries.charges_of(act_of_api(request), membership_id, only_open=only_open)
    return list(rows[:PAGE_MAX])


@router.post(
    "/members/{membership_id}/class", operation_id="change_member_class", response=s.MembershipOut
)
def change_member_class(request: HttpRequest, membership_id: f.Id, given: s.ClassChangeIn) -> Any:
    """Another kind of membership from a day on."""
    return commands.change_member_class(
        act_of_api(request), membership_id=membership_id, **given.dict()
    )


@router.post(
    "/members/{membership_id}/leave", operation_id="leave_membership", response=s.MembershipOut
)
def leave_membership(request: HttpRequest, membership_id: f.Id, given: s.LeavingIn) -> Any:
    """End a membership; `left_date` is the first day without it."""
    return commands.leave_membership(
        act_of_api(request), membership_id=membership_id, **given.dict()
    )
