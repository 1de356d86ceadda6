"""Claims at the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext_lazy as _

from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands, queries
from .days import Day

group = click.Group()


def _shown(claim_id: int, form: str) -> None:
    card = queries.aid_claim(cli_act(), claim_id)
    show(
        {
            "id": card.id, "name": card.name, "plan": card.plan, "state": card.state,
            "won": card.won, "filed_date": card.filed_date, "appeal_until": card.appeal_until,
            "paid_date": card.paid_date,
        },
        form,
    )  # fmt: skip


@group.command("claims", help=str(_("The claims of all, the newest first.")))
@click.option("--state", default="")
@format_option
def claims(state: str, form: str) -> None:
    show(queries.aid_claims(cli_act(), state=state), form)


@group.command("claim", help=str(_("Claim aid for what happened, for a member who consents.")))
@click.argument("enrolment_id", type=int)
@click.option("--event", required=True)
@click.option("--relation", required=True)
@click.option("--event-date", type=Day(), required=True)
@click.option("--about", required=True)
@click.option("--consented", is_flag=True)
@format_option
def claim(form: str, **given: Any) -> None:
    _shown(commands.file_aid_claim(cli_act(), **given).pk, form)


@group.command("add-evidence", help=str(_("Add a photograph or a paper to a claim.")))
@click.argument("claim_id", type=int)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@format_option
def add_evidence(claim_id: int, file: Path, form: str) -> None:
    commands.add_aid_evidence(
        cli_act(), claim_id=claim_id, name=file.name, content=file.read_bytes()
    )
    _shown(claim_id, form)


@group.command("approve-claim", help=str(_("Approve a claim.")))
@click.argument("claim_id", type=int)
@click.option("--decided-by", required=True)
@click.option("--on", "decided_date", type=Day(), default=None)
@click.option("--waived", default="", help=str(_("Why without the evidence.")))
@format_option
def approve_claim(form: str, **given: Any) -> None:
    _shown(commands.approve_aid_claim(cli_act(), **given).pk, form)


@group.command("refuse-claim", help=str(_("Refuse a claim, with the reason.")))
@click.argument("claim_id", type=int)
@click.option("--decided-by", required=True)
@click.option("--reason", required=True)
@click.option("--on", "decided_date", type=Day(), default=None)
@format_option
def refuse_claim(form: str, **given: Any) -> None:
    _shown(commands.refuse_aid_claim(cli_act(), **given).pk, form)


@group.command("appeal", help=str(_("Appeal against a refusal.")))
@click.argument("claim_id", type=int)
@click.option("--text", required=True)
@format_option
def appeal(form: str, **given: Any) -> None:
    _shown(commands.appeal_aid_refusal(cli_act(), **given).pk, form)


@group.command("decide-appeal", help=str(_("Decide on an appeal, by another body.")))
@click.argument("claim_id", type=int)
@click.option("--granted/--upheld", required=True)
@click.option("--decided-by", required=True)
@click.option("--reason", required=True)
@click.option("--on", "decided_date", type=Day(), default=None)
@click.option("--waived", default="", help=str(_("Why without the evidence.")))
@format_option
def decide_appeal(form: str, **given: Any) -> None:
    _shown(commands.decide_aid_appeal(cli_act(), **given).pk, form)


@group.command("withdraw-claim", help=str(_("Take a claim back.")))
@click.argument("claim_id", type=int)
@format_option
def withdraw_claim(claim_id: int, form: str) -> None:
    _shown(commands.withdraw_aid_claim(cli_act(), claim_id=claim_id).pk, form)


@group.command("pay", help=str(_("Pay a benefit.")))
@click.argument("claim_id", type=int)
@click.option("--on", "paid_date", type=Day(), default=None)
@format_option
def pay(form: str, **given: Any) -> None:
    _shown(commands.pay_aid_benefit(cli_act(), **given).pk, form)
