"""The record that a resolution is valid: read on paper, and altered by hand it is found out."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from dure.domains.governance import commands, documents, queries
from dure.domains.governance.models import Resolution
from dure.kernel.models import Read
from dure.kernel.refusals import Denied, NotFound
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


def text_of(made: bytes) -> str:
    """The letters of a PDF; where its lines end is the paper's affair."""
    pages = (page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    return "".join("".join(pages).split())


@pytest.fixture
def decided(cooperative):
    """Eight of eleven decide by name; one came by proxy."""
    house = cooperative
    meeting = house.plan()
    item = house.item(meeting)
    house.call(meeting)
    commands.give_proxy(
        house.act("secretariat"), meeting_id=meeting.pk, party_id=house.members[7],
        person_id=house.members[0], paper="위임장 2026-7",
    )  # fmt: skip
    house.come(meeting, house.members[:8])
    house.open(meeting)
    vote = house.voted(item, yes=5, no=2)
    return house, meeting, Resolution.objects.get(vote=vote)


def test_it_holds_the_roll_the_notices_the_attendance_the_proxies_and_the_rules(decided):
    house, meeting, resolution = decided
    record = queries.validity_record(house.then(), resolution.pk, names=True)
    assert record.sound and len(record.lines) == 11
    assert (record.card.told, record.told_in_time, record.proxies) == (11, 11, 1)
    first = next(one for one in record.lines if one.party_id == house.members[0])
    assert (first.clear_days, first.voted, first.was_there) == (11, "찬성", True)
    stood_for = next(one for one in record.lines if one.party_id == house.members[7])
    assert stood_for.sat_by == "조합원 1 (위임장 2026-7)"
    absent = next(one for one in record.lines if one.party_id == house.members[9])
    assert absent.attended == "–" and absent.voted == ""
    assert Read.objects.filter(what="governance.roll", count=11).exists()


def test_members_read_it_without_the_names(decided):
    house, meeting, resolution = decided
    member = house.voter(house.members[3])
    assert queries.validity_record(member, resolution.pk).lines == ()
    with pytest.raises(Denied):
        queries.validity_record(member, resolution.pk, names=True)
    with pytest.raises(NotFound):
        queries.validity_record(member, 999)


def test_on_paper_it_says_everything_a_registry_office_asks(decided):
    house, meeting, resolution = decided
    record = queries.validity_record(house.then(), resolution.pk, names=True)
    made = documents.validity_pdf(record, "한울 네트워크", NOW)
    text = text_of(made)
    for words in (
        "의결 유효성 확인서", resolution.number, "2026년 임시총회", "마을회관", "조합원 1", "가결",
        "협동조합 기본법 제28조제5항", "협동조합 기본법 제29조제2항", "11명 중 11명, 제때 11명",
        "위임장 2026-7", "직접", "11일 전", "모든 값을 기록에서 다시 계산하였고", "붙임",
    ):  # fmt: skip
        assert words.replace(" ", "") in text, words
    assert made == documents.validity_pdf(record, "한울 네트워크", NOW)


def test_who_leaves_after_the_vote_changes_nothing(decided):
    house, meeting, resolution = decided
    later = house.then(at=NOW + timedelta(hours=1))
    commands.check_out(later, meeting_id=meeting.pk, party_id=house.members[2])
    assert queries.verify() == []
    commands.close_meeting(house.then(at=NOW + timedelta(hours=2)), meeting_id=meeting.pk)
    assert queries.verify() == [] and queries.verify(resolution_id=resolution.pk) == []
