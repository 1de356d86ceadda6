"""`dure ledger`: the books from the command line. Accounts and funds by code or Korean name."""

import click
from django.utils.translation import gettext_lazy as _

from .business import business
from .reading import reading
from .writing import writing

group = click.Group(
    "ledger",
    commands={**reading.commands, **writing.commands, "main-business": business},
    help=str(_("The books: funds, entries, balances, statements.")),
)

__all__ = ["group"]
