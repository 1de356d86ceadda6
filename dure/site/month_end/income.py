"""The steps of what comes in: the bank's statement, dues, matching, direct debits, what is late."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid5

from django.utils.translation import gettext as _now, ngettext

from dure.domains.memberships import commands as memberships_commands, queries as memberships
from dure.kernel.acts import Act
from dure.kernel.dates import Month, format_date, format_month
from dure.kernel.money import format_won

from ..navigation import address
from .step import LINKS_MAX, Found, Link, State

SURE_AT_ONCE = 5_000
REST_SHOWN = 20
BANK_FORM = "site/_month_bank.html"


def _money(count: int, won: int) -> str:
    return ngettext("%(count)d receipt, %(won)s", "%(count)d receipts, %(won)s", count) % {
        "count": count,
        "won": format_won(won),
    }


# -- the bank statement ------------------------------------------------------------------------


def look_at_bank(act: Act, month: Month) -> Found:
    received = memberships.received_in(act, month)
    links = (Link(_now("Another fund's account"), address("memberships:upload_receipts")),)
    if not received.count or received.last_date is None:
        return Found(
            State.WAITS,
            _now("No money is entered for this month yet."),
            links=links,
            form=BANK_FORM,
            form_first=True,
        )
    return Found(
        State.WAITS,
        _now("%(money)s are entered; the last came on %(date)s.")
        % {
            "money": _money(received.count, received.sum_won),
            "date": format_date(received.last_date),
        },
        links=links,
        form=BANK_FORM,
    )


# -- matching ----------------------------------------------------------------------------------


def look_at_sure(act: Act, month: Month) -> Found:
    count, won = memberships.sure_ones(act, month.end_date)
    links = (Link(_now("Look at the receipts"), address("memberships:unmatched_receipts")),)
    if not count:
        return Found(State.NOTHING, _now("No receipt waits whose member is sure."))
    return Found(
        State.TO_DO,
        _now("%(money)s have a member that is sure.") % {"money": _money(count, won)},
        _now("They are booked as paid dues; each can be taken back."),
        links,
    )


def match_sure(act: Act, month: Month) -> object:
    """All sure ones, piece by piece: stopped between two pieces it goes on with what still waits."""
    count, after, left = 0, 0, 1
    while left:
        piece = memberships_commands.match_sure_receipts(
            replace(act, key=uuid5(act.key, str(after))),
            before=month.end_date,
            after_id=after,
            most=SURE_AT_ONCE,
        )
        count, after, left = count + piece.count, piece.after_id, piece.left
    return count


def look_at_rest(act: Act, month: Month) -> Found:
    rest = memberships.unmatched_summary(act, month.end_date)
    if not rest.count:
        return Found(State.DONE, _now("Every receipt of the month has its member."))
    return Found(
        State.WAITS,
        _now("%(money)s wait for their member.") % {"money": _money(rest.count, rest.sum_won)},
        links=(Link(_now("All that wait"), address("memberships:unmatched_receipts")),),
        form="site/_month_rest.html",
        rows=tuple(memberships.unmatched_receipts(act, before=month.end_date, limit=REST_SHOWN)),
        form_first=True,
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


# -- direct debits -----------------------------------------------------------------------------


def look_at_debits(act: Act, month: Month) -> Found:
    """What of the dues due by the month's end the bank was not asked for yet."""
    preview = memberships.debit_preview(act, month.last_date)
    asked = memberships.debits_in(act, month)
    if preview.count:
        return Found(
            State.WAITS,
            ngettext(
                "%(count)d member with a mandate owes %(won)s that the bank was not asked for.",
                "%(count)d members with a mandate owe %(won)s that the bank was not asked for.",
                preview.count,
            )
            % {"count": preview.count, "won": format_won(preview.sum_won)},
            links=(Link(_now("Ask the bank"), address("memberships:request_debits")),),
        )
    if not asked.requests:
        return Found(State.NOTHING, _now("No direct debit is due."))
    return Found(
        State.DONE,
        _now("The bank was asked for %(won)s in %(count)d debits.")
        % {"won": format_won(asked.sum_won), "count": asked.count},
        links=(Link(_now("Direct debits"), address("memberships:debits")),),
    )


def look_at_results(act: Act, month: Month) -> Found:
    asked = memberships.debits_in(act, month)
    if asked.waiting:
        return Found(
            State.WAITS,
            ngettext(
                "%(count)d request waits for the bank's result.",
                "%(count)d requests wait for the bank's results.",
                len(asked.waiting),
            )
            % {"count": len(asked.waiting)},
            links=tuple(
                Link(
                    _now("Result of %(date)s") % {"date": format_date(day)},
                    address("memberships:take_debit_result", run_id),
                )
                for run_id, day in asked.waiting[:LINKS_MAX]
            ),
        )
    if not asked.requests:
        return Found(State.NOTHING, _now("No result of a direct debit is awaited."))
    return Found(
        State.DONE,
        _now("%(paid)s of %(won)s were collected; what failed is owed still.")
        % {"paid": format_won(asked.paid_won), "won": format_won(asked.sum_won)},
        links=(Link(_now("Direct debits"), address("memberships:debits")),),
        warnings=(
            _now("%(won)s that the bank collected have not come to the account yet.")
            % {"won": format_won(asked.under_way_won)},
        )
        if asked.under_way_won
        else (),
    )


# -- arrears -----------------------------------------------------------------------------------


def look_at_arrears(act: Act, month: Month) -> Found:
    """The ladder as it stands today: letters can be sent from here, the rest is talked about."""
    rows = memberships.arrears_ladder(act)
    links = (Link(_now("The ladder"), address("memberships:arrears_ladder")),)
    if not rows:
        return Found(State.NOTHING, _now("Nobody is late."))
    due = {step: count for step, count in memberships.steps_due(rows).items() if count}
    found = ngettext(
        "%(count)d member is late with %(won)s.",
        "%(count)d members are late with %(won)s.",
        len(rows),
    ) % {"count": len(rows), "won": format_won(sum(row.won for row in rows))}
    if not due:
        return Found(State.DONE, found, links=links)
    lines = tuple(f"{memberships.step_label(step)}: {count}" for step, count in due.items())
    letters = due.get("reminder", 0)
    return Found(
        State.TO_DO if letters else State.WAITS,
        found,
        ngettext(
            "%(count)d friendly letter is sent. Nothing else changes.",
            "%(count)d friendly letters are sent. Nothing else changes.",
            letters,
        )
        % {"count": letters}
        if letters
        else "",
        links,
        lines,
    )


def remind(act: Act, month: Month) -> object:
    """The letter to everyone for whom it is the next step."""
    return memberships_commands.remind_arrears(
        act,
        membership_ids=tuple(
            row.membership_id for row in memberships.arrears_ladder(act, step="reminder")
        ),
    )
