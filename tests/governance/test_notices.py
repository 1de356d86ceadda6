"""Notices really sent: letters to all who can be mailed, proof of each, paper for the others."""

from __future__ import annotations

from datetime import date, timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from dure.domains.bylaws import commands as bylaws, queries as rules
from dure.domains.bylaws.rules import RuleNotMet
from dure.domains.governance import commands, documents, queries
from dure.domains.governance.models import Notice
from dure.domains.parties import commands as parties
from dure.kernel import outbox
from dure.kernel.dates import clear_days, told_by
from dure.kernel.refusals import Denied
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def worker_at_work(monkeypatch):
    """The worker reads the clock: it is the day of the call."""
    monkeypatch.setattr("dure.kernel.clock.now", lambda: NOW)


@pytest.fixture
def called(cooperative):
    """A general meeting of eleven, called today; nine have an e-mail address."""
    for number, party_id in enumerate(cooperative.members[:9]):
        parties.change_person(
            cooperative.act("system"), person_id=party_id, email=f"m{number}@example.org"
        )
    meeting = cooperative.plan()
    cooperative.item(meeting, "사업계획")
    commands.convene_meeting(cooperative.act("secretariat"), meeting_id=meeting.pk)
    return meeting


def states(house, meeting):
    found = queries.notice_lines(house.act("secretariat"), meeting)
    return {one.party_id: one.state for one in found}


def test_to_call_a_meeting_sends_its_letters_and_each_arrival_is_proof(cooperative, called):
    assert sorted(states(cooperative, called).values()) == ["left"] * 2 + ["sent"] * 9
    assert queries.told_dates(called) == {}
    assert outbox.tell_due(NOW) == 9
    assert len(mail.outbox) == 9
    first = mail.outbox[0]
    assert first.to == ["m0@example.org"] and "2026년 임시총회" in first.subject
    for said in (
        "1. 사업계획",
        "마을회관",
        "2026-12-02",
        "위임장",
        f"/governance/meetings/{called.pk}/",
    ):
        assert said in first.body
    told = queries.told_dates(called)
    assert len(told) == 9 and set(told.values()) == {NOW.date()}
    assert queries.meeting_card(cooperative.act("secretariat"), called.pk).told == 9
    assert outbox.tell_due(NOW + timedelta(days=1)) == 0  # nobody twice


def test_an_address_that_takes_no_mail_tells_nobody(cooperative, called, monkeypatch):
    def refuse(message):
        raise SMTPRecipientsRefused({message.to[0]: (550, b"unknown")})

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    outbox.tell_due(NOW)
    assert sorted(states(cooperative, called).values()) == ["left"] * 2 + ["returned"] * 9
    assert queries.told_dates(called) == {}
    monkeypatch.undo()
    office = cooperative.act("secretariat")
    assert commands.send_notices(office, meeting_id=called.pk) == 9
    with pytest.raises(commands.NobodyReached):
        commands.send_notices(cooperative.act("secretariat"), meeting_id=called.pk)


def test_who_has_no_address_gets_paper_and_is_noted_by_hand(cooperative, called):
    office = cooperative.act("secretariat")
    printed = queries.notices_to_print(office, called)
    assert [one.name for one in printed] == ["조합원 10", "조합원 11"]
    made = documents.notices_pdf(printed, NOW)
    assert made.startswith(b"%PDF") and made == documents.notices_pdf(printed, NOW)
    noted = commands.note_notices(
        cooperative.act("secretariat"), meeting_id=called.pk, way="post", told_date=NOW.date()
    )
    assert noted == 2  # whose letter is on its way is not noted as told
    with pytest.raises(commands.AllTold):
        commands.note_notices(
            cooperative.act("secretariat"),
            meeting_id=called.pk,
            way="in_hand",
            told_date=NOW.date(),
        )
    commands.note_notices(
        cooperative.act("secretariat"), meeting_id=called.pk, way="in_hand", told_date=NOW.date(),
        party_ids=(cooperative.members[0],),
    )  # fmt: skip
    assert states(cooperative, called)[cooperative.members[0]] == "told"  # met before the letter
    with pytest.raises(Denied):
        queries.notices_to_print(cooperative.voter(cooperative.members[0]), called)


def test_a_letter_that_came_back_later_told_nobody(cooperative, called):
    outbox.tell_due(NOW)
    notice = Notice.objects.get(meeting=called, party=cooperative.members[0])
    for wrong in (cooperative.voter(cooperative.members[0]), cooperative.act("bookkeeper")):
        with pytest.raises(Denied):
            commands.note_notice_returned(wrong, notice_id=notice.pk)
    commands.note_notice_returned(
        cooperative.act("secretariat"), notice_id=notice.pk, reason="반송"
    )
    assert cooperative.members[0] not in queries.told_dates(called)
    with pytest.raises(Denied):
        commands.note_notice_arrived(cooperative.act("secretariat"), notice_id=notice.pk)


def test_the_database_lets_a_notice_arrive_and_return_and_nothing_else(cooperative, called):
    outbox.tell_due(NOW)
    notice = Notice.objects.filter(meeting=called).order_by("pk")[0]
    for change in ({"told_date": date(2026, 11, 1)}, {"told_date": None}, {"way": "post"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.filter(pk=notice.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).delete()


FORMS = {
    "social_cooperative": (7, "협동조합 기본법 제28조제5항"),
    "cooperative": (7, "협동조합 기본법 제28조제5항"),
    "association": (7, "민법 제71조"),
    "unincorporated": (7, "민법 제71조"),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_asks_for_its_days_and_says_which_article(house, form):
    """7 whole days of the general meeting, whatever the form; neither day counts (민법 제157조)."""
    bylaws.adopt_legal_form(house.act("secretariat"), form=form, from_date=date(2026, 11, 20))
    book = rules.rules_on(date(2026, 12, 2))
    days, article = FORMS[form]
    assert book.number("meetings.notice_days") == days
    citation = book.provision("meetings.notice_days").citation
    assert f"{citation.document} {citation.article}" == article
    assert queries.binding(book, "meetings.notice_days")
    house.join(3)
    house.assembly()
    late = house.plan(days=7)
    house.item(late, matter="business")
    with pytest.raises(RuleNotMet):
        commands.convene_meeting(house.act("secretariat"), meeting_id=late.pk)
    in_time = house.plan(days=8)
    house.item(in_time, matter="business")
    commands.convene_meeting(house.act("secretariat"), meeting_id=in_time.pk)


@pytest.mark.parametrize(
    ("meeting", "days", "last"),
    [
        # 협동조합 기본법 제28조제5항, 민법 제71조: by seven days before; 민법 제157조: first day out
        (date(2026, 12, 2), 7, date(2026, 11, 24)),
        (date(2027, 3, 2), 7, date(2027, 2, 22)),  # across the end of February
        (date(2028, 3, 2), 7, date(2028, 2, 23)),  # of a leap year
        (date(2027, 1, 5), 7, date(2026, 12, 28)),  # across the year and New Year's Day
        (date(2026, 10, 5), 7, date(2026, 9, 27)),  # 추석: a holiday counts as any day
        (date(2027, 2, 15), 7, date(2027, 2, 7)),  # 설날
        (date(2026, 5, 9), 7, date(2026, 5, 1)),  # the last day is a holiday itself: it stays
        # expulsion: ten days (협동조합 기본법 제16조제2항)
        (date(2026, 12, 2), 10, date(2026, 11, 21)),
        (date(2027, 3, 10), 10, date(2027, 2, 27)),
        (date(2026, 10, 10), 10, date(2026, 9, 29)),
    ],
)
def test_the_last_day_to_tell_across_months_and_holidays(meeting, days, last):
    """민법 제161조 moves the end of a period past a holiday; counted backwards there is no such end."""
    assert told_by(meeting, days) == last
    assert clear_days(last, meeting) == days
    assert clear_days(last + timedelta(days=1), meeting) == days - 1
