"""Loans and mutual aid race for the room they share from two processes, and a process is really killed
while it pays benefits: not a won too much, nothing twice, nothing lost, on either engine."""

from __future__ import annotations

import json

from .racing import ROOM, WISHES, WON

RACER = "tests.mutual_aid.racing"


def test_a_loan_and_a_benefit_never_take_the_same_room_and_a_benefit_is_paid_once(forks):
    def told(how):
        return json.loads(forks.run(RACER, how).splitlines()[-1])

    forks.run(RACER, "begin")
    racers = [forks.start(RACER, "lend"), forks.start(RACER, "aid")]
    for racer in racers:
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        racer.stdin.write("go\n")
        racer.stdin.flush()
    (lent, not_lent), (promised, not_promised) = (
        map(int, racer.stdout.readline().split()) for racer in racers
    )
    assert [racer.wait() for racer in racers] == [0, 0]
    assert lent + not_lent == promised + not_promised == WISHES
    assert lent + promised == ROOM and 2 <= promised and 3 * lent <= 2 * ROOM
    paying = forks.start(RACER, "pay")
    assert paying.stdout.readline()
    assert paying.kill() < 0
    assert told("tell")["paid"] < promised
    after = told("pay")
    assert after == {"wrong": [], "given": promised * WON, "paid": promised, "promised": 0}
    assert told("pay") == after
