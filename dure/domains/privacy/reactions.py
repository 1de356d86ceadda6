"""What leaves the house about a breach: a letter to each person concerned."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from .events import BreachedPeopleTold

News = Iterable[dict[str, Any]]  # one for each reader


def breach_told(event: BreachedPeopleTold) -> News:
    return ({"breached_id": pk} for pk in event.letters)


OUTGOING: dict[type[Any], tuple[tuple[str, Callable[[Any], News]], ...]] = {
    BreachedPeopleTold: (("breach_told", breach_told),),
}
