"""The letters of the ladder, sent by the clock after the days were run: each step once."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from uuid import uuid5

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import Refusal

from .. import policies, queries
from ..events import LoanLettersSent
from ..models import LoanLetter, LoanStanding

__all__ = ["NoLoanLetterDue", "send_loan_letters"]

LETTERS_AT_ONCE = 500


class NoLoanLetterDue(Refusal):
    """Nobody is late enough, or everybody was written to."""

    text = _("No letter about a late loan is due.")


@command
def send_loan_letters(act: Act, *, after: int = 0, letters: int = LETTERS_AT_ONCE) -> int:
    """Send the letters that are due today about the loans after one, at most so many; the last loan
    that was written about. Raises NoLoanLetterDue."""
    policies.can_send_loan_letters(act).enforce()
    due = queries.letters_due(act.today, after, letters)
    if not due:
        raise NoLoanLetterDue
    # ---
    held = LoanStanding.objects.select_for_update().filter(loan__in=[one.loan_id for one in due])
    late = set(held.filter(days_late__gt=0).order_by("pk").values_list("pk", flat=True))
    late -= set(
        LoanLetter.objects.filter(loan__in=late, sent_date=act.today).values_list("loan", flat=True)
    )  # sent by another, who held them before
    made = LoanLetter.objects.bulk_create(
        LoanLetter(
            loan_id=one.loan_id, step=one.step, sent_date=act.today, oldest_date=one.oldest_date,
            won=one.won, until_date=one.until_date, guarantors_hear=one.guarantors_hear,
        )
        for one in due
        if one.loan_id in late
    )  # fmt: skip
    record(act, LoanLettersSent(act.today, len(made), tuple(one.pk for one in made)))
    return due[-1].loan_id


def send_every_letter(act: Act) -> None:
    """All that are due, part by part, each under a key of its own; stopped anywhere and begun again,
    it goes on from there."""
    after = 0
    with suppress(NoLoanLetterDue):
        while True:
            key = uuid5(act.key, f"letters:{act.today.isoformat()}:{after}")
            after = send_loan_letters(replace(act, key=key), after=after)
