"""What is kept too long: found by the rule that says for how long, with what the law keeps apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Rulebook
from dure.domains.governance.queries import destruction as governance
from dure.domains.ledger import queries as ledger
from dure.domains.memberships import queries as memberships
from dure.domains.parties import queries as parties
from dure.kernel.acts import SEOUL, Act
from dure.kernel.dates import after_months
from dure.kernel.models import Read
from dure.kernel.refusals import NotFound, type_text

from .. import policies
from ..models import DestructionRun

__all__ = [
    "Due", "KeptByLaw", "KindOfData", "RunCard", "destruction_due", "destruction_runs",
    "due_to_destroy", "kept_by_law", "kinds_of_data", "reads_kept_from", "run_card", "run_under_way",
]  # fmt: skip

FORMER, BOOKS = "privacy.former_member_kept_months", "privacy.books_kept_months"
LOG = ("privacy.access_log_kept_months", "privacy.access_log_months")
LARGE_LOG = "privacy.access_log_large_months"
LARGE = "privacy.access_log_large_people_count"
SENSITIVE = "privacy.handles_sensitive"
EVERY = "privacy.destruction_months"


@dataclass(frozen=True, slots=True)
class KindOfData:
    """A kind of data that is destroyed: by which rule, which rows, and what is done with them."""

    key: str
    title: type_text
    does: type_text
    rule: str
    before: Callable[[Rulebook, date], date]  # what is older goes
    rows: Callable[[Rulebook, date], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Due:
    """How much of a kind is due, and by which rule."""

    kind: str
    title: str
    does: str
    rule: str
    asks: str
    citation: str
    text: str
    before: date
    count: int


@dataclass(frozen=True, slots=True)
class KeptByLaw:
    """What stays although its time is over, why, and by which rule."""

    title: str
    why: str
    citation: str
    count: int


@dataclass(frozen=True, slots=True)
class RunCard:
    """A run of destruction: what was planned, how far it is, its certificate."""

    id: int
    on_date: date
    is_done: bool
    started_at: datetime
    finished_at: datetime | None
    planned: tuple[dict[str, Any], ...]
    done: dict[str, int]
    kept: tuple[dict[str, Any], ...]
    paper_id: int | None

    @property
    def total(self) -> int:
        return max(sum(int(one["count"]) for one in self.planned), self.destroyed)

    @property
    def destroyed(self) -> int:
        return sum(self.done.values())


def _months_ago(rule: str) -> Callable[[Rulebook, date], date]:
    def before(book: Rulebook, on: date) -> date:
        return after_months(on, -book.number(rule))

    return before


def reads_kept_from(book: Rulebook, on: date) -> date:
    """The first day whose reads are kept: the longest that a rule asks for this many people, and
    for sensitive data."""
    months = [book.number(rule) for rule in LOG if rule in book]
    sensitive = SENSITIVE in book and book.yes(SENSITIVE)
    if LARGE in book and (sensitive or parties.people_count() >= book.number(LARGE)):
        months.append(book.number(LARGE_LOG))
    return after_months(on, -max(months))


def _gone(book: Rulebook, on: date) -> QuerySet[Any]:
    """Who is needed no longer since so long, and bound by nothing."""
    before = after_months(on, -book.number(FORMER))
    needed = (
        memberships.members_since(before),
        *memberships.parties_bound(),
        ledger.parties_with_balances(),
        governance.seated_since(before),
    )
    return parties.people_gone(before, belonged=memberships.members_gone(before), needed=needed)


def _named_by_law(book: Rulebook, on: date) -> Q:
    """Whom the books, lists of receipts, minutes and the list of offices still have to name."""
    since = after_months(on, -book.number(BOOKS))
    named = (
        ledger.parties_booked_since(since),
        memberships.donors_kept(book, on),
        parties.staff_ever(),
        *governance.named_since(since),
    )
    found = Q()
    for those in named:
        found |= Q(pk__in=those)
    return found


def _people_to_set_apart(book: Rulebook, on: date) -> QuerySet[Any]:
    return _gone(book, on).filter(_named_by_law(book, on), apart_at=None)


def _people_to_erase(book: Rulebook, on: date) -> QuerySet[Any]:
    return _gone(book, on).exclude(_named_by_law(book, on))


def _old_reads(book: Rulebook, on: date) -> QuerySet[Any]:
    first = reads_kept_from(book, on)
    return Read.objects.filter(at__lt=datetime.combine(first, time(), SEOUL)).order_by("pk")


def kinds_of_data() -> tuple[KindOfData, ...]:
    """Every kind, in the order in which it is destroyed."""
    return (
        KindOfData(
            "applications",
            _("Applications that led to nothing"),
            _("Name, contact, motive and notes are erased; number, days and decision stay."),
            "privacy.application_kept_months",
            _months_ago("privacy.application_kept_months"),
            lambda book, on: memberships.applications_to_erase(
                after_months(on, -book.number("privacy.application_kept_months"))
            ),
        ),
        KindOfData(
            "mandates",
            _("Direct debits that ended"),
            _("Account number and holder are erased; what was agreed to, and when, stays."),
            "debit.consent_kept_months",
            _months_ago("debit.consent_kept_months"),
            memberships.mandates_to_destroy,
        ),
        KindOfData(
            "contacts",
            _("Contacts of people who left"),
            _(
                "Contact, log-in, account and notes are erased; the name stays apart, for the books only."
            ),
            FORMER,
            _months_ago(FORMER),
            _people_to_set_apart,
        ),
        KindOfData(
            "people",
            _("People of whom no book has to speak any more"),
            _("Everything is erased; sums and days stay without the name."),
            FORMER,
            _months_ago(FORMER),
            _people_to_erase,
        ),
        KindOfData(
            "reads",
            _("The log of reads"),
            _("The oldest entries are deleted."),
            LOG[0],
            reads_kept_from,
            _old_reads,
        ),
    )


def due_to_destroy(act: Act, on: date, book: Rulebook | None = None) -> list[Due]:
    """What is due, kind by kind, with the rule; also what is zero. For the office."""
    policies.can_see_destruction(act).enforce()
    book = book or bylaws.rules_on(on)
    found = []
    for kind in kinds_of_data():
        rule = book.provision(kind.rule)
        found.append(
            Due(
                kind.key,
                str(kind.title),
                str(kind.does),
                rule.label,
                str(rule.asks),
                str(rule.citation),
                rule.citation.text,
                kind.before(book, on),
                kind.rows(book, on).count(),
            )
        )
    return found


def kept_by_law(act: Act, on: date, book: Rulebook | None = None) -> list[KeptByLaw]:
    """What stays although its time is over: kept apart for the books, or still bound."""
    policies.can_see_destruction(act).enforce()
    book = book or bylaws.rules_on(on)
    before = after_months(on, -book.number(FORMER))
    everyone = parties.people_gone(
        before,
        belonged=memberships.members_gone(before),
        needed=(memberships.members_since(before), governance.seated_since(before)),
    )
    bound = everyone.exclude(pk__in=_gone(book, on).order_by().values("pk")).count()
    apart_law = book.provision("privacy.kept_apart") if "privacy.kept_apart" in book else None
    found = [
        KeptByLaw(
            str(_("Names kept apart for the books")),
            str(_("They are in no list and no search; only the books and papers name them.")),
            " · ".join(
                str(rule.citation)
                for rule in (book.provision(BOOKS), apart_law)
                if rule is not None
            ),
            parties.people_apart().count(),
        ),
        KeptByLaw(
            str(_("People who left and still owe, hold shares or wait for an answer")),
            str(_("Once that is settled, the next destruction takes them.")),
            str(book.provision(FORMER).citation),
            bound,
        ),
    ]
    return [one for one in found if one.count]


def destruction_runs(act: Act) -> QuerySet[DestructionRun]:
    """All runs, the latest first."""
    policies.can_see_destruction(act).enforce()
    return DestructionRun.objects.select_related("paper").order_by("-pk")


def run_card(act: Act, run_id: int) -> RunCard:
    """A run. Raises NotFound."""
    found = destruction_runs(act).filter(pk=run_id).first()
    if found is None:
        raise NotFound
    return RunCard(
        found.pk,
        found.on_date,
        found.state == DestructionRun.State.DONE,
        found.started_at,
        found.finished_at,
        tuple(found.planned),
        found.done,
        tuple(found.kept),
        found.paper_id,
    )


def run_under_way() -> int | None:
    """The run that was begun and not finished."""
    running = DestructionRun.objects.filter(state=DestructionRun.State.RUNNING)
    return running.values_list("pk", flat=True).first()


def destruction_due(act: Act) -> int:
    """How much waits to be destroyed, once the time since the last run is over; else nothing."""
    last = destruction_runs(act).filter(state=DestructionRun.State.DONE).first()
    months = bylaws.rules_on(act.today).number(EVERY)
    if last is not None and after_months(last.on_date, months) > act.today:
        return 0
    return sum(one.count for one in due_to_destroy(act, act.today))
