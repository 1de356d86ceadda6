"""A row that a result rests on is taken away by hand, or a count turned: it is found out. Every column
of a hashed table is evidence, or stands with a reason on the list of what is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dure.domains.governance import commands, queries
from dure.domains.governance import models as tables
from dure.domains.governance.queries.records import CLOSED_MEETING, EVIDENCE, NOT_EVIDENCE
from dure.kernel import triggers
from tests.governance.test_decisions import case_about

pytestmark = pytest.mark.django_db

HELD = (
    tables.Meeting, tables.Item, tables.Notice, tables.Attendance, tables.Proxy, tables.Roll,
    tables.Voter, tables.Vote, tables.Option, tables.BarredVoter, tables.CastVote,
    tables.BallotTaken, tables.HandCount, tables.Resolution, tables.Minutes, tables.MinutesVersion,
    tables.MinutesSignature,
)  # fmt: skip


@pytest.fixture
def full(cooperative, django_capture_on_commit_callbacks):
    """By name, with an effect and one who may not vote; in secret; a proxy; minutes signed."""
    house = cooperative
    case = case_about(house, house.memberships[10])
    meeting = house.plan()
    expelled = house.item(
        meeting, "제명", effect="memberships.expel_member", effect_data={"case_id": case.pk}
    )
    plan, secret = house.item(meeting, "사업계획"), house.item(meeting, "예산")
    house.call(meeting)
    commands.give_proxy(
        house.act("secretariat"), meeting_id=meeting.pk, party_id=house.members[8],
        person_id=house.members[0], paper="위임장 1",
    )  # fmt: skip
    house.come(meeting, house.members[:10])
    house.open(meeting)
    house.voted(expelled, yes=8, no=1)
    house.voted(plan, yes=6, no=2, abstain=1)
    box = commands.open_vote(house.then(), item_id=secret.pk, method="secret")
    for number, one in enumerate(house.members[:8]):
        ballot = commands.SecretBallot(one, "yes" if number < 6 else "no", f"ABCD-EFGH-JKLM-{number + 2}NPQ")  # fmt: skip
        commands.cast_ballot(house.voter(one), vote_id=box.pk, ballot=ballot)
    with django_capture_on_commit_callbacks(execute=True):  # the box is burnt after the commit
        commands.close_vote(house.then(), vote_id=box.pk)
    commands.close_meeting(house.then(), meeting_id=meeting.pk)
    commands.write_minutes(house.then(), meeting_id=meeting.pk, text="의장이 개회를 선언하다.")
    for one in house.members[:4]:
        commands.sign_minutes(house.voter(one), meeting_id=meeting.pk)
    assert queries.verify() == []
    return house


def test_each_row_that_is_taken_away_is_found_out(full):
    for model in (tables.Notice, tables.Attendance, tables.Proxy, tables.Voter, tables.CastVote,
                  tables.BallotTaken, tables.BarredVoter, tables.MinutesSignature):  # fmt: skip
        undone = transaction.savepoint()
        with triggers.suspended(connection):
            model._base_manager.filter(pk=model._base_manager.order_by("pk").first().pk).delete()
        assert queries.verify(), model
        transaction.savepoint_rollback(undone)


def test_every_column_of_a_hashed_table_is_evidence_or_says_why_not():
    by_name = {model._meta.model_name: model for model in HELD}
    for kind, fields in EVIDENCE.items():
        if kind not in by_name:
            continue
        known = {*fields, *(CLOSED_MEETING if kind == "meeting" else ())}
        columns = {one.attname for one in by_name[kind]._meta.concrete_fields} - {"id"}
        reasoned = {name.partition(".")[2] for name in NOT_EVIDENCE if name.startswith(f"{kind}.")}
        assert columns - known - reasoned == set(), f"{kind}: evidence, or why not?"


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    present=st.integers(7, 11), data=st.data(), method=st.sampled_from(["named", "secret"]),
    leaves=st.booleans(),
)  # fmt: skip
def test_any_valid_meeting_verifies_and_one_vote_turned_does_not(
    cooperative, django_capture_on_commit_callbacks, present, data, method, leaves
):
    house = cooperative
    undone = transaction.savepoint()
    meeting = house.plan()
    item = house.item(meeting)
    house.ready(meeting, present=present)
    vote = commands.open_vote(house.then(), item_id=item.pk, method=method)
    for number, one in enumerate(house.members[:present]):
        choice = data.draw(st.sampled_from(["yes", "no", "abstain", ""]))
        if choice and method == "named":
            commands.cast_vote(house.voter(one), vote_id=vote.pk, party_id=one, choice=choice)
        elif choice:
            ballot = commands.SecretBallot(
                one, choice, f"ABCD-EFGH-JKLM-{'ABCDEFGHJKL'[number]}NPQ"
            )
            commands.cast_ballot(house.voter(one), vote_id=vote.pk, ballot=ballot)
    with django_capture_on_commit_callbacks(execute=True):
        commands.close_vote(house.then(), vote_id=vote.pk)
    end = replace(house.then(), at=house.then().at + timedelta(hours=2))
    if leaves:
        away = replace(house.then(), at=house.then().at + timedelta(hours=1))
        commands.check_out(away, meeting_id=meeting.pk, party_id=house.members[0])
    commands.close_meeting(end, meeting_id=meeting.pk)
    assert queries.verify() == []
    tables.Vote.objects.filter(pk=vote.pk).update(present=present + 1)
    assert queries.verify()
    transaction.savepoint_rollback(undone)
