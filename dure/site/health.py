"""Is there a network, is its database as this program wants it, is what it holds sound?"""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext_lazy as _

from dure.domains.ledger import queries as ledger
from dure.domains.memberships import queries as memberships
from dure.domains.parties import queries as parties
from dure.kernel import seals, triggers
from dure.kernel.progress import Progress, silent
from dure.kernel.refusals import Refusal


class NoNetwork(Refusal):
    """The folder or database holds no network yet."""

    text = _("There is no network here yet.")
    remedy = _("Start one with `dure init`, or look around with `dure demo`.")


class Unsound(Refusal):
    """The books or the seals are not as they must be."""

    text = _("Not sound, %(count)d findings. The first: %(first)s")


def prepare() -> None:
    """Make or upgrade the tables. Quick when nothing is to do."""
    call_command("migrate", interactive=False, verbosity=0)


def require_network() -> None:
    """Raises NoNetwork."""
    if "kernel_deed" not in connection.introspection.table_names() or not parties.network_profile():
        raise NoNetwork


def all_findings(progress: Progress = silent) -> list[str]:
    """Everything that is wrong with triggers, books and seals, in words."""
    found = [f"{text}" for text in triggers.differences(connection)]
    for findings in (ledger.check_books(progress), memberships.check_memberships(progress)):
        found += [f"{finding.where}: {finding.what}" for finding in findings]
    found += [f"{flaw.where}: {flaw.what}" for flaw in seals.verify(progress).flaws]
    return found
