"""`dure privacy`: breaches, the log of reads, the yearly destruction from the command line."""

from __future__ import annotations

from datetime import UTC, datetime

import click
from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import SEOUL
from dure.kernel.dates import parse_month
from dure.kernel.progress import Progress
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, progress_option, show

from . import commands, documents, queries
from .rules import breaches as rules

group = click.Group("privacy", help=str(_("Personal data: breaches, reads, destruction.")))
breach = click.Group("breach", help=str(_("Breaches of personal data.")))
group.add_command(breach)
MOMENT = click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"])
LIST_MAX = 10_000


def _seoul(given: datetime) -> datetime:
    return given.replace(tzinfo=SEOUL).astimezone(UTC)


@group.command("destroy", help=str(_("Destroy what is kept too long; --preview only shows it.")))
@click.option("--preview", "mode", flag_value="preview", default=True)
@click.option("--accept", "mode", flag_value="accept")
@click.option("--site-url", default="", help=str(_("Where the certificate can be checked.")))
@format_option
@progress_option
def destroy(mode: str, site_url: str, form: str, progress: Progress) -> None:
    act = cli_act()
    if mode == "preview":
        show(
            [
                {
                    "kind": one.kind, "title": one.title, "count": one.count,
                    "before": one.before, "rule": one.rule, "article": one.citation,
                }
                for one in queries.due_to_destroy(act, act.today)
            ],
            form,
        )  # fmt: skip
        return
    run_id = queries.run_under_way() or commands.begin_destruction(cli_act()).pk
    while not (card := queries.run_card(act, run_id)).is_done:
        progress(card.destroyed, card.total, str(_("Destruction")))
        commands.destroy_next(cli_act(), run_id=run_id, site_url=site_url)
    show({"run_id": run_id, "destroyed": card.destroyed, "paper_id": card.paper_id}, form)


@group.command("reads", help=str(_("Who read how much personal data in a month.")))
@click.argument("month")
@format_option
def reads(month: str, form: str) -> None:
    show(queries.reads_of_month(cli_act(), parse_month(month)).readers, form)


@group.command("confirm-reads", help=str(_("Confirm that a month's log was looked through.")))
@click.argument("month")
@click.option("--note", default="")
@format_option
def confirm_reads(month: str, note: str, form: str) -> None:
    done = commands.confirm_reads(cli_act(), month=parse_month(month), note=note)
    show({"month": done.month_date, "reads": done.reads, "downloads": done.downloads}, form)


@group.command("explain", help=str(_("Say why personal data was taken along.")))
@click.argument("read_id", type=int)
@click.argument("reason")
@format_option
def explain(read_id: int, reason: str, form: str) -> None:
    said = commands.explain_download(cli_act(), read_id=read_id, reason=reason)
    show({"read_id": read_id, "reason": said.reason}, form)


@group.command("hand-over", help=str(_("Give the data of those who agree to a recipient.")))
@click.argument("text_id", type=int)
@click.option("--note", default="")
@format_option
def hand_over(text_id: int, note: str, form: str) -> None:
    made = commands.hand_over_data(cli_act(), text_id=text_id, note=note)
    show({"handover_id": made.pk}, form)


@group.command("withdrawals", help=str(_("What is to be done after withdrawals.")))
@format_option
def withdrawals(form: str) -> None:
    show(queries.withdrawals_open(cli_act()), form)


@group.command("settle", help=str(_("Note what was done after a withdrawal.")))
@click.argument("withdrawal_id", type=int)
@click.argument("note")
def settle(withdrawal_id: int, note: str) -> None:
    commands.settle_withdrawal(cli_act(), withdrawal_id=withdrawal_id, note=note)


@breach.command("list", help=str(_("Breaches, the latest first.")))
@format_option
def list_breaches(form: str) -> None:
    act = cli_act()
    show(
        [
            {
                "breach_id": one.pk, "found_at": one.found_at, "people": one.people_count,
                "told_at": one.told_at, "reported_at": one.reported_at, "closed_at": one.closed_at,
            }
            for one in queries.breaches(act)[:LIST_MAX]
        ],
        form,
    )  # fmt: skip


@breach.command("record", help=str(_("Record a breach.")))
@click.option("--what", required=True)
@click.option("--found", type=MOMENT, required=True, help=str(_("In Seoul: 2026-11-20T09:30")))
@click.option("--kind", "kinds", multiple=True, type=click.Choice(list(rules.KINDS)), required=True)
@click.option("--people", "people_count", type=click.IntRange(0), default=0)
@click.option("--from-outside", is_flag=True)
@click.option("--advice", default="")
@format_option
def record_breach(
    what: str, found: datetime, kinds: tuple[str, ...], people_count: int, from_outside: bool,
    advice: str, form: str,
) -> None:  # fmt: skip
    made = commands.record_breach(
        cli_act(), what=what, found_at=_seoul(found), kinds=tuple(kinds),
        people_count=people_count, from_outside=from_outside, advice=advice,
    )  # fmt: skip
    show({"breach_id": made.pk}, form)


@breach.command("show", help=str(_("One breach: who must be told by when.")))
@click.argument("breach_id", type=int)
@format_option
def show_breach(breach_id: int, form: str) -> None:
    card = queries.breach_card(cli_act(), breach_id)
    show(
        [
            {
                "whom": str(documents.DUTIES[duty.whom]), "until": duty.until,
                "hours_left": duty.hours_left, "done_at": duty.done_at, "article": duty.citation,
            }
            for duty in card.duties
        ],
        form,
    )  # fmt: skip


@breach.command("note", help=str(_("Note what was done.")))
@click.argument("breach_id", type=int)
@click.argument("text")
def note(breach_id: int, text: str) -> None:
    commands.note_breach_measure(cli_act(), breach_id=breach_id, text=text)


@breach.command("name", help=str(_("Name whom it concerns.")))
@click.argument("breach_id", type=int)
@click.option("--whom", type=click.Choice(list(rules.WHOM)), default=None)
@click.option("--person", "person_ids", type=int, multiple=True)
@click.option("--reader", "reader_id", type=int, default=None)
@format_option
def name_people(
    breach_id: int, whom: str | None, person_ids: tuple[int, ...], reader_id: int | None, form: str
) -> None:
    count = commands.name_breached_people(
        cli_act(), breach_id=breach_id, whom=whom or "", person_ids=tuple(person_ids),
        reader_id=reader_id,
    )  # fmt: skip
    show({"people": count}, form)


@breach.command("tell", help=str(_("Send letters to those concerned.")))
@click.argument("breach_id", type=int)
@click.option("--otherwise", is_flag=True, help=str(_("The rest were told another way.")))
@format_option
def tell(breach_id: int, otherwise: bool, form: str) -> None:
    count = commands.tell_breached_people(cli_act(), breach_id=breach_id, otherwise=otherwise)
    show({"told": count}, form)


@breach.command("report", help=str(_("Note that it was reported.")))
@click.argument("breach_id", type=int)
@click.option("--authority", required=True)
@click.option("--reference", required=True)
@click.option("--at", type=MOMENT, required=True)
def report(breach_id: int, authority: str, reference: str, at: datetime) -> None:
    commands.report_breach(
        cli_act(), breach_id=breach_id, authority=authority, reference=reference,
        reported_at=_seoul(at),
    )  # fmt: skip


@breach.command("close", help=str(_("Close a breach.")))
@click.argument("breach_id", type=int)
def close(breach_id: int) -> None:
    commands.close_breach(cli_act(), breach_id=breach_id)
