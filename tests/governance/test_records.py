"""A body's page, a member's record, and what waits about bodies on the desk."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dure.domains.governance import commands, queries
from dure.domains.governance.models import Seat, Term
from dure.domains.parties import commands as parties
from dure.kernel.acts import system_act
from dure.kernel.models import Read
from dure.kernel.refusals import Denied, NotFound
from dure.site.desk.bodies import seats as desk
from tests.conftest import NOW

from .conftest import MEETING_DAYS, STARTED

FORMED = date(2026, 11, 20)


@pytest.fixture
def committee(cooperative):
    return cooperative.committee(5)


@pytest.fixture
def met(cooperative, committee):
    """A meeting of the committee of five to which four came, with a vote by name."""
    meeting = cooperative.plan(committee)
    item = cooperative.item(meeting, matter="business")
    cooperative.ready(meeting, present=4)
    vote = cooperative.voted(item, yes=3, no=1)
    commands.close_meeting(cooperative.then(), meeting_id=meeting.pk)
    return meeting, vote


def test_a_body_shows_how_many_came_in_a_year_and_when_it_meets_next(
    cooperative, committee, met, act
):
    later = cooperative.plan(committee, days=MEETING_DAYS + 20)
    card = queries.body_card(cooperative.then(), committee.pk)
    figures = queries.body_figures(cooperative.then(), committee.pk, card.sittings)
    assert (figures.came, figures.voters, figures.percent) == (4, 5, 80)
    assert (figures.meetings, figures.next, figures.vacant) == (1, later, 0)
    gone = queries.body_figures(act("secretariat", days=400), committee.pk, card.sittings)
    assert (gone.meetings, gone.percent) == (0, None)


def test_a_record_is_whole_for_oneself_and_the_office_and_public_for_members(cooperative, met):
    meeting, vote = met
    who, other = cooperative.members[3], cooperative.members[9]
    own = queries.member_record(cooperative.voter(who), who)
    assert own.is_whole and [one.body for one in own.seats] == ["운영위원회"]
    assert [(one.vote_id, one.choice_label) for one in own.said] == [(vote.pk, "반대")]
    assert [(one.meeting_id, one.came) for one in own.came] == [(meeting.pk, True)]
    assert not Read.objects.filter(what="governance.record").exists()

    seen = queries.member_record(cooperative.voter(other), who)
    assert not seen.is_whole and seen.said == own.said and seen.seats == own.seats
    assert not seen.came and not seen.proxies
    assert Read.objects.filter(what="governance.record", subject_id=who).count() == 1

    away = queries.member_record(cooperative.then(), cooperative.members[4])
    assert [(one.meeting_id, one.came) for one in away.came] == [(meeting.pk, False)]
    with pytest.raises(NotFound):  # nothing public: members learn not even the name
        queries.member_record(cooperative.voter(who), other)
    with pytest.raises(Denied):
        queries.member_record(cooperative.act("visitor"), who)


def test_a_secret_vote_is_in_no_record(cooperative):
    meeting = cooperative.plan()
    item = cooperative.item(meeting)
    cooperative.ready(meeting, present=11)
    vote = commands.open_vote(cooperative.then(), item_id=item.pk, method="secret")
    who = cooperative.members[0]
    commands.cast_ballot(
        cooperative.voter(who),
        vote_id=vote.pk,
        ballot=commands.SecretBallot(who, "yes", "RECEIPT-0123456789"),
    )
    record = queries.member_record(cooperative.voter(who), who)
    assert not record.said


def test_an_organisation_has_its_seats_in_its_record_and_those_in_turn(house, act):
    firms = [parties.add_organisation(act("system"), name=f"가게 {n}").pk for n in range(2)]
    body = commands.add_body(act("system"), name="놀이분과", kind="section", from_date=STARTED)
    commands.add_seat(
        act("system"), body_id=body.pk, kind="in_turn", organisation_ids=firms, turn_months=12
    )
    record = queries.member_record(act("secretariat"), firms[1])
    assert [one.body for one in record.seats] == ["놀이분과"]


def test_the_desk_says_what_is_vacant_ends_or_is_not_by_the_rules(cooperative, committee, act):
    office = act("secretariat")
    assert desk(office) is None
    first, second, *_rest = Seat.objects.filter(body=committee).order_by("pk")
    today = FORMED
    commands.end_term(
        act("secretariat"), term_id=first.terms.get().pk, until_date=today - timedelta(days=9),
        because="resigned",
    )  # fmt: skip
    commands.end_term(
        act("secretariat"), term_id=second.terms.get().pk, until_date=today + timedelta(days=30)
    )
    vacant, ending = queries.body_duties(office)
    assert (vacant.what, vacant.seat_id, vacant.days) == ("vacant", first.pk, 9)
    assert (ending.what, ending.seat_id) == ("ending", second.pk)
    waiting = desk(office)
    assert waiting is not None and "9일째" in waiting.steps[0].text
    commands.add_body(act("system"), name="이사회", kind="board", from_date=today)
    rule = queries.body_duties(office)[-1]
    assert rule.what == "rule" and "제34조제1항" in rule.who


def test_a_committee_made_for_a_purpose_is_to_be_ended_when_nobody_met_for_half_a_year(
    cooperative, act
):
    body = commands.add_body(
        act("system"), name="정관개정 특별위", kind="special_committee", from_date=STARTED,
        ends_when="개정안을 총회에 낸 때",
    )  # fmt: skip
    (duty,) = queries.body_duties(act("secretariat"))
    assert (duty.what, duty.who) == ("reached", "개정안을 총회에 낸 때")
    cooperative.plan(body)
    assert not queries.body_duties(act("secretariat"))


def test_what_is_ended_changed_or_given_back_has_its_page(furniture, client_of):
    client, office = client_of("member"), client_of("secretariat")
    term = Term.objects.get(pk=furniture.seat_term_id)
    seat, body = term.seat, term.seat.body
    assert "자리 만들기" not in client.get(f"/governance/bodies/{body.pk}/").content.decode()
    for url, given in (
        (f"/governance/terms/{term.pk}/end/",
         {"until_date": "2026-11-25", "because": "resigned", "ended_by": "사임서"}),
        (f"/governance/bodies/{body.pk}/change/", {"name": "놀이·돌봄분과"}),
        (f"/governance/bodies/{body.pk}/quotas/add/",
         {"group": "여성", "comparison": "at_least", "asks": "1/3", "article": "규정 제5조"}),
        (f"/governance/bodies/{body.pk}/seats/add/?kind=appointed",
         {"title": "위원", "may_vote": "on", "groups": "여성, 북부"}),
        (f"/governance/seats/{seat.pk}/end/", {"until_date": "2026-11-26"}),
        (f"/governance/quotas/{furniture.quota_id}/end/", {"until_date": "2026-12-01"}),
        (f"/governance/bodies/{body.pk}/end/", {"until_date": "2026-12-31"}),
    ):  # fmt: skip
        assert client.post(url, given).status_code == 403, url
        answer = office.post(url, given)
        assert answer.status_code == 302, (url, answer.content.decode()[-800:])
    term.refresh_from_db()
    assert (term.until_date, term.ended_because) == (date(2026, 11, 25), "resigned")
    assert Seat.objects.filter(body=body).last().groups == ["여성", "북부"]
    quota = body.quotas.get()
    assert (quota.numerator, quota.denominator) == (1, 3)
    page = office.get(f"/governance/bodies/{body.pk}/").content.decode()
    assert "“여성” 자리" in page and "1/3" in page and "규정 제5조" in page
    record = office.get(f"/governance/records/{term.person_id}/").content.decode()
    assert "놀이·돌봄분과" in record


def test_a_seat_in_turn_is_typed_one_organisation_a_line(furniture, client_of, cast):
    office = client_of("secretariat")
    body = Term.objects.get(pk=furniture.seat_term_id).seat.body_id
    other = parties.add_organisation(act_of_system(), name="돌봄가게").pk
    url = f"/governance/bodies/{body}/seats/add/?kind=in_turn"
    given = {"may_vote": "on", "turn_months": "12", "from_date": "2026-01-01"}
    lines = f"#{cast.organisation}\n돌봄가게\n"
    assert office.post(url, {**given, "organisation_ids": f"#{other}"}).status_code == 422
    assert office.post(url, {**given, "organisation_ids": "없는 곳"}).status_code == 422
    assert office.post(url, {**given, "organisation_ids": lines}).status_code == 302
    turns = Seat.objects.filter(body=body).last().turns.order_by("number")
    assert list(turns.values_list("organisation_id", flat=True)) == [cast.organisation, other]


def act_of_system():
    return system_act(NOW)
