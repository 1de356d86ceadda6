"""Eight real networks' ways of admitting, each from application to member, by data alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest

from dure.domains.bylaws import commands as bylaws
from dure.domains.bylaws.queries import rules_on
from dure.domains.bylaws.rules import RuleNotMet, kept
from dure.domains.ledger import queries as ledger
from dure.domains.memberships import commands, queries
from dure.domains.memberships.models import Membership
from dure.domains.memberships.rules import procedures as rules
from dure.domains.parties import commands as parties
from dure.kernel.deeds import sentences_of
from dure.kernel.models import Deed
from dure.kernel.refusals import Denied, NotFound

TODAY = date(2026, 11, 20)
SINCE = date(2026, 1, 1)
MINUTES = "제5차 회의 2호 안건"


@dataclass
class Journey:
    """A profile with what is done for it, and how many votes are too few and just enough."""

    profile: str
    notes: list[dict] = field(default_factory=list)
    pledge: bool = False
    interview: bool = False
    sponsors: str = ""
    seats: int = 12
    present: int = 12
    too_few: int = 6
    enough: int = 7
    shares_won: int = 0


JOURNEYS = [
    Journey(
        "cheonan",
        notes=[{"step": "papers", "item": "가입동의서"}],
        pledge=True,
        interview=True,
        present=10,
        too_few=5,
        enough=6,
    ),
    Journey(
        "gwangjin",
        notes=[
            {"step": "papers", "item": "가입신청서"},
            {
                "step": "hearing",
                "values": (("opinion", "neutral"), ("date", "2026-11-18")),
                "text": "자격에 문제가 없습니다.",
            },
        ],
        pledge=True,
        seats=9,
        present=7,
        too_few=3,
        enough=4,
        shares_won=100_000,
    ),
    Journey(
        "okcheon",
        notes=[{"step": "papers", "item": "가입신청서"}],
        seats=5,
        present=3,
        too_few=1,
        enough=2,
        shares_won=300_000,
    ),
    Journey("national_network", sponsors="members", present=9),
    Journey("jeju", sponsors="committee", seats=13, present=10),
    Journey(
        "gangneung",
        notes=[{"step": "papers", "item": "가입신청서", "waived": True, "text": "서면으로 냄"}],
        pledge=True,
        seats=7,
        present=4,
        too_few=2,
        enough=3,
    ),
    Journey(
        "medical_federation",
        notes=[
            {"step": "papers", "item": "가입신청서"},
            {"step": "papers", "item": "조합원 명부의 지역별 인원"},
            {"step": "territory", "values": (("region", "경기 수원시"), ("ward", "장안구"))},
            {"step": "local-share", "values": (("found", "60"), ("of", "120"))},
        ],
        seats=10,
        present=6,
        too_few=3,
        enough=4,
    ),
]


@pytest.fixture
def apply(network, act):
    """Apply as 새벽빵집 for the class of organisations."""

    def made(who="visitor", **given):
        return commands.apply_for_membership(
            act(who),
            **{
                "member_class": "organisation",
                "kind": "organisation",
                "name": "새벽빵집 협동조합",
                "contact_name": "한새벽",
                "email": "bread@example.kr",
                **given,
            },
        )

    return made


@pytest.fixture
def load(network, act):
    def loaded(profile, since=SINCE, **given):
        return commands.load_procedure(
            act("secretariat"),
            member_class="organisation",
            from_date=since,
            profile=profile,
            decided_by="정기총회",
            **given,
        )

    return loaded


def do_steps(journey, application, network, act):
    for note in journey.notes:
        commands.note_step(act("secretariat"), application_id=application.pk, **note)
    if journey.pledge:
        commands.sign_pledge(
            act("applying", of=application.pk),
            application_id=application.pk,
            step="pledge",
            name="한새벽",
        )
    if journey.interview:
        questions = queries.profiles()[journey.profile].procedure.step("interview").items
        commands.note_interview(
            act("secretariat"),
            application_id=application.pk,
            visit_date=TODAY,
            interviewers="김하늘",
            opinion="favourable",
            answers=tuple((question, "네") for question in questions),
        )
    if journey.sponsors:
        for name in ("가나다", "라마바"):
            member = network.person(name)
            commands.sponsor_application(
                act("secretariat")
                if journey.sponsors == "committee"
                else act(actor_id=member.party_id),
                application_id=application.pk,
                step="sponsors",
                by=journey.sponsors,
                party_id=member.party_id,
            )


def decide(journey, application, act, in_favour, **given):
    return commands.decide_application(
        act("secretariat"),
        application_id=application.pk,
        seats=journey.seats,
        present=journey.present,
        in_favour=in_favour,
        against=journey.present - in_favour,
        minutes=MINUTES,
        **given,
    )


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda j: j.profile)
def test_from_application_to_member(journey, apply, load, network, act):
    if journey.shares_won:
        network.lay_down_shares()
        commands.set_member_class(
            act("secretariat"), code="organisation", share_minimum_won=journey.shares_won
        )
    if journey.profile == "okcheon":
        load(journey.profile)
        with pytest.raises(commands.NotOpenForApplications, match="authorised|인가"):
            apply()
        parties.change_network(act("secretariat"), changes=(("authorised_date", TODAY),))
    else:
        load(journey.profile)
    application = apply()
    if journey.profile != "okcheon":
        with pytest.raises(commands.AdmissionStepsMissing) as missing:
            if journey.notes or journey.pledge or journey.sponsors:
                decide(journey, application, act, journey.enough)
        assert missing.value.checks
    else:
        with pytest.raises(commands.AdmissionStepsMissing, match="가입신청서"):
            decide(journey, application, act, journey.enough)
    do_steps(journey, application, network, act)
    with pytest.raises(commands.ReasonMissing):  # one vote too few is a no, and a no has a reason
        decide(journey, application, act, journey.too_few)
    for old_way in (commands.admit_member, commands.refuse_application):
        with pytest.raises(commands.ProcedureDecides):
            old_way(
                act("secretariat"),
                application_id=application.pk,
                decided_by="사무국",
                reason="그냥",
            )
    decided = decide(journey, application, act, journey.enough)
    findings = kept(decided.findings)
    assert findings and all(f.passed and f.citation for f in findings)
    if journey.shares_won:
        assert decided.state == "approved" and decided.pay_until_date == date(2026, 12, 20)
        assert not Membership.objects.filter(application=decided).exists()
        with pytest.raises(commands.PaidTooLittle):
            commands.complete_admission(
                act("secretariat"),
                application_id=application.pk,
                amount_won=journey.shares_won - 1,
            )
        later = act("secretariat", days=12)
        membership = commands.complete_admission(
            later, application_id=application.pk, amount_won=journey.shares_won
        )
        assert membership.joined_date == date(2026, 12, 2)  # from the payment on
        assert ledger.party_balance("3010", membership.party_id) == journey.shares_won
    decided.refresh_from_db()
    assert decided.state == "admitted" and decided.membership is not None
    assert decided.decided_by.endswith(MINUTES)


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda j: j.profile)
def test_too_few_votes_refuse_and_another_body_may_hear_it(journey, apply, load, network, act):
    load(journey.profile)
    parties.change_network(act("secretariat"), changes=(("authorised_date", SINCE),))
    application = apply()
    do_steps(journey, application, network, act)
    refused = decide(journey, application, act, journey.too_few, reason="목적과 다른 활동")
    assert refused.state == "refused" and refused.decision_reason == "목적과 다른 활동"
    assert not kept(refused.findings)[-2].passed or not kept(refused.findings)[-1].passed
    own = act("applying", of=application.pk, days=10)
    commands.appeal_refusal(own, application_id=application.pk, text="목적을 오해했습니다.")
    with pytest.raises(commands.RefusalAlreadyAppealed):
        commands.appeal_refusal(act("secretariat"), application_id=application.pk, text="한 번 더")
    commands.decide_appeal(
        act("secretariat", days=20),
        application_id=application.pk,
        granted=True,
        minutes="2026 임시총회 1호",
        reason="목적에 맞습니다.",
    )
    refused.refresh_from_db()
    assert refused.state == "admitted" and refused.decided_by.startswith("총회")
    with pytest.raises(commands.AppealAlreadyDecided):
        commands.decide_appeal(
            act("secretariat", days=21),
            application_id=application.pk,
            granted=False,
            minutes="2026 임시총회 2호",
            reason="다시",
        )


def test_a_designation_makes_the_member(load, network, act, apply):
    load("gyeonggi_village", since=date(2026, 3, 1))
    with pytest.raises(commands.NotOpenForApplications):
        apply()
    village = parties.add_organisation(act("secretariat"), name="두물마을")
    for kind, joined in (("social_enterprise", None), ("village_enterprise", date(2026, 5, 7))):
        parties.designate_organisation(
            act("secretariat"), organisation_id=village.pk, kind=kind, from_date=date(2026, 5, 7)
        )
        found = Membership.objects.filter(party=village.pk).first()
        assert (found and found.joined_date) == joined
    old = parties.add_organisation(act("secretariat"), name="오래된마을")
    parties.designate_organisation(
        act("secretariat"),
        organisation_id=old.pk,
        kind="village_enterprise",
        from_date=date(2019, 5, 7),
    )
    assert Membership.objects.get(party=old.pk).joined_date == date(2026, 3, 1)
    member = network.organisation("이미회원")
    parties.designate_organisation(
        act("secretariat"), organisation_id=member.party_id, kind="village_enterprise"
    )
    assert Membership.objects.filter(party=member.party_id).count() == 1


def test_half_of_the_members_and_one_a_district(apply, load, network, act):
    load("medical_federation")
    application = apply()

    def note(step, **values):
        commands.note_step(
            act("secretariat"),
            application_id=application.pk,
            step=step,
            values=tuple(values.items()),
        )
        [judged] = [j for j in queries.judged(application, TODAY) if j.step.key == step]
        return judged

    assert not note("local-share", found="59", of="120").done
    assert note("local-share", found="60", of="120").done
    with pytest.raises(Exception, match="121"):
        note("local-share", found="121", of="120")
    there = parties.add_organisation(act("secretariat"), name="수원의료사협", region_code="41110")
    network.enrol(there.pk, SINCE, "organisation")
    assert note("territory", region="경기 수원시").refused
    assert not note(
        "territory", region="경기 수원시", ward="장안구"
    ).done  # the other names no ward
    assert note("territory", region="충북 청주시").done


def test_two_members_or_the_secretariat_and_nobody_for_itself(apply, load, network, act):
    load("national_network")
    application = apply()

    def sponsor(act, **given):
        return commands.sponsor_application(
            act, application_id=application.pk, step="sponsors", **given
        )

    ana = network.organisation("가나다")
    speaker = parties.add_person(act("system"), name="한가람")
    parties.name_representative(
        act("system"), organisation_id=ana.party_id, person_id=speaker.pk, from_date=SINCE
    )
    stranger = parties.add_person(act("system"), name="나그네")
    himself = network.person("한새벽")
    parties.change_person(act("system"), person_id=himself.party_id, email="Bread@example.kr")
    sponsor(act("representative", of=ana.party_id, actor_id=speaker.pk), party_id=ana.party_id)
    for given, refusal in (
        ({"party_id": speaker.pk}, commands.AlreadySponsored),  # for the same organisation
        ({"party_id": stranger.pk}, commands.NotAMemberThen),
        ({"party_id": himself.party_id}, commands.SponsorsOneself),
        ({"party_id": ana.party_id, "by": "committee"}, commands.WayNotOpen),
    ):
        with pytest.raises(refusal):
            sponsor(act("secretariat"), **given)
    with pytest.raises(Exception, match="사무국"):
        sponsor(act(actor_id=stranger.pk), party_id=ana.party_id)
    [judged] = queries.judged(application, TODAY)
    assert (judged.done, judged.finding.actual, judged.finding.required) == (False, "1", "2")
    sponsor(act("secretariat"), by="secretariat")
    [judged] = queries.judged(application, TODAY)
    assert judged.done and judged.finding.label == "사무국의 추천"


def test_ballots_quorum_and_days(apply, load, act):
    load("okcheon")
    parties.change_network(act("secretariat"), changes=(("authorised_date", SINCE),))
    application = apply()
    given = {"application_id": application.pk, "minutes": MINUTES}
    commands.note_step(
        act("secretariat"), application_id=application.pk, step="papers", item="가입신청서"
    )

    def decide(seats, present, in_favour, against=0, abstaining=0, **more):
        return commands.decide_application(
            act("secretariat", days=more.pop("days", 0)),
            seats=seats,
            present=present,
            in_favour=in_favour,
            against=against,
            abstaining=abstaining,
            **given,
            **more,
        )

    for votes in ((12, 13, 13), (12, 8, 7), (12, 0, 0), (12, 3, 5, -2)):
        with pytest.raises(commands.BallotImpossible):
            decide(*votes)
    with pytest.raises(RuleNotMet, match="출석"):
        decide(12, 6, 6)  # half is no quorum
    with pytest.raises(commands.DecidedBeforeApplied):
        decide(12, 8, 8, decided_date=date(2026, 11, 19))
    with pytest.raises(commands.DateInFuture):
        decide(12, 8, 8, decided_date=date(2026, 11, 21))
    late = decide(12, 8, 5, 1, 2, days=15)
    [*_rest, within] = kept(late.findings)
    assert (within.key, within.passed, within.actual) == (
        "admission.decide_within_days",
        False,
        "15",
    )
    assert late.ballot == {
        "seats": 12,
        "present": 8,
        "in_favour": 5,
        "against": 1,
        "abstaining": 2,
    }


def test_an_approval_lapses_with_notice(apply, load, act):
    commands.set_member_class(act("secretariat"), code="organisation", share_minimum_won=100_000)
    load("okcheon")
    parties.change_network(act("secretariat"), changes=(("authorised_date", SINCE),))
    application = apply()
    commands.note_step(
        act("secretariat"), application_id=application.pk, step="papers", item="가입신청서"
    )
    decide(JOURNEYS[2], application, act, 3)
    with pytest.raises(commands.AlreadyApplied):
        apply()
    with pytest.raises(commands.NothingLapses):
        commands.lapse_applications(act("system", days=30))  # 20 December itself
    with pytest.raises(commands.ApprovalLapsed):
        commands.complete_admission(
            act("secretariat", days=31), application_id=application.pk, amount_won=100_000
        )
    assert commands.lapse_applications(act("system", days=31)) == 1
    application.refresh_from_db()
    assert application.state == "lapsed"
    assert apply().state == "applied"


def test_what_came_on_paper_long_ago_keeps_the_rules_of_its_day(apply, load, act):
    load("gangneung", since=date(2026, 1, 1))
    load("national_network", since=date(2026, 6, 1))
    assert apply("secretariat", applied_date=date(2025, 12, 1)).procedure is None
    old = apply("secretariat", name="이른곳", applied_date=date(2026, 5, 31))
    new = apply(
        name="늦은곳", applied_date=date(2026, 5, 31)
    )  # a visitor's word counts for nothing
    assert str(old.procedure) == "강릉협동사회경제네트워크 가입 절차"
    assert str(new.procedure) == "사회적경제활성화 전국네트워크 가입 절차"
    with pytest.raises(commands.DateInFuture):
        apply("secretariat", name="먼곳", applied_date=date(2026, 12, 1))


OTHERS = """
[procedure]
title = "여러 네트워크의 요건"
document = "가입요건"
article = "회원"
[[step]]
kind = "fact"
key = "size"
title = "조합원 수"
[step.asks]
value = "50"
[[step]]
kind = "fact"
key = "met"
title = "총회 개최"
[step.asks]
kind = "yes_no"
value = "yes"
[[step]]
kind = "fact"
key = "founders"
title = "만 39세까지의 설립자"
[step.asks]
value = "3"
[[step]]
kind = "place"
title = "본점 또는 지점"
regions = ["41110"]
[[step]]
kind = "designation"
title = "마을기업 지정"
designations = ["village_enterprise"]
[[step]]
kind = "payment"
title = "연회비와 지부분담금"
[step.asks]
value = "100000"
[[step]]
kind = "hearing"
title = "분과 의견"
body = "업종분과"
[[step]]
kind = "decision"
title = "의결"
body = "이사회"
[step.majority]
comparison = "at_least"
value = "2/3"
"""


def test_what_other_networks_ask(network, act):
    """R-110, R-111 to R-115, R-165: fifty members, a meeting held, founders, a branch office, a
    designation, dues paid first: each just missed and just met."""
    commands.load_procedure(
        act("secretariat"), member_class="organisation", from_date=SINCE, file=OTHERS
    )
    party = parties.add_organisation(act("system"), name="두물마을")
    application = commands.apply_for_membership(
        act("secretariat"),
        member_class="organisation",
        kind="organisation",
        name="",
        party_id=party.pk,
    )

    def done(step, **values):
        text = values.pop("text", "")
        if values:
            commands.note_step(
                act("secretariat"),
                application_id=application.pk,
                step=step,
                values=tuple(values.items()),
                text=text,
            )
        [judged] = [j for j in queries.judged(application, TODAY) if j.step.key == step]
        return judged.done

    assert not done("size", found="49") and done("size", found="50")
    assert not done("met", found="no") and done("met", found="예")
    assert not done("founders", found="2") and done("founders", found="3")
    assert not done("place", offices="서울 광진구") and done("place", offices="서울 광진구, 수원시")
    assert not done("designation")
    parties.designate_organisation(
        act("secretariat"),
        organisation_id=party.pk,
        kind="village_enterprise",
        from_date=date(2026, 11, 19),
    )
    assert done("designation")  # the directory knows it
    assert not done("payment", amount="99,999", date="2026-11-19")
    assert done("payment", amount="10만원", date="2026-11-19")
    assert done(
        "hearing", opinion="against", date="2026-11-19", text="걱정이 있음"
    )  # heard is heard
    for wrong in (("size", {"found": "많이"}), ("place", {"offices": "아틀란티스"}), ("met", {})):
        with pytest.raises(Exception, match=".") as refusal:
            done(wrong[0], **(wrong[1] or {"found": " "}))
        assert refusal.value.status == 422
    with pytest.raises(commands.ReasonMissing):
        decide(Journey("x", seats=9, present=9), application, act, 5)  # two thirds of nine are six
    assert decide(Journey("x", seats=9, present=9), application, act, 6).state == "admitted"


def test_the_law_of_the_day_decides_and_who_may(apply, load, act):
    load("cheonan")
    application = apply()
    for who in ("visitor", "bookkeeper", "member"):
        for call in (
            lambda act: commands.note_step(
                act, application_id=application.pk, step="papers", item="가입동의서"
            ),
            lambda act: commands.sign_pledge(
                act, application_id=application.pk, step="pledge", name="남"
            ),
            lambda act: decide(JOURNEYS[0], application, lambda _who: act, 6),
            lambda act: commands.load_procedure(
                act, member_class="person", from_date=SINCE, profile="jeju"
            ),
        ):
            with pytest.raises(Denied):
                call(act(who))
    with pytest.raises(Denied):  # a letter opens one application only
        commands.sign_pledge(
            act("applying", of=application.pk + 1),
            application_id=application.pk,
            step="pledge",
            name="남",
        )
    bylaws.adopt_provision(
        act("secretariat"),
        key="admission.majority_ratio",
        value="2/3",
        document="정관",
        article="제8조",
        from_date=date(2026, 11, 22),
        decided_by="임시총회",
    )
    [step] = [s for s in application.procedure.read().steps if s.kind == "decision"]
    ballot = rules.Ballot(12, 12, 7, 5)
    for day, passed in ((date(2026, 11, 21), True), (date(2026, 11, 22), False)):
        assert rules.judged_ballot(step, ballot, rules_on(day))[-1].passed is passed


def test_who_was_refused_is_forgotten_whole(apply, load, act):
    load("cheonan")
    application = apply()
    commands.sign_pledge(
        act("secretariat"),
        application_id=application.pk,
        step="pledge",
        name="한새벽",
        on_paper=True,
    )
    decide(JOURNEYS[0], application, act, 1, reason="한새벽 씨의 활동")
    commands.appeal_refusal(
        act("secretariat"), application_id=application.pk, text="저 한새벽은 억울합니다."
    )
    commands.erase_application(act("system"), application_id=application.pk, reason="요청")
    application.refresh_from_db()
    left = [*application.step_notes.values_list("said", "text"), application.appeal.text]
    assert "한새벽" not in f"{left} {application.name} {application.decision_reason}"
    told = " ".join(
        str(sentence) for _deed, sentence in sentences_of(list(Deed.objects.order_by("pk")))
    )
    assert "한새벽" not in told and "억울" not in told
    letter = queries.status_letter(application.pk)
    with pytest.raises(NotFound):
        queries.status_of(act("visitor"), letter)
