"""What is drawn from the books alone, kept in memory under the last deeds of the rooms it reads.

Everything the desk shows changes only by deeds; so as long as no room it reads has done anything,
it is read and drawn once for a day, a language and a standing. Each look at the desk asks for the
deeds since the last look, one indexed read. Never on disk: names stand in it, and what is erased
must be gone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import get_language

from dure.kernel.models import Deed

KEPT_MAX = 4_096  # a hall full of people, each with their own seats
STEPS_MAX = 5_000  # so many deeds since the last look, and everything is drawn anew

SEATS = "governance.seats"  # as a room: what is done there, but for who comes and goes
COMING_AND_GOING = frozenset(("governance.CheckedIn", "governance.CheckedOut"))

R = TypeVar("R")


@dataclass(slots=True)
class _Seen:
    """The last deed seen, and the last one of each room since the first look."""

    deed: tuple[int, UUID] | None = None
    base: str = ""
    rooms: dict[str, str] = field(default_factory=dict)
    kept: dict[tuple[Any, ...], Any] = field(default_factory=dict)


_seen = _Seen()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Deeds:
    """The deeds as they stood at one look; empty while nothing was ever done."""

    base: str
    rooms: Mapping[str, str]

    def kept(self, rooms: tuple[str, ...], about: tuple[Any, ...], draw: Callable[[], R]) -> R:
        """What `draw` gives, drawn once until one of the `rooms` does something again."""
        if not self.base:
            return draw()
        stamps = tuple(self.rooms.get(room, self.base) for room in rooms)
        place = (stamps, get_language(), *about)
        if place not in _seen.kept:
            drawn = draw()
            if len(_seen.kept) >= KEPT_MAX:
                _seen.kept.clear()
            _seen.kept[place] = drawn
            return drawn
        found: R = _seen.kept[place]
        return found


def look() -> Deeds:
    """The last deed of each room, from the deeds since the last look."""
    with _lock:
        if _seen.deed is None or not _step(_seen.deed):
            _begin()
        return Deeds(_seen.base, dict(_seen.rooms))


def _step(last: tuple[int, UUID]) -> bool:
    """Walk from the last deed seen to the newest; False when that deed is not there any more (the
    data of another network was restored) or lies too far back."""
    rows = list(
        Deed.objects.filter(id__gte=last[0])
        .order_by("id")
        .values_list("id", "key", "name")[:STEPS_MAX]
    )
    if not rows or rows[0][:2] != last or len(rows) == STEPS_MAX:
        return False
    for pk, key, name in rows[1:]:
        room, stamp = name.partition(".")[0], f"{pk}-{key.hex}"
        _seen.rooms[room] = stamp
        if name not in COMING_AND_GOING:
            _seen.rooms[SEATS] = (
                stamp if room == "governance" else _seen.rooms.get(SEATS, _seen.base)
            )
        _seen.deed = (pk, key)
    return True


def _begin() -> None:
    newest = Deed.objects.order_by("-id").values_list("id", "key").first()
    _seen.deed = newest
    _seen.base = f"{newest[0]}-{newest[1].hex}" if newest else ""
    _seen.rooms.clear()
    _seen.kept.clear()
