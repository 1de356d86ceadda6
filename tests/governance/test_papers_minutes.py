"""Minutes follow from what happened, are shown to those absent, signed by whom the law names, locked."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from hwpx import HwpxDocument
from hypothesis import given, strategies as st

from dure.domains.bylaws import commands as bylaws
from dure.domains.governance import commands, documents, queries
from dure.domains.governance.models import (
    Meeting,
    Minutes,
    MinutesComment,
    MinutesSignature,
    MinutesVersion,
)
from dure.domains.governance.rules.minutes import Signed
from dure.domains.parties import commands as parties
from dure.kernel import outbox, triggers
from dure.kernel.refusals import Denied
from dure.ui.sheets import hwpx, of_statement
from tests.conftest import NOW
from tests.governance.test_papers_validity import text_of

pytestmark = pytest.mark.django_db
LATER = 12 + 8  # the comments are over


def held_by(house, body=None, present: int = 8):
    """A meeting with one resolution, closed; its chair is the first member."""
    meeting = house.plan(body)
    item = house.item(meeting, matter="business" if body else "plan_and_budget")
    house.call(meeting)
    house.come(meeting, house.members[:present])
    house.open(meeting)
    house.voted(item, yes=present - 3, no=2, abstain=1)
    commands.close_meeting(house.then(), meeting_id=meeting.pk)
    return Meeting.objects.get(pk=meeting.pk)


@pytest.fixture
def over(cooperative):
    return cooperative, held_by(cooperative)


def sign(house, meeting, number: int, **given) -> MinutesSignature:
    return commands.sign_minutes(house.voter(house.members[number], **given), meeting_id=meeting.pk)


def write(house, meeting, text: str = "의장이 개회를 선언하다.") -> Minutes:
    return commands.write_minutes(house.then(), meeting_id=meeting.pk, text=text)


def is_locked() -> bool:
    return Minutes.objects.get().locked_at is not None


def test_chair_and_three_members_lock_the_minutes(over):
    """협동조합 기본법 제30조②."""
    house, meeting = over
    with pytest.raises(commands.MinutesNotWritten):
        sign(house, meeting, 0)
    with pytest.raises(Denied):
        commands.write_minutes(house.voter(house.members[1]), meeting_id=meeting.pk, text="아무나")
    write(house, meeting)
    for number in (1, 2, 3):
        sign(house, meeting, number)
    assert not is_locked()  # the chair is missing
    sign(house, meeting, 0)
    assert is_locked()
    for refused in (lambda: write(house, meeting, "다른 말"), lambda: sign(house, meeting, 4)):
        with pytest.raises(commands.MinutesAreLocked):
            refused()


def test_two_members_and_the_chair_are_not_enough(over):
    house, meeting = over
    write(house, meeting, "")
    for number in (0, 1, 2):
        sign(house, meeting, number)
    assert not is_locked()
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
    assert is_locked()


def test_an_association_needs_its_chair_and_every_director_who_was_there(house, act):
    """민법 제76조②."""
    bylaws.adopt_legal_form(act("secretariat"), form="association", from_date=date(2026, 11, 20))
    house.join(8)
    house.assembly()
    house.committee(3, kind="board")  # the first three members
    meeting = held_by(house, present=6)
    write(house, meeting)
    sign(house, meeting, 0)
    assert not is_locked()
    record = queries.minutes_draft(queries.meeting_card(house.then(), meeting.pk))
    assert record.missing == ("조합원 2", "조합원 3")
    assert [(one.citation, one.passed) for one in record.findings] == [("민법 제76조제2항", False)]
    sign(house, meeting, 4)  # who is no director makes no difference
    sign(house, meeting, 1)
    assert not is_locked()
    sign(house, meeting, 2)
    assert is_locked()


def test_a_committee_needs_its_chair_and_one_more(cooperative):
    house = cooperative
    meeting = held_by(house, house.committee(4), present=4)
    write(house, meeting)
    sign(house, meeting, 0)
    assert not is_locked()
    sign(house, meeting, 2)
    assert is_locked()


def test_each_change_is_a_version_and_voids_the_signatures_under_other_words(over):
    house, meeting = over
    first = write(house, meeting, "처음 말").digest
    signature = sign(house, meeting, 0)
    assert signature.digest == first == queries.minutes_digest(meeting, "처음 말", 1)
    write(house, meeting, "처음 말")  # the same words
    assert Minutes.objects.get().digest == first and MinutesVersion.objects.count() == 1
    write(house, meeting, "고친 말")
    for number in (1, 2, 3):
        sign(house, meeting, number)
    assert not is_locked()  # the chair signed other words
    record = queries.minutes_draft(queries.meeting_card(house.then(), meeting.pk))
    assert [(one.name, one.holds) for one in record.signatures][:2] == [
        ("조합원 1", False), ("조합원 2", True),
    ]  # fmt: skip
    assert [(one.number, one.text) for one in record.versions] == [(2, "고친 말"), (1, "처음 말")]
    write(house, meeting, "처음 말")  # back again: not what was signed, it is a third version
    record = queries.minutes_draft(queries.meeting_card(house.then(), meeting.pk))
    assert not record.signed and record.number == 3
    for number in range(4):
        sign(house, meeting, number)
    assert is_locked()


def test_signatures_and_versions_stay_as_they_are_and_altered_words_are_found(over):
    house, meeting = over
    write(house, meeting)
    sign(house, meeting, 0)
    for rows in (MinutesSignature.objects.all(), MinutesVersion.objects.all()):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(digest="0")
    assert queries.verify() == []
    Minutes.objects.update(text="아무 말")
    assert {one.what for one in queries.verify()} == {"minutes"}
    Minutes.objects.update(text="의장이 개회를 선언하다.")
    with triggers.suspended(connection):
        MinutesSignature.objects.update(digest="0" * 64)
    assert {one.what for one in queries.verify()} == {"minutes"}


def test_those_absent_are_written_to_and_their_comments_stay_with_the_minutes(over):
    """R-066: who was there meets first, the minutes are shared, who was absent says something."""
    house, meeting = over
    away = house.members[9]
    parties.change_person(
        house.act("system"), person_id=away, name="조합원 10", email="ten@example.org"
    )
    with pytest.raises(commands.MinutesNotWritten):
        commands.circulate_minutes(house.then(), meeting_id=meeting.pk)
    write(house, meeting)
    comment = {"meeting_id": meeting.pk, "party_id": away, "text": "이미 반대 의견을 보냈습니다."}
    with pytest.raises(commands.NotForComments):
        commands.comment_on_minutes(house.voter(away), **comment)
    with pytest.raises(Denied):
        commands.circulate_minutes(house.voter(away), meeting_id=meeting.pk)
    minutes = commands.circulate_minutes(house.then(), meeting_id=meeting.pk)
    assert minutes.comments_until == date(2026, 12, 9)  # seven days after the second of December
    outbox.tell_due(house.then().at)
    [letter] = mail.outbox
    assert letter.to == ["ten@example.org"] and "2026-12-09" in letter.body
    assert f"/meetings/{meeting.pk}/minutes/" in letter.body
    with pytest.raises(Denied):
        commands.comment_on_minutes(house.voter(house.members[8]), **comment)
    with pytest.raises(commands.CommentMissing):
        commands.comment_on_minutes(house.voter(away), **{**comment, "text": " "})
    act = house.voter(away, days=19)  # the last day
    said = commands.comment_on_minutes(act, **comment)
    assert commands.comment_on_minutes(act, **comment).pk == said.pk  # the same key
    assert MinutesComment.objects.count() == 1
    with pytest.raises(commands.CommentsStillComing):
        sign(house, meeting, 0, days=19)
    with pytest.raises(commands.NotForComments):
        commands.comment_on_minutes(house.voter(away, days=20), **comment)
    commands.write_minutes(house.then(days=20), meeting_id=meeting.pk, text="반대 의견이 있었다.")
    for number in range(4):
        sign(house, meeting, number, days=20)
    assert is_locked()
    record = queries.minutes_draft(queries.meeting_card(house.then(), meeting.pk))
    assert [(one.name, one.number) for one in record.comments] == [("조합원 10", 1)]


def test_where_everybody_was_nobody_is_asked(cooperative):
    house = cooperative
    meeting = held_by(house, house.committee(4), present=4)
    write(house, meeting)
    with pytest.raises(commands.NobodyAbsent):
        commands.circulate_minutes(house.then(), meeting_id=meeting.pk)


def papers(house, meeting):
    card = queries.meeting_card(house.then(), meeting.pk)
    record = queries.minutes_draft(card)
    return documents.minutes_statement(card, record, "한울 네트워크"), card, record


SAID = (
    "회의록", "2026년 임시총회", "마을회관", "1. 사업계획 승인", "기명: 가결",
    "출석 8, 찬성 5, 반대 2, 기권 1", "의장이 개회를 선언하다.", "조합원 8", "초안",
)  # fmt: skip


def test_on_paper(over):
    house, meeting = over
    write(house, meeting)
    sign(house, meeting, 0)
    about, card, record = papers(house, meeting)
    made = documents.minutes_pdf(card, record, "한울 네트워크", NOW)
    assert made == documents.minutes_pdf(card, record, "한울 네트워크", NOW)
    text = text_of(made)
    for words in (*SAID, record.digest):
        assert words.replace(" ", "") in text, words


def test_as_hwpx_another_program_reads_the_same_words_and_finds_nothing_amiss(over):
    house, meeting = over
    write(house, meeting, "의장이 개회를 선언하다.\n<b>굵게</b> & '따옴표' \"겹\"")
    sheet = of_statement(papers(house, meeting)[0])
    made = hwpx.document(sheet, made_at=NOW)
    assert made == hwpx.document(sheet, made_at=NOW)
    package = zipfile.ZipFile(io.BytesIO(made))
    first = package.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert package.read("mimetype") == b"application/hwp+zip"
    opened = HwpxDocument.open(io.BytesIO(made))
    assert list(opened.validate().issues) == []
    text = "".join(opened.text.plain().split())
    for words in (*SAID, "<b>굵게</b> & '따옴표' \"겹\""):
        assert words.replace(" ", "") in text, words
    assert len(opened.tables.all) == 4


def test_a_long_agenda_fits_on_paper(cooperative):
    house = cooperative
    meeting = house.plan()
    for number in range(60):
        house.item(
            meeting, f"{number + 1}번째 안건 " + "긴 제목 " * 12, text="제안 설명입니다. " * 60
        )
    house.ready(meeting, present=8)
    commands.close_meeting(house.then(), meeting_id=meeting.pk)
    about, card, record = papers(house, meeting)
    text = text_of(documents.minutes_pdf(card, record, "한울 네트워크", NOW))
    assert "60.60번째안건" in text


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30), st.booleans())
def test_only_directors_who_were_there_are_waited_for(chair, present, directors, signs):
    there, board = frozenset(range(present)), frozenset(range(directors))
    signed = Signed(chair, there, board, there if signs else frozenset())
    assert signed.directors_missing == (frozenset() if signs else there & board)
    assert signed.others == len(signed.by - {chair})
