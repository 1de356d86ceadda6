"""`dure memberships shares`: the register, payments, claims and the yearly report."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click
from django.utils.translation import gettext_lazy as _

from dure.kernel.dates import parse_date
from dure.kernel.money import parse_won
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands
from ..queries import shares as queries

shares = click.Group("shares", help=str(_("Share capital: the register, payments, claims.")))


@shares.command("register", help=str(_("Who belonged and held how much, on any day.")))
@click.option("--on", "day", default=None, metavar="DATE")
@click.option("--search", default="")
@format_option
def share_register(day: str | None, search: str, form: str) -> None:
    act = cli_act()
    on = parse_date(day) if day else act.today
    rows = queries.register_rows(act, on, search=search)
    show(
        [
            {
                "number": m.number,
                "name": m.name,
                "address": m.address,
                "joined_date": m.joined_date,
                "left_date": m.left_date,
                "shares": m.shares_held,
                "paid_in_won": m.paid_in_won,
                "certificate": m.certificate,
                "membership_id": m.pk,
            }
            for m in rows
        ],
        form,
        columns={
            "number": _("No."),
            "name": _("Name"),
            "joined_date": _("Member since"),
            "shares": _("Shares"),
            "paid_in_won": _("Paid in (won)"),
        },
    )


@shares.command("subscribe", help=str(_("A member subscribes to shares.")))
@click.argument("membership_id", type=int)
@click.option("--shares", "count", type=int, required=True)
@click.option("--due", default=None, metavar="DATE")
@click.option(
    "--paid", default=None, metavar="DATE", help=str(_("All of it was paid on this day."))
)
@format_option
def subscribe_shares(
    membership_id: int, count: int, due: str | None, paid: str | None, form: str
) -> None:
    made = commands.subscribe_shares(
        cli_act(),
        membership_id=membership_id,
        shares=count,
        due_date=parse_date(due) if due else None,
        paid_date=parse_date(paid) if paid else None,
    )
    show(
        {"subscription_id": made.pk, "won": made.won, "open_won": made.open_won, "due_date": made.due_date},
        form,
    )  # fmt: skip


@shares.command("pay", help=str(_("Pay a subscription, or a part of it.")))
@click.argument("subscription_id", type=int)
@click.option("--amount", default=None)
@click.option("--date", "day", default=None, metavar="DATE")
@click.option("--receipt", type=int, default=None)
@format_option
def pay_shares(
    subscription_id: int, amount: str | None, day: str | None, receipt: int | None, form: str
) -> None:
    made = commands.pay_shares(
        cli_act(),
        subscription_id=subscription_id,
        amount_won=parse_won(amount) if amount else None,
        paid_date=parse_date(day) if day else None,
        receipt_id=receipt,
    )
    show({"movement_id": made.pk, "shares": made.shares, "amount_won": made.amount_won}, form)


@shares.command("undo", help=str(_("Undo a payment that was entered wrongly.")))
@click.argument("movement_id", type=int)
@click.option("--reason", required=True)
@format_option
def undo_share_payment(movement_id: int, reason: str, form: str) -> None:
    made = commands.undo_share_payment(cli_act(), movement_id=movement_id, reason=reason)
    show({"movement_id": made.pk, "amount_won": made.amount_won}, form)


@shares.command(
    "transfer", help=str(_("Shares go to another member, or to an approved applicant."))
)
@click.argument("membership_id", type=int)
@click.argument("to_membership_id", type=int, required=False)
@click.option("--to-application", type=int, default=None)
@click.option("--shares", "count", type=int, required=True)
@click.option("--decided-by", required=True)
@click.option("--members", type=int, default=None, help=str(_("All members on that day")))
@click.option("--present", type=int, default=None)
@click.option("--in-favour", type=int, default=None)
@format_option
def transfer_shares(
    membership_id: int,
    to_membership_id: int | None,
    to_application: int | None,
    count: int,
    decided_by: str,
    members: int | None,
    present: int | None,
    in_favour: int | None,
    form: str,
) -> None:
    made = commands.transfer_shares(
        cli_act(),
        membership_id=membership_id,
        to_membership_id=to_membership_id,
        to_application_id=to_application,
        shares=count,
        decided_by=decided_by,
        members_total=members,
        members_present=present,
        votes_for=in_favour,
    )
    show({"movement_id": made.pk, "shares": made.shares, "amount_won": made.amount_won}, form)


@shares.command("refund", help=str(_("A former member asks for the shares back.")))
@click.argument("membership_id", type=int)
@click.option("--date", "day", default=None, metavar="DATE")
@click.option("--heir", type=int, default=None)
@format_option
def ask_share_refund(membership_id: int, day: str | None, heir: int | None, form: str) -> None:
    made = commands.ask_share_refund(
        cli_act(),
        membership_id=membership_id,
        asked_date=parse_date(day) if day else None,
        heir_id=heir,
    )
    show(_claim(made), form)


@shares.command("path", help=str(_("On which day what is possible, and why.")))
@click.argument("membership_id", type=int)
@format_option
def refund_path(membership_id: int, form: str) -> None:
    steps = queries.refund_path(cli_act(), membership_id)
    show([asdict(step) for step in steps], form)


@shares.command("approve", help=str(_("The general meeting resolved to pay back.")))
@click.argument("claim_id", type=int)
@click.option("--date", "day", required=True, metavar="DATE")
@click.option("--decided-by", required=True)
@click.option("--members", type=int, default=None, help=str(_("All members on that day")))
@click.option("--present", type=int, default=None)
@click.option("--in-favour", type=int, default=None)
@format_option
def approve_share_refund(
    claim_id: int,
    day: str,
    decided_by: str,
    members: int | None,
    present: int | None,
    in_favour: int | None,
    form: str,
) -> None:
    made = commands.approve_share_refund(
        cli_act(),
        claim_id=claim_id,
        decided_date=parse_date(day),
        decided_by=decided_by,
        members_total=members,
        members_present=present,
        votes_for=in_favour,
    )
    show(_claim(made), form)


@shares.command("pay-out", help=str(_("Pay a resolved refund, or a part of it.")))
@click.argument("claim_id", type=int)
@click.option("--amount", default=None)
@click.option("--set-off", default=None, help=str(_("Of it kept for what is owed")))
@format_option
def pay_share_refund(claim_id: int, amount: str | None, set_off: str | None, form: str) -> None:
    made = commands.pay_share_refund(
        cli_act(),
        claim_id=claim_id,
        amount_won=parse_won(amount) if amount else None,
        set_off_won=parse_won(set_off) if set_off else 0,
    )
    show(_claim(made), form)


@shares.command("lapse", help=str(_("Nobody asked in time: the claim ends.")))
@click.argument("membership_id", type=int)
@click.option("--decided-by", required=True)
@format_option
def lapse_share_claim(membership_id: int, decided_by: str, form: str) -> None:
    made = commands.lapse_share_claim(cli_act(), membership_id=membership_id, decided_by=decided_by)
    show(_claim(made), form)


@shares.command("remind", help=str(_("Write to those whose claim lapses before long.")))
@format_option
def remind_share_claims(form: str) -> None:
    act = cli_act()
    ids = tuple(one.pk for one, _first, _lapses in queries.claims_lapsing(act, act.today))
    show({"count": commands.remind_share_claims(act, membership_ids=ids)}, form)


@shares.command("claims", help=str(_("Shares asked back, the oldest first.")))
@click.option("--state", default="")
@format_option
def share_claims(state: str, form: str) -> None:
    show([_claim(one) for one in queries.claims(cli_act(), state=state)[:100_000]], form)


@shares.command("report", help=str(_("The yearly report of changes in share capital.")))
@click.option("--year", type=click.IntRange(1900, 2200), default=None)
@format_option
def share_report(year: int | None, form: str) -> None:
    act = cli_act()
    found = asdict(queries.share_report(act, queries.year_of(year, act.today)))
    show(found if form == "json" else {k: v for k, v in found.items() if k != "days"}, form)


@shares.command("file-report", help=str(_("Note that the report was sent.")))
@click.option("--year", type=click.IntRange(1900, 2200), default=None)
@click.option("--reference", required=True)
@format_option
def file_share_report(year: int | None, reference: str, form: str) -> None:
    act = cli_act()
    year_date = queries.year_of(year, act.today)
    made = commands.file_share_report(act, year_date=year_date, reference=reference)
    show({"year_date": made.year_date, "shares": made.shares, "won": made.won}, form)


def _claim(one: Any) -> dict[str, Any]:
    return {
        "claim_id": one.pk,
        "membership_id": one.membership_id,
        "state": one.state,
        "paid_in_won": one.paid_in_won,
        "amount_won": one.amount_won,
        "paid_won": one.paid_won,
        "claimable_date": one.claimable_date,
    }
