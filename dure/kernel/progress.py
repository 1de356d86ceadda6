"""How long work tells how far it is. Never part of a command's input."""

from collections.abc import Callable

Progress = Callable[[int, int, str], None]  # done, total, what


def silent(done: int, total: int, what: str) -> None:
    """Progress nobody listens to."""
