"""Who may sit where, for how long and how many: by the articles of the law, exact at the edge."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from dure.domains.bylaws import commands as bylaws
from dure.domains.bylaws.rules import Comparison, RuleNotMet, failed
from dure.domains.governance import commands, queries
from dure.domains.governance.models import Competence, Seat, Term
from dure.domains.governance.rules import seats
from dure.domains.governance.rules.bodies import MATTERS, BodyKind, kept_for, may_be_taken
from dure.domains.parties import commands as parties
from dure.kernel.acts import Capacity
from dure.kernel.dates import period_end
from dure.kernel.refusals import Denied

from .conftest import STARTED
from .test_counting import ASSOCIATION, COOPERATIVE, EVERY, book_of

GENERAL = book_of("cooperative")
FORMED = date(2026, 11, 20)


# -- the rules, by themselves ------------------------------------------------------------------


def test_delegates_are_a_tenth_of_the_members_or_a_hundred_exactly():
    """협동조합 기본법 제31조제3항: 조합원 총수의 100분의 10 이상, 100명이면 충분."""
    for members in [*EVERY, 999, 1000, 1001, 7300]:
        for number in range(120):
            *_above, enough = seats.delegates(GENERAL, number, members)
            assert enough.passed == (10 * number >= members or number >= 100), (number, members)


def test_delegates_meet_only_above_two_hundred_members():
    """시행령 제9조: 200인을 초과하는 경우."""
    for members in EVERY:
        above, *_enough = seats.delegates(GENERAL, 100, members)
        assert above.passed == (members > 200)
        assert above.article == "제9조"


@pytest.mark.parametrize("matter", [str(code) for code, _label in MATTERS])
def test_delegates_do_not_decide_on_merger_division_dissolution(matter):
    """제31조제6항."""
    refused = failed(kept_for(GENERAL, BodyKind.DELEGATES_MEETING, matter))
    if matter in ("merger", "division", "dissolution"):
        assert refused[0].article == "제31조제6항"
    elif matter != "expulsion":
        assert not refused


@pytest.mark.parametrize("form", ["association", "civil_group", "unincorporated"])
def test_what_an_association_leaves_to_its_general_meeting(form):
    """민법 제42조제1항, 제78조."""
    book = book_of(form)
    for matter in ("bylaws_change", "dissolution"):
        for kind in (BodyKind.BOARD, BodyKind.COMMITTEE):
            (refused,) = failed(kept_for(book, kind, matter))
            assert "제42조제1항" in refused.citation
        assert not failed(kept_for(book, BodyKind.GENERAL_MEETING, matter))
        assert failed(may_be_taken(book, BodyKind.GENERAL_MEETING, matter))
    assert not failed(kept_for(book, BodyKind.BOARD, "plan_and_budget"))


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 80))
def test_the_months_of_a_term_are_the_fewest_it_fits_into(first, months):
    assert seats.months_of(first, period_end(first, months)) == months
    assert seats.months_of(first, period_end(first, months) + timedelta(days=1)) == months + 1


def test_an_officers_term_is_four_years_at_most_and_ends_so_when_nothing_is_said():
    """제35조제1항."""
    ends = seats.latest_end(GENERAL, BodyKind.BOARD, date(2026, 3, 1))
    assert ends == date(2030, 3, 1)
    for months, fits in ((48, True), (49, False)):
        (term,) = (
            one
            for one in seats.filling(GENERAL, seats.Filling(BodyKind.BOARD, months=months))
            if one.key == seats.TERM
        )
        assert (term.passed, term.article) == (fits, "제35조제1항")
    assert seats.latest_end(ASSOCIATION, BodyKind.BOARD, date(2026, 3, 1)) is None
    assert seats.latest_end(GENERAL, BodyKind.COMMITTEE, date(2026, 3, 1)) is None


@pytest.mark.parametrize(
    ("held", "again"),
    [([], 0), ([7], 1), ([7, 7], 2), ([7, 7, 7], 3), ([7, 7, 8], 0), ([8, 7], 1), ([7, 8, 7], 1)],
)
def test_a_chair_is_elected_again_for_every_further_term_in_a_row(held, again):
    """제35조제2항: 이사장은 두 차례만 연임할 수 있다."""
    years = [(date(2000 + at, 3, 1), who) for at, who in enumerate(held)]
    found = seats.reelections(years, 7, date(2050, 3, 1))
    assert found == again
    about = seats.Filling(BodyKind.BOARD, is_chair=True, reelections=found)
    refused = {one.key for one in failed(seats.filling(GENERAL, about))}
    assert ("officers.chair_reelections_count" in refused) == (again > 2)


def test_in_a_social_cooperative_a_third_of_the_officers_may_be_staff_exactly():
    """시행령 제20조제1항; 제10조제2호: 조합원 10인 이하는 넘을 수 있다."""
    for officers in EVERY:
        for staff in range(1, officers + 1):
            about = seats.Filling(
                BodyKind.BOARD, is_staff=True, officers=officers, staff_officers=staff, members=11
            )
            assert (not failed(seats.filling(COOPERATIVE, about))) == (3 * staff <= officers)
        assert seats.staff_may_lead(COOPERATIVE, 10) and not seats.staff_may_lead(COOPERATIVE, 11)


def test_in_a_cooperative_an_officer_that_is_staff_is_told_and_not_refused():
    """제44조제3항: 시행령 제10조의 예외가 있다."""
    found = seats.filling(GENERAL, seats.Filling(BodyKind.BOARD, is_staff=True, members=11))
    (told,) = failed(found)
    assert told.article == "제44조제3항"
    assert not failed(seats.binding(GENERAL, found))


def test_a_quota_of_one_half_is_exact_at_the_edge():
    for whole in EVERY:
        rule = seats.QuotaRule("민간", Comparison.AT_LEAST, Fraction(1, 2), "조례 제7조")
        for held in (whole // 2, (whole + 1) // 2):
            chairs = [seats.Chair(frozenset({"민간"}), False)] * held
            chairs += [seats.Chair(frozenset(), False)] * (whole - held)
            assert seats.quota(rule, chairs).passed == (2 * held >= whole)


def test_a_quota_counts_on_vacant_seats_only_while_they_may_still_be_of_the_group():
    rule = seats.QuotaRule("여성", Comparison.AT_LEAST, 2, "운영규정 제5조")
    woman, other = seats.Chair(frozenset({"여성"}), False), seats.Chair(frozenset(), False)
    vacant, public = seats.Chair(frozenset(), True), seats.Chair(frozenset({"공공"}), True)
    assert seats.quota_in_reach(rule, [woman, other, vacant]).passed
    assert not seats.quota_in_reach(rule, [woman, other, public]).passed
    most = seats.QuotaRule("공공", Comparison.AT_MOST, 1, "조례 제7조")
    held = seats.Chair(frozenset({"공공"}), False)
    assert seats.quota_in_reach(most, [held, vacant]).passed
    assert not seats.quota_in_reach(most, [held, held, vacant]).passed


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(1, 24), st.integers(0, 9000))
def test_turns_follow_each_other_without_a_gap(first, months, after):
    order = "가나다라마바"
    on = first + timedelta(days=after)
    ends = seats.turn_ends(months, first, on)
    assert ends > on
    now = seats.in_turn(order, months, first, on)
    assert seats.in_turn(order, months, first, ends - timedelta(days=1)) == now
    assert seats.in_turn(order, months, first, ends) == order[(order.index(now) + 1) % 6]
    assert seats.in_turn(order, months, first, first - timedelta(days=1)) is None


# -- in a network ------------------------------------------------------------------------------


@pytest.fixture
def board(cooperative, act):
    """The board of a social co-operative with a chair's seat and two more, from the day of its form."""
    body = commands.add_body(act("system"), name="이사회", kind="board", from_date=FORMED)
    made = [
        commands.add_seat(act("system"), body_id=body.pk, kind="elected", is_chair=number == 0)
        for number in range(3)
    ]
    return body, made, cooperative.members


def fill(act, seat: Seat, person: int, first: date, until: date | None = None, **given) -> Term:
    return commands.fill_seat(
        act("operator"), seat_id=seat.pk, person_id=person, from_date=first, until_date=until,
        decided_by="정기총회", **given,
    )  # fmt: skip


def test_a_chair_is_not_elected_a_fourth_time_in_a_row(board, act):
    """협동조합 기본법 제35조제1항·제2항."""
    _body, (chair, second, _third), members = board
    first = FORMED
    for _term in range(3):
        term = fill(act, chair, members[0], first)
        assert term.until_date == period_end(first, 48)
        first = term.until_date
    with pytest.raises(RuleNotMet, match="제35조제2항"):
        fill(act, chair, members[0], first)
    fill(act, chair, members[1], first)
    with pytest.raises(RuleNotMet, match="제35조제1항"):
        fill(act, second, members[2], FORMED, period_end(FORMED, 49))


def test_an_auditor_is_neither_director_nor_staff(board, act):
    """제44조제2항."""
    _body, (chair, second, third), members = board
    audit = commands.add_body(act("system"), name="감사", kind="auditors", from_date=FORMED)
    seat = commands.add_seat(act("system"), body_id=audit.pk, kind="elected")
    fill(act, chair, members[0], FORMED)
    with pytest.raises(RuleNotMet, match="제44조제2항"):
        fill(act, seat, members[0], FORMED)
    parties.appoint_staff(
        act("system"),
        person_id=members[1],
        office="bookkeeper",
        from_date=FORMED,
        decision="이사회",
    )
    with pytest.raises(RuleNotMet, match="제44조제2항"):
        fill(act, seat, members[1], FORMED)
    fill(act, seat, members[2], FORMED)
    with pytest.raises(RuleNotMet, match="제44조제2항"):
        fill(act, second, members[2], FORMED)
    # one in four officers may be staff; two may not (시행령 제20조제1항)
    fill(act, second, members[1], FORMED)
    parties.appoint_staff(
        act("system"),
        person_id=members[3],
        office="secretariat",
        from_date=FORMED,
        decision="이사회",
    )
    with pytest.raises(RuleNotMet, match="제20조제1항"):
        fill(act, third, members[3], FORMED)


def test_a_chair_leads_no_other_cooperative(board, act):
    """제44조제1항."""
    _body, (chair, second, _third), members = board
    other = parties.add_organisation(act("system"), name="다른협동조합", legal_form="cooperative")
    parties.name_representative(
        act("system"),
        organisation_id=other.pk,
        person_id=members[0],
        role="이사장",
        from_date=STARTED,
    )
    with pytest.raises(RuleNotMet, match="제44조제1항"):
        fill(act, chair, members[0], FORMED)
    fill(act, second, members[0], FORMED)


def test_a_delegates_meeting_needs_more_than_two_hundred_members(cooperative, act):
    """시행령 제9조."""
    with pytest.raises(RuleNotMet, match="제9조"):
        commands.add_body(
            act("system"), name="대의원총회", kind="delegates_meeting", from_date=FORMED
        )


def test_a_delegates_meeting_may_decide_on_all_but_three_matters(house, act):
    """민법의 단체에는 대의원 수의 규칙이 없다; 협동조합은 제31조제6항."""
    body = commands.add_body(act("system"), name="대의원회", kind="delegates_meeting")
    assert Competence.objects.filter(body=body, matter="merger").exists()
    bylaws.adopt_legal_form(act("secretariat"), form="social_cooperative", from_date=FORMED)
    given = Competence.objects.get(body=body, matter="merger")
    commands.end_competence(
        act("system"), competence_id=given.pk, until_date=FORMED + timedelta(days=1)
    )
    with pytest.raises(RuleNotMet, match="제31조제6항"):
        commands.grant_competence(act("system", days=2), body_id=body.pk, matter="merger")


def test_too_few_delegates_are_not_called_to_meet(house, act):
    """제31조제3항: 21 delegates for 201 members, not 20."""
    house.join(201)
    bylaws.adopt_legal_form(act("secretariat"), form="social_cooperative", from_date=FORMED)
    body = commands.add_body(
        act("system"), name="대의원총회", kind="delegates_meeting", from_date=FORMED
    )
    for _number in range(20):
        commands.add_seat(act("system"), body_id=body.pk, kind="elected")
    meeting = house.plan(body)
    house.item(meeting)
    with pytest.raises(RuleNotMet, match="제31조제3항"):
        commands.convene_meeting(act("secretariat"), meeting_id=meeting.pk)
    commands.add_seat(act("system"), body_id=body.pk, kind="elected")
    commands.convene_meeting(act("secretariat"), meeting_id=meeting.pk)


def test_a_binding_quota_keeps_its_seats_for_the_group(house, act):
    """R-138, 조례: 민간위원이 과반."""
    house.join(4)
    body = commands.add_body(act("system"), name="육성위원회", kind="public_private")
    quota = {"group": "민간", "numerator": 1, "denominator": 2, "article": "조례 제7조"}
    commands.lay_down_quota(act("system"), body_id=body.pk, **quota)
    seats_ = [commands.add_seat(act("system"), body_id=body.pk, kind="appointed") for _ in range(4)]
    commands.add_seat(act("system"), body_id=body.pk, kind="appointed", may_vote=False)
    fill(act, seats_[0], house.members[0], FORMED)
    fill(act, seats_[1], house.members[1], FORMED)
    with pytest.raises(RuleNotMet, match="조례 제7조"):
        fill(act, seats_[2], house.members[2], FORMED)
    fill(act, seats_[2], house.members[2], FORMED, groups=["민간"])
    (stands,) = queries.composition(body, FORMED)
    assert (stands.actual, stands.of, stands.passed) == ("1", 4, False)
    with pytest.raises(commands.QuotaUnclear):
        commands.lay_down_quota(act("system"), body_id=body.pk, group="여성", article="제5조")


def test_a_seat_goes_round_among_organisations_year_by_year(house, act):
    """R-081: 놀이분과 대표는 6개 협동조합이 매년 돌아가며 맡는다."""
    six = [parties.add_organisation(act("system"), name=f"놀이 {n}").pk for n in range(6)]
    body = commands.add_body(act("system"), name="놀이분과", kind="section", from_date=STARTED)
    with pytest.raises(commands.TurnsUnclear):
        commands.add_seat(
            act("system"), body_id=body.pk, kind="in_turn", organisation_ids=six[:1], turn_months=12
        )
    commands.add_seat(
        act("system"), body_id=body.pk, kind="in_turn", is_chair=True, organisation_ids=six,
        turn_months=12,
    )  # fmt: skip
    for year in range(14):
        (seat,) = queries.sittings(body, date(2026 + year, 6, 1))
        assert seat.party_id == six[year % 6]
        assert seat.until_date == date(2027 + year, 1, 1)
    (seat,) = queries.sittings(body, FORMED)
    assert (seat.name, seat.next_name) == ("놀이 0", "놀이 1")
    held = queries.capacities_of(1, frozenset({six[0]}), frozenset(), FORMED)
    assert Capacity("chair", body.pk) in held
    assert not queries.capacities_of(1, frozenset({six[1]}), frozenset(), FORMED)


def test_what_is_ended_is_ended_once_and_by_the_office_alone(cooperative, act):
    body = cooperative.committee(2)
    (first, second) = Seat.objects.filter(body=body)
    term = first.terms.get()
    for verb, asked in (
        (commands.end_term, {"term_id": term.pk, "until_date": FORMED}),
        (commands.end_seat, {"seat_id": second.pk, "until_date": FORMED}),
        (commands.end_body, {"body_id": body.pk, "until_date": FORMED}),
        (commands.change_body, {"body_id": body.pk, "name": "새 이름"}),
    ):
        with pytest.raises(Denied):
            verb(act("member"), **asked)
    with pytest.raises(commands.EndUnproven):
        commands.end_term(act("secretariat"), term_id=term.pk, until_date=FORMED, because="removed")
    commands.end_term(
        act("secretariat"), term_id=term.pk, until_date=FORMED, because="resigned",
        ended_by="2026-11-19 사임서",
    )  # fmt: skip
    commands.end_seat(act("secretariat"), seat_id=second.pk, until_date=FORMED)
    assert Term.objects.get(seat=second).until_date == FORMED
    with pytest.raises(commands.SeatGone):
        commands.end_seat(act("secretariat", days=1), seat_id=second.pk, until_date=FORMED)
    (left,) = queries.sittings(body, FORMED)
    assert left.vacant_since == FORMED
    body = commands.change_body(act("secretariat"), body_id=body.pk, name="상임위원회")
    assert body.name == "상임위원회"


def test_what_the_law_keeps_for_the_general_meeting_is_not_taken_from_it(cooperative, act):
    """협동조합 기본법 제29조제1항."""
    given = Competence.objects.get(body=cooperative.body, matter="expulsion")
    with pytest.raises(RuleNotMet, match="제29조제1항"):
        commands.end_competence(
            act("secretariat", days=2), competence_id=given.pk, until_date=FORMED
        )
    other = Competence.objects.get(body=cooperative.body, matter="admission")
    commands.end_competence(act("secretariat"), competence_id=other.pk, until_date=FORMED)
    assert not queries.is_competent(cooperative.body, "admission", FORMED)


def test_a_deputy_sits_and_votes_when_the_representative_is_away(house, act):
    house.join(1)
    firm = parties.add_organisation(act("system"), name="두레가게")
    people = [parties.add_person(act("system"), name=name).pk for name in ("대표", "부대표")]
    for person, is_deputy in zip(people, (False, True), strict=True):
        parties.name_representative(
            act("system"), organisation_id=firm.pk, person_id=person, from_date=STARTED,
            is_deputy=is_deputy,
        )  # fmt: skip
    body = commands.add_body(act("system"), name="운영위원회", kind="steering_committee")
    commands.add_seat(
        act("system"), body_id=body.pk, kind="by_organisation", organisation_id=firm.pk
    )
    (seat,) = queries.sittings(body, FORMED)
    assert (seat.name, seat.person, seat.deputy) == ("두레가게", "대표", "부대표")
    meeting = house.plan(body)
    item = house.item(meeting, matter="business")
    house.call(meeting)

    def deputy():
        return house.then("representative", of=firm.pk, actor_id=people[1])

    there = commands.check_in(deputy(), meeting_id=meeting.pk, party_id=firm.pk)
    assert there.person_id == people[1]
    house.open(meeting, chair=people[1])
    vote = commands.open_vote(house.then(), item_id=item.pk, method="named")
    said = commands.cast_vote(deputy(), vote_id=vote.pk, party_id=firm.pk, choice="yes")
    assert said.cast_by_id == people[1]
    assert commands.close_vote(house.then(), vote_id=vote.pk).passed


def test_seats_go_along_with_a_merged_entry(house, act):
    kept, twice = (parties.add_organisation(act("system"), name=n).pk for n in ("가게", "가게 2"))
    body = commands.add_body(act("system"), name="위원회", kind="committee", convenor_id=twice)
    commands.add_seat(act("system"), body_id=body.pk, kind="by_organisation", organisation_id=twice)
    parties.merge_parties(act("system"), kept_id=kept, duplicate_id=twice)
    (seat,) = queries.sittings(body, FORMED)
    assert seat.party_id == kept
    body.refresh_from_db()
    assert body.convenor_id == kept
