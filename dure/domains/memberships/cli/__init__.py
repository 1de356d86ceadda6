"""`dure memberships`: members, billing, arrears and receipts from the command line."""

import click
from django.utils.translation import gettext_lazy as _

from .dues import dues
from .members import members
from .papers import papers
from .receipts import receipts

group = click.Group(
    "memberships",
    commands={**members.commands, **dues.commands, "paper": papers, "receipts": receipts},
    help=str(_("Members, applications, dues and receipts.")),
)

__all__ = ["group"]
