"""Elections from the command line: who stands, ballots by name, the rounds."""

from __future__ import annotations

import click
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.kernel.refusals import NotFound
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import commands, queries

group = click.Group()


def marks_of(given: tuple[str, ...]) -> dict[int, int]:
    """3 for a cross, 3=2 for a place or points."""
    pairs = (one.partition("=") for one in given)
    try:
        return {int(number): int(mark or 1) for number, _sign, mark in pairs}
    except ValueError as error:
        raise click.BadParameter(str(_("Write marks like 3 or 3=2."))) from error


@group.command("options", help=str(_("Who stands, in the order of the ballot.")))
@click.argument("item_id", type=int)
@format_option
def list_options(item_id: int, form: str) -> None:
    show(
        list(queries.options(cli_act(), item_id)),
        form,
        columns={
            "number": _("No."),
            "name": _("Name"),
            "statement": pgettext_lazy("governance", "Statement"),
        },
    )


@group.command(
    "add-option", help=str(_("Somebody stands for election, or something is to choose."))
)
@click.argument("item_id", type=int)
@click.option("--person", "person_id", type=int, default=None)
@click.option("--text", default="")
@click.option("--statement", default="")
@click.option("--agreed", is_flag=True, help=str(_("The candidate has agreed to stand")))
def add_option(
    item_id: int, person_id: int | None, text: str, statement: str, agreed: bool
) -> None:
    option = commands.add_option(
        cli_act(), item_id=item_id, person_id=person_id, text=text, statement=statement,
        has_agreed=agreed,
    )  # fmt: skip
    click.echo(option.number)


@group.command("withdraw-option", help=str(_("Somebody stands no longer.")))
@click.argument("option_id", type=int)
def withdraw_option(option_id: int) -> None:
    commands.withdraw_option(cli_act(), option_id=option_id)


@group.command("mark", help=str(_("Note the ballot of one voter, by name.")))
@click.argument("vote_id", type=int)
@click.argument("party_id", type=int)
@click.argument("marks", nargs=-1)
def mark(vote_id: int, party_id: int, marks: tuple[str, ...]) -> None:
    commands.cast_vote(cli_act(), vote_id=vote_id, party_id=party_id, marks=marks_of(marks))


@group.command("object", help=str(_("A voter objects; the consent is refused.")))
@click.argument("vote_id", type=int)
@click.argument("party_id", type=int)
@click.argument("reason")
def object_to_vote(vote_id: int, party_id: int, reason: str) -> None:
    commands.object_to_vote(cli_act(), vote_id=vote_id, party_id=party_id, reason=reason)


@group.command("casting-vote", help=str(_("The chair decides a tie.")))
@click.argument("vote_id", type=int)
@click.argument("choice", type=click.Choice(["yes", "no"]))
def give_casting_vote(vote_id: int, choice: str) -> None:
    commands.give_casting_vote(cli_act(), vote_id=vote_id, choice=choice)


@group.command("election", help=str(_("What an election came to, with every round.")))
@click.argument("vote_id", type=int)
@format_option
def election(vote_id: int, form: str) -> None:
    card = queries.election_card(queries.vote_row(cli_act(), vote_id))
    if card is None:
        raise NotFound
    show(
        [
            {
                "number": one.option.number,
                "name": one.option.name,
                "got": one.got,
                "elected": one.is_elected,
                "tied": one.is_tied,
            }
            for one in card.lines
        ],
        form,
        columns={
            "number": _("No."),
            "name": _("Name"),
            "got": _("Votes"),
            "elected": _("Elected"),
        },
    )
    if form != "json":
        for line in card.rounds:
            pairs = ", ".join(f"{name} {votes}" for name, votes in line.pairs)
            click.echo(f"{line.number}. {pairs}. {line.told}")
