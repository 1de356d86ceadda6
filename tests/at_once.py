"""Several people at the very same moment, each on a connection of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections

PATIENCE_S = 60


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What each call answered, or the error it ended with, in order; all begin together."""
    gate = threading.Barrier(len(calls), timeout=PATIENCE_S)
    answers: list[Any] = [TimeoutError()] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        try:
            gate.wait()
            answers[place] = call()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            answers[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    return answers
