"""The worker: what the clock asks for happens once, whoever runs it and however often."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import connection

from dure.kernel import clock, outbox, seals
from dure.kernel.models import Deed
from dure.kernel.refusals import Denied
from dure.site import commands
from dure.site.clockwork import JOBS, Worker
from tests.cast import Cast
from tests.conftest import NOW, MakeAct
from tests.furniture import Furniture

SEOUL = ZoneInfo("Asia/Seoul")


def test_the_week_turns_on_monday_at_nine() -> None:
    remind = next(job for job in JOBS if job.name == "remind_staff")
    before, after = (datetime(2026, 11, 23, hour, 30, tzinfo=SEOUL) for hour in (8, 9))
    assert remind.turn(after) == remind.turn(before) + 1
    assert remind.turn(after) == remind.turn(after + timedelta(days=6, hours=23))


def test_two_workers_seal_and_remind_once(
    cast: Cast, furniture: Furniture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    outbox.tell_due(NOW, limit=500)
    mail.outbox.clear()
    first, second = Worker(), Worker()
    assert first.turn() > 0
    second.turn()
    first.turn()
    assert seals.waiting() == 0
    assert Deed.objects.filter(name="site.StaffReminded").count() == 1
    told = [one for one in mail.outbox if one.to == ["secretariat@example.kr"]]
    others = [one.to for one in mail.outbox if one not in told]
    assert len(others) == len({tuple(one) for one in others})  # of what has to be done: once each
    (letter,) = told
    assert "1" in letter.body and "/desk/" in letter.body


def test_every_night_the_rows_of_sqlite_are_counted(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def counted() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM sqlite_stat1 WHERE tbl = 'parties_party'")
            return int(cursor.fetchone()[0])

    worker, job = Worker(), next(job for job in JOBS if job.name == "count_rows")
    assert job.turn(NOW + timedelta(days=1)) == job.turn(NOW) + 1
    monkeypatch.setattr(clock, "now", lambda: NOW)
    worker.turn()
    if connection.vendor == "sqlite":  # PostgreSQL counts by itself
        assert counted() > 0


def test_nobody_is_reminded_of_nothing(act: MakeAct, cast: Cast) -> None:
    with pytest.raises(Denied):
        commands.remind_staff(act("member", of=1))
    try:
        commands.remind_staff(act("secretariat"))
    except commands.NothingWaits:
        return
    assert Deed.objects.filter(name="site.StaffReminded").exists()  # a month to close


def test_a_letter_that_fails_is_tried_again(
    act: MakeAct, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dure.domains.parties.commands import access
    from dure.site import mail as post

    access.invite_person(act("secretariat"), email="later@example.kr", days=14)

    def broken(*given: object, **more: object) -> None:
        raise ConnectionRefusedError("no mail server")

    with monkeypatch.context() as away:
        away.setattr(post, "send", broken)
        assert outbox.tell_due(NOW) == 1
    assert not mail.outbox
    assert outbox.tell_due(NOW) == 0, "not at once"
    assert outbox.tell_due(NOW + timedelta(minutes=2)) == 1
    assert [letter.to for letter in mail.outbox] == [["later@example.kr"]]
