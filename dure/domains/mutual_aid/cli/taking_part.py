"""Plans, contracts and contributions at the terminal."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext_lazy as _

from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands, queries
from ..rules.lines import read_benefits, read_refunds
from .days import Day

group = click.Group()
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _shown(enrolment_id: int, form: str) -> None:
    card = queries.aid_enrolment(cli_act(), enrolment_id)
    show(
        {
            "id": card.id, "name": card.name, "plan": card.plan, "state": card.state,
            "paid_won": card.paid_won, "paid_months": card.paid_months, "open_won": card.open_won,
            "waits_until": card.waits_until, "refund_won": card.refund_won,
        },
        form,
    )  # fmt: skip


@group.command("plans", help=str(_("What one can join today; with --all every version.")))
@click.option("--all", "every", is_flag=True)
@format_option
def plans(every: bool, form: str) -> None:
    act = cli_act()
    show(
        [
            {
                "id": one.id, "code": one.code, "name": one.name, "article": one.article,
                "from_date": one.from_date, "until_date": one.until_date,
                "monthly_won": one.monthly_won, "per_person_won": one.per_person_won,
                "benefits": len(one.benefits),
            }
            for one in queries.aid_plans(act, on=None if every else act.today)
        ],
        form,
    )  # fmt: skip


@group.command("lay-down-plan", help=str(_("Lay down a plan of mutual aid, or its next version.")))
@click.option("--code", required=True)
@click.option("--name", required=True)
@click.option("--article", required=True)
@click.option("--decided-by", required=True)
@click.option("--from", "from_date", type=Day(), required=True)
@click.option("--monthly-won", type=click.IntRange(1), required=True)
@click.option("--due-day", type=click.IntRange(1, 31), default=25)
@click.option("--waiting-months", type=click.IntRange(0), required=True)
@click.option("--per-year-won", type=click.IntRange(1), default=None)
@click.option("--per-person-won", type=click.IntRange(1), required=True)
@click.option(
    "--benefits", type=_FILE, required=True,
    help=str(_("A file with a line each: event; relation; amount; months paid; times; evidence.")),
)  # fmt: skip
@click.option(
    "--refunds", type=_FILE, default=None,
    help=str(_("A file with a line each: months paid; share.")),
)  # fmt: skip
@click.option("--fund", default="mutual_aid")
@format_option
def lay_down_plan(benefits: Path, refunds: Path | None, form: str, **given: Any) -> None:
    made = commands.lay_down_aid_plan(
        cli_act(),
        benefits=read_benefits(benefits.read_text(encoding="utf-8")),
        refunds=read_refunds(refunds.read_text(encoding="utf-8")) if refunds else (),
        **given,
    )
    show({"id": made.pk, "code": made.code, "from_date": made.from_date}, form)


@group.command("end-plan", help=str(_("Take nobody into a plan any more.")))
@click.argument("plan_id", type=int)
@click.option("--from", "until_date", type=Day(), required=True)
@click.option("--decided-by", required=True)
@format_option
def end_plan(form: str, **given: Any) -> None:
    made = commands.end_aid_plan(cli_act(), **given)
    show({"id": made.pk, "code": made.code, "until_date": made.until_date}, form)


@group.command("list", help=str(_("The contracts of all, the newest first.")))
@click.option("--state", default="")
@format_option
def list_(state: str, form: str) -> None:
    show(queries.aid_enrolments(cli_act(), state=state), form)


@group.command("show", help=str(_("A contract with what was paid.")))
@click.argument("enrolment_id", type=int)
@format_option
def show_contract(enrolment_id: int, form: str) -> None:
    if form == "json":
        show(queries.aid_enrolment(cli_act(), enrolment_id), form)
        return
    _shown(enrolment_id, form)


@group.command("answer", help=str(_("What the rules answer to the wish to take part.")))
@click.option("--membership", "membership_id", type=int, default=None)
@click.option("--participant", "participant_id", type=int, default=None)
@click.option("--plan", "plan_id", type=int, required=True)
@format_option
def answer(form: str, **given: Any) -> None:
    found = queries.aid_answer(cli_act(), **given)
    show(
        [
            {
                "rule": one.sentence_of_rule, "required": one.required_shown,
                "actual": one.actual_shown, "passed": one.passed,
            }
            for one in found.findings
        ],
        form,
    )  # fmt: skip


@group.command("apply", help=str(_("Ask to take part for a member.")))
@click.option("--membership", "membership_id", type=int, default=None)
@click.option("--participant", "participant_id", type=int, default=None)
@click.option("--plan", "plan_id", type=int, required=True)
@format_option
def apply(form: str, **given: Any) -> None:
    _shown(commands.apply_for_aid(cli_act(), **given).pk, form)


@group.command("approve", help=str(_("Approve that a member takes part.")))
@click.argument("enrolment_id", type=int)
@click.option("--decided-by", required=True)
@click.option("--on", "decided_date", type=Day(), default=None)
@format_option
def approve(form: str, **given: Any) -> None:
    _shown(commands.approve_aid_enrolment(cli_act(), **given).pk, form)


@group.command("refuse", help=str(_("Refuse that a member takes part, with the reason.")))
@click.argument("enrolment_id", type=int)
@click.option("--decided-by", required=True)
@click.option("--reason", required=True)
@click.option("--on", "decided_date", type=Day(), default=None)
@format_option
def refuse(form: str, **given: Any) -> None:
    _shown(commands.refuse_aid_enrolment(cli_act(), **given).pk, form)


@group.command("sign", help=str(_("The contract is signed; its terms are frozen.")))
@click.argument("enrolment_id", type=int)
@click.option("--on", "signed_date", type=Day(), default=None)
@format_option
def sign(form: str, **given: Any) -> None:
    _shown(commands.sign_aid_contract(cli_act(), **given).pk, form)


@group.command("debit", help=str(_("Take the contributions by direct debit; --off: no longer.")))
@click.argument("enrolment_id", type=int)
@click.option("--off", is_flag=True)
@format_option
def debit(off: bool, form: str, **given: Any) -> None:
    _shown(commands.debit_aid(cli_act(), by_debit=not off, **given).pk, form)


@group.command("withdraw", help=str(_("Take the wish back.")))
@click.argument("enrolment_id", type=int)
@format_option
def withdraw(enrolment_id: int, form: str) -> None:
    _shown(commands.withdraw_aid_application(cli_act(), enrolment_id=enrolment_id).pk, form)


@group.command("bill", help=str(_("Bill the contributions of a month.")))
@click.argument("month")
@format_option
def bill(month: str, form: str) -> None:
    show({"count": commands.bill_aid_contributions(cli_act(), month=month)}, form)


@group.command("watch", help=str(_("Tell those whose contract will lapse; let lapse the others.")))
@format_option
def watch(form: str) -> None:
    noticed, lapsed = commands.watch_aid_contributions(cli_act())
    show({"noticed": noticed, "lapsed": lapsed}, form)


@group.command("receive", help=str(_("Take a contribution in.")))
@click.argument("enrolment_id", type=int)
@click.option("--won", type=click.IntRange(1), required=True)
@click.option("--on", "paid_date", type=Day(), default=None)
@format_option
def receive(enrolment_id: int, won: int, paid_date: date | None, form: str) -> None:
    commands.receive_aid_contribution(
        cli_act(), enrolment_id=enrolment_id, won=won, paid_date=paid_date
    )
    _shown(enrolment_id, form)


@group.command("undo-receipt", help=str(_("Take a receipt back.")))
@click.argument("receipt_id", type=int)
@click.option("--reason", required=True)
@format_option
def undo_receipt(receipt_id: int, reason: str, form: str) -> None:
    made = commands.undo_aid_contribution(cli_act(), receipt_id=receipt_id, reason=reason)
    _shown(made.enrolment_id, form)


@group.command("revive", help=str(_("Revive a lapsed contract.")))
@click.argument("enrolment_id", type=int)
@format_option
def revive(enrolment_id: int, form: str) -> None:
    _shown(commands.revive_aid(cli_act(), enrolment_id=enrolment_id).pk, form)


@group.command("end", help=str(_("End a contract; what goes back is due.")))
@click.argument("enrolment_id", type=int)
@click.option("--on", "ended_date", type=Day(), default=None)
@format_option
def end(form: str, **given: Any) -> None:
    _shown(commands.end_aid(cli_act(), **given).pk, form)


@group.command("refund", help=str(_("Pay back what is due after the end.")))
@click.argument("enrolment_id", type=int)
@click.option("--on", "paid_date", type=Day(), default=None)
@format_option
def refund(form: str, **given: Any) -> None:
    _shown(commands.pay_aid_refund(cli_act(), **given).pk, form)
