"""Prepared statements go past the ORM's cursor and still are its connection's, transaction's and errors'."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from dure.kernel.models import Deed, Key
from dure.kernel.statements import Statement, forget_waiting

from .test_deeds import NOON, TooBright, by, light_lamp, light_two

pytestmark = pytest.mark.django_db(transaction=True)

KEEP = Statement(
    "INSERT INTO kernel_key (key, command, input_hash, result, at) VALUES (%s, %s, %s, %s, %s)"
)
COUNT = Statement("SELECT COUNT(*), MAX(command), NULL FROM kernel_key")


def keep(say=KEEP, name="x", key=None):
    say(key or uuid4(), name, "", "", NOON)


def test_values_come_back_as_they_are():
    text = "이모 \\ \"'{}, \t\n"
    keep(name=text)
    assert COUNT() == [(1, text, None)]
    kept = Key.objects.get()
    assert (kept.command, kept.at) == (text, NOON)
    cast = "::text" if connection.vendor == "postgresql" else ""
    ask = Statement(f"SELECT %s{cast}, %s{cast}")
    assert ask(date(2026, 11, 20), datetime(2026, 11, 20, 3, tzinfo=UTC))[0][0] == "2026-11-20"
    if connection.vendor == "postgresql":
        lists = Statement("SELECT (%s::bigint[])[2], (%s::text[])[1], (%s::text[])[2] IS NULL")
        assert lists([1, None, 3], [text, None], [text, None]) == [(None, text, True)]
        with pytest.raises(DataError), transaction.atomic():
            keep(name="a\0b")


def test_it_is_part_of_djangos_transaction():
    with pytest.raises(TooBright), transaction.atomic():
        keep()
        keep(KEEP.later)
        raise TooBright(room="x")
    forget_waiting()
    assert COUNT()[0][0] == 0
    with transaction.atomic():
        keep()
        with pytest.raises(IntegrityError), transaction.atomic():
            keep(key=Key.objects.get().key)
    assert COUNT()[0][0] == 1
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(transaction.TransactionManagementError):
            COUNT()


def test_what_waits_is_written_before_what_follows_and_with_the_commit():
    with transaction.atomic():
        keep(KEEP.later)
        assert COUNT()[0][0] == 1
        keep(KEEP.later)
        keep(KEEP.and_commit)
    assert Key.objects.count() == 3
    with transaction.atomic(), transaction.atomic():
        keep(KEEP.later)
        keep(KEEP.and_commit)
        assert connection.in_atomic_block
    assert Key.objects.count() == 5


def test_a_savepoint_taken_back_takes_nothing_else_along():
    with transaction.atomic():
        keep(KEEP.later, "outside")
        with pytest.raises(TooBright), transaction.atomic():
            keep(KEEP.later, "inside")
            COUNT()
            raise TooBright(room="x")
        keep(KEEP.and_commit, "last")
    assert set(Key.objects.values_list("command", flat=True)) == {"outside", "last"}


def test_a_refused_command_leaves_nothing_waiting():
    with pytest.raises(TooBright):
        light_two(by(), rooms=("hall", "garden"))
    light_lamp(by(), room="attic")
    assert Deed.objects.count() == 1
    with pytest.raises(RuntimeError):
        light_lamp(by(), room="cellar")
    light_lamp(by(), room="attic")
    assert Deed.objects.count() == 2


def test_deeds_keep_the_order_in_which_they_were_told():
    light_two(by(), rooms=("hall", "attic", "roof"))
    rooms = [deed.data.split('"room":"')[1].split('"')[0] for deed in Deed.objects.order_by("id")]
    assert rooms == ["hall", "attic", "roof"]


def test_who_listens_hears_it():
    with CaptureQueriesContext(connection) as heard:
        COUNT()
    assert len(heard) == 1


def test_a_large_value_passes():
    assert Statement("SELECT LENGTH(%s)")("x" * 5_000_000) == [(5_000_000,)]
