"""News leaves after the commit, is tried again, and is given up aloud."""

import contextlib
from datetime import UTC, datetime, timedelta

import pytest

from dure.kernel import outbox
from dure.kernel.models import News

from .test_deeds import LampLit, TooBright, by, light_lamp

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 3, tzinfo=UTC)


@pytest.fixture
def told(monkeypatch):
    told: list[str] = []
    monkeypatch.setattr(
        outbox,
        "_outgoing",
        {LampLit: (("mail", lambda fact: [{"room": fact.room}]), ("hook", lambda fact: ()))},
    )
    monkeypatch.setattr(outbox, "_tellers", {"mail": lambda payload: told.append(payload["room"])})
    return told


def test_news_is_told_once_it_is_due(told):
    light_lamp(by(), room="hall")
    assert outbox.tell_due(NOON - timedelta(seconds=1)) == 0
    assert outbox.tell_due(NOON) == 1 and told == ["hall"]
    assert outbox.tell_due(NOON + timedelta(days=1)) == 0


def test_a_refused_command_sends_nothing(told):
    with pytest.raises(TooBright):
        light_lamp(by(), room="garden")
    assert not News.objects.exists()


def test_failed_news_waits_longer_each_time_and_is_given_up_aloud(told, monkeypatch):
    def fail(payload):
        raise OSError("no mail server")

    light_lamp(by(), room="hall")
    monkeypatch.setattr(outbox, "_tellers", {"mail": fail})
    now = NOON
    for wait in outbox.RETRY_AFTER:
        assert outbox.tell_due(now) == 1
        assert outbox.tell_due(now + wait - timedelta(seconds=1)) == 0
        now += wait
    assert outbox.tell_due(now) == 1
    news = News.objects.get()
    assert news.state == News.State.GIVEN_UP and "no mail server" in news.error
    assert outbox.given_up() == 1
    monkeypatch.undo()


def test_news_claimed_by_a_worker_that_died_comes_back(told):
    light_lamp(by(), room="hall")
    assert outbox._claimed(NOON) is not None
    assert outbox.tell_due(NOON) == 0
    assert outbox.tell_due(NOON + outbox.CLAIM_FOR) == 1 and told == ["hall"]


def test_given_up_news_can_be_told_again(told):
    light_lamp(by(), room="hall")
    News.objects.update(state=News.State.GIVEN_UP)
    assert outbox.tell_again(NOON, News.objects.get().pk) == 1
    assert outbox.tell_due(NOON) == 1 and told == ["hall"]
    News.objects.update(state=News.State.GIVEN_UP)
    light_lamp(by(), room="attic")
    assert outbox.tell_again(NOON) == 1


class Killed(BaseException):
    """The process dies: nothing in the program may catch it."""


@pytest.mark.parametrize("failure", [OSError("mailbox full"), Killed()])
def test_a_letter_to_many_that_fails_half_way_reaches_everybody_once(told, monkeypatch, failure):
    readers = [f"reader {i}" for i in range(5)]
    monkeypatch.setattr(
        outbox, "_outgoing", {LampLit: (("mail", lambda fact: [{"to": to} for to in readers]),)}
    )
    failing = ["reader 2"]

    def tell(payload):
        if payload["to"] in failing:
            failing.clear()
            raise failure
        told.append(payload["to"])

    monkeypatch.setattr(outbox, "_tellers", {"mail": tell})
    light_lamp(by(), room="hall")
    with contextlib.suppress(Killed):
        outbox.tell_due(NOON)
    assert "reader 2" not in told
    outbox.tell_due(NOON + outbox.CLAIM_FOR)
    assert sorted(told) == readers
