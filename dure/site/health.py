"""Is there a network, is its database as this program wants it, is what it holds sound?"""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import commands as bylaws, queries as rules
from dure.domains.governance import queries as governance
from dure.domains.ledger import commands as ledger_commands, queries as ledger
from dure.domains.ledger.rules import STANDARD_CHART
from dure.domains.loans import queries as loans
from dure.domains.memberships import queries as memberships
from dure.domains.mutual_aid import queries as mutual_aid
from dure.domains.parties import queries as parties
from dure.domains.self_help import queries as self_help
from dure.kernel import clock, seals, triggers
from dure.kernel.acts import system_act
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
    """Make or upgrade the tables and lay down the law this version brings. Quick when nothing is
    to do."""
    call_command("migrate", interactive=False, verbosity=0)
    bring_law()
    bring_accounts()


def bring_law() -> None:
    """The law and model rules of this version apply to the network that is here, if there is one.

    A network of a version that knew no rules takes the law of its form, as one founded today does.
    """
    network = parties.network_profile()
    if network is None:
        return
    act = system_act(clock.now(), via="cli")
    if not rules.has_legal_form():
        bylaws.adopt_legal_form(act, form=network.legal_form, from_date=act.today)
    elif rules.packs_are_waiting():
        bylaws.load_packs(act)


def bring_accounts() -> None:
    """The accounts that this version books on stand in the chart of a network of an older one.

    A code or name that the network gave to an account of its own is left to it.
    """
    if not ledger.books_are_open():
        return
    books = ledger.chart()
    names = {account.name for account in books.accounts.values()}
    for row in STANDARD_CHART:
        if row.role and row.role not in books.roles:
            code = next(
                str(code)
                for code in range(int(row.code), int(row.code) + len(books.accounts) + 1)
                if str(code) not in books.accounts
            )
            ledger_commands.add_account(
                system_act(clock.now(), via="cli"),
                code=code,
                name=row.name if row.name not in names else f"{row.name} ({code})",
                kind=row.kind,
                is_control=row.is_control,
                is_money=row.is_money,
                role=row.role,
            )
            books = ledger.chart()


def require_network() -> None:
    """Raises NoNetwork."""
    if "kernel_deed" not in connection.introspection.table_names() or not parties.network_profile():
        raise NoNetwork


def all_findings(progress: Progress = silent) -> list[str]:
    """Everything that is wrong with triggers, books and seals, in words."""
    found = [f"{text}" for text in triggers.differences(connection)]
    for findings in (
        ledger.check_books(progress),
        memberships.check_memberships(progress),
        loans.check_loans(progress),
        mutual_aid.check_aid(progress),
        self_help.check_self_help(progress),
    ):
        found += [f"{finding.where}: {finding.what}" for finding in findings]
    found += [f"{one.question}: {one.label}" for one in governance.verify(progress)]
    found += [f"{flaw.where}: {flaw.what}" for flaw in seals.verify(progress).flaws]
    return found
