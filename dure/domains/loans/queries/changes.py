"""What was decided about loans that run, and what is still claimed of those given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, Sum

from dure.domains.bylaws.rules import Finding
from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Loan, LoanChange
from .borrowers import rules_of
from .loans import LoanRow, rows_of_loans

__all__ = [
    "LoanChangeLine", "call_due_from", "changes_of", "decided_since", "end_agreed", "ends_of_membership",
    "left_undecided", "open_wishes_of", "estate_days", "late_waived", "loans_of_member",
    "outside_the_books", "running_choices", "running_for_vote",
]  # fmt: skip

EXPULSION, LEAVING = "on_expulsion", "on_leaving"
LEFT_MAX = 50
NOTICE, ESTATE = "loans.call_notice_days", "loans.estate_days"


@dataclass(frozen=True, slots=True)
class LoanChangeLine:
    kind: str
    label: str
    changed_date: date
    won: int
    decided_by: str
    reason: str
    before: list[dict[str, Any]]  # the open instalments; of a waiver what was waived of which
    undoable_id: int | None = None  # a waiver that is the last that was decided


def changes_of(loan_id: int) -> tuple[LoanChangeLine, ...]:
    """What was decided about a loan, the latest first."""
    rows = list(LoanChange.objects.filter(loan=loan_id).order_by("-pk"))
    undone = {one.undoes_id for one in rows}
    stand = [one for one in rows if one.undoes_id is None and one.pk not in undone]
    last = stand[0].pk if stand and stand[0].kind == LoanChange.Kind.WAIVED else None
    return tuple(
        LoanChangeLine(
            one.kind, str(one.get_kind_display()), one.changed_date, one.won, one.decided_by,
            one.reason, [] if one.kind == LoanChange.Kind.WAIVED else one.before,
            one.pk if one.pk == last else None,
        )
        for one in rows
    )  # fmt: skip


def decided_since(loan_id: int, day: date) -> bool:
    """Whether a decision stands of that day or later, so that a payment of that day is not undone."""
    rows = LoanChange.objects.filter(loan=loan_id, changed_date__gte=day)
    return rows.filter(undone=None, undoes=None).exists()


def late_waived(loan_id: int) -> int:
    """Late interest of a loan that was waived by the office or a body, and not taken back."""
    rows = LoanChange.objects.filter(loan=loan_id, kind=LoanChange.Kind.WAIVED, undone=None)
    return int(rows.aggregate(won=Sum("won"))["won"] or 0)


def call_due_from(on: date, fund: str) -> date:
    """The first day on which all of a loan may be called due, after the notice that the rules ask."""
    book = rules_of(fund, on)
    return on + timedelta(days=int(book.number(NOTICE)) if NOTICE in book else 0)


def estate_days(on: date, fund: str) -> int:
    """How long a loan waits for the estate of who died."""
    book = rules_of(fund, on)
    return int(book.number(ESTATE)) if ESTATE in book else 0


def outside_the_books(loan_id: int) -> int:
    """What was given up of a loan and has not come back."""
    sums = LoanChange.objects.filter(loan=loan_id).aggregate(
        gone=Sum("won", filter=Q(kind=LoanChange.Kind.WRITTEN_OFF)),
        back=Sum("won", filter=Q(kind=LoanChange.Kind.RECOVERED)),
    )
    return int((sums["gone"] or 0) - (sums["back"] or 0))


def ends_of_membership(fund: str, on: date) -> dict[str, tuple[str, Finding]]:
    """What the rules say becomes of a loan when its borrower is expelled or leaves: on_expulsion and
    on_leaving, for the contract to freeze."""
    book = rules_of(fund, on)
    found = {}
    for name in (EXPULSION, LEAVING):
        if (key := f"loans.{name}") in book:
            choice = sorted(book.choices(key))[0]
            found[name] = choice, book.check(key, choice)
    return found


def end_agreed(loan_id: int, reason: str) -> str:
    """What the contract of a loan says becomes of it when the membership ends for this reason."""
    contract = Loan.objects.values_list("contract", flat=True).get(pk=loan_id)
    if reason == "expelled":
        return str(contract.get(EXPULSION, "ask"))
    return str(contract.get(LEAVING, "keep"))


def open_wishes_of(membership_id: int) -> list[int]:
    """What a member asked for and did not get yet."""
    rows = Loan.objects.filter(
        membership=membership_id, state__in=("applied", "approved", "signed")
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def left_undecided(act: Act) -> list[LoanRow]:
    """Running loans of those who left or were expelled, of which their contracts say that somebody is to
    decide, and nobody did. Raises Denied."""
    policies.can_see_loans(act).enforce()
    asks = Q(membership__left_reason="expelled") & ~Q(
        contract__on_expulsion__in=("call_due", "keep")
    )
    asks |= ~Q(membership__left_reason__in=("expelled", "died")) & Q(contract__on_leaving="ask")
    decided = LoanChange.objects.filter(
        loan=OuterRef("pk"), changed_date__gte=OuterRef("membership__left_date")
    )
    rows = Loan.objects.filter(asks, state=Loan.State.RUNNING, membership__left_date__isnull=False)
    return rows_of_loans(rows.exclude(Exists(decided)), act.today, LEFT_MAX)


def loans_of_member(membership_id: int) -> list[int]:
    """The running loans of a membership."""
    rows = Loan.objects.filter(membership=membership_id, state=Loan.State.RUNNING)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def running_choices() -> list[tuple[int, str]]:
    """The loans that run, for a body to choose from."""
    rows = Loan.objects.filter(state=Loan.State.RUNNING).select_related("party").order_by("pk")
    return [(one.pk, f"{one.party.name} {one.pk}") for one in rows[:500]]


def running_for_vote(loan_id: int) -> int:
    """Whose loan it is. Raises NotFound."""
    found = Loan.objects.filter(pk=loan_id, state=Loan.State.RUNNING).first()
    if found is None:
        raise NotFound
    return int(found.party_id)
