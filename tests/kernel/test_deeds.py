"""A command is atomic, happens once per key, is never silent, and leaves a deed nobody can change."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from dure.kernel import deeds, personal, triggers
from dure.kernel.acts import Act, Capacity, system_act
from dure.kernel.deeds import (
    Event,
    Personal,
    command,
    event_of,
    record,
    sentences_of,
    short_command,
)
from dure.kernel.models import Deed, Key, PersonalText, Read
from dure.kernel.reads import note_read
from dure.kernel.refusals import Denied, KeyReused, Refusal

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 3, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class LampLit(Event):
    room: str
    day: date
    by: Personal
    party_id: int | None = None

    def sentence(self) -> str:
        return f"{self.by} lit {self.room} on {self.day}"


@dataclass(frozen=True, slots=True)
class Lamp:
    room: str
    day: date


class TooBright(Refusal):
    text = "It is bright in %(room)s."


@command
def light_lamp(act, *, room, day=date(2026, 1, 1), progress=None):
    if room == "garden":
        raise TooBright(room=room)
    record(act, LampLit(room=room, day=day, by=Personal("Ana", 7), party_id=7))
    if room == "cellar":
        raise RuntimeError("the power failed")
    return Lamp(room, day)


@command
def do_nothing(act):
    return 1


@command
def light_two(act, *, rooms):
    return tuple(light_lamp(act, room=room) for room in rooms)


@short_command
def strike_match(act, *, room):
    if Deed.objects.filter(key=act.key).exists():
        raise TooBright(room=room)
    record(act, LampLit(room, date(2026, 1, 1), Personal("Ana", 7)))
    return Lamp(room, date(2026, 1, 1))


for name in ("light_lamp", "do_nothing", "light_two", "strike_match"):
    deeds.COMMANDS.pop(f"test_deeds.{name}", None)


def by(key=None, **given):
    return Act(1, NOON, key or uuid4(), standing=frozenset({Capacity("secretariat")}), **given)


def test_a_command_leaves_a_deed_with_its_sentence():
    light_lamp(by(), room="hall")
    deed = Deed.objects.get()
    assert (deed.name, deed.actor_id, deed.at, deed.subject_id) == (LampLit.NAME, 1, NOON, 7)
    assert event_of(deed).day == date(2026, 1, 1)
    assert sentences_of([deed])[0][1] == "Ana lit hall on 2026-01-01"


def test_the_same_key_and_input_answers_with_the_first_result():
    key = uuid4()
    first = light_lamp(by(key), room="hall", progress=print)
    again = light_lamp(by(key), room="hall")
    assert first == again == Lamp("hall", date(2026, 1, 1))
    assert Deed.objects.count() == 1


def test_the_same_key_with_other_input_or_command_is_an_error():
    key = uuid4()
    light_lamp(by(key), room="hall")
    with pytest.raises(KeyReused):
        light_lamp(by(key), room="attic")
    with pytest.raises(KeyReused):
        light_two(by(key), rooms=("hall",))
    assert Deed.objects.count() == 1


@pytest.mark.parametrize("again", ["as it was", "when it would be refused"])
def test_a_short_command_answers_and_refuses_the_same(again, monkeypatch):
    if again == "as it was":
        monkeypatch.setattr(Deed.objects, "filter", lambda **given: Deed.objects.none())
    key = uuid4()
    first = strike_match(by(key), room="hall")
    assert first == strike_match(by(key), room="hall") == Lamp("hall", date(2026, 1, 1))
    with pytest.raises(KeyReused):
        strike_match(by(key), room="attic")
    with pytest.raises(KeyReused):
        light_lamp(by(key), room="hall")
    light_lamp(by(key := uuid4()), room="attic")
    with pytest.raises(KeyReused):
        strike_match(by(key), room="attic")
    assert Deed.objects.count() == 2 == PersonalText.objects.count()


def test_a_model_instance_comes_back_as_itself():
    key, act = uuid4(), by()
    note_read(act, 5, "phone")

    @command
    def give_read(act):
        record(act, LampLit("x", date(2026, 1, 1), Personal("Ana")))
        return Read.objects.get()

    assert give_read(by(key)) == give_read(by(key)) == Read.objects.get()


def test_a_failure_leaves_nothing_and_the_key_free():
    key = uuid4()
    with pytest.raises(RuntimeError):
        light_lamp(by(key), room="cellar")
    with pytest.raises(TooBright, match="bright in garden"):
        light_lamp(by(key), room="garden")
    assert not Deed.objects.exists() and not Key.objects.exists()
    assert not PersonalText.objects.exists()
    light_lamp(by(key), room="hall")


def test_a_silent_command_is_a_bug():
    with pytest.raises(AssertionError, match="left no deed"):
        do_nothing(by())


def test_commands_join_and_fail_together():
    with pytest.raises(TooBright):
        light_two(by(), rooms=("hall", "garden"))
    assert not Deed.objects.exists()
    assert len(light_two(by(), rooms=("hall", "attic"))) == 2
    assert Key.objects.count() == 1


def test_only_commands_record():
    with pytest.raises(AssertionError, match="only a command"):
        record(by(), LampLit("x", date(2026, 1, 1), Personal("Ana")))


def test_reactions_know_their_cause_and_cannot_run_for_ever(monkeypatch):
    monkeypatch.setitem(
        deeds._reactions, LampLit, (lambda act, fact: light_lamp(act, room="attic"),)
    )
    with pytest.raises(AssertionError, match="endless reactions"):
        light_lamp(by(), room="hall")
    assert not Deed.objects.exists()
    once = (lambda act, fact: fact.room == "hall" and light_lamp(act, room="attic"),)
    monkeypatch.setitem(deeds._reactions, LampLit, once)
    light_lamp(by(), room="hall")
    hall, attic = Deed.objects.order_by("id")
    assert attic.cause == hall and attic.key == hall.key


def test_floats_and_things_are_not_input():
    with pytest.raises(TypeError):
        light_lamp(by(), room=object())


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("kernel_deed", "SET via = 'api'"),
        ("kernel_key", "SET command = 'x'"),
        ("kernel_read", "SET what = 'x'"),
        ("kernel_personaltext", "SET text = 'Eve'"),
    ],
)
def test_the_database_refuses_to_rewrite_history(table, change):
    light_lamp(by(), room="hall")
    note_read(by(), 5, "phone")
    for sql in (f"UPDATE {table} {change}", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_querysets_refuse_too():
    with pytest.raises(TypeError, match="append-only"):
        Deed.objects.all().delete()
    with pytest.raises(TypeError, match="append-only"):
        Deed.objects.update(name="x")


def test_personal_text_is_erased_and_the_deed_stays():
    light_lamp(by(), room="hall")
    before = Deed.objects.get().data
    assert "Ana" not in before
    assert personal.erase_about(7, NOON) == 1
    deed = Deed.objects.get()
    assert deed.data == before
    assert "Ana" not in str(event_of(deed).sentence())
    kept = PersonalText.objects.get()
    assert (kept.text, kept.salt) == (None, None)


def test_reads_of_ones_own_data_are_not_logged():
    note_read(by(), 1, "phone")
    note_read(by(), 2, "phone")
    note_read(system_act(NOON), 1, "phone")
    assert list(Read.objects.order_by("id").values_list("actor_id", "subject_id")) == [
        (1, 2),
        (None, 1),
    ]


def test_triggers_are_compared_with_what_is_declared():
    assert triggers.differences(connection) == []
    wanted = triggers._wanted(connection)
    name = next(iter(wanted))
    with connection.cursor() as cursor:
        cursor.execute(
            f"DROP TRIGGER {name}"
            if connection.vendor == "sqlite"
            else f"DROP TRIGGER {name} ON {wanted[name][0].table}"
        )
    told = triggers.differences(connection)
    assert len(told) == 1 and name in told[0]
    assert [e.id for e in triggers.check_triggers(databases=["default"])] == ["dure.E001"]
    triggers.install(connection)
    assert triggers.differences(connection) == []


def test_a_weakened_trigger_is_noticed():
    wanted = triggers._wanted(connection)
    name = next(n for n, (t, _clause) in wanted.items() if t.table == "kernel_deed")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute(
                f"CREATE TRIGGER {name} BEFORE UPDATE ON kernel_deed BEGIN SELECT 1; END"
            )
        else:
            cursor.execute("ALTER TABLE kernel_deed DISABLE TRIGGER ALL")
    assert any("kernel_deed" in text for text in triggers.differences(connection))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE kernel_deed ENABLE TRIGGER ALL")
    triggers.install(connection)


def test_an_act_answers_for_its_capacities():
    act = Act(
        1,
        NOON,
        uuid4(),
        standing=frozenset(
            {Capacity("secretariat"), Capacity("representative", 7), Capacity("representative", 9)}
        ),
    )
    assert act.holds("secretariat") and act.holds("secretariat", of=3)
    assert act.holds("representative") and act.holds("representative", of=7)
    assert not act.holds("representative", of=8) and not act.holds("bookkeeper")
    assert act.things("representative") == {7, 9}
    assert Act(1, datetime(2026, 11, 20, 16, tzinfo=UTC), uuid4()).today == date(2026, 11, 21)


def test_refusals_survive_pickling_and_speak():
    import pickle

    for refusal in (TooBright(room="hall"), Denied("no")):
        assert str(pickle.loads(pickle.dumps(refusal))) == str(refusal)
