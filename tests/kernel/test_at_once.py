"""Two at once under one key, with real commits: the deed is done once and both get its result."""

from uuid import uuid4

import pytest

from dure.kernel import outbox
from dure.kernel.acts import system_act
from dure.kernel.models import Deed
from dure.kernel.seals import DEEDS, seal_books, verify
from tests.at_once import at_once

from .test_deeds import NOON, LampLit, by, light_lamp, strike_match

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("light", [light_lamp, strike_match])
def test_one_key_in_eight_threads_is_one_deed(light):
    key = uuid4()
    answers = at_once(*[lambda: light(by(key), room="hall")] * 8)
    assert {str(answer) for answer in answers} == {str(answers[0])}
    assert not isinstance(answers[0], Exception), answers[0]
    assert Deed.objects.count() == 1


def test_sealing_beside_writers_leaves_no_row_behind(monkeypatch):
    from dure.kernel import seals

    monkeypatch.setattr(seals, "_streams", {"deeds": DEEDS})
    writers = [lambda: [light_lamp(by(), room="hall") for _ in range(10)] for _ in range(3)]
    sealers = [lambda: [seal_books(system_act(NOON)) for _ in range(5)]]
    for answer in at_once(*writers, *sealers):
        assert not isinstance(answer, Exception), answer
    seal_books(system_act(NOON))
    verified = verify()
    assert verified.sound
    assert verified.rows + verified.unsealed == Deed.objects.count() == 30 + 6


def test_two_workers_tell_each_piece_of_news_once(monkeypatch):
    told = []
    monkeypatch.setattr(
        outbox, "_outgoing", {LampLit: (("mail", lambda fact: [{"room": fact.room}]),)}
    )
    monkeypatch.setattr(outbox, "_tellers", {"mail": lambda payload: told.append(payload["room"])})
    for number in range(12):
        light_lamp(by(), room=f"room {number}")
    answers = at_once(*[lambda: outbox.tell_due(NOON)] * 3)
    assert sum(answers) == 12 == len(set(told)) == len(told)
