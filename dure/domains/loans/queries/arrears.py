"""How late loans are and what is set aside for them, as of the last day that was run; which day is
to be run next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, IntegerField, Q, Sum, Value, When
from django.utils.translation import gettext as _now

from dure.domains.ledger import queries as ledger
from dure.domains.self_help import queries as self_help
from dure.kernel.acts import Act

from .. import policies
from ..models import LoanDay, LoanStanding
from ..rules.ladder import STEPS
from ..rules.overdue import CLASSES, Class
from ..rules.portfolio import bounds_of
from .letters import letters_sent
from .provisioning import provisioning_on

__all__ = [
    "Ageing", "AgeingBucket", "LateLoan", "ageing", "loan_day_reached", "loan_day_to_run",
    "loans_late", "loans_running",
]  # fmt: skip

ROWS_MAX = 2_000


@dataclass(frozen=True, slots=True)
class LateLoan:
    """A loan of which something is past due, as of the last day that was run."""

    loan_id: int
    party_id: int
    name: str
    product: str
    fund: str
    days: int
    late_since: date
    loan_class: str
    class_label: str
    arrears_won: int
    outstanding_won: int
    provision_won: int
    last_letter: str = ""  # which letter went out last about what is late now
    letter_date: date | None = None

    @property
    def id(self) -> int:
        return self.loan_id


@dataclass(frozen=True, slots=True)
class AgeingBucket:
    """Loans of one age; `until_days`: None for the oldest."""

    key: str
    label: str
    from_days: int
    until_days: int | None
    count: int
    outstanding_won: int
    arrears_won: int
    provision_won: int


@dataclass(frozen=True, slots=True)
class Ageing:
    """All running loans by age; `as_of`: None while no day was run."""

    as_of: date | None
    buckets: tuple[AgeingBucket, ...]

    @property
    def outstanding_won(self) -> int:
        return sum(one.outstanding_won for one in self.buckets)

    @property
    def provision_won(self) -> int:
        return sum(one.provision_won for one in self.buckets)

    @property
    def late_won(self) -> int:
        """What is outstanding of loans that are late at all."""
        return sum(one.outstanding_won for one in self.buckets if one.from_days)

    @property
    def late_loans(self) -> int:
        return sum(one.count for one in self.buckets if one.from_days)


def loan_day_to_run(until: date) -> date | None:
    """The day that is run next, if it is not after `until`: one that was begun; the one after the last
    that was finished; the first after anything was lent."""
    begun = LoanDay.objects.filter(finished_at=None).first()
    if begun is not None:
        return begun.day_date if begun.day_date <= until else None
    open_days = LoanStanding.objects.filter(Q(closed_date=None) | Q(provision_won__gt=0))
    first = open_days.order_by("as_of_date").values_list("as_of_date", flat=True).first()
    if first is None:
        return None
    last = _last_day()
    after = first if last is None else max(first, last)
    wanted = after + timedelta(days=1)
    return wanted if wanted <= until else None


def loan_day_reached(day: date) -> tuple[int, int]:
    """How far a day was run: up to which loan, and how many."""
    found = LoanDay.objects.filter(day_date=day).values_list("upto", "loans").first()
    return found or (0, 0)


def loans_running() -> int:
    return LoanStanding.objects.filter(closed_date=None).count()


def loans_late(
    act: Act, *, fund: str | None = None, from_days: int = 1, until_days: int | None = None
) -> list[LateLoan]:
    """Loans past due for so many days, the oldest first: out of a fund, out of the network's own
    (empty), or of every lender. Raises Denied, UnknownFund."""
    policies.can_see_loans(act).enforce()
    rows = LoanStanding.objects.filter(closed_date=None, days_late__gte=max(from_days, 1))
    if fund is not None:
        rows = rows.filter(_out_of(fund))
    if until_days is not None:
        rows = rows.filter(days_late__lte=until_days)
    rows = rows.select_related("loan__party", "loan__product")
    found = list(rows.order_by("-days_late", "loan_id")[:ROWS_MAX])
    letters = letters_sent([one.loan_id for one in found])
    return [
        LateLoan(
            one.loan_id, one.loan.party_id, one.loan.party.name, one.loan.product.name,
            one.fund, one.days_late, one.as_of_date - timedelta(days=one.days_late),
            one.loan_class, str(one.get_loan_class_display()), one.arrears_won,
            one.loan.committed_won, one.provision_won, *_last_letter(one, letters),
        )
        for one in found
    ]  # fmt: skip


def _last_letter(
    one: LoanStanding, letters: Mapping[int, Mapping[str, date]]
) -> tuple[str, date | None]:
    oldest = one.as_of_date - timedelta(days=one.days_late)
    sent = [(day, step) for step, day in letters.get(one.loan_id, {}).items() if day > oldest]
    day, step = max(sent, default=(None, ""))
    return str(dict(STEPS).get(step, "")), day


def ageing(act: Act, fund: str = "") -> Ageing:
    """The running loans out of a fund, or the network's own, by how late they are: not at all, and by
    the days of the classes in its rules. Raises Denied, UnknownFund."""
    policies.can_see_loans(act).enforce()
    as_of = _last_day()
    steps = provisioning_on(as_of or act.today, fund).steps
    bounds = bounds_of(steps)
    labels, classes = dict(CLASSES), {days: one for days, one in steps}
    names = [classes.get(days, Class.NORMAL) for days in bounds]
    age = Case(
        *(When(days_late__gte=since, then=Value(n)) for n, since in reversed([*enumerate(bounds)])),
        output_field=IntegerField(),
    )
    running = LoanStanding.objects.filter(_out_of(fund), closed_date=None)
    rows = running.annotate(age=age).values("age").order_by()
    found = {
        row["age"]: row
        for row in rows.annotate(
            count=Count("pk"), left=Sum("loan__committed_won"), late=Sum("arrears_won"),
            aside=Sum("provision_won"),
        )
    }  # fmt: skip
    nothing = dict.fromkeys(("count", "left", "late", "aside"), 0)
    buckets = []
    for n, (since, name) in enumerate(zip(bounds, names, strict=True)):
        row = found.get(n, nothing)
        until = bounds[n + 1] if n + 1 < len(bounds) else None
        label = _days_label(since, until)
        if since > 1:
            label = f"{label} ({labels[name]})"
        buckets.append(
            AgeingBucket(
                f"from_{since}" if since else "current", label, since,
                None if until is None else until - 1, row["count"], row["left"], row["late"],
                row["aside"],
            )
        )  # fmt: skip
    return Ageing(as_of, tuple(buckets))


def _out_of(fund: str) -> Q:
    """Standings of what is lent out of a fund, or out of the network's own."""
    if fund:
        return Q(fund=ledger.chart().fund(fund).code)
    return ~Q(fund__in=list(self_help.rule_owners()))


def _days_label(since: int, until: int | None) -> str:
    if not since:
        return _now("not late")
    if until is None:
        return _now("%(since)d days and more") % {"since": since}
    return _now("%(since)d to %(until)d days") % {"since": since, "until": until - 1}


def _last_day() -> date | None:
    return (
        LoanDay.objects.filter(finished_at__isnull=False)
        .order_by("-day_date")
        .values_list("day_date", flat=True)
        .first()
    )
