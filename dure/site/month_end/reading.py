"""A month of the books read in words: what came in and went out, what changed, what looks odd."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from dure.domains.ledger import queries as ledger
from dure.domains.memberships import queries as memberships
from dure.kernel.acts import Act
from dure.kernel.dates import Month, format_month
from dure.kernel.money import format_won


@dataclass(frozen=True, slots=True)
class Reading:
    """Sentences about a month, and warnings that want a look before it is closed."""

    sentences: tuple[str, ...]
    warnings: tuple[str, ...]


def read_month(act: Act, month: Month) -> Reading:
    """The month in words, fund by fund, beside the month before and the year before."""
    books = month_in_words(month)
    suspense = memberships.unmatched_summary(act, month.end_date)
    if not suspense.count:
        return books
    waits = _("%(count)d receipts (%(won)s) are still in suspense.") % {
        "count": suspense.count,
        "won": format_won(suspense.sum_won),
    }
    return Reading(books.sentences, (*books.warnings, waits))


def month_in_words(month: Month) -> Reading:
    """What the books alone say: sums that whoever reads statements may read."""
    sentences: list[str] = []
    warnings: list[str] = []
    trial = ledger.trial_balance("", month, month)
    sentences.append(
        _("Debits and credits are both %(won)s: the books of %(month)s balance.")
        % {"won": format_won(trial.debit_won), "month": format_month(month)}
        if trial.is_balanced
        else ""
    )
    if not trial.is_balanced:
        warnings.append(_("Debits and credits differ. Run the check of the books before closing."))
    for fund, found in ledger.statements_of_funds(month, month):
        if not (found.in_won or found.out_won or found.closing_won or found.opening_won):
            continue
        sentences.append(
            _(
                "%(fund)s began with %(opening)s; %(in)s came in and %(out)s went out, so it ended with %(closing)s."
            )
            % {
                "fund": fund.name,
                "opening": format_won(found.opening_won),
                "in": format_won(found.in_won),
                "out": format_won(found.out_won),
                "closing": format_won(found.closing_won),
            }
        )
        if found.money_closing_won < 0:
            warnings.append(
                _("%(fund)s has less than nothing in the bank: %(won)s.")
                % {"fund": fund.name, "won": format_won(found.money_closing_won)}
            )
        if found.due_to_funds_won:
            warnings.append(
                _("%(fund)s owes other funds %(won)s.")
                % {"fund": fund.name, "won": format_won(found.due_to_funds_won)}
            )
    sentences.extend(_compared(month))
    return Reading(tuple(filter(None, sentences)), tuple(warnings))


def _compared(month: Month) -> list[str]:
    now = ledger.activities("", month, month)
    found = []
    for other, words in (
        (month.plus(-1), _("the month before")),
        (month.plus(-12), _("the same month of last year")),
    ):
        if other.first_date < ledger.chart().first_date:
            continue
        then = ledger.activities("", other, other)
        if not then.income_won and not then.expense_won:
            continue
        found.append(
            _("Against %(then)s income is %(income)s and expense %(expense)s.")
            % {
                "then": words,
                "income": _changed(now.income_won - then.income_won),
                "expense": _changed(now.expense_won - then.expense_won),
            }
        )
    return found


def _changed(won: int) -> str:
    if not won:
        return _("the same")
    said = _("%(won)s more") if won > 0 else _("%(won)s less")
    return said % {"won": format_won(abs(won))}
