"""`dure memberships`: members, billing, arrears and receipts from the command line."""

import click
from django.utils.translation import gettext_lazy as _

from .admission import procedure, steps
from .conduct import conduct
from .debits import debits, ladder
from .dues import dues
from .ethics import ethics, terms
from .members import members
from .papers import papers
from .receipts import receipts
from .shares import shares

group = click.Group(
    "memberships",
    commands={
        **members.commands,
        **steps.commands,
        **dues.commands,
        "conduct": conduct,
        "ethics": ethics,
        "terms": terms,
        "paper": papers,
        "procedure": procedure,
        "receipts": receipts,
        "shares": shares,
        "debits": debits,
        "ladder": ladder,
    },
    help=str(_("Members, applications, dues and receipts.")),
)

__all__ = ["group"]
