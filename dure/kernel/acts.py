"""An act says who does something, in which standing, when, by which door and under which key.

It is the first argument of every command, policy and personal query: the audit trail, the clock,
idempotency and the actor's capacities travel in one value, so the domain never asks the world.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")
DOORS = ("web", "api", "cli", "clock")


def day_of(moment: datetime) -> date:
    """The day of a moment in Seoul, where the network lives."""
    return moment.astimezone(SEOUL).date()


@dataclass(frozen=True, slots=True, order=True)
class Capacity:
    """One thing an actor is today: an office, or a relation `of` one numbered thing.

    `Capacity("secretariat")` is an office of the whole network; `Capacity("representative", 7)`
    speaks for organisation 7 only. An absent `of` therefore answers for any thing.
    """

    name: str
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts (a person's id; None: the system itself), when, by which door, under which key."""

    actor_id: int | None
    at: datetime
    key: UUID
    via: str = "web"
    standing: frozenset[Capacity] = frozenset()
    cause: int | None = None  # the deed this act answers; only `record` sets it

    def __post_init__(self) -> None:
        assert self.at.tzinfo is not None, "naive time"
        assert self.via in DOORS, self.via

    @property
    def today(self) -> date:
        """The day of the act."""
        return day_of(self.at)

    def holds(self, *names: str, of: int | None = None) -> bool:
        """Whether the actor holds one of the named capacities (for the thing `of`, if given).

        A capacity without a thing answers for all things; a capacity of one thing only for it.
        """
        return any(
            capacity.name in names and (of is None or capacity.of is None or capacity.of == of)
            for capacity in self.standing
        )

    def things(self, name: str) -> frozenset[int]:
        """The ids of the things of which the actor holds the named capacity."""
        return frozenset(c.of for c in self.standing if c.name == name and c.of is not None)

    @property
    def own(self) -> frozenset[int]:
        """Whose matters are the actor's own: itself, and the organisations it speaks for."""
        spoken_for = self.things("representative")
        return spoken_for if self.actor_id is None else spoken_for | {self.actor_id}


def system_act(at: datetime, key: UUID | None = None, via: str = "clock") -> Act:
    """An act of the system itself: the worker, the clock, the demo."""
    return Act(None, at, key or uuid4(), via, frozenset({Capacity("system")}))
