"""Exports that were asked for on the page: the worker writes them, they wait to be fetched, and go.

An export lies in the folder of the network beside the database, under the number of its deed; its
state is that of its piece of news in the outbox, so a worker that dies in the writing begins anew.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.kernel import clock
from dure.kernel.acts import Act, system_act
from dure.kernel.models import News
from dure.kernel.progress import Progress
from dure.kernel.refusals import NotFound

from .. import limits, queries
from ..events import NetworkExported
from ..home import home
from .writing import write_export

KIND = "network_export"
SHOWN_MAX = 20


class ExportGone(NotFound):
    """The export is not there, or not any more."""

    text = _("This export is not here any more.")
    remedy = _("Ask for a new one.")


class StillWritten(Exception):
    """Another worker writes it; whoever was told again looks again later."""


def of_event(event: NetworkExported) -> Iterable[dict[str, Any]]:
    """News for the worker, when the export waits for it."""
    return [{"form": event.form}] if event.waits else []


def write_waiting(payload: Mapping[str, Any]) -> None:
    """Write what was asked for, unless it is there.

    Raises StillWritten: a large network takes longer than the outbox waits for its worker.
    """
    place = _place(payload["deed_id"])
    place.parent.mkdir(mode=0o700, exist_ok=True)
    with _alone(place):
        if not place.exists():
            act = system_act(clock.now(), via="clock")
            progress = _noted(place)
            write_export(act, place, home(), form=payload["form"], progress=progress)
        _note(place).unlink(missing_ok=True)


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Only one process at a time writes it; a process that dies lets go."""
    lock = place.with_suffix(".lock")
    with lock.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StillWritten(place.name) from error
        yield
        lock.unlink(missing_ok=True)


def _place(deed_id: int) -> Path:
    return home().folder / "exports" / f"{deed_id}.zip"


def _note(place: Path) -> Path:
    return place.with_suffix(".progress")


def _noted(place: Path) -> Progress:
    """How far it is, in a small file beside it, for the page."""

    def note(done: int, total: int, what: str) -> None:
        _note(place).write_text(json.dumps([done, total]))

    return note


@dataclass(frozen=True, slots=True)
class Waiting:
    """One export as the page shows it."""

    deed_id: int
    what: str
    who: str
    at: datetime
    until: datetime
    state: str  # waiting | ready | failed | gone
    bytes: int
    done: int
    total: int


def exports(at: datetime) -> list[Waiting]:
    """What was asked for on the page, the latest first."""
    news = News.objects.filter(kind=KIND).select_related("deed").order_by("-id")[:SHOWN_MAX]
    states = {one.deed_id: str(one.state) for one in news}
    kept = kept_for(at)
    return [
        _shown(line, states[line.pk], line.at + kept, at)
        for line in queries.deed_lines([one.deed for one in news])
    ]


def kept_for(at: datetime) -> timedelta:
    """How long an export waits to be fetched."""
    return timedelta(days=limits.export_kept_days(at.date()))


def _shown(line: queries.DeedLine, state: str, until: datetime, at: datetime) -> Waiting:
    place = _place(line.pk)
    size = place.stat().st_size if place.exists() else 0
    try:
        done, total = json.loads(_note(place).read_text())
    except (OSError, ValueError):
        done = total = 0
    said = {News.State.WAITING: "waiting", News.State.GIVEN_UP: "failed"}.get(
        News.State(state), "gone"
    )
    if size and at < until:
        said = "ready"
    return Waiting(line.pk, line.what, line.who, line.at, until, said, size, done, total)


def fetched(act: Act, deed_id: int) -> Path:
    """The file of an export that is ready. Raises ExportGone."""
    found = next((one for one in exports(act.at) if one.deed_id == deed_id), None)
    if found is None or found.state != "ready":
        raise ExportGone
    return _place(deed_id)


def remove_old(act: Act) -> None:
    """Every day: what waited long enough goes."""
    oldest = (act.at - kept_for(act.at)).timestamp()
    for place in _place(0).parent.glob("*"):
        if place.stat().st_mtime < oldest:
            place.unlink()
