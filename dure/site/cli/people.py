"""Accounts and tokens from the command line."""

from __future__ import annotations

import click
from django.utils.translation import gettext as _now

from dure.domains.parties.commands import access as commands, emails
from dure.domains.parties.queries import access
from dure.kernel.refusals import NotFound
from dure.ui.doors import cli_act
from dure.ui.terminal import format_option, show

from .. import health


@click.group()
def people() -> None:
    """계정과 토큰 · Accounts and tokens."""
    health.require_network()


@people.command("invite")
@click.argument("email")
@click.option("--person", "person_id", type=int, default=None)
@format_option
def invite(email: str, person_id: int | None, form: str) -> None:
    """계정을 열 초대를 보냅니다 · Invites someone; prints the link too."""
    from ..limits import invitation_days
    from ..login import invitation_link
    from ..mail import site_url

    act = cli_act()
    found = commands.invite_person(
        act, email=email, person_id=person_id, days=invitation_days(act.today)
    )
    link = site_url() + invitation_link(found.pk)
    show({"id": found.pk, "email": found.email, "until": found.until_at, "link": link}, form)


@people.command("token")
@click.argument("email")
@click.option("--name", default="cli", show_default=True)
@click.option("--scope", "scopes", multiple=True, required=True, metavar="ROOM:read|write")
@click.option("--days", default=90, show_default=True)
@format_option
def token(email: str, name: str, scopes: tuple[str, ...], days: int, form: str) -> None:
    """프로그램이 쓸 토큰을 만듭니다 · Makes a token; it is printed once."""
    from ..access_pages import new_token

    account = access.account_by_email(email)
    if account is None:
        raise NotFound
    text, digest, prefix = new_token()
    made = commands.issue_token(
        cli_act(),
        account_id=account.id,
        name=name,
        scopes=scopes,
        digest=digest,
        prefix=prefix,
        days=days,
    )
    if form == "json":
        show({"id": made.pk, "token": text, "scopes": scopes, "until": made.expires_at}, form)
    else:
        click.echo(text)


@people.command("change-email")
@click.argument("email")
@click.argument("new_email")
def change_email(email: str, new_email: str) -> None:
    """로그인 주소를 바꿉니다 · Changes the address of an account; the old one is told."""
    account = access.account_by_email(email)
    if account is None:
        raise NotFound
    emails.change_email(cli_act(), account_id=account.id, email=new_email)
    click.echo(_now("The address was changed."))


@people.command("close")
@click.argument("email")
@click.option("--reason", default="")
def close(email: str, reason: str) -> None:
    """계정을 닫습니다 · Closes an account and its tokens."""
    account = access.account_by_email(email)
    if account is None:
        raise NotFound
    commands.close_account(cli_act(), account_id=account.id, reason=reason)
    click.echo(_now("The account is closed."))
