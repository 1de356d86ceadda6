"""Starting: a network of one's own, or the demonstration."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from typing import Any

import click
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.progress import Progress, silent
from dure.kernel.refusals import InvalidInput
from dure.ui.doors import cli_act
from dure.ui.terminal import draw_progress, format_option, show


class NameMissing(InvalidInput):
    """A network needs a name."""

    text = _("A network needs a name: --name.")


@click.command()
@click.option("--name", default="", help=_now("Name of the network"))
@click.option("--form", "legal_form", default="", help=_now("Legal form, as code or in Korean"))
@click.option("--fiscal-month", default=1, show_default=True, type=click.IntRange(1, 12))
@click.option("--class", "classes", multiple=True, help=_now("Class of members; may be repeated"))
@click.option("--person", "person_name", default="", help=_now("Name of the first person"))
@click.option(
    "--email", default="", help=_now("E-mail of the first person, who runs the secretariat")
)
@click.option("--yes", is_flag=True, help=_now("Ask nothing; use the usual answers."))
@format_option
def init(
    name: str,
    legal_form: str,
    fiscal_month: int,
    classes: tuple[str, ...],
    person_name: str,
    email: str,
    yes: bool,
    form: str,
) -> None:
    """새 망을 시작합니다 · Starts an empty network."""
    from django.conf import settings

    from dure.domains.parties.commands import NetworkAlreadyFounded

    from .. import founding, health
    from ..login import invitation_link
    from ..mail import site_url

    health.prepare()
    if not founding.is_needed():
        raise NetworkAlreadyFounded(name=founding.network_name())
    asks = not yes and sys.stdin.isatty()
    if not name and asks:
        name = click.prompt(_now("Name of the network"))
    if not name.strip():
        raise NameMissing
    legal_form = _legal_form(legal_form, asks)
    if asks:
        fiscal_month = click.prompt(
            _now("First month of the fiscal year"), default=fiscal_month, type=click.IntRange(1, 12)
        )
        if not classes:
            usual = ", ".join(founding.STANDARD_CLASSES)
            typed = click.prompt(_now("Classes of members, separated by commas"), default=usual)
            classes = tuple(filter(None, (part.strip() for part in typed.split(","))))
        email = email or click.prompt(
            _now("Your e-mail (empty: later)"), default="", show_default=False
        )
        if email and not person_name:
            person_name = click.prompt(_now("Your name"))
    given = founding.Founding(
        name=name.strip(),
        legal_form=legal_form,
        fiscal_year_start_month=fiscal_month,
        classes=classes or founding.STANDARD_CLASSES,
        person_name=person_name,
        email=email.strip().lower(),
    )
    founded = founding.found(cli_act(), given)
    answer: dict[str, Any] = {
        "network": given.name,
        "legal_form": legal_form,
        "fiscal_year_start_month": fiscal_month,
        "classes": list(given.classes),
        "home": str(settings.DURE_HOME),
    }
    if founded.invitation_id:
        answer["invitation"] = site_url() + invitation_link(founded.invitation_id)
    show(answer, form)
    if form == "text":
        click.echo(_now("Done. Start it with `dure serve`."))


def _legal_form(given: str, asks: bool) -> str:
    from dure.domains.parties.rules.codes import LEGAL_FORMS
    from dure.domains.parties.rules.imports import read_legal_form

    known = {str(code): str(label) for code, label in LEGAL_FORMS}
    if not given and asks:
        for number, label in enumerate(known.values(), 1):
            click.echo(f"  {number:>2}  {label}")
        chosen = click.prompt(_now("Legal form"), default=1, type=click.IntRange(1, len(known)))
        return list(known)[chosen - 1]
    return read_legal_form(given.strip() or "unincorporated")


@click.command()
@click.option("--seed", default=1, show_default=True, type=int)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), default=None, hidden=True)
@click.option("--no-serve", is_flag=True, help=_now("Only build it."))
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--progress", is_flag=True, help=_now("Show how far the work is."))
@format_option
def demo(
    seed: int,
    today: datetime | None,
    no_serve: bool,
    host: str,
    port: int,
    progress: bool,
    form: str,
) -> None:
    """보기용 망을 만들어 띄웁니다 · Builds a network like a real one and serves it."""
    from .. import health
    from ..demo.building import build_demo
    from ..demo.logins import LOGINS
    from ..home import home

    tell: Progress = draw_progress if progress or sys.stderr.isatty() else silent
    health.prepare()
    built = build_demo(today=today.date() if today else cli_act().today, seed=seed, progress=tell)
    home().mark_demo(os.environ.get("DURE_DATABASE_URL", ""))
    if form == "json":
        show(built, form)
    else:
        click.echo(f"{built.network} · {_now('Password')}: {built.password}")
        show([{"email": login.email, "about": str(login.about)} for login in LOGINS], form,
             {"email": _("E-mail"), "about": _("Who")})  # fmt: skip
    if not no_serve:
        from .running import run_server

        run_server(host, port)
