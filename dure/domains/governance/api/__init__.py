"""Bodies, meetings and votes over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import File, Router, Status
from ninja.files import UploadedFile

from dure.ui import api_fields as f
from dure.ui.api import PAGE_MAX, act_of_api
from dure.ui.uploads import content_of

from .. import commands, queries
from . import agenda, bodies, calling, demands, elections, papers, plans, resolutions
from .schemas import (
    AgainIn,
    BallotIn,
    BallotOut,
    CastIn,
    CastOut,
    CloseIn,
    HandsIn,
    HandsOut,
    ItemIn,
    ItemOut,
    MeetingCardOut,
    MeetingIn,
    MeetingOut,
    NoticesIn,
    OpeningIn,
    PresenceIn,
    PresenceOut,
    ProxyIn,
    ProxyOut,
    ResolutionOut,
    VoteIn,
    VoteOut,
    WrittenVoteIn,
    WrittenVoteOut,
)

router = Router(tags=["governance"])


@router.get("/meetings", operation_id="meetings", response=list[MeetingOut])
def meetings(request: HttpRequest, body_id: f.Id | None = None) -> Any:
    """Meetings, the latest first; at most 500."""
    return list(queries.meetings(act_of_api(request), body_id=body_id)[:PAGE_MAX])


@router.get("/meetings/{meeting_id}", operation_id="meeting", response=MeetingCardOut)
def meeting(request: HttpRequest, meeting_id: f.Id) -> Any:
    """One meeting with its agenda and its quorum as it stands."""
    return queries.meeting_card(act_of_api(request), meeting_id)


@router.post("/bodies/{body_id}/meetings", operation_id="plan_meeting", response={201: MeetingOut})
def plan_meeting(request: HttpRequest, body_id: f.Id, given: MeetingIn) -> Any:
    """Plan a meeting of a body."""
    return Status(201, commands.plan_meeting(act_of_api(request), body_id=body_id, **given.dict()))


@router.post("/meetings/{meeting_id}/items", operation_id="add_item", response={201: ItemOut})
def add_item(request: HttpRequest, meeting_id: f.Id, given: ItemIn) -> Any:
    """Put an item on the agenda; with an effect, a resolution on it does something."""
    return Status(
        201, commands.add_item(act_of_api(request), meeting_id=meeting_id, **given.dict())
    )


@router.post("/meetings/{meeting_id}/call", operation_id="convene_meeting", response=MeetingOut)
def convene_meeting(request: HttpRequest, meeting_id: f.Id) -> Any:
    """Call the meeting with its agenda."""
    return commands.convene_meeting(act_of_api(request), meeting_id=meeting_id)


@router.post("/meetings/{meeting_id}/notices", operation_id="note_notices", response=f.CountOut)
def note_notices(request: HttpRequest, meeting_id: f.Id, given: NoticesIn) -> Any:
    """Note that voters were told; without ids all who were not yet."""
    about = {**given.dict(), "party_ids": tuple(given.party_ids)}
    return {"count": commands.note_notices(act_of_api(request), meeting_id=meeting_id, **about)}


@router.post("/meetings/{meeting_id}/opening", operation_id="open_meeting", response=MeetingOut)
def open_meeting(request: HttpRequest, meeting_id: f.Id, given: OpeningIn) -> Any:
    """Open the meeting; the chair of its body leads, or who is named with the reason."""
    return commands.open_meeting(act_of_api(request), meeting_id=meeting_id, **given.dict())


@router.post("/meetings/{meeting_id}/closing", operation_id="close_meeting", response=MeetingOut)
def close_meeting(request: HttpRequest, meeting_id: f.Id) -> Any:
    """Close the meeting; without a quorum it has failed."""
    return commands.close_meeting(act_of_api(request), meeting_id=meeting_id)


@router.post(
    "/meetings/{meeting_id}/calling-off", operation_id="call_off_meeting", response=MeetingOut
)
def call_off_meeting(request: HttpRequest, meeting_id: f.Id, given: f.ReasonIn) -> Any:
    """Call a meeting off."""
    return commands.call_off_meeting(act_of_api(request), meeting_id=meeting_id, **given.dict())


@router.post("/meetings/{meeting_id}/check-in", operation_id="check_in", response=PresenceOut)
def check_in(request: HttpRequest, meeting_id: f.Id, given: PresenceIn) -> Any:
    """A voter is there from now on."""
    return commands.check_in(act_of_api(request), meeting_id=meeting_id, **given.dict())


@router.post("/meetings/{meeting_id}/check-out", operation_id="check_out", response=PresenceOut)
def check_out(request: HttpRequest, meeting_id: f.Id, given: PresenceIn) -> Any:
    """A voter leaves."""
    return commands.check_out(act_of_api(request), meeting_id=meeting_id, party_id=given.party_id)


@router.post("/meetings/{meeting_id}/again", operation_id="reconvene_meeting", response=MeetingOut)
def reconvene_meeting(request: HttpRequest, meeting_id: f.Id, given: AgainIn) -> Any:
    """Call a meeting that failed once more, with its agenda."""
    return commands.reconvene_meeting(act_of_api(request), meeting_id=meeting_id, **given.dict())


@router.post("/meetings/{meeting_id}/proxies", operation_id="give_proxy", response={201: ProxyOut})
def give_proxy(request: HttpRequest, meeting_id: f.Id, given: ProxyIn) -> Any:
    """A voter lets somebody else vote in one meeting."""
    return Status(
        201, commands.give_proxy(act_of_api(request), meeting_id=meeting_id, **given.dict())
    )


@router.post("/proxies/{proxy_id}/paper", operation_id="keep_proxy_paper", response=ProxyOut)
def keep_proxy_paper(request: HttpRequest, proxy_id: f.Id, file: File[UploadedFile]) -> Any:
    """Keep a picture of a written proxy, encrypted."""
    return commands.keep_proxy_paper(
        act_of_api(request), proxy_id=proxy_id, name=file.name or "", content=content_of(file)
    )


@router.post("/proxies/{proxy_id}/withdrawal", operation_id="withdraw_proxy", response=ProxyOut)
def withdraw_proxy(request: HttpRequest, proxy_id: f.Id) -> Any:
    """Withdraw a proxy."""
    return commands.withdraw_proxy(act_of_api(request), proxy_id=proxy_id)


@router.post("/items/{item_id}/votes", operation_id="open_vote", response={201: VoteOut})
def open_vote(request: HttpRequest, item_id: f.Id, given: VoteIn) -> Any:
    """Put an item to the vote; the roll is frozen now."""
    return Status(201, commands.open_vote(act_of_api(request), item_id=item_id, **given.dict()))


@router.post(
    "/items/{item_id}/written-votes",
    operation_id="note_written_vote",
    response={201: WrittenVoteOut},
)
def note_written_vote(request: HttpRequest, item_id: f.Id, given: WrittenVoteIn) -> Any:
    """Note how a voter votes on an item in writing, before it is put to the vote."""
    act = act_of_api(request)
    return Status(201, commands.note_written_vote(act, item_id=item_id, **given.dict()))


@router.post(
    "/written-votes/{written_id}/withdrawal",
    operation_id="withdraw_written_vote",
    response=WrittenVoteOut,
)
def withdraw_written_vote(request: HttpRequest, written_id: f.Id) -> Any:
    """Take a vote in writing back, before the item is put to the vote."""
    return commands.withdraw_written_vote(act_of_api(request), written_id=written_id)


@router.post("/votes/{vote_id}/voters/{party_id}", operation_id="cast_vote", response=CastOut)
def cast_vote(request: HttpRequest, vote_id: f.Id, party_id: f.Id, given: CastIn) -> Any:
    """One voter says yes, no or abstains, by name."""
    return commands.cast_vote(
        act_of_api(request), vote_id=vote_id, party_id=party_id, **given.dict()
    )


@router.post("/votes/{vote_id}/ballots/{party_id}", operation_id="cast_ballot", response=BallotOut)
def cast_ballot(request: HttpRequest, vote_id: f.Id, party_id: f.Id, given: BallotIn) -> Any:
    """Put a secret ballot into the box, with the receipt that the voter keeps."""
    ballot = commands.SecretBallot(party_id, **given.dict())
    commands.cast_ballot(act_of_api(request), vote_id=vote_id, ballot=ballot)
    return {"vote_id": vote_id}


@router.post("/votes/{vote_id}/hands", operation_id="count_hands", response={201: HandsOut})
def count_hands(request: HttpRequest, vote_id: f.Id, given: HandsIn) -> Any:
    """Enter what one counted; a second person must come to the same."""
    return Status(201, commands.count_hands(act_of_api(request), vote_id=vote_id, **given.dict()))


@router.post("/votes/{vote_id}/closing", operation_id="close_vote", response=VoteOut)
def close_vote(request: HttpRequest, vote_id: f.Id, given: CloseIn) -> Any:
    """Close the vote: the result is computed and takes effect."""
    return commands.close_vote(act_of_api(request), vote_id=vote_id, **given.dict())


@router.post("/votes/{vote_id}/breaking-off", operation_id="break_off_vote", response=VoteOut)
def break_off_vote(request: HttpRequest, vote_id: f.Id, given: f.ReasonIn) -> Any:
    """End a vote without a result."""
    return commands.break_off_vote(act_of_api(request), vote_id=vote_id, **given.dict())


@router.get("/resolutions", operation_id="resolutions", response=list[ResolutionOut])
def list_resolutions(request: HttpRequest, body_id: f.Id | None = None) -> Any:
    """What was decided, the latest first; at most 500."""
    return list(queries.resolutions(act_of_api(request), body_id=body_id)[:PAGE_MAX])


@router.post(
    "/resolutions/{resolution_id}/carrying-out",
    operation_id="carry_out_resolution",
    response=ResolutionOut,
)
def carry_out_resolution(request: HttpRequest, resolution_id: f.Id) -> Any:
    """Carry out a resolution whose effect waits."""
    return commands.carry_out_resolution(act_of_api(request), resolution_id=resolution_id)


router.add_router("", calling.router)
router.add_router("", bodies.router)
router.add_router("", agenda.router)
router.add_router("", resolutions.router)
router.add_router("", elections.router)
router.add_router("", papers.router)
router.add_router("", demands.router)
router.add_router("", plans.router)
