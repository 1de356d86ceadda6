"""For developers: Django's own management commands."""

from __future__ import annotations

import click


@click.command(
    context_settings={
        "ignore_unknown_options": True,
        "allow_interspersed_args": False,
        "help_option_names": [],
    }
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def manage(words: tuple[str, ...]) -> None:
    """Django의 관리 명령 (개발자용) · Django's management commands."""
    from django.core.management import execute_from_command_line

    if words[:1] == ("migrate",):  # the check of triggers would forbid what makes them anew
        words = ("migrate", "--skip-checks", *words[1:])
    execute_from_command_line(["dure manage", *words])
