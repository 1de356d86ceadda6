"""Taking the steps of the history through the ordinary commands, so that its deeds read like history.

1. The first and the last act have known keys: whoever asks finds in the deeds themselves whether the
   database holds nothing, a demonstration (finished or broken off), or a real network.
2. A broken-off demonstration is emptied and built anew; a real network is never touched.
3. Each step is an act of the person who would have done it, in the standing of that day.
"""

from __future__ import annotations

import fcntl
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import connection
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from dure.domains.ledger import commands as ledger
from dure.domains.ledger.rules import EntryDraft, Side
from dure.domains.loans.commands import daily as loan_days
from dure.domains.memberships import commands as memberships, queries as membership_queries
from dure.domains.parties import commands as parties, queries as party_queries
from dure.domains.parties.commands import access
from dure.domains.trade import commands as trade
from dure.kernel import seals, triggers
from dure.kernel.acts import SEOUL, Act, Capacity, system_act
from dure.kernel.deeds import COMMANDS
from dure.kernel.models import Deed, News
from dure.kernel.progress import Progress, silent
from dure.kernel.refusals import Refusal

from .bookings import Booking
from .directory import take_in_directory
from .history import History, imagine
from .logins import LOGINS, PASSWORD
from .network import EARLIEST_TODAY
from .steps import SECOND, SECRETARIAT, Ref, Step
from .trading import Sale

BEGUN = uuid5(NAMESPACE_URL, "dure:demo:begun")
FINISHED = uuid5(NAMESPACE_URL, "dure:demo:finished")
PROGRESS_EVERY = 10
DECIDED = frozenset(  # in meetings that were held before the network kept them here
    {
        "bylaws.adopt_provision", "governance.fill_seat", "let the committee decide",
        "loans.approve_loan", "loans.refuse_loan", "memberships.admit_member", "memberships.adopt_ethics_code",
        "memberships.approve_share_refund", "memberships.decide_application",
        "memberships.decide_conduct_case", "memberships.refuse_application",
    }
)  # fmt: skip


class RealNetworkHere(Refusal):
    """The data folder or database holds a network that is no demonstration."""

    text = _("There is a real network here: %(name)s. The demonstration does not touch it.")
    remedy = _("Name another folder: dure --home DIR demo.")


class OtherDemoHere(Refusal):
    """The demonstration here was grown from another seed."""

    text = _("There is a demonstration here already, but not the one of seed %(seed)d.")
    remedy = _("Name another folder: dure --home DIR demo.")


class DemoUnderway(Refusal):
    """Another process builds the demonstration in this folder."""

    text = _("The demonstration is being built here right now.")
    remedy = _("Wait half a minute and try again.")


class TooEarly(Refusal):
    """The history of the demonstration reaches to a later day."""

    text = _("The demonstration can be built for %(earliest)s or later, not for %(today)s.")


class State(StrEnum):
    """What the database holds."""

    EMPTY = "empty"
    BROKEN_OFF = "broken off"
    FINISHED = "finished"
    REAL = "real"


def state() -> State:
    """Read from the deeds: the demonstration's first and last act have known keys."""
    known = set(Deed.objects.filter(key__in=(BEGUN, FINISHED)).values_list("key", flat=True))
    if FINISHED in known:
        return State.FINISHED
    if BEGUN in known:
        return State.BROKEN_OFF
    return State.REAL if Deed.objects.exists() else State.EMPTY


def key_of(seed: int, number: int) -> UUID:
    """The key of the so-manyth act of the demonstration grown from the seed."""
    return BEGUN if number == 1 else uuid5(BEGUN, f"{seed} {number}")


def grown_from(seed: int) -> bool:
    """Whether the demonstration here has this seed."""
    return Deed.objects.filter(key=key_of(seed, 2)).exists()


def empty() -> None:
    """Forget a broken-off demonstration. Refuses anything else."""
    assert state() == State.BROKEN_OFF, "only a broken-off demonstration is emptied"
    with triggers.suspended(connection):
        call_command("flush", interactive=False, verbosity=0)


@dataclass(frozen=True, slots=True)
class Built:
    """What was built, for those who want to log in."""

    network: str
    password: str
    logins: dict[str, str]  # role → e-mail


def build_demo(*, today: date, seed: int = 1, progress: Progress = silent) -> Built:
    """Build the whole network up to the day before `today`; one that is finished is left alone.

    Raises RealNetworkHere, OtherDemoHere, DemoUnderway, TooEarly.
    """
    with _alone():
        return _build(today, seed, progress)


def _build(today: date, seed: int, progress: Progress) -> Built:
    found = state()
    if found == State.REAL:
        profile = party_queries.network_profile()
        raise RealNetworkHere(name=profile.name if profile else "—")
    if found == State.FINISHED:
        if not grown_from(seed):
            raise OtherDemoHere(seed=seed)
        return told()
    if today < EARLIEST_TODAY:
        raise TooEarly(earliest=EARLIEST_TODAY, today=today)
    if found == State.BROKEN_OFF:
        empty()
    history = imagine(seed, today)
    with translation.override("ko"), _quick(), _rarely_tidied():
        Builder(history, progress).build()
    return told()


def told() -> Built:
    """What stands there now."""
    profile = party_queries.network_profile()
    assert profile is not None
    return Built(profile.name, PASSWORD, {login.role: login.email for login in LOGINS})


@contextmanager
def _alone() -> Iterator[None]:
    """One builder at a time in a data folder: to another one, our unfinished work looks broken off."""
    with (Path(settings.DURE_HOME) / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DemoUnderway from error
        yield


@contextmanager
def _quick() -> Iterator[None]:
    """A demonstration that is lost in a power cut is built again: do not wait for the disk."""
    if connection.in_atomic_block:  # a test's; it has nothing to wait for
        yield
        return
    names = ("synchronous_commit = off", "synchronous_commit = on")
    if connection.vendor == "sqlite":
        names = ("synchronous = OFF", "synchronous = NORMAL")
    verb = "PRAGMA" if connection.vendor == "sqlite" else "SET"
    with connection.cursor() as cursor:
        cursor.execute(f"{verb} {names[0]}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"{verb} {names[1]}")


@contextmanager
def _rarely_tidied() -> Iterator[None]:
    """Look for rubbish less often: a tenth of the time went into it."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class Builder:
    """Takes one step after another and remembers which id each thing got."""

    def __init__(self, history: History, progress: Progress = silent) -> None:
        self.history, self.progress = history, progress
        self.ids: dict[str, int] = {}
        self.number = 0
        self.errands: dict[str, Callable[..., Any]] = {
            "post": self._post, "post all": self._post_all, "draft": self._draft,
            "match by hand": self._match_by_hand, "waive what is open": self._waive,
            "end their representation": self._end_representation,
            "let the committee decide": self._decide,
            "take in the deals": self._take_in_deals, "take in the directory": take_in_directory, "open the account": self._open_account,
            "run the days of the loans": lambda act: loan_days.run_until(act, act.today),
        }  # fmt: skip

    def build(self) -> None:
        total = len(self.history.diary) + 1
        for done, (at, step) in enumerate(self.history.steps(), 1):
            self.take(at, step)
            if done % PROGRESS_EVERY == 0:
                self.progress(done, total, f"{at:%Y-%m}")
        News.objects.filter(state=News.State.WAITING).update(state=News.State.DONE)  # old letters
        midnight = datetime.combine(self.history.today, time(0), SEOUL)
        seals.seal_books(system_act(midnight, FINISHED))
        self.progress(total, total, f"{self.history.today:%Y-%m-%d}")

    def take(self, at: datetime, step: Step) -> None:
        act = self.act_of(at, step)
        given = self.resolved(step.given)
        errand = self.errands.get(step.verb)
        result = errand(act, **given) if errand else COMMANDS[step.verb](act, **given)
        if step.makes:
            self._learn(at.date(), step, result)

    def _learn(self, day: date, step: Step, result: Any) -> None:
        """The ids of what a step made: itself, then (of an admission) its party and its contact."""
        first, *more = step.makes
        self.ids[first] = result.pk
        if more:
            self.ids[more[0]] = result.party_id
        if len(more) > 1:
            (contact,) = party_queries.representatives_of(result.party_id, day)
            self.ids[more[1]] = contact.person_id

    # -- who acts ----------------------------------------------------------------------------------

    def next_key(self) -> UUID:
        self.number += 1
        if self.number == 1:
            return BEGUN
        return key_of(self.history.seed, self.number)

    def act_of(self, at: datetime, step: Step) -> Act:
        key = self.next_key()
        match step.by:
            case "system":
                return system_act(at, key, via="cli")
            case "visitor":
                return Act(None, at, key, "web")
            case "secretariat" | "second" | "bookkeeper" | "administrator":
                office = SECRETARIAT if step.by == SECOND else step.by
                person = self.ids[self.history.in_office(office, at.date())[0].key]
                standing = {Capacity(office), Capacity("person", person)}
                if step.verb in DECIDED:
                    standing.add(Capacity("resolution"))
            case _:
                person = self.ids[step.by]
                standing = {Capacity("person", person)}
                if step.speaks_for:
                    standing.add(Capacity("representative", self.ids[step.speaks_for]))
                if step.verb.endswith("_staff_session"):
                    standing.add(Capacity("appointed_administrator"))
        return Act(person, at, key, "web", frozenset(standing))

    def resolved(self, value: Any) -> Any:
        """The same with every Ref replaced by its id."""
        if isinstance(value, Ref):
            return self.ids[value.key]
        if isinstance(value, dict):
            return {name: self.resolved(each) for name, each in value.items()}
        if type(value) is tuple:
            return tuple(self.resolved(each) for each in value)
        return value

    # -- errands: steps that need a look first -----------------------------------------------------

    def _sides(self, booking: Booking) -> tuple[Side, ...]:
        return tuple(
            Side(
                m.account, m.fund, m.won, self.ids[m.party] if m.party else None, m.project or None
            )
            for m in booking.moves
        )

    def _post(self, act: Act, *, booking: Booking) -> Any:
        return ledger.post_entry(
            act, date=booking.date, text=booking.text, sides=self._sides(booking)
        )

    def _post_all(self, act: Act, *, text: str, bookings: tuple[Booking, ...]) -> Any:
        drafts = tuple(EntryDraft(b.date, self._sides(b), b.text) for b in bookings)
        return ledger.post_entries(act, text=text, batch=drafts)

    def _draft(self, act: Act, *, booking: Booking) -> Any:
        return ledger.draft_entry(
            act, date=booking.date, text=booking.text, sides=self._sides(booking)
        )

    def _match_by_hand(self, act: Act, *, payments: tuple[tuple[str, int, int], ...]) -> None:
        """What the bank's text did not tell surely, the bookkeeper knows."""
        waiting = membership_queries.unmatched_receipts(act, limit=200)
        known = {(payer, won): member for payer, won, member in payments}
        pairs = tuple(
            (receipt.id, known[receipt.payer, receipt.amount_won])
            for receipt in waiting
            if (receipt.payer, receipt.amount_won) in known
        )
        if pairs:
            memberships.match_receipts(act, pairs=pairs)

    def _waive(self, act: Act, *, membership: int, reason: str) -> None:
        charges = membership_queries.charges_of(act, membership, only_open=True)
        for charge in list(charges):
            memberships.waive_charge(self._again(act), charge_id=charge.pk, reason=reason)

    def _take_in_deals(self, act: Act, *, on_paper: str, sales: tuple[Sale, ...]) -> int:
        """What the file of the office lists."""
        deals = tuple(
            trade.ImportedDeal(
                row, self.ids[one.seller.party], self.ids[one.buyer.party], one.what, one.won,
                one.day, one.vat_won, paid_date=one.paid,
            )
            for row, one in enumerate(sales, 2)
        )  # fmt: skip
        return trade.import_deals(act, deals=deals, on_paper=on_paper)

    def _decide(self, act: Act, **given: Any) -> Any:
        """The committee votes on an application; what comes of a yes is a membership."""
        decided = COMMANDS["memberships.decide_application"](act, **given)
        return decided.membership

    def _end_representation(
        self, act: Act, *, organisation: int, person: int, until_date: date
    ) -> None:
        before = until_date - timedelta(days=1)
        for term in party_queries.representatives_of(organisation, before):
            if term.person_id == person:
                parties.end_representative(
                    self._again(act), representative_id=term.id, until_date=until_date
                )

    def _open_account(self, act: Act, *, email: str, person: int) -> Any:
        return access.open_account(act, email=email, person_id=person, password_hash=self._hash())

    def _hash(self) -> str:
        if not hasattr(self, "_hashed"):
            self._hashed = make_password(PASSWORD)
        return self._hashed

    def _again(self, act: Act) -> Act:
        """The same act under a key of its own."""
        return Act(act.actor_id, act.at, self.next_key(), act.via, act.standing)
