"""The process is really killed while it pays out, runs the days and sends letters: nothing twice,
nothing lost."""

from __future__ import annotations

import json
from datetime import date

from .daily_killer import LAST, LOANS, WON

KILLED = "tests.loans.daily_killer"


def test_killed_in_a_pay_out_in_the_days_and_among_the_letters(forks):
    def go():
        told = forks.run(KILLED, "go").splitlines()
        return [json.loads(line) for line in told if line.startswith("{")]

    forks.run(KILLED, "begin")
    for steps, step in ((2, ""), (60, ""), (2, "letter")):  # pay-outs; parts of the days; letters
        one = forks.start(KILLED, "go")
        found = json.loads(one.stdout.readline())
        assert found["wrong"] == [] and found["lent"] <= LOANS * WON
        for _ in range(steps):
            while not (line := one.stdout.readline()).startswith(step):
                assert line
            assert line
        assert one.kill() < 0
    before, found = go()
    assert before["wrong"] == [] and 0 < len(before["letters"]) < LOANS
    days = (LAST - date(2026, 11, 20)).days
    month, second = 3_000, 2_753  # 1,200,000 at 3 %: interest of the first two instalments
    a_loan = month + round(second * (LAST - date(2026, 12, 21)).days / 30)
    assert (found["wrong"], found["lent"], found["days"]) == ([], LOANS * WON, days)
    assert found["aside"] == -LOANS * WON // 100
    assert 0 <= found["income"] - LOANS * a_loan < LOANS * 200  # late interest of two weeks
    assert found["letters"] == [[pk, found["letters"][0][1]] for pk in range(1, LOANS + 1)]
    assert found["news"] == len(found["letters"]) == LOANS
    assert go() == [found, found]
