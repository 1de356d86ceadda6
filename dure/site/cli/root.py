"""The root of the command line: whose data, in which language, under which key."""

from __future__ import annotations

import os
from importlib import import_module
from uuid import UUID, uuid4

import click

from dure.site import home

SITE_COMMANDS = {
    "init": "start",
    "demo": "start",
    "serve": "running",
    "worker": "running",
    "close": "closing",
    "check-books": "proof",
    "verify": "proof",
    "seal": "proof",
    "backup": "keeping",
    "restore": "keeping",
    "keys": "keeping",
    "export": "leaving",
    "import-network": "leaving",
    "people": "people",
    "api": "documents",
    "manage": "developers",
}


def set_up() -> None:
    """Make the data folder, start Django and say who acts: whoever sits at this machine."""
    from django.apps import apps

    if not apps.ready:
        home.home().prepare()
        import django

        django.setup()
    from django.utils import translation

    translation.activate(os.environ.get("DURE_LANGUAGE", "ko"))


def begin(key: UUID | None) -> None:
    from dure.kernel import clock
    from dure.kernel.acts import Act, Capacity
    from dure.ui.doors import set_cli_act

    set_cli_act(Act(None, clock.now(), key or uuid4(), "cli", frozenset({Capacity("operator")})))


class Root(click.Group):
    """The site's own commands and one group per room, each loaded when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        set_up()
        from django.conf import settings

        return [*SITE_COMMANDS, *sorted(settings.ROOMS)]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        set_up()
        from django.conf import settings

        if name in SITE_COMMANDS:
            found = getattr(
                import_module(f"dure.site.cli.{SITE_COMMANDS[name]}"), name.replace("-", "_")
            )
        elif name in settings.ROOMS:
            found = import_module(f"dure.domains.{name}.cli").group
        else:
            return None
        assert isinstance(found, click.Command)
        return found


def _home(ctx: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value:
        os.environ["DURE_HOME"] = value


def _language(ctx: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value:
        os.environ["DURE_LANGUAGE"] = value


@click.group(cls=Root, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--home",
    is_eager=True,
    expose_value=False,
    callback=_home,
    metavar="DIR",
    help="망 자료가 있는 폴더 (DURE_HOME) · The folder of the network's data",
)
@click.option(
    "--language",
    is_eager=True,
    expose_value=False,
    callback=_language,
    type=click.Choice(["ko", "en"]),
    help="말 · Language of the answers",
)
@click.option(
    "--key",
    type=click.UUID,
    default=None,
    help="같은 키로 다시 부르면 두 번 하지 않습니다 · Idempotency key",
)
@click.version_option(package_name="dure")
def root(key: UUID | None) -> None:
    """두레: 사회연대경제 네트워크의 살림 도구 · the working tool of a network."""
    set_up()
    begin(key)
