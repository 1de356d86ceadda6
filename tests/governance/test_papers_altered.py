"""Whatever stored value a result rests on is altered by hand: it is found out, or stands with a reason
on the list of what is no evidence. So it is with rows that are taken away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from dure.domains.governance import commands, models as tables, queries
from dure.domains.governance.queries.records import CLOSED_MEETING, EVIDENCE, NOT_EVIDENCE
from dure.kernel import triggers
from dure.kernel.acts import SEOUL
from tests.conftest import NOW
from tests.governance.test_decisions import case_about

pytestmark = pytest.mark.django_db

HELD = (
    tables.Meeting, tables.Item, tables.Notice, tables.Attendance, tables.Proxy, tables.Roll,
    tables.Voter, tables.Vote, tables.Option, tables.BarredVoter, tables.CastVote,
    tables.BallotTaken, tables.HandCount, tables.Resolution, tables.Minutes, tables.MinutesVersion,
    tables.MinutesSignature,
)  # fmt: skip
# Of the tables whose hash is not kept by the vote itself.
NO_EVIDENCE = {
    "id": "names the row only; what points at it is altered by itself",
    "minutes.written_at": "when the words were typed; the words and who signed them count",
    "minutes.comments_until": "until when was asked; what was said stands by itself",
    "minutesversion.written_at": "when the words were typed",
    "minutesversion.written_by_id": "who typed them; the deed tells it",
    "minutessignature.noted_by_id": "who noted it; the deed tells it",
    "minutessignature.signed_at": "when it was signed; the deed tells it",
    "minutes.locked_at": "when it was locked; the deed tells it",
    **NOT_EVIDENCE,
}


def elsewhere(house) -> None:
    """Other rows that a row could be made to point at."""
    body = commands.add_body(house.act("system"), name="교육위원회", kind="committee")
    first, _second = house.plan(body), house.plan(body)
    tables.Roll.objects.create(meeting=first, digest="0" * 64, size=0, taken_at=NOW)
    tables.Minutes.objects.create(meeting=first, written_at=NOW, digest="0" * 64)


@pytest.fixture
def full(cooperative, django_capture_on_commit_callbacks):
    """By name, with an effect and one who may not vote; among options; by hands; in secret; a proxy;
    minutes signed."""
    house = cooperative
    case = case_about(house, house.memberships[10])
    elsewhere(house)
    meeting = house.plan()
    expelled = house.item(
        meeting, "제명", effect="memberships.expel_member", effect_data={"case_id": case.pk}
    )
    where, hands = house.item(meeting, "농막을 둘 곳"), house.item(meeting, "결산")
    secret = house.item(meeting, "예산")
    for text in ("마을회관", "폐교"):
        commands.add_option(house.act("secretariat"), item_id=where.pk, text=text)
    house.call(meeting)
    commands.give_proxy(
        house.act("secretariat"), meeting_id=meeting.pk, party_id=house.members[8],
        person_id=house.members[0], paper="위임장 1",
    )  # fmt: skip
    house.come(meeting, house.members[:10])
    house.open(meeting)
    house.voted(expelled, yes=7, no=1, abstain=1)
    chosen = commands.open_vote(house.then(), item_id=where.pk, method="named", form="choice")
    for number, one in enumerate(house.members[:8]):
        marks = {1: 1} if number < 6 else {2: 1}
        commands.cast_vote(house.voter(one), vote_id=chosen.pk, party_id=one, marks=marks)
    commands.close_vote(house.then(), vote_id=chosen.pk)
    raised = commands.open_vote(house.then(), item_id=hands.pk, method="hands")
    for one in house.members[:2]:
        commands.count_hands(house.voter(one), vote_id=raised.pk, yes=7, no=2, abstain=0)
    commands.close_vote(house.then(), vote_id=raised.pk)
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


class Undone(Exception):
    """Nothing of it stays."""


def other(field: models.Field, value: Any) -> Any:
    """Another value that the column would take."""
    if isinstance(field, models.ForeignKey):
        ids = field.related_model._base_manager.exclude(pk=value).order_by("-pk")
        return ids.values_list("pk", flat=True).first()
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case datetime():
            return value + timedelta(seconds=1)
        case date():
            return value + timedelta(days=1)
        case str():
            choices = [code for code, _label in field.choices or () if code != value]
            return choices[0] if choices else f"{value}x"[-(field.max_length or 999) :]
        case list() | dict():
            return [*value, 1] if isinstance(value, list) else {**value, "x": 1}
    if isinstance(field, models.DateTimeField):
        return datetime(2026, 12, 2, 1, tzinfo=SEOUL)
    if isinstance(field, models.DateField):
        return date(2026, 12, 2)
    return False if isinstance(field, models.BooleanField) else 1


def altered(model: type[models.Model]) -> Iterator[tuple[str, bool]]:
    """Each column of the last row altered alone: which, and whether it was found out."""
    row = model._base_manager.latest("pk")
    kind = model._meta.model_name
    for field in model._meta.concrete_fields:
        name = f"{kind}.{field.attname}"
        if field.primary_key or name in NO_EVIDENCE:
            continue
        wanted = other(field, getattr(row, field.attname))
        assert wanted is not None, f"{name}: nothing else to point at"
        found = True  # also where the database itself refuses it
        with suppress(IntegrityError, Undone), triggers.suspended(connection), transaction.atomic():
            model._base_manager.filter(pk=row.pk).update(**{field.attname: wanted})
            found = bool(queries.verify())
            raise Undone
        yield name, found


def test_each_stored_value_that_is_altered_is_found_out(full):
    looked_at, missed = [], []
    for model in HELD:
        for name, found in altered(model):
            looked_at.append(name)
            if not found:
                missed.append(name)
    assert missed == []
    assert len(looked_at) > 80


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
