"""The process is really killed while it pays out and while it runs the days: nothing twice, nothing lost."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from datetime import date

from .daily_killer import LAST, LOANS, WON

RUN = [sys.executable, "-m", "tests.loans.daily_killer"]


def test_killed_in_a_pay_out_and_in_the_days(environment):
    def go(how="go"):
        told = subprocess.run([*RUN, how], env=environment, stdout=subprocess.PIPE, check=True)
        return [json.loads(line) for line in told.stdout.splitlines() if line.startswith(b"{")]

    go("begin")
    for steps in (2, 60):  # of the pay-outs; of the parts of the days
        with subprocess.Popen(
            [*RUN, "go"], env=environment, stdout=subprocess.PIPE, text=True
        ) as one:
            assert one.stdout is not None
            found = json.loads(one.stdout.readline())
            assert found["wrong"] == [] and found["lent"] <= LOANS * WON
            for _ in range(steps):
                assert one.stdout.readline()
            one.send_signal(signal.SIGKILL)
    before, found = go()
    assert before["wrong"] == [] and 0 < before["days"] < found["days"]
    days = (LAST - date(2026, 11, 20)).days
    month, second = 3_000, 2_753  # 1,200,000 at 3 %: interest of the first two instalments
    a_loan = month + round(second * (LAST - date(2026, 12, 21)).days / 30)
    assert (found["wrong"], found["lent"], found["days"]) == ([], LOANS * WON, days)
    assert found["aside"] == -LOANS * WON // 100
    assert 0 <= found["income"] - LOANS * a_loan < LOANS * 200  # late interest of two weeks
    assert go() == [found, found]
