"""The process is really killed while it posts, again and again; the books stay sound and go on."""

from __future__ import annotations

import json
import time

from tests.forks import Forks

POSTER = "tests.ledger.poster"


def kill_while_posting(forks: Forks, how: str, after_turns: int, moment: float) -> None:
    poster = forks.start(POSTER, how)
    assert poster.stdout.readline() == "ready\n"
    for _ in range(after_turns):
        assert poster.stdout.readline()
    time.sleep(moment)
    assert poster.kill() < 0


def test_killed_in_the_middle_the_books_are_sound(forks: Forks) -> None:
    entries = 0
    for how, turns, moment in (("begin", 1, 0.013), ("again", 0, 0.041), ("again", 1, 0.002)):
        kill_while_posting(forks, how, turns, moment)
        found = json.loads(forks.run(POSTER, "check"))
        assert found["findings"] == []
        assert found["held"] == 3 * found["entries"]
        assert found["entries"] >= entries + 201 * turns
        entries = found["entries"]
