"""What the papers of a loan say: the contract, the certificate of balance, the interest of a year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy as _lazy

from dure.domains.bylaws.rules import keep
from dure.kernel.acts import Act
from dure.kernel.money import Rounding, format_number, format_won
from dure.kernel.refusals import NotFound, Refusal

from .. import policies
from ..models import Loan
from ..rules.costs import fee_of
from ..rules.schedules import Schedule, schedule
from .borrowers import borrower_of
from .changes import ends_of_membership
from .loans import LoanCard
from .products import terms_of

__all__ = [
    "NoContractDraft",
    "contract_draft",
    "contract_of",
    "contract_said",
    "balance_said",
    "interest_paid",
    "interest_said",
    "plan_of",
]

type_said = dict[str, Any]
EMPTY: type_said = {
    "form": "statement", "unit": "", "subtitle": "", "sections": (), "tables": (), "notes": (),
}  # fmt: skip


class NoContractDraft(Refusal):
    """A contract is read between the decision and the signature."""

    text = _lazy(
        "There is a draft of the contract while it waits for its signature; the loan is %(state)s."
    )


def plan_of(loan: Loan, day: date) -> Schedule:
    """What would be paid back when, were it paid out on the day."""
    return schedule(terms_of(loan.product, loan.won, loan.months, loan.grace_months, day))


def contract_of(loan: Loan, day: date) -> dict[str, Any]:
    """What was agreed, in plain values; what becomes of it when the membership ends, too."""
    product = loan.product
    ends = ends_of_membership(product.fund, day)
    fee = fee_of(loan.won, product.fee_share, product.fee_won, Rounding(product.rounding))
    return {
        "fee_won": fee, "won": loan.won, "months": loan.months, "grace_months": loan.grace_months,
        "product": product.name, "article": product.article,
        "rate": str(product.rate), "late_rate": str(product.late_rate),
        "method": product.method, "day_count": product.day_count, "rounding": product.rounding,
        "unit_won": product.unit_won, "due_day_moves": product.due_day_moves,
        "order": product.order, "papers": product.papers,
        "guarantors": [
            {"name": one.party.name, "most_won": one.most_won, "signed": str(one.signed_date)}
            for one in loan.guarantees.filter(state="signed").select_related("party").order_by("pk")
        ],
        "conditions": list(loan.conditions.order_by("pk").values_list("text", flat=True)),
        **{name: choice for name, (choice, _found) in ends.items()},
        "provisions": [*product.findings, *loan.decision, *keep(one for _c, one in ends.values())],
    }  # fmt: skip


def contract_draft(act: Act, loan_id: int) -> type_said:
    """What the contract would say, were it signed today: to be read before. Raises NotFound, Denied,
    NoContractDraft."""
    loan = Loan.objects.select_related("party", "product").filter(pk=loan_id).first()
    if loan is None:
        raise NotFound
    policies.can_see_loan(act, loan).enforce()
    if loan.state != Loan.State.APPROVED:
        raise NoContractDraft(state=loan.get_state_display())
    return contract_said(loan, contract_of(loan, act.today), act.today, on_paper=False)


def contract_said(loan: Loan, contract: dict[str, Any], day: date, on_paper: bool) -> type_said:
    """소액대출 약정서: both sides, terms, schedule, articles, guarantors, conditions, how it was agreed."""
    with translation.override("ko"):
        who = borrower_of(loan, day)
        named = who.name if who.number is None else f"{who.name} ({who.number})"
        guarantors = [
            (_("Guarantor"), f"{one['name']} ({_('up to')} {format_won(one['most_won'])})")
            for one in contract["guarantors"]
        ]
        fee = [(_("Fee kept back"), format_won(contract["fee_won"]))] if contract["fee_won"] else []
        rows = [
            [
                "plain", str(one.n), one.due_date.isoformat(), format_number(one.principal),
                format_number(one.interest), format_number(one.due),
            ]
            for one in plan_of(loan, day).instalments
        ]  # fmt: skip
        articles = [
            f"{one['label']} · {one['document']} {one['article']}".replace("  ", " ")
            for one in contract["provisions"]
        ]
        return EMPTY | {
            "title": _("Contract of a small loan"),
            "unit": _("unit: won"),
            "facts": [
                (_("Lender"), who.lender.said),
                (_("Borrower"), named),
                (_("Product"), f"{contract['product']} ({contract['article']})"),
                (_("Sum lent"), format_won(loan.won)),
                (_("Term"), _("%(months)d months, of them %(grace)d of interest only")
                 % {"months": loan.months, "grace": loan.grace_months}),
                (_("Yearly rate"), _percent(contract["rate"])),
                (_("Yearly late rate"), _percent(contract["late_rate"])),
                (_("How it is paid back"), str(loan.product.get_method_display())),
                (_("A payment pays first"), str(loan.product.get_order_display())),
                *fee,
                *guarantors,
                (_("Decided by"), f"{loan.decided_by} ({loan.decided_date})"),
            ],
            "tables": [
                {
                    "caption": _("Schedule, were it paid out on the day of the contract"),
                    "columns": [
                        (_("No."), "id"), (_("Due day"), "day"), (_("Principal"), "won"),
                        (_("Interest"), "won"), (_("Payment"), "won"),
                    ],
                    "rows": rows,
                }
            ],
            "notes": [
                _("Due days that are holidays are moved as the product says; the days count from the pay-out."),
                *(f"{_('Condition before the pay-out')}: {one}" for one in contract["conditions"]),
                f"{_('Rules frozen with this contract')}: {', '.join(dict.fromkeys(articles))}",
            ],
            "lines": [
                _("The borrower borrows the sum on these terms and pays it back by the schedule; the lender lends it on these terms and changes none of them."),
                _("Signed on paper, noted by the office.") if on_paper
                else _("The borrower agreed on the own page."),
                f"{_('Borrower')}: {who.name}" + ("    (인)" if on_paper else ""),
            ],
        }  # fmt: skip


def balance_said(card: LoanCard) -> type_said:
    """잔액증명서."""
    with translation.override("ko"):
        return EMPTY | {
            "form": "certificate",
            "title": _("Certificate of balance"),
            "facts": [
                *_of_loan(card),
                (_("Left of the principal"), format_won(card.left_won)),
                (_("As of"), card.on.isoformat()),
            ],
            "lines": [_("We certify that so much of the loan is left on that day.")],
        }


def interest_paid(card: LoanCard, year: int) -> tuple[int, int]:
    """Interest and late interest paid in a year."""
    paid = [one for one in card.payments if one.paid_date.year == year and not one.undone_date]
    return sum(one.interest_won for one in paid), sum(one.late_won for one in paid)


def interest_said(card: LoanCard, year: int) -> type_said:
    """이자납입증명서."""
    interest, late = interest_paid(card, year)
    with translation.override("ko"):
        return EMPTY | {
            "form": "certificate",
            "title": _("Certificate of interest paid"),
            "facts": [
                *_of_loan(card),
                (_("Year"), str(year)),
                (_("Interest"), format_won(interest)),
                (_("Late interest"), format_won(late)),
                (_("In all"), format_won(interest + late)),
            ],
            "lines": [_("We certify that this interest was paid for the loan in that year.")],
        }


def _of_loan(card: LoanCard) -> list[tuple[str, str]]:
    return [
        (_("Borrower"), card.name),
        (_("Loan no."), str(card.id)),
        (_("Product"), f"{card.product} ({card.article})"),
        (_("Sum lent"), format_won(card.won)),
        (_("Paid out on"), card.paid_out_date.isoformat() if card.paid_out_date else "–"),
    ]


def _percent(share: str) -> str:
    exact = Fraction(share) * 100
    shown = f"{Decimal(exact.numerator) / exact.denominator:.4f}".rstrip("0").rstrip(".")
    return f"{shown}%"
