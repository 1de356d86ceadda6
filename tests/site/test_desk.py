"""The desk: each office sees what waits for it, why, and the one click; and it stays lean."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dure.domains.ledger import commands as ledger
from dure.domains.ledger.rules import credit, debit
from dure.domains.memberships import commands as memberships
from dure.kernel.dates import Month
from dure.site.desk.own import OWN_SOURCES
from dure.site.desk.waiting import OFFICE_SOURCES, waiting_for


@pytest.fixture
def busy(cast, act):
    """An application, a receipt nobody knows, late dues, a draft, and months to close."""
    memberships.set_dues_plan(
        act("secretariat"),
        member_class="organisation",
        name="단체 회비",
        period="month",
        amount_won=30_000,
        from_month=Month(2026, 9),
    )
    for month in (9, 10):
        memberships.bill_dues(act("bookkeeper"), month=Month(2026, month))
    memberships.apply_for_membership(
        act("visitor", days=-20),
        member_class="organisation",
        kind="organisation",
        name="새싹돌봄",
        contact_name="이새싹",
        email="new@example.kr",
    )
    memberships.enter_receipt(
        act("bookkeeper"), receipt_date=date(2026, 11, 12), amount_won=30_000, payer="햇살돌봄"
    )
    ledger.draft_entry(
        act("bookkeeper", actor_id=cast.bookkeeper),
        date=date(2026, 11, 18),
        text="송년회 계약금",
        sides=(debit("5010", "general", 300_000), credit("1010", "general", 300_000)),
    )
    return cast


def told(act, sources=OFFICE_SOURCES):
    return " ".join(
        f"{one.title} {one.why} {' '.join(step.text for step in one.steps)}"
        for one in waiting_for(act, sources)
    )


def test_the_secretariat_sees_what_waits_in_order_of_urgency(busy, act):
    waiting = waiting_for(act("secretariat", actor_id=busy.secretary), OFFICE_SOURCES)
    titles = [one.title for one in waiting]
    assert "결정할 가입 신청 1건" in titles
    assert "연결할 입금 1건" in titles
    assert "승인을 기다리는 초안 전표 1건" in titles
    assert any(title.startswith("미납 회비") for title in titles)
    assert any("1월 마감이 남았어요" in title for title in titles)
    assert any("봉인하지 않은 기록" in title for title in titles)
    tones = [("bad", "warn", "info").index(one.tone) for one in waiting]
    assert tones == sorted(tones)
    assert all(one.url and one.action and one.why for one in waiting)


def test_the_bookkeeper_sees_the_books_and_not_the_applications(busy, act):
    said = told(act("bookkeeper", actor_id=busy.bookkeeper))
    assert "연결할 입금" in said and "미납 회비" in said
    assert "가입 신청" not in said and "새싹돌봄" not in said


def test_a_representative_sees_the_own_dues_only(busy, act):
    seen = act("representative", of=busy.organisation, actor_id=busy.representative)
    said = told(seen, OWN_SOURCES)
    assert "낼 회비 6만 원" in said and "햇살돌봄" in said
    assert told(act("member", of=busy.member_membership, actor_id=busy.member), OWN_SOURCES) == ""


def test_one_click_matches_what_the_desk_proposes(busy, act, client_of):
    client = client_of("secretariat")
    page = client.get("/desk/").content.decode()
    pair = page.partition('name="pair" value="')[2].partition('"')[0]
    assert pair
    assert client.post("/memberships/receipts/match/", {"pair": pair}).status_code in (302, 404)


def test_an_empty_desk_says_so_kindly(cast, act, client_of):
    for month in range(1, 11):
        ledger.close_period(act("secretariat"), month=f"2026-{month:02}")
    from dure.kernel import seals

    seals.seal_books(act("system"))
    assert waiting_for(act("secretariat", actor_id=cast.secretary), OFFICE_SOURCES) == []
    assert "할 일을 모두 마쳤어요" in client_of("secretariat").get("/desk/").content.decode()


def test_the_desk_is_for_offices_and_others_come_to_their_own_page(busy, client_of):
    for role in ("secretariat", "bookkeeper", "open_administrator"):
        assert client_of(role).get("/desk/").status_code == 200, role
    assert client_of("member").get("/desk/").headers["Location"] == "/me/"
    assert client_of("visitor").get("/desk/").status_code in (302, 403)


def test_the_desk_is_read_once_between_two_deeds(
    busy, act, client_of, django_assert_max_num_queries
):
    client = client_of("secretariat")
    client.get("/desk/")
    with django_assert_max_num_queries(15):
        first = client.get("/desk/").content.decode()
    assert "결정할 가입 신청 1건" in first
    memberships.apply_for_membership(
        act("visitor"),
        member_class="organisation",
        kind="organisation",
        name="들꽃마을",
        contact_name="이들꽃",
        email="more@example.kr",
    )
    assert "결정할 가입 신청 2건" in client.get("/desk/").content.decode()


def test_figures_are_links_and_pictures_have_their_tables(busy, client_of):
    page = client_of("secretariat").get("/desk/").content.decode()
    assert page.count("<svg") > 5 and page.count("표로 보기") == 3
    assert 'href="/ledger/"' in page and 'href="/memberships/"' in page


def test_letters_that_could_not_be_sent_come_first_and_are_sent_again(busy, act, client_of):
    from dure.kernel.models import Deed, News

    lost = News.objects.create(
        deed=Deed.objects.order_by("-id").first(),
        kind="letter",
        payload="{}",
        state=News.State.GIVEN_UP,
        next_at=act("system").at,
        error="SMTPRecipientsRefused: 없는 주소",
    )
    page = client_of("secretariat").get("/desk/").content.decode()
    assert "보내지 못한 편지 1통" in page
    assert "없는 주소" in client_of("secretariat").get("/news/").content.decode()
    assert client_of("bookkeeper").get("/news/").status_code == 403
    assert client_of("secretariat").post(f"/news/{lost.pk}/again/").status_code == 302
    lost.refresh_from_db()
    assert lost.state == News.State.WAITING


def test_the_office_searches_everywhere(busy, client_of):
    client = client_of("bookkeeper")
    found = client.get("/search/?q=햇살").content.decode()
    assert "햇살돌봄 사회적협동조합" in found
    assert "/ledger/entries/" in client.get("/search/?q=1").content.decode()
    assert "회비 청구하기" in client.get("/search/?q=회비").content.decode()
    assert client.get("/search/?q=%00<script>").status_code == 200
    assert client_of("member").get("/search/?q=햇살").status_code == 403


def test_the_desk_goes_through_no_people_because_something_was_done(busy, act, client_of):
    """What is kept too long is counted once a day: that reads people and lines of ten years."""
    browser = client_of("secretariat")
    browser.get("/desk/")
    memberships.enter_receipt(
        act("bookkeeper"), receipt_date=date(2026, 11, 13), amount_won=7_000, payer="모르는이"
    )
    with CaptureQueriesContext(connection) as asked:
        assert browser.get("/desk/").status_code == 200
    assert not [one["sql"] for one in asked if 'FROM "parties_person"' in one["sql"]]
