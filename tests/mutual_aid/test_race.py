"""Loans and mutual aid race for the room they share from two processes, and a process is really killed
while it pays benefits: not a won too much, nothing twice, nothing lost, on either engine."""

from __future__ import annotations

import json
import signal
import subprocess
import sys

from .racing import ROOM, WISHES, WON

RUN = [sys.executable, "-m", "tests.mutual_aid.racing"]


def test_a_loan_and_a_benefit_never_take_the_same_room_and_a_benefit_is_paid_once(environment):
    def begun(how):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        return subprocess.Popen([*RUN, how], env=environment, **pipes)

    def told(how):
        done = subprocess.run([*RUN, how], env=environment, stdout=subprocess.PIPE, check=True)
        return json.loads(done.stdout.splitlines()[-1])

    subprocess.run([*RUN, "begin"], env=environment, check=True)
    racers = [begun("lend"), begun("aid")]
    for racer in racers:
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        racer.stdin.write("go\n")
        racer.stdin.flush()
    (lent, not_lent), (promised, not_promised) = (
        map(int, racer.communicate()[0].split()) for racer in racers
    )
    assert lent + not_lent == promised + not_promised == WISHES
    assert lent + promised == ROOM and 2 <= promised and 3 * lent <= 2 * ROOM
    with begun("pay") as paying:
        assert paying.stdout.readline()
        paying.send_signal(signal.SIGKILL)
    assert told("tell")["paid"] < promised
    after = told("pay")
    assert after == {"wrong": [], "given": promised * WON, "paid": promised, "promised": 0}
    assert told("pay") == after
