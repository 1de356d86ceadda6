"""The yearly destruction: begun with what is due, done chunk by chunk, ended with a certificate.

Each chunk is a transaction of its own and finds anew what is due, so a run that is killed half-way
goes on where it was, and what it erased is erased. Deeds and entries stay: they hold digests only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime, time

from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.memberships import commands as memberships
from dure.domains.parties import commands as parties
from dure.kernel.acts import SEOUL, Act
from dure.kernel.deeds import command, record
from dure.kernel.personal import erase_matters
from dure.kernel.reads import forget_reads
from dure.kernel.refusals import NotFound, Refusal

from .. import policies, queries
from ..events import DataDestroyed, DestructionBegun, DestructionFinished
from ..models import DestructionRun, ReadReason

__all__ = [
    "DestructionAlreadyDone", "DestructionUnderWay", "NothingToDestroy", "begin_destruction",
    "destroy_next",
]  # fmt: skip

State = DestructionRun.State


class NothingToDestroy(Refusal):
    """Everything is still within its time."""

    text = _("Nothing is kept longer than the rules allow on %(date)s.")


class DestructionUnderWay(Refusal):
    """One run at a time."""

    text = _("A destruction has been under way since %(date)s.")
    remedy = _("Go on with that one.")


class DestructionAlreadyDone(Refusal):
    """The run ended with its certificate."""

    text = _("This destruction is done; its certificate was issued.")


@command
def begin_destruction(act: Act) -> DestructionRun:
    """Begin a run with what is due today; nothing is destroyed yet.

    Raises DestructionUnderWay, NothingToDestroy. Source: 개인정보보호법 제21조제1항.
    """
    policies.can_begin_destruction(act).enforce()
    for running in DestructionRun.objects.filter(state=State.RUNNING):
        raise DestructionUnderWay(date=running.on_date.isoformat())
    due = [one for one in queries.due_to_destroy(act, act.today) if one.count]
    if not due:
        raise NothingToDestroy(date=act.today.isoformat())
    # ---
    planned = [asdict(one) | {"before": one.before.isoformat()} for one in due]
    run = DestructionRun.objects.create(
        on_date=act.today, started_at=act.at, started_by_id=act.actor_id, planned=planned
    )
    record(act, DestructionBegun(run.pk, act.today, sum(one.count for one in due)))
    return run


@command
def destroy_next(act: Act, *, run_id: int, most: int = 200, site_url: str = "") -> DestructionRun:
    """Destroy the next chunk of a run, at most `most` records of one kind; when nothing is left,
    end it with a certificate. Call it again (under a new key) until it is done.

    Raises DestructionAlreadyDone. Source: 개인정보보호법 제21조제1항, 제3항.
    """
    run = DestructionRun.objects.select_for_update().filter(pk=run_id).first()
    if run is None:
        raise NotFound
    policies.can_destroy_next(act).enforce()
    if run.state == State.DONE:
        raise DestructionAlreadyDone
    # ---
    book = bylaws.rules_on(run.on_date)
    for kind in queries.kinds_of_data():
        ids = list(kind.rows(book, run.on_date).values_list("pk", flat=True)[:most])
        if ids:
            reason = _now("time kept is over: %(what)s") % {"what": kind.title}
            count = _DESTROY[kind.key](act, run, ids, reason)
            assert count, kind.key  # or it would never end
            run.done[kind.key] = run.done.get(kind.key, 0) + count
            run.save(update_fields=["done"])
            record(act, DataDestroyed(run.pk, kind.key, count))
            return run
    _finish(act, run, site_url)
    return run


def _finish(act: Act, run: DestructionRun, site_url: str) -> None:
    kept = queries.kept_by_law(act, act.today)
    titles = {one["kind"]: one for one in run.planned}
    rows = tuple(
        (
            str(kind.title),
            titles[kind.key]["citation"] if kind.key in titles else "",
            run.done[kind.key],
        )
        for kind in queries.kinds_of_data()
        if kind.key in run.done
    )
    paper = memberships.issue_destruction_certificate(
        act,
        on=run.on_date,
        rows=rows,
        kept=tuple((one.title, one.citation, one.count) for one in kept),
        site_url=site_url,
    )
    run.kept = [asdict(one) for one in kept]
    run.paper_id = paper.pk
    run.state, run.finished_at = State.DONE, act.at
    run.save(update_fields=["kept", "paper_id", "state", "finished_at"])
    record(act, DestructionFinished(run.pk, sum(run.done.values()), str(paper)))


# -- how each kind is destroyed --------------------------------------------------------------------

Destroy = Callable[[Act, DestructionRun, Sequence[int], str], int]


def _applications(act: Act, run: DestructionRun, ids: Sequence[int], reason: str) -> int:
    return memberships.erase_applications(act, application_ids=tuple(ids), reason=reason)


def _mandates(act: Act, run: DestructionRun, ids: Sequence[int], reason: str) -> int:
    return memberships.destroy_mandates(act)


def _contacts(act: Act, run: DestructionRun, ids: Sequence[int], reason: str) -> int:
    return parties.set_people_apart(act, person_ids=tuple(ids), reason=reason)


def _people(act: Act, run: DestructionRun, ids: Sequence[int], reason: str) -> int:
    for person_id in ids:
        parties.erase_person(act, person_id=person_id, reason=reason)
    return len(ids)


def _reads(act: Act, run: DestructionRun, ids: Sequence[int], reason: str) -> int:
    first = queries.reads_kept_from(bylaws.rules_on(run.on_date), run.on_date)
    before = datetime.combine(first, time(), SEOUL)
    erase_matters([f"kernel.Read:{pk}" for pk in ids], act.at)
    ReadReason.objects.filter(read__in=ids).delete()
    return forget_reads(before, len(ids))


_DESTROY: dict[str, Destroy] = {
    "applications": _applications,
    "mandates": _mandates,
    "contacts": _contacts,
    "people": _people,
    "reads": _reads,
}
