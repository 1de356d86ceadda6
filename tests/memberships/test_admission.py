"""Applications: who may, what is refused, what is kept."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from dure.domains.memberships import commands, queries
from dure.domains.memberships.models import Application, Membership
from dure.domains.parties import commands as parties, queries as party_queries
from dure.domains.parties.rules.numbers import BusinessNumberCheckDigitWrong, ResidentNumberRefused
from dure.kernel.models import Deed
from dure.kernel.refusals import Denied, NotFound


def applied(act, who="visitor", **given):
    return commands.apply_for_membership(
        act(who),
        **{
            "member_class": "person",
            "kind": "person",
            "name": "한새벽",
            "email": "h@example.kr",
            **given,
        },
    )


def test_anyone_may_apply_but_not_for_a_closed_class(network, act):
    assert applied(act).state == "applied"
    commands.set_member_class(act("secretariat"), code="person", is_open=False)
    with pytest.raises(Denied):
        applied(act, name="다른이")
    assert applied(act, "secretariat", name="다른이").state == "applied"


def test_what_is_typed_wrong_is_refused_by_name(network, act):
    for given, refusal in (
        ({"name": "  "}, Exception),
        ({"email": "", "phone": ""}, commands.ApplicantUnreachable),
        ({"kind": "organisation"}, commands.WrongKindOfMember),
        ({"member_class": "x"}, NotFound),
        ({"registration_number": "1234567890"}, BusinessNumberCheckDigitWrong),
        ({"motivation": "주민번호는 900101-1234567"}, ResidentNumberRefused),
        ({"kind": "robot"}, commands.ApplicantUnnamed),
    ):
        with pytest.raises(refusal):
            applied(act, **given)
    assert not Application.objects.exists()


def test_required_consent_is_asked_of_visitors_and_kept_with_the_person(network, act):
    text = parties.publish_consent_text(
        act("secretariat"),
        purpose="membership",
        title="개인정보 수집·이용",
        text="…",
        from_date=date(2026, 1, 1),
        is_required=True,
    )
    with pytest.raises(commands.ConsentMissing, match="개인정보"):
        applied(act)
    application = applied(act, consents=(text.pk,))
    membership = commands.admit_member(
        act("secretariat"), application_id=application.pk, decided_by="이사회"
    )
    [consent] = party_queries.consents_of(act("secretariat"), membership.party_id)
    assert consent.title == "개인정보 수집·이용"


def test_the_same_application_is_not_taken_twice_and_a_key_works_once(network, act):
    first = act("visitor")
    given = {"member_class": "person", "kind": "person", "name": "한새벽", "email": "h@example.kr"}
    one = commands.apply_for_membership(first, **given)
    assert commands.apply_for_membership(first, **given).pk == one.pk
    with pytest.raises(commands.AlreadyApplied):
        commands.apply_for_membership(act("visitor"), **given)


def test_markup_is_text(network, act):
    application = applied(act, motivation="<script>alert(1)</script>\n둘째 줄")
    assert application.motivation == "<script>alert(1)</script>\n둘째 줄"


def test_an_interview_where_the_class_asks_for_one(network, act):
    commands.set_member_class(act("secretariat"), code="person", interview_required=True)
    application = applied(act)
    with pytest.raises(commands.InterviewMissing):
        commands.admit_member(
            act("secretariat"), application_id=application.pk, decided_by="이사회"
        )
    with pytest.raises(commands.DateInFuture):
        commands.note_interview(
            act("secretariat"),
            application_id=application.pk,
            visit_date=date(2026, 11, 21),
            interviewers="김하늘",
            opinion="favourable",
        )
    commands.note_interview(
        act("secretariat"),
        application_id=application.pk,
        visit_date=date(2026, 11, 19),
        interviewers="김하늘",
        opinion="favourable",
        text="함께 일한 적이 있음",
    )
    membership = commands.admit_member(
        act("secretariat"), application_id=application.pk, decided_by="이사회"
    )
    assert membership.joined_date == date(2026, 11, 20)
    card = queries.application_card(act("secretariat"), application.pk)
    assert card.notes[0].text == "함께 일한 적이 있음"
    told = Deed.objects.get(name="memberships.InterviewNoted")
    assert "함께 일한" not in told.data  # personal text lies apart


def test_a_refusal_needs_a_reason_and_is_final(network, act):
    application = applied(act)
    with pytest.raises(commands.ReasonMissing):
        commands.refuse_application(
            act("secretariat"), application_id=application.pk, decided_by="이사회", reason=" "
        )
    with pytest.raises(Denied):
        commands.refuse_application(
            act("bookkeeper"), application_id=application.pk, decided_by="이사회", reason="x"
        )
    commands.refuse_application(
        act("secretariat"),
        application_id=application.pk,
        decided_by="이사회",
        reason="정관 제10조의 자격을 갖추지 못함",
    )
    with pytest.raises(commands.ApplicationAlreadyDecided, match="이사회"):
        commands.admit_member(act("secretariat"), application_id=application.pk, decided_by="총회")
    assert not Membership.objects.exists()


def test_nobody_decides_on_their_own_application(network, act):
    person = parties.add_person(act("system"), name="김하늘", email="h@example.kr")
    application = commands.apply_for_membership(
        act(actor_id=person.pk), member_class="person", kind="person", name="", party_id=person.pk
    )
    with pytest.raises(Denied):
        commands.admit_member(
            act("secretariat", actor_id=person.pk),
            application_id=application.pk,
            decided_by="이사회",
        )
    with pytest.raises(Denied):
        commands.apply_for_membership(
            act(actor_id=person.pk + 1),
            member_class="person",
            kind="person",
            name="",
            party_id=person.pk,
        )
    membership = commands.admit_member(
        act("secretariat"), application_id=application.pk, decided_by="이사회"
    )
    assert membership.party_id == person.pk  # no second entry of the same person


def test_numbers_have_no_gap_and_a_party_belongs_once(network, act):
    members = [network.person(f"사람{i}") for i in range(3)]
    assert [m.number for m in members] == [1, 2, 3]
    with pytest.raises(commands.AlreadyMember, match="1번"):
        network.enrol(members[0].party_id, date(2026, 5, 1), "person")
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            party_id=members[0].party_id, number=99, joined_date=date(2026, 1, 1)
        )
    assert network.person("다음").number == 4


def test_the_list_on_any_date_follows_classes_and_leaving(network, act):
    office = act("secretariat")
    ana = network.organisation("가나다", date(2026, 1, 1))
    ben = network.person("라마바", date(2026, 3, 1))
    commands.change_member_class(
        act("secretariat"),
        membership_id=ana.pk,
        member_class="associate",
        from_date=date(2026, 6, 1),
    )
    commands.leave_membership(act("secretariat"), membership_id=ben.pk, left_date=date(2026, 9, 1))

    def on(day, **given):
        return [m.number for m in queries.members_on(office, day, **given)]

    assert on(date(2025, 12, 31)) == []
    assert on(date(2026, 2, 1)) == [1]
    assert on(date(2026, 5, 1), member_class="organisation") == [1]
    assert on(date(2026, 6, 1), member_class="organisation") == []
    assert on(date(2026, 6, 1), member_class="associate") == [1]
    assert on(date(2026, 8, 31)) == [1, 2] and on(date(2026, 9, 1)) == [1]
    assert on(date(2026, 8, 31), search="라마") == [2]
    [row] = queries.members_on(office, date(2026, 7, 1), member_class="associate")
    assert (row.class_name, row.class_code) == ("준회원", "associate")
    counts = {c.code: n for c, n in queries.counts_by_class(date(2026, 7, 1))}
    assert counts == {"organisation": 0, "person": 1, "supporter": 0, "associate": 1}
    with pytest.raises(commands.NotAfterLastChange):
        commands.change_member_class(
            act("secretariat"),
            membership_id=ana.pk,
            member_class="organisation",
            from_date=date(2026, 6, 1),
        )
    with pytest.raises(commands.AlreadyLeft):
        commands.leave_membership(
            act("secretariat"), membership_id=ben.pk, left_date=date(2026, 10, 1)
        )
    again = network.enrol(ben.party_id, date(2026, 10, 1), "person")
    assert again.number == 3
    with pytest.raises(commands.AlreadyMember):
        network.enrol(ben.party_id, date(2026, 8, 1), "person")


def test_members_see_their_own_only(network, act):
    ana, ben = network.person("가나다"), network.person("라마바")
    own = act(actor_id=ana.party_id)
    assert [m.pk for m in queries.members_on(own, date(2026, 11, 20))] == [ana.pk]
    assert queries.member_card(own, ana.pk).name == "가나다"
    with pytest.raises(Denied):
        queries.member_card(own, ben.pk)
    with pytest.raises(Denied):
        queries.applications_waiting(own)
    assert [c.id for c in queries.my_membership(own)] == [ana.pk]
    held = queries.member_capacities(ana.party_id, date(2026, 11, 20))
    assert {(c.name, c.of) for c in held} == {("member", ana.pk)}


def test_a_member_may_leave_by_its_own_word_but_is_not_expelled_without_resolution(network, act):
    ana, ben = network.person("가나다"), network.person("라마바")
    with pytest.raises(Denied):
        commands.leave_membership(
            act(actor_id=ben.party_id), membership_id=ana.pk, left_date=date(2026, 12, 1)
        )
    left = commands.leave_membership(
        act(actor_id=ana.party_id), membership_id=ana.pk, left_date=date(2026, 12, 1)
    )
    assert left.left_reason == "resigned"
    with pytest.raises(commands.ExpulsionNeedsResolution):
        commands.leave_membership(
            act("secretariat"), membership_id=ben.pk, left_date=date(2026, 12, 1), reason="expelled"
        )


def test_over_time(network, act):
    from dure.kernel.dates import Month

    ana = network.person("가나다", date(2026, 1, 10))
    network.person("라마바", date(2026, 3, 1))
    commands.leave_membership(act("secretariat"), membership_id=ana.pk, left_date=date(2026, 4, 15))
    counts = [
        (str(m.month), m.count, m.joined, m.left)
        for m in queries.members_over_time(Month(2026, 4), 5)
    ]
    assert counts == [
        ("2025-12", 0, 0, 0),
        ("2026-01", 1, 1, 0),
        ("2026-02", 1, 0, 0),
        ("2026-03", 2, 1, 0),
        ("2026-04", 1, 0, 1),
    ]


def test_merging_moves_the_membership_and_its_balance(network, act):
    from dure.domains.ledger import queries as ledger
    from dure.kernel.dates import Month

    network.plan("organisation", 30_000)
    ana = network.organisation("햇살돌봄")
    twin = parties.add_organisation(act("system"), name="햇살 돌봄 협동조합")
    commands.bill_dues(act("system"), month=Month(2026, 11))
    network.shares(ana, 10)
    parties.merge_parties(act("secretariat"), kept_id=twin.pk, duplicate_id=ana.party_id)
    moved = Membership.objects.get(pk=ana.pk)
    assert moved.party_id == twin.pk
    assert ledger.party_balance("1110", twin.pk) == 30_000
    assert ledger.party_balance("1110", ana.party_id) == 0
    assert ledger.party_balance("3010", twin.pk) == 100_000
    other = network.organisation("또다른곳")
    with pytest.raises(commands.BothAreMembers):
        parties.merge_parties(act("secretariat"), kept_id=other.party_id, duplicate_id=twin.pk)
