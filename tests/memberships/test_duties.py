"""Duties and benefits of a class, and what a suspension lets rest; never the vote of a co-operative."""

from __future__ import annotations

from datetime import date

import pytest

from dure.domains.bylaws import commands as bylaws
from dure.domains.bylaws.rules import LoosensTheRule
from dure.domains.memberships import commands, queries
from dure.domains.memberships.models import ConductCase
from dure.domains.memberships.rules import duties as rules
from dure.kernel.refusals import Denied

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def lay_down(act, **given):
    given = {
        "member_class": "person",
        "kind": "benefit",
        "text": "회원 증명 발급",
        "article": "회원 규정 제5조",
        "from_date": date(2026, 1, 1),
        "use": "certificate",
    } | given
    return commands.lay_down_class_term(act("secretariat"), **given)


def voters():
    return set(queries.voting_members(TODAY).values_list("pk", flat=True))


def suspend(act, membership_id, until=date(2027, 3, 1)):
    case = commands.open_conduct_case(
        act("secretariat"),
        membership_id=membership_id,
        kind="suspension",
        ground="bylaw_reason",
        article="정관 제13조",
        reason="규정을 거듭 어겼습니다.",
    )
    ConductCase.objects.filter(pk=case.pk).update(
        state="upheld", minutes="운영위원회 제7호", from_date=TODAY, until_date=until
    )
    return case


def test_a_class_has_duties_and_benefits_on_a_day(cast, act):
    with pytest.raises(Denied):
        commands.lay_down_class_term(
            act("member"), member_class="person", kind="duty", text="회의 참석",
            article="정관 제9조", from_date=TODAY,
        )  # fmt: skip
    with pytest.raises(commands.TermUnclear):
        lay_down(act, article=" ")
    with pytest.raises(commands.TermUnclear):
        lay_down(act, kind="duty")  # a duty is not asked for by anybody
    old = lay_down(act)
    lay_down(act, kind="duty", use="", text="총회 참석", article="정관 제9조")
    commands.end_class_term(act("secretariat"), term_id=old.pk, until_date=date(2026, 7, 1))
    with pytest.raises(commands.TermEnded):
        commands.end_class_term(act("secretariat"), term_id=old.pk, until_date=date(2026, 8, 1))
    before = queries.benefits_of(cast.member_membership, date(2026, 6, 30))
    assert [one.term.text for one in before] == ["회원 증명 발급"]
    assert queries.benefits_of(cast.member_membership, date(2026, 7, 1)) == ()
    standing = queries.standing_of(cast.member_membership, TODAY)
    assert [one.text for one in standing.duties] == ["총회 참석"]


def test_a_suspension_lets_benefits_rest_until_its_last_day(cast, act):
    lay_down(act)
    lay_down(act, text="소식지", use="", rests=False)
    suspend(act, cast.member_membership)
    resting, going_on = queries.benefits_of(cast.member_membership, TODAY)
    assert resting.rests_until == date(2027, 3, 1) and going_on.rests_until is None
    own = act("member", actor_id=cast.member, of=cast.member_membership)
    with pytest.raises(commands.BenefitRests, match="회원 규정 제5조"):
        commands.issue_paper(own, kind="member_certificate", membership_id=cast.member_membership)
    commands.issue_paper(own, kind="dues_statement", membership_id=cast.member_membership)
    commands.issue_paper(  # the office certifies what is
        act("secretariat"), kind="member_certificate", membership_id=cast.member_membership
    )
    queries.need_benefit(cast.member_membership, "certificate", date(2027, 3, 1))
    queries.need_benefit(cast.organisation_membership, "certificate", TODAY)


def test_the_vote_rests_only_where_the_bylaws_of_an_association_say_so(cast, act):
    suspend(act, cast.member_membership)
    assert cast.member_membership in voters()
    given = {
        "key": "votes.rest_in_suspension", "value": "yes", "document": "정관", "article": "제12조",
        "from_date": TODAY, "decided_by": "총회",
    }  # fmt: skip
    bylaws.adopt_provision(act("secretariat"), **given)
    assert queries.vote_rests(cast.member_membership, TODAY)
    assert cast.member_membership not in voters()
    assert cast.organisation_membership in voters()


def test_in_a_cooperative_the_vote_never_rests(cast, act):
    bylaws.adopt_legal_form(act("secretariat"), form="social_cooperative", from_date=TODAY)
    suspend(act, cast.member_membership)
    with pytest.raises(LoosensTheRule, match="제23조제1항"):
        bylaws.adopt_provision(
            act("secretariat"), key="votes.rest_in_suspension", value="yes", document="정관",
            article="제12조", from_date=TODAY, decided_by="총회",
        )  # fmt: skip
    assert not queries.vote_rests(cast.member_membership, TODAY)
    assert cast.member_membership in voters()
    assert "제23조제1항" in queries.standing_of(cast.member_membership, TODAY).vote_article


def test_the_pages_say_what_is_owed_given_and_what_rests(cast, act, client_of):
    lay_down(act)
    suspend(act, cast.member_membership)
    shown = client_of("visitor").get("/memberships/classes/person/terms/").content.decode()
    assert "회원 증명 발급" in shown and "회원 규정 제5조" in shown
    own = client_of("member").get(f"/memberships/{cast.member_membership}/").content.decode()
    assert "2027-03-01" in own and "의결권은 그대로입니다." in own
    office = client_of("secretariat")
    answer = office.post(
        "/memberships/classes/person/terms/add/",
        {"kind": "duty", "text": "회비 납부", "article": "정관 제10조", "from_date": "2026-11-20"},
    )
    assert answer.status_code == 302
    assert "회비 납부" in office.get("/memberships/classes/person/terms/").content.decode()


def test_longest_of_two_suspensions_counts():
    short = rules.Suspension(1, TODAY, date(2026, 12, 1), "제1조", "1호")
    term = rules.Term(1, "fund", "기금", "제2조", True, TODAY, None)
    with pytest.raises(rules.BenefitRests):
        rules.need(rules.benefits((term,), short), "fund")
    rules.need(rules.benefits((term,), short), "loan")
    rules.need(rules.benefits((term,), None), "fund")
