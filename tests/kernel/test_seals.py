"""Seals: whatever is changed afterwards is found and named, and one row can be proved alone."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from dure.kernel import personal, seals, triggers
from dure.kernel.acts import system_act
from dure.kernel.models import Deed, Seal
from dure.kernel.refusals import NotFound

from .test_deeds import by, light_lamp

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 3, tzinfo=UTC)


@pytest.fixture
def sealed(monkeypatch):
    monkeypatch.setattr(seals, "_streams", {"deeds": seals.DEEDS})
    monkeypatch.setattr(seals, "ROWS_MAX", 3)
    for room in ("hall", "attic", "kitchen", "cellar stairs", "porch"):
        light_lamp(by(), room=room)
    return seals.seal_books(system_act(NOON))


def tamper(sql):
    with triggers.suspended(connection), connection.cursor() as cursor:
        cursor.execute(sql)


def test_everything_is_sealed_in_bounded_batches_and_verifies(sealed):
    assert (sealed.rows, sealed.seals) == (5, (1, 2))
    verified = seals.verify()
    assert verified.sound and verified.rows == 5 and verified.seals == 2
    assert verified.unsealed == 1  # the deed of the sealing itself
    assert verified.chain == Seal.objects.get(number=2).chain
    assert seals.waiting() == 0
    light_lamp(by(), room="garage")
    assert seals.waiting() == 1
    seals.seal_books(system_act(NOON))
    assert seals.verify().sound and seals.verify().seals == 3


@pytest.mark.parametrize(
    "change", ["via = 'api'", "data = replace(data, 'attic', 'Attic')", "actor_id = 2"]
)
def test_an_altered_row_is_named(sealed, change):
    second = Deed.objects.order_by("id")[1]
    tamper(f"UPDATE kernel_deed SET {change} WHERE id = {second.pk}")
    [flaw] = seals.verify().flaws
    assert str(second.pk) in flaw.where


def test_a_removed_row_and_an_added_row_are_noticed(sealed):
    second = Deed.objects.order_by("id")[1]
    tamper(f"DELETE FROM kernel_deed WHERE id = {second.pk}")
    assert not seals.verify().sound


def test_a_removed_last_row_is_noticed(sealed):
    last = Deed.objects.exclude(name="kernel.BooksSealed").order_by("id").last()
    tamper(f"DELETE FROM kernel_deed WHERE id = {last.pk}")
    assert not seals.verify().sound


def test_seals_cannot_be_forged_singly(sealed):
    tamper("UPDATE kernel_seal SET root = '" + "0" * 64 + "' WHERE number = 1")
    assert {flaw.where for flaw in seals.verify().flaws} >= {str(seals.verify().flaws[0].where)}
    assert not seals.verify().sound


def test_a_removed_seal_is_noticed(sealed):
    tamper("DELETE FROM kernel_seal WHERE number = 1")
    assert not seals.verify().sound


def test_altered_personal_text_is_noticed_and_erased_text_is_sound(sealed):
    personal.erase_about(7, NOON)
    assert seals.verify().sound
    light_lamp(by(), room="garden path")
    tamper("UPDATE kernel_personaltext SET text = 'Eve' WHERE text IS NOT NULL")
    assert not seals.verify().sound


def test_one_row_is_proved_without_the_database(sealed):
    third = Deed.objects.order_by("id")[2]
    proof = seals.prove("deeds", third.pk)
    assert seals.check_proof(proof)
    assert "kitchen" in proof.row
    assert not seals.check_proof(replace(proof, row=proof.row.replace("kitchen", "kitchem")))
    assert not seals.check_proof(replace(proof, index=1))
    assert not seals.check_proof(replace(proof, chain="0" * 64))
    forged = (*proof.seal[:-2], "0" * 64, proof.seal[-1])
    assert not seals.check_proof(replace(proof, seal=forged))
    with pytest.raises(NotFound):
        seals.prove("deeds", 10**9)


def test_seals_are_frozen(sealed):
    for sql in ("UPDATE kernel_seal SET count = 9", "DELETE FROM kernel_seal"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
