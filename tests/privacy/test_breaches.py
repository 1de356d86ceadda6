"""A breach: the clock, who must be told, letters, report, closing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from dure.domains.parties import commands as parties
from dure.domains.privacy import commands, documents, queries
from dure.domains.privacy.models import Breach
from dure.kernel import outbox
from dure.kernel.reads import note_read
from dure.kernel.refusals import Denied
from tests.conftest import NOW

WHAT = "회원 명단 파일을 다른 단체에 잘못 보냈습니다."


def record(act, **given):
    values = {
        "what": WHAT, "found_at": NOW - timedelta(hours=10), "kinds": ("name", "contact"),
        "people_count": 3, **given,
    }  # fmt: skip
    return commands.record_breach(act("secretariat"), **values)


def test_the_clock_runs_from_the_finding(cast, act):
    with pytest.raises(Denied):
        commands.record_breach(
            act("bookkeeper"), what=WHAT, found_at=NOW, kinds=("name",), people_count=1
        )
    for wrong, refusal in (
        ({"what": " "}, commands.NotedTooLittle),
        ({"kinds": ()}, commands.KindOfDataMissing),
        ({"kinds": ("rumour",)}, commands.KindOfDataMissing),
        ({"found_at": NOW + timedelta(hours=1)}, commands.FoundInFuture),
    ):
        with pytest.raises(refusal):
            record(act, **wrong)
    made = record(act)
    [duty] = queries.breach_card(act("secretariat"), made.pk).duties
    assert (duty.whom, duty.hours_left) == ("people", 62)
    assert "제39조제1항" in duty.citation
    later = queries.breach_card(act("secretariat", at=NOW + timedelta(days=4)), made.pk)
    assert later.duties[0].is_late


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"people_count": 999}, False),
        ({"people_count": 1_000}, True),
        ({"kinds": ("unique",)}, True),
        ({"kinds": ("sensitive", "name")}, True),
        ({"from_outside": True}, True),
    ],
)
def test_the_authority_is_told_where_the_rules_say_so(cast, act, given, told):
    card = queries.breach_card(act("secretariat"), record(act, **given).pk)
    assert ("authority" in [duty.whom for duty in card.duties]) is told
    if told:
        assert all("제40조제1항" in one.citation for one in card.duties[1].because)


def test_people_are_named_told_and_it_is_closed(cast, act):
    office = act("secretariat")
    made = record(act, from_outside=True, people_count=1)
    silent = parties.add_person(act("secretariat"), name="표고요").pk
    note_read(
        act("bookkeeper", actor_id=cast.bookkeeper, at=NOW - timedelta(hours=2)), cast.member, "x"
    )
    assert queries.people_concerned(office, "read_by", reader_id=cast.bookkeeper) == [cast.member]
    assert cast.member in queries.people_concerned(office, "members")
    assert cast.representative in queries.people_concerned(office, "members")
    assert silent not in queries.people_concerned(office, "members")
    with pytest.raises(commands.NothingToTell):
        commands.tell_breached_people(act("secretariat"), breach_id=made.pk)
    assert (
        commands.name_breached_people(
            act("secretariat"), breach_id=made.pk, person_ids=(cast.member, silent)
        )
        == 2
    )
    with pytest.raises(commands.NobodyConcerned):
        commands.name_breached_people(
            act("secretariat"), breach_id=made.pk, person_ids=(cast.member, cast.organisation)
        )
    key = act("secretariat")
    assert commands.tell_breached_people(key, breach_id=made.pk) == 1
    assert commands.tell_breached_people(key, breach_id=made.pk) == 1  # once
    assert Breach.objects.get(pk=made.pk).told_at is None  # one has no e-mail
    outbox.tell_due(NOW)
    [letter] = mail.outbox
    assert letter.to == ["member@example.kr"]
    assert "정마루" in letter.body and WHAT in letter.body and "118" in letter.body
    with pytest.raises(commands.BreachUntold) as refused:
        commands.close_breach(act("secretariat"), breach_id=made.pk)
    assert "," in refused.value.params["whom"]
    commands.tell_breached_people(act("secretariat"), breach_id=made.pk, otherwise=True)
    commands.note_breach_measure(
        act("secretariat"), breach_id=made.pk, text="받은 곳이 파일을 지웠다고 알려 왔습니다."
    )
    commands.report_breach(
        act("secretariat"), breach_id=made.pk, authority="한국인터넷진흥원", reference="2026-11",
        reported_at=NOW,
    )  # fmt: skip
    commands.close_breach(act("secretariat"), breach_id=made.pk)
    card = queries.breach_card(office, made.pk)
    assert not card.is_open and all(one.passed for one in card.findings)
    assert {one.key for one in card.findings} >= {"breach.notice_hours", "breach.report_hours"}
    with pytest.raises(commands.BreachIsClosed):
        commands.note_breach_measure(act("secretariat"), breach_id=made.pk, text="더")
    assert documents.breach_report(office, card, "한울").startswith(b"%PDF")


def test_who_read_a_list_may_have_read_of_everybody(cast, act):
    reader = act("bookkeeper", actor_id=cast.bookkeeper, at=NOW - timedelta(days=40))
    note_read(reader, cast.member, "x")
    office = act("secretariat")
    assert queries.people_concerned(office, "read_by", reader_id=cast.bookkeeper) == [cast.member]
    note_read(reader, None, "memberships.members", 5)
    everybody = queries.people_concerned(office, "everybody")
    assert queries.people_concerned(office, "read_by", reader_id=cast.bookkeeper) == everybody
    since = NOW - timedelta(days=1)
    assert not queries.people_concerned(office, "read_by", reader_id=cast.bookkeeper, since=since)


def test_those_whom_the_register_does_not_name_are_told_otherwise(cast, act):
    made = record(act)
    commands.tell_breached_people(act("secretariat"), breach_id=made.pk, otherwise=True)
    with pytest.raises(commands.NothingToTell):
        commands.tell_breached_people(act("secretariat"), breach_id=made.pk, otherwise=True)
    assert commands.close_breach(act("secretariat"), breach_id=made.pk).closed_at == NOW


def test_what_was_told_too_late_stays_a_rule_not_met(cast, act):
    made = record(act, found_at=NOW - timedelta(hours=80))
    commands.name_breached_people(act("secretariat"), breach_id=made.pk, person_ids=(cast.member,))
    commands.tell_breached_people(act("secretariat"), breach_id=made.pk)
    closed = commands.close_breach(act("secretariat"), breach_id=made.pk)
    [late] = [one for one in closed.findings if not one["passed"]]
    assert late["key"] == "breach.notice_hours" and late["actual"] == "80"
