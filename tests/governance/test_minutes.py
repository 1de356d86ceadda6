"""Minutes follow from what happened; signed by the chair and three members they are locked."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from dure.domains.governance import commands, queries
from dure.domains.governance.documents import minutes_pdf
from dure.domains.governance.models import Meeting, Minutes, MinutesSignature
from dure.kernel.refusals import Denied
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def over(cooperative):
    """A meeting of eight with one resolution, closed; its chair is the first member."""
    house = cooperative
    meeting = house.plan()
    item = house.item(meeting)
    house.call(meeting)
    house.come(meeting, house.members[:8])
    house.open(meeting)
    house.voted(item, yes=5, no=2, abstain=1)
    commands.close_meeting(house.then(), meeting_id=meeting.pk)
    return house, Meeting.objects.get(pk=meeting.pk)


def sign(house, meeting, number: int) -> MinutesSignature:
    return commands.sign_minutes(house.voter(house.members[number]), meeting_id=meeting.pk)


def test_chair_and_three_members_lock_the_minutes(over):
    """협동조합 기본법 제30조②."""
    house, meeting = over
    with pytest.raises(commands.MinutesNotWritten):
        sign(house, meeting, 0)
    with pytest.raises(Denied):
        commands.write_minutes(house.voter(house.members[1]), meeting_id=meeting.pk, text="아무나")
    commands.write_minutes(house.then(), meeting_id=meeting.pk, text="의장이 개회를 선언하다.")
    for number in (1, 2, 3):
        sign(house, meeting, number)
    assert Minutes.objects.get().locked_at is None  # the chair is missing
    with pytest.raises(commands.MinutesSignedAlready):
        commands.write_minutes(house.then(), meeting_id=meeting.pk, text="다른 말")
    sign(house, meeting, 0)
    assert Minutes.objects.get().locked_at is not None
    with pytest.raises(commands.MinutesSignedAlready):
        sign(house, meeting, 4)


def test_two_members_and_the_chair_are_not_enough(over):
    house, meeting = over
    commands.write_minutes(house.then(), meeting_id=meeting.pk, text="")
    for number in (0, 1, 2):
        sign(house, meeting, number)
    assert Minutes.objects.get().locked_at is None
    with pytest.raises(commands.SignedOnce):
        sign(house, meeting, 1)
    with pytest.raises(commands.NotAtTheMeeting):
        sign(house, meeting, 9)
    with pytest.raises(Denied):
        commands.sign_minutes(
            house.voter(house.members[4]), meeting_id=meeting.pk, person_id=house.members[3]
        )
    commands.sign_minutes(  # the office notes a signature on paper
        house.then(), meeting_id=meeting.pk, person_id=house.members[3]
    )
    assert Minutes.objects.get().locked_at is not None


def test_what_is_signed_holds_the_results_and_stays(over):
    house, meeting = over
    commands.write_minutes(house.then(), meeting_id=meeting.pk, text="말")
    signature = sign(house, meeting, 0)
    assert signature.digest == queries.minutes_digest(meeting, "말")
    with pytest.raises(IntegrityError), transaction.atomic():
        MinutesSignature.objects.filter(pk=signature.pk).update(digest="0")


def test_the_draft_tells_what_happened_and_is_printed(over):
    house, meeting = over
    card = queries.meeting_card(house.then(), meeting.pk)
    draft = queries.minutes_draft(card)
    assert draft.present == 8 and draft.chair == "조합원 1"
    [vote] = draft.items[0].votes
    assert (vote.present, vote.yes, vote.no, vote.abstain, vote.passed) == (8, 5, 2, 1, True)
    assert vote.number.startswith("2026-")
    made = minutes_pdf(card, draft, "한울 네트워크", NOW)
    assert made.startswith(b"%PDF") and made == minutes_pdf(card, draft, "한울 네트워크", NOW)
