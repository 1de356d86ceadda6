"""`dure trade`: deals between members, the cooperative fund, clearing, group buying."""

import click
from django.utils.translation import gettext_lazy as _

from . import (
    clearing,
    deals,
    fund,
    group_buys,
    importing,
    listings,
    orders,
    pools,
    recurring,
    rounds,
)

group = click.Group(
    "trade",
    help=str(_("Mutual trade: deals, the cooperative fund, clearing.")),
    commands={
        **clearing.group.commands,
        **rounds.group.commands,
        **pools.group.commands,
        **deals.group.commands,
        **fund.group.commands,
        "offers": listings.group,
        **group_buys.group.commands,
        **importing.group.commands,
        **orders.group.commands,
        **recurring.group.commands,
    },
)
