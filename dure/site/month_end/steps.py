"""The steps of a month's end, in their order."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .books import (
    accrue,
    close,
    look_at_accruals,
    look_at_balance,
    look_at_closing,
    reopen,
    take_back_accruals,
)
from .income import (
    bill,
    look_at_arrears,
    look_at_bank,
    look_at_debits,
    look_at_dues,
    look_at_rest,
    look_at_results,
    look_at_sure,
    match_sure,
    remind,
)
from .step import Step

RUN: tuple[Step, ...] = (
    Step(
        "bank",
        _("Bank statement"),
        _("Everything that came in during the month is read from the bank's file or typed in."),
        look_at_bank,
        mark=_("All of the month is in"),
    ),
    Step(
        "dues",
        _("Dues"),
        _(
            "Everyone is charged by their plan; whoever was charged before is passed over. Billed first, money finds what it pays."
        ),
        look_at_dues,
        bill,
        _("Bill the dues"),
        operation="bill_dues",
    ),
    Step(
        "sure",
        _("Sure matches"),
        _("Receipts whose amount and payer leave no doubt are booked to their members."),
        look_at_sure,
        match_sure,
        _("Book them"),
        operation="match_sure_receipts",
    ),
    Step(
        "rest",
        _("The rest, one by one"),
        _("What came from a stranger or with another amount needs your eye."),
        look_at_rest,
        mark=_("Leave the rest in suspense"),
    ),
    Step(
        "debits",
        _("Direct debit: the request"),
        _("Whoever gave a mandate is collected from by the bank."),
        look_at_debits,
        mark=_("No request this month"),
        hinders=False,
    ),
    Step(
        "results",
        _("Direct debit: the result"),
        _("What the bank collected pays dues; what failed stays owed, with the reason."),
        look_at_results,
        mark=_("Close without the result"),
    ),
    Step(
        "arrears",
        _("Arrears"),
        _("A friendly letter first. Arrears never end a membership by themselves."),
        look_at_arrears,
        remind,
        _("Send the letters"),
        mark=_("Done for this month"),
        hinders=False,
        asks=True,
        operation="remind_arrears",
    ),
    Step(
        "accruals",
        _("Accruals and provisions"),
        _("What belongs to the month though no money moved."),
        look_at_accruals,
        accrue,
        _("Book them"),
        operation="defer_dues",
        undo=take_back_accruals,
        undo_text=_("Take it back"),
    ),
    Step(
        "balance",
        _("The month in words"),
        _("Read what the books say before they are closed."),
        look_at_balance,
        mark=_("I have read it"),
    ),
    Step(
        "close",
        _("Close the month"),
        _("The books are closed and sealed, and the statements go out."),
        look_at_closing,
        close,
        _("Close the month"),
        operation="close_period",
        undo=reopen,
        undo_text=_("Open it again"),
    ),
)
