"""`dure mutual_aid`: plans, contracts, contributions, claims."""

import click
from django.utils.translation import gettext_lazy as _

from . import claims, taking_part
from .campaigns import campaigns
from .reserve import reserve

group = click.Group(
    "mutual_aid",
    help=str(_("Mutual aid: plans, contracts, contributions, claims.")),
    commands={
        **taking_part.group.commands,
        **claims.group.commands,
        "reserve": reserve,
        "campaigns": campaigns,
    },
)
