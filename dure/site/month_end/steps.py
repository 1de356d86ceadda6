"""The steps of a month's end, in their order: what each found, what doing it would do, how it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dure.domains.ledger import commands as ledger_commands
from dure.domains.ledger import queries as ledger
from dure.domains.memberships import commands as memberships_commands
from dure.domains.memberships import queries as memberships
from dure.kernel.acts import Act
from dure.kernel.dates import Month, format_date, format_month, parse_month
from dure.kernel.money import format_won
from dure.kernel.refusals import type_text

from ..navigation import address
from .reading import read_month


class State(StrEnum):
    """How far a step is."""

    DONE = "done"
    NOTHING = "nothing"  # there is nothing to do this month
    TO_DO = "to_do"
    WAITS = "waits"  # only a person can do it


OVER = (State.DONE, State.NOTHING)


@dataclass(frozen=True, slots=True)
class Link:
    """Where a step is worked at, or its result is seen."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a look at a step found: how far it is, in words, and what doing it would do."""

    state: State
    found: str
    effect: str = ""
    links: tuple[Link, ...] = ()
    lines: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step: how it is looked at, how it is done by itself, and whether a person may call it done.

    `mark` is the text of the button by which a person calls it done; without it only facts can.
    What `hinders` must be over before a run without a person goes on.
    """

    key: str
    title: type_text
    why: type_text
    look: Callable[[Act, Month], Found]
    do: Callable[[Act, Month], object] | None = None
    do_text: type_text = ""
    mark: type_text = ""
    hinders: bool = True


def _money(count: int, won: int) -> str:
    return ngettext("%(count)d receipt, %(won)s", "%(count)d receipts, %(won)s", count) % {
        "count": count,
        "won": format_won(won),
    }


# -- the bank statement ------------------------------------------------------------------------


def look_at_bank(act: Act, month: Month) -> Found:
    received = memberships.received_in(act, month)
    links = (Link(_now("Read a bank file"), address("memberships:upload_receipts")),)
    if not received.count or received.last_date is None:
        return Found(State.WAITS, _now("No money is entered for this month yet."), links=links)
    return Found(
        State.WAITS,
        _now("%(money)s are entered; the last came on %(date)s.")
        % {
            "money": _money(received.count, received.sum_won),
            "date": format_date(received.last_date),
        },
        links=links,
    )


# -- matching ----------------------------------------------------------------------------------


def look_at_sure(act: Act, month: Month) -> Found:
    pairs = memberships.sure_pairs(act, month.end_date)
    links = (Link(_now("Look at the receipts"), address("memberships:unmatched_receipts")),)
    if not pairs:
        return Found(State.NOTHING, _now("No receipt waits whose member is sure."))
    won = sum(won for *_ids, won in pairs)
    return Found(
        State.TO_DO,
        _now("%(money)s have a member that is sure.") % {"money": _money(len(pairs), won)},
        _now("They are booked as paid dues; each can be taken back."),
        links,
    )


def match_sure(act: Act, month: Month) -> object:
    pairs = memberships.sure_pairs(act, month.end_date)
    return memberships_commands.match_receipts(
        act, pairs=tuple((receipt, member) for receipt, member, _won in pairs)
    )


def look_at_rest(act: Act, month: Month) -> Found:
    rest = memberships.unmatched_before(act, month.end_date)
    if not rest.count:
        return Found(State.DONE, _now("Every receipt of the month has its member."))
    return Found(
        State.WAITS,
        _now("%(money)s wait for their member.") % {"money": _money(rest.count, rest.sum_won)},
        links=(Link(_now("Match one by one"), address("memberships:unmatched_receipts")),),
    )


# -- dues --------------------------------------------------------------------------------------


def look_at_dues(act: Act, month: Month) -> Found:
    preview = memberships.bill_preview(act, month)
    billed = memberships.billed_for(act, month)
    links = (Link(_now("Dues"), address("memberships:dues")),)
    if not preview.plans:
        return Found(State.NOTHING, _now("No dues plan is in force this month."), links=links)
    if preview.count:
        return Found(
            State.TO_DO,
            ngettext(
                "%(count)d member owes dues that are not billed yet.",
                "%(count)d members owe dues that are not billed yet.",
                preview.count,
            )
            % {"count": preview.count},
            _now("%(won)s will be charged.") % {"won": format_won(preview.sum_won)},
            links,
        )
    return Found(
        State.DONE,
        _now("%(count)d charges, %(won)s, are billed for %(month)s.")
        % {
            "count": billed.count,
            "won": format_won(billed.sum_won),
            "month": format_month(month),
        },
        links=links,
    )


def bill(act: Act, month: Month) -> object:
    return memberships_commands.bill_dues(act, month=month)


# -- arrears -----------------------------------------------------------------------------------


def look_at_arrears(act: Act, month: Month) -> Found:
    members, won = memberships.arrears_total(act.today)
    if not members:
        return Found(State.NOTHING, _now("Nobody is late."))
    return Found(
        State.WAITS,
        ngettext(
            "%(count)d member is late with %(won)s.",
            "%(count)d members are late with %(won)s.",
            members,
        )
        % {"count": members, "won": format_won(won)},
        links=(Link(_now("Choose whom to write to"), address("memberships:arrears")),),
    )


# -- the balance, and closing ------------------------------------------------------------------


def look_at_balance(act: Act, month: Month) -> Found:
    reading = read_month(act, month)
    span = f"?start={month}&end={month}"
    return Found(
        State.WAITS,
        ngettext("%(count)d thing looks odd.", "%(count)d things look odd.", len(reading.warnings))
        % {"count": len(reading.warnings)}
        if reading.warnings
        else _now("Nothing looks odd."),
        links=(
            Link(_now("Trial balance"), address("ledger:statement", "trial-balance") + span),
            Link(_now("Entries of the month"), address("ledger:entries") + span),
        ),
        lines=reading.sentences,
        warnings=reading.warnings,
    )


def look_at_closing(act: Act, month: Month) -> Found:
    period = ledger.period(month)
    links = (Link(_now("Periods"), address("ledger:periods")),)
    if period is not None and period.state != "open":
        return Found(
            State.DONE,
            _now("The books of %(month)s are closed; their statements are kept.")
            % {"month": format_month(month)},
            links=links,
        )
    if act.today <= month.last_date:
        return Found(
            State.WAITS,
            _now("%(month)s is not over yet.") % {"month": format_month(month)},
            links=links,
        )
    oldest = ledger.period_to_close(act.today)
    if oldest is not None and parse_month(oldest.month) < month:
        earlier = format_month(parse_month(oldest.month))
        return Found(
            State.WAITS,
            _now("The books of %(month)s are still open; months are closed one after another.")
            % {"month": earlier},
            links=(
                Link(
                    _now("Go to %(month)s") % {"month": earlier},
                    address("month_end", oldest.month),
                ),
            ),
        )
    drafts = ledger.drafts_in(act, month)
    if drafts:
        return Found(
            State.WAITS,
            ngettext(
                "%(count)d draft waits to be approved or withdrawn.",
                "%(count)d drafts wait to be approved or withdrawn.",
                drafts,
            )
            % {"count": drafts},
            links=(Link(_now("Drafts"), address("ledger:draft_entries")),),
        )
    return Found(
        State.TO_DO,
        _now("The books of %(month)s are open.") % {"month": format_month(month)},
        _now(
            "Nothing is booked into the month any more, the books are sealed, and the statements"
            " are kept byte for byte. It can be opened again, with a reason."
        ),
        links,
    )


def close(act: Act, month: Month) -> object:
    return ledger_commands.close_period(act, month=str(month))


RUN: tuple[Step, ...] = (
    Step(
        "bank",
        _("Bank statement"),
        _("Everything that came in during the month is read from the bank's file or typed in."),
        look_at_bank,
        mark=_("All of the month is in"),
    ),
    Step(
        "sure",
        _("Sure matches"),
        _("Receipts whose amount and payer leave no doubt are booked to their members."),
        look_at_sure,
        match_sure,
        _("Book them"),
    ),
    Step(
        "rest",
        _("The rest, one by one"),
        _("What came from a stranger or with another amount needs your eye."),
        look_at_rest,
        mark=_("Leave the rest in suspense"),
    ),
    Step(
        "dues",
        _("Dues"),
        _("Everyone is charged by their plan; whoever was charged before is passed over."),
        look_at_dues,
        bill,
        _("Bill the dues"),
    ),
    Step(
        "arrears",
        _("Arrears"),
        _("A friendly letter first. Arrears never end a membership by themselves."),
        look_at_arrears,
        mark=_("Done for this month"),
        hinders=False,
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
    ),
)
