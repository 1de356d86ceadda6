"""Two hundred wishes race for the last room under the ceiling from several processes, and capital is
withdrawn while money goes out: not a won too much, on either engine."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from dure.domains.bylaws.rules import RuleNotMet
from dure.domains.ledger import queries as ledger
from dure.domains.loans import commands, queries
from dure.domains.loans.models import Loan
from dure.domains.memberships import commands as memberships
from dure.domains.memberships.models import ShareMovement
from tests.at_once import at_once

from .conftest import build
from .racing import PROCESSES, ROOM, WISHES, WON

RACER = "tests.loans.racing"


def test_two_hundred_race_for_the_last_room_from_several_processes(forks):
    forks.run(RACER, "begin")
    racers = [forks.start(RACER, str(n)) for n in range(PROCESSES)]
    for racer in racers:
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        racer.stdin.write("go\n")
        racer.stdin.flush()
    told = [racer.stdout.readline().split() for racer in racers]
    assert [racer.wait() for racer in racers] == [0] * PROCESSES
    assert sum(int(out) for out, _no in told) == ROOM
    assert sum(int(no) for _out, no in told) == WISHES - ROOM
    assert forks.run(RACER, "left").split() == [str(ROOM * WON), str(ROOM * WON), "0"]


@pytest.fixture
def live(transactional_db, act):
    """The co-operative with real commits."""
    return build(act)


def test_capital_and_a_loan_that_go_at_once_leave_one_of_them(live, act):
    ana, ben = live.person("가나", 300), live.person("다라", 300)
    live.fund(5_000_000)
    living = live.product()
    loan = live.apply(ana, living, 2_000_000)
    commands.approve_loan(act("loan_officer"), loan_id=loan.pk, decided_by="위원회")
    commands.sign_loan(act(actor_id=ana.party_id), loan_id=loan.pk)
    commands.withdraw_loan_application(act(actor_id=ana.party_id), loan_id=loan.pk)
    wishes = [live.apply(one, living, 2_000_000) for one in (ana, ben)]
    movement = ShareMovement.objects.order_by("pk").last()
    answers = at_once(
        *[
            lambda pk=one.pk: commands.approve_loan(
                act("loan_officer"), loan_id=pk, decided_by="위원회"
            )
            for one in wishes
        ],
        lambda: memberships.undo_share_payment(
            act("bookkeeper"), movement_id=movement.pk, reason="다른 사람 돈"
        ),
    )
    room = queries.loan_room(date(2026, 11, 20))
    assert room.lent_won <= room.ceiling_won, answers
    errors = [one for one in answers if isinstance(one, Exception)]
    assert all(isinstance(one, (RuleNotMet, commands.CeilingWouldBreak)) for one in errors), errors
    assert errors


def test_a_pay_out_sent_twice_at_once_pays_once(live, act):
    ana = live.person("가나", 1000)
    live.fund(5_000_000)
    loan = live.apply(ana, live.product(), 2_000_000)
    commands.approve_loan(act("loan_officer"), loan_id=loan.pk, decided_by="위원회")
    commands.sign_loan(act(actor_id=ana.party_id), loan_id=loan.pk)
    once = act("bookkeeper")
    at_once(
        lambda: commands.pay_out_loan(once, loan_id=loan.pk),
        lambda: commands.pay_out_loan(once, loan_id=loan.pk),
        lambda: commands.pay_out_loan(act("bookkeeper"), loan_id=loan.pk),
    )
    assert ledger.balance(ledger.account_for("member_loans"), "microloan") == 2_000_000
    at_once(
        *[lambda: commands.repay_loan(act("bookkeeper"), loan_id=loan.pk, won=1_500_000)] * 2,
    )
    assert Loan.objects.get(pk=loan.pk).committed_won == ledger.balance(
        ledger.account_for("member_loans"), "microloan"
    )
    assert connection.vendor in ("sqlite", "postgresql")
