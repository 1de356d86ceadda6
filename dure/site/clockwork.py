"""The worker: tells the news of the outbox, and does what the clock asks for.

Every job of the clock is a command that does nothing twice, so that two workers, a killed one, or
one that slept for a week do no harm: the key of a job is made from its name and its turn.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.db import close_old_connections, connection
from django.utils import translation

from dure.domains.governance import queries as governance
from dure.domains.governance.commands import actions
from dure.domains.loans.commands import daily as loans, letters, review
from dure.domains.memberships import commands as memberships
from dure.domains.mutual_aid import commands as mutual_aid
from dure.domains.trade import commands as trade, queries as trades
from dure.kernel import boxes, clock, files, outbox, seals
from dure.kernel.acts import SEOUL, Act, system_act

from . import commands
from .moving import fetching

_log = logging.getLogger("dure.worker")

PAUSE_SECONDS = 2.0
SEAL_AFTER = timedelta(minutes=10)
MONDAY_NINE = 2 * 24 + 9  # hours after the Saturday from which turns are counted


@dataclass(frozen=True, slots=True)
class Job:
    """Work of the clock: every so often, or once a day after an hour in Seoul."""

    name: str
    run: Callable[[Act], object]
    every: timedelta = timedelta(days=1)
    after_hour: int = 0

    def turn(self, now: datetime) -> int:
        """The number of the turn `now` falls into; a new number is due."""
        local = now.astimezone(SEOUL) - timedelta(hours=self.after_hour)
        since = local.replace(tzinfo=None) - datetime(2000, 1, 1)  # noqa: DTZ001 both local
        return int(since // self.every)


def _seal(act: Act) -> None:
    if seals.waiting():
        seals.seal_books(act)


def _remind(act: Act) -> None:
    with suppress(commands.NothingWaits):
        commands.remind_staff(act)


def _lapse(act: Act) -> None:
    with suppress(memberships.NothingLapses):
        memberships.lapse_applications(act)


def _lapse_promises(act: Act) -> None:
    with suppress(review.NoPromiseLapses):
        review.lapse_loan_promises(act)


def _bill_aid(act: Act) -> None:
    with suppress(mutual_aid.AidNothingToBill):
        mutual_aid.bill_aid_contributions(act, month=f"{act.today:%Y-%m}")


def _watch_aid(act: Act) -> None:
    with suppress(mutual_aid.AidNothingToWatch):
        mutual_aid.watch_aid_contributions(act)


def _bill_contributions(act: Act) -> None:
    """Month by month, each under a key of its own; what nobody billed for a while is caught up."""
    for month in trades.months_to_bill(act.today):
        with suppress(trade.NoContributionToBill):
            turn = replace(act, key=uuid5(act.key, str(month)))
            trade.bill_contributions(turn, month=str(month))


def _remind_of_contributions(act: Act) -> None:
    with suppress(trade.NoContributionLate):
        trade.remind_of_contributions(act)


def _record_recurring_deals(act: Act) -> None:
    with suppress(trade.NoRecurringDealDue):
        trade.record_recurring_deals(act)


def _burn_boxes(act: Act) -> None:
    for name in governance.boxes_left():
        boxes.burn(name)


def _watch_listings(act: Act) -> None:
    with suppress(trade.NoListingEnds):
        trade.watch_listings(act)


def _remind_of_actions(act: Act) -> None:
    with suppress(actions.NobodyToRemind):
        actions.remind_actions(act)


def _destroy_files(act: Act) -> None:
    with suppress(files.NoFileDue):
        files.destroy_kept_files(act)


def _count_rows(act: Act) -> None:
    """SQLite plans by the sizes it counted last, and counts nothing unless told to. A thousand rows of
    each index suffice, and take no time."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 1000")
            cursor.execute("ANALYZE")


def _run_loan_days(act: Act) -> None:
    """Yesterday is over; a week that nobody ran is caught up."""
    loans.run_until(act, act.today - timedelta(days=1))


def close_group_buys(act: Act) -> None:
    """All whose moment has come, each under a key of its own."""
    for buy_id in trades.buys_to_close(act.at):
        own = replace(act, key=uuid5(act.key, f"group_buy:{buy_id}"))
        trade.close_group_buy(own, buy_id=buy_id)


JOBS = (
    Job("seal_books", _seal, SEAL_AFTER),
    Job("lapse_applications", _lapse, after_hour=3),
    Job("lapse_loan_promises", _lapse_promises, after_hour=3),
    Job("bill_aid_contributions", _bill_aid, after_hour=4),
    Job("watch_aid_contributions", _watch_aid, after_hour=5),
    Job("record_recurring_deals", _record_recurring_deals, after_hour=4),
    Job("bill_contributions", _bill_contributions, after_hour=5),
    Job("remind_of_contributions", _remind_of_contributions, after_hour=9),
    Job("burn_boxes", _burn_boxes, timedelta(minutes=10)),
    Job("watch_listings", _watch_listings, after_hour=8),
    Job("remind_of_actions", _remind_of_actions, after_hour=8),
    Job("destroy_kept_files", _destroy_files, timedelta(hours=1)),
    Job("close_group_buys", close_group_buys, timedelta(minutes=10)),
    Job("run_loan_days", _run_loan_days, after_hour=1),
    Job("send_loan_letters", letters.send_every_letter, after_hour=9),
    Job("count_rows", _count_rows, after_hour=3),
    Job("remove_exports", fetching.remove_old, after_hour=3),
    Job("remind_staff", _remind, timedelta(days=7), after_hour=MONDAY_NINE),
)


class Worker:
    """One loop; `turn` does what is due and says how much it was."""

    def __init__(self) -> None:
        self.stopping = False
        self._last_turn: dict[str, int] = {}

    def run(self) -> None:
        while not self.stopping:
            try:
                close_old_connections()
                done = self.turn()
            except Exception:  # noqa: BLE001 - a database that is away for a moment must not end it
                _log.exception("the worker stumbles, and goes on")
                connection.close()
                done = 0
            if not done:
                time.sleep(PAUSE_SECONDS)

    def turn(self) -> int:
        now = clock.now()
        with translation.override("ko"):
            return outbox.tell_due(now) + sum(self._do(job, now) for job in JOBS)

    def _do(self, job: Job, now: datetime) -> int:
        number = job.turn(now)
        if self._last_turn.get(job.name) == number:
            return 0
        key = uuid5(NAMESPACE_URL, f"dure:clock:{job.name}:{number}")
        try:
            job.run(system_act(now, key))
        except Exception:  # noqa: BLE001 - one job must not keep the others from running
            _log.exception("job %s failed; it is tried again in its next turn", job.name)
        self._last_turn[job.name] = number
        return 1
