"""A general meeting of sixty-nine, as its secretariat holds it and as members vote on their phones.

From the notice of reasons to signed minutes: once without quorum and called again, once with a quorum
met by one vote. What was resolved is in force, the records prove it, and nobody finds who voted how.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dure.kernel import clock
from dure.kernel.acts import SEOUL
from tests import blank

from .conftest import DURE, WIDTHS, surroundings
from .later import Later, served_later
from .people import expect_said, send
from .sixty_nine import PASSWORD, email, receipt_of
from .sound import expect_sound

BUILDER = "tests.browser.sixty_nine"
ON_THE_PAGE = 4  # so many of a kind are noted there, the others by the same commands
SHOTS = os.environ.get("DURE_SHOTS")  # a folder for pictures of every page, to look at


@dataclass
class Town:
    """The network, who is in it, and the browsers of its people."""

    net: Later
    chromium: Browser
    axe: str
    facts: dict[str, Any]
    contexts: list[BrowserContext] = field(default_factory=list)
    looked: set[str] = field(default_factory=set)
    pages: int = 0

    def person(self, mail: str, width: str) -> Page:
        """Somebody logs in, at a desk or on a phone."""
        wide, high = WIDTHS[width]
        context = self.chromium.new_context(
            base_url=self.net.url, viewport={"width": wide, "height": high}, locale="ko-KR",
            timezone_id="Asia/Seoul", bypass_csp=True,
        )  # fmt: skip
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        page = context.new_page()
        page.goto("/account/login/")
        page.fill("[name=login]", mail)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(lambda url: "/login" not in url)
        return page

    def leave(self, page: Page) -> None:
        self.contexts.remove(page.context)
        page.context.close()

    def look(self, page: Page) -> None:
        """The page is sound; asked once of each kind of page and width."""
        kind = re.sub(r"\d+", "0", page.url.partition("?")[0])
        wide = page.viewport_size["width"]
        if (key := f"{kind} {wide}") in self.looked:
            return
        self.looked.add(key)
        if SHOTS:
            self.pages += 1
            name = re.sub(r"[^a-z0-9]+", "-", kind.partition("//")[2].partition("/")[2])
            page.screenshot(path=f"{SHOTS}/{self.pages:03d}-{name}-{wide}.png", full_page=True)
        expect_sound(page, self.axe)

    def note(self, what: str, address: str, voters: list[dict[str, Any]]) -> None:
        """The office notes something of many voters, at the meeting or vote of an address."""
        number = address.rstrip("/").rpartition("/")[2]
        parties = json.dumps([voter["party"] for voter in voters])
        secretary = str(self.facts["secretary"])
        assert self.net.run(BUILDER, what, secretary, number, parties) == len(voters)

    def manage(self, *words: str) -> str:
        done = subprocess.run(
            [DURE, *words], env=surroundings(self.net.home), capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def town(
    request: pytest.FixtureRequest, chromium: Browser, axe: str, tmp_path: Path
) -> Iterator[Town]:
    home = tmp_path / "network"
    home.mkdir()
    blank.copy_to(home / "dure.sqlite3")
    facts = Later("", home).run(BUILDER, "build", request.param)
    with served_later(home) as net:
        town = Town(net, chromium, axe, facts)
        yield town
        for context in town.contexts:
            context.close()


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name).first.click()


def follow(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name).first.click()


def choose(page: Page, name: str, value: str) -> None:
    """In a list or among radio buttons."""
    found = page.locator(f"main form [name={name}]")
    if found.first.evaluate("e => e.tagName") == "SELECT":
        found.first.select_option(value)
    else:
        page.locator(f"main form [name={name}][value='{value}']").check()


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SEOUL)


@pytest.mark.parametrize("town", ["social_cooperative"], indirect=True)
def test_a_social_cooperative_meets(town: Town) -> None:
    facts, voters = town.facts, town.facts["voters"]
    today = clock.now().astimezone(SEOUL).date()
    first, second = today + timedelta(days=14), today + timedelta(days=24)
    town.net.go(at(today, 10))
    office = town.person("secretariat@example.kr", "desk")

    # the reason is told, more than ten whole days before
    accused = voters[68]
    case = accuse(town, office, accused, today, first)

    # a committee cannot expel
    office.goto(f"/governance/bodies/{facts['committee']}/competence/")
    choose(office, "matter", "expulsion")
    office.fill("[name=article]", "정관 제40조")
    send(office)
    expect_said(office, "제29조")

    # the meeting is planned, with four items that take effect by themselves
    meeting = plan(town, office, first)
    put(town, office, meeting, "memberships.expel_member", title="조합원69 제명", case_id="1")
    put(town, office, meeting, "memberships.approve_share_refund", title="나가람 출자금 환급",
        claim_id=str(facts["claim"]))  # fmt: skip
    put(town, office, meeting, "governance.elect_officers", title="이사 선출",
        body_id=str(facts["board"]), seat_title="이사", from_date=(second + timedelta(days=1)).isoformat())  # fmt: skip
    put(town, office, meeting, "bylaws.adopt_provision", title="총회를 열흘 전에 알리기",
        rule="meetings.notice_days", value="10", document="정관", article="제28조",
        from_date=(second + timedelta(days=60)).isoformat())  # fmt: skip
    for number in (2, 5, 9, 41, 60):
        stand(town, office, meeting, voters[number - 1])

    call(town, office, meeting)

    # thirty-four come: one too few
    town.net.go(at(first, 13))
    come(town, office, meeting, voters[:34])
    lead(town, office, meeting, voters[0])
    expect_said(office, "1명 더 필요")
    press(office, "폐회하기")
    follow(office, "다시 소집하기")
    office.fill("[name=day]", second.isoformat())
    office.fill("[name=at]", "14시")
    send(office)
    again = office.url.removesuffix("notices/")
    town.net.run(BUILDER, "work")
    office.goto(again)
    expect_said(office, "69명 가운데 69명에게 알렸어요")

    # thirty-five come, one of them the accused: met by one vote
    town.net.go(at(second, 13, 30))
    hear(office, case, second)
    phones = [town.person(email(number), "phone") for number in (1, 2, 60)]
    office.goto(again + "room/")
    town.look(office)
    code = office.locator("#code .kpi").inner_text()
    for phone in phones:
        phone.goto(again)
        town.look(phone)
        phone.fill("[name=code]", code)
        press(phone, "출석하기")
        expect_said(phone, "출석")
    here = [voters[number - 1] for number in (*range(3, 34), 69)]
    come(town, office, again, here)
    lead(town, office, again, voters[0])
    expect(office.locator("#quorum")).to_contain_text("충족")

    # expelled by two thirds of the thirty-four who may vote: twenty-three, counted by two people
    vote = put_to_vote(town, office, again, "조합원69 제명", "hands")
    for counter in (office, phones[0]):
        count(town, counter, vote, 23, 11)
    close(town, office, vote, "가결")
    town.look(office)

    # the shares are paid back: by name, three on their phones, the others when they are called
    vote = put_to_vote(town, office, again, "나가람 출자금 환급", "named")
    for phone in phones:
        phone.goto(vote)
        town.look(phone)
        press(phone, "찬성")
        expect_said(phone, "투표했어요")
    office.goto(vote)
    town.look(office)
    for voter in here[:ON_THE_PAGE]:
        press(office, f"찬성 {voter['name']}")
    town.note("say_yes", vote, here[ON_THE_PAGE:21])
    close(town, office, vote, "가결")

    # four directors among five, in secret
    vote = put_to_vote(town, office, again, "이사 선출", "secret")
    number = int(vote.rstrip("/").rpartition("/")[2])
    truth = []
    for phone, voter in zip(phones, (voters[0], voters[1], voters[59]), strict=True):
        phone.goto(vote)
        town.look(phone)
        follow(phone, "투표하러 가기")
        town.look(phone)
        for option in (1, 2, 3, 4):
            phone.locator(f"[name=marked][value='{option}']").check()
        press(phone, "투표하기")
        town.look(phone)
        receipt = phone.locator("main").inner_text()
        truth.append(
            (voter["party"], "0101010100", re.search(r"[A-Z2-9]{4}(-[A-Z2-9]{4}){3}", receipt)[0])
        )
    said = ["0101010001" if at % 3 else "0001010101" for at in range(len(here))]
    marks = {
        str(voter["party"]): {1: 1, 2: 1, 3: 1, 5: 1} if at % 3 else {2: 1, 3: 1, 4: 1, 5: 1}
        for at, voter in enumerate(here)
    }
    town.net.run(BUILDER, "ballots", str(number), json.dumps(marks))
    truth += [(voter["party"], said[at], receipt_of(at)) for at, voter in enumerate(here)]
    close(town, office, vote, "당선")
    town.look(office)
    phones[2].goto(vote)
    phones[2].fill("[name=receipt]", truth[2][2])
    press(phones[2], "보기")
    expect_said(phones[2], "집계")
    # the bylaws are changed; in force when the ministry has approved
    vote = put_to_vote(town, office, again, "총회를 열흘 전에 알리기", "hands")
    for counter in (office, phones[0]):
        count(town, counter, vote, 24, 11)
    close(town, office, vote, "가결")
    follow(office, "결의")
    expect_said(office, "인가")
    town.look(office)

    # over; the minutes are written, signed by the chair and three members, and locked
    office.goto(again)
    press(office, "폐회하기")
    follow(office, "회의록")
    town.look(office)
    follow(office, "회의록 적기")
    office.fill("[name=text]", "의장이 개회를 선언하고 안건을 차례로 심의하였다.")
    send(office)
    minutes = office.url
    signers = [*phones, town.person(email(5), "phone")]
    for phone in signers:
        phone.goto(minutes)
        town.look(phone)
        press(phone, "서명")
    office.goto(minutes)
    expect_said(office, "서명이 끝나 잠겼")
    for form in ("PDF", "HWPX"):
        link = office.get_by_role("link", name=form).get_attribute("href")
        answer = office.request.get(str(link))
        assert answer.ok and len(answer.body()) > 4_000

    # the next day the directors sit, and the expelled member is none any more
    town.net.go(at(second + timedelta(days=1), 9))
    office.goto(f"/governance/bodies/{facts['board']}/")
    for voter in (voters[1], voters[4], voters[8], voters[59]):
        expect_said(office, office_name(voter))
    town.look(office)
    office.goto(f"/memberships/{accused['membership']}/")
    expect_said(office, "제명")

    # it can be proved, and nobody finds who voted how
    town.manage("governance", "verify")
    town.manage("check-books")
    town.manage("verify")
    assert town.net.run(BUILDER, "search", str(number), json.dumps(truth)) == []


def put_to_vote(town: Town, page: Page, meeting: str, title: str, method: str) -> str:
    page.goto(meeting)
    line = page.locator("main li").filter(has_text=title)
    with page.expect_navigation():
        line.get_by_role("link", name="표결하기").click()
    choose(page, "method", method)
    town.look(page)
    send(page)
    town.look(page)
    return page.url


def close(town: Town, page: Page, vote: str, said: str) -> None:
    page.goto(vote)
    press(page, "표결 마치기")
    expect_said(page, said)


def office_name(voter: dict[str, Any]) -> str:
    number = voter["number"]
    return f"대표{number:02d}" if number <= 40 else f"조합원{number:02d}"


@pytest.mark.parametrize("town", ["association"], indirect=True)
def test_an_association_counts_proxies_and_papers(town: Town) -> None:
    voters = town.facts["voters"]
    today = clock.now().astimezone(SEOUL).date()
    day = today + timedelta(days=14)
    town.net.go(at(today, 10))
    office = town.person("secretariat@example.kr", "desk")
    case = accuse(town, office, voters[68], today, day)
    meeting = plan(town, office, day)
    put(town, office, meeting, "memberships.expel_member", title="조합원69 제명", case_id="1")
    put(town, office, meeting, "bylaws.adopt_provision", title="총회를 열흘 전에 알리기",
        rule="meetings.notice_days", value="10", document="정관", article="제28조",
        from_date=(day + timedelta(days=60)).isoformat())  # fmt: skip
    call(town, office, meeting)

    # five send a paper, one on the phone gives a proxy to somebody who comes
    for voter in voters[60:65]:
        for number in (1, 2):
            office.goto(f"/governance/items/{number}/written/")
            office.fill("[name=party_id]", f"#{voter['party']}")
            choose(office, "choice", "yes")
            office.fill("[name=paper]", f"서면의결서 {voter['number']}-{number}, 총회 서류철")
            town.look(office)
            send(office)
    office.goto(f"{meeting}written/")
    town.look(office)
    away = town.person(email(50), "phone")
    away.goto(meeting)
    follow(away, "참석하지 못해요")
    away.fill("[name=person_id]", f"#{voters[45]['person']}")
    away.fill("[name=paper]", "위임장 1, 총회 서류철")
    town.look(away)
    send(away)

    # twenty-eight in the room, one by proxy, five on paper: one is missing, and comes
    town.net.go(at(day, 13, 30))
    hear(office, case, day)
    come(town, office, meeting, voters[:28])
    holder = town.person(email(46), "phone")
    office.goto(f"{meeting}room/")
    code = office.locator("#code .kpi").inner_text()
    holder.goto(meeting)
    town.look(holder)
    for _vote in ("own", "by proxy"):
        holder.locator("[name=code]").first.fill(code)
        press(holder, "출석하기")
    lead(town, office, meeting, voters[0])
    expect(office.locator("#quorum")).to_contain_text("충족")

    # hands are counted of those in the room; the papers are added
    vote = put_to_vote(town, office, meeting, "조합원69 제명", "hands")
    for counter in (office, holder):
        count(town, counter, vote, 20, 10)
    close(town, office, vote, "가결")
    town.look(office)
    expect_said(office, "25")

    # all are in favour, and that is too few: the bylaws ask for two thirds of all (민법 제42조)
    vote = put_to_vote(town, office, meeting, "총회를 열흘 전에 알리기", "named")
    holder.goto(vote)
    town.look(holder)
    for _vote in ("own", "by proxy"):
        press(holder, "찬성")
    office.goto(vote)
    for voter in voters[:3]:
        press(office, f"찬성 {voter['name']}")
    close(town, office, vote, "부결")
    expect_said(office, "46")
    follow(office, "결의")
    town.look(office)
    expect_said(office, "위임한 사람")
    town.manage("governance", "verify")


def accuse(town: Town, page: Page, member: dict[str, Any], today: date, day: date) -> str:
    """A case is opened, and the member told of the reason for the meeting of a day."""
    page.goto(f"/memberships/{member['membership']}/conduct/open/")
    choose(page, "kind", "expulsion")
    choose(page, "ground", "duties_not_met")
    page.fill("[name=article]", "정관 제14조")
    page.fill("[name=reason]", "두 해 동안 조합의 일에 참여하지 않고 회비를 내지 않았습니다.")
    send(page)
    case = page.url
    follow(page, "사유 알림")
    page.fill("[name=notice_date]", today.isoformat())
    page.fill("[name=meeting_date]", day.isoformat())
    choose(page, "way", "post")
    send(page)
    town.look(page)
    return case


def hear(page: Page, case: str, day: date) -> None:
    """The member is heard."""
    page.goto(case)
    follow(page, "의견 듣기")
    page.fill("[name=hearing_date]", day.isoformat())
    page.select_option("[name=was_heard]", index=1)
    send(page)


def plan(town: Town, page: Page, day: date) -> str:
    page.goto(f"/governance/bodies/{town.facts['assembly']}/meetings/plan/")
    page.fill("[name=title]", "2026년 임시총회")
    page.fill("[name=day]", day.isoformat())
    page.fill("[name=at]", "14시")
    page.fill("[name=place]", "두메 마을회관")
    town.look(page)
    send(page)
    return page.url


def call(town: Town, page: Page, meeting: str) -> None:
    """Called, and everybody told by mail."""
    page.goto(meeting)
    town.look(page)
    press(page, "소집하기")
    town.net.run(BUILDER, "work")
    page.goto(meeting)
    expect_said(page, "69명 가운데 69명에게 알렸어요")


def count(town: Town, page: Page, vote: str, yes: int, no: int) -> None:
    page.goto(vote)
    town.look(page)
    follow(page, "센 수 입력")
    for name, many in (("yes", yes), ("no", no), ("abstain", 0)):
        page.fill(f"[name={name}]", str(many))
    town.look(page)
    send(page)


def put(town: Town, page: Page, meeting: str, effect: str, **given: str) -> None:
    """An item whose resolution takes effect."""
    page.goto(f"{meeting}items/add/?effect={effect}")
    for name, value in given.items():
        field = page.locator(f"main form [name={name}]").first
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    town.look(page)
    send(page)
    expect_said(page, given["title"])


def stand(town: Town, page: Page, meeting: str, voter: dict[str, Any]) -> None:
    page.goto(meeting)
    follow(page, "후보")
    town.look(page)
    follow(page, "후보 올리기")
    page.fill("[name=person_id]", f"#{voter['person']}")
    page.check("[name=has_agreed]")
    page.fill("[name=statement]", "함께 일하겠습니다.")
    town.look(page)
    send(page)


def come(town: Town, page: Page, meeting: str, voters: list[dict[str, Any]]) -> None:
    """The office notes on the list who came: some on the page, the others as it would."""
    for voter in voters[:ON_THE_PAGE]:
        page.goto(f"{meeting}attendance/?q={voter['name']}")
        town.look(page)
        press(page, "출석하기")
    town.note("come", meeting, voters[ON_THE_PAGE:])


def lead(town: Town, page: Page, meeting: str, voter: dict[str, Any]) -> None:
    page.goto(meeting)
    follow(page, "개회하기")
    town.look(page)
    send(page)
