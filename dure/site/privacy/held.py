"""All that is held about a person: what the rooms declare, the kernel's own and the log-in's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Rulebook
from dure.domains.governance.queries import held as governance
from dure.domains.ledger.queries import held as ledger
from dure.domains.loans.queries import held as loans
from dure.domains.memberships.queries import held as memberships
from dure.domains.mutual_aid.queries import held as mutual_aid
from dure.domains.parties.queries import held as parties
from dure.domains.privacy.queries import held as privacy
from dure.domains.self_help.queries import held as self_help
from dure.domains.trade.queries import held as trade
from dure.kernel.acts import Act
from dure.kernel.held import Held, rows_of
from dure.kernel.refusals import Denied
from dure.kernel.words import Promise

from .saying import heading, plain, said

LOGIN = parties.LOGIN

OWN = (
    Held(
        "kernel.PersonalText",
        _("Texts about me in the log"),
        _("So that it can be shown why something was done."),
        ("subject_id",),
        parties.FORMER,
        hidden=("digest", "salt"),
    ),
    Held(
        "kernel.KeptFile",
        _("Files that were handed in"),
        _("As evidence for what was asked for; destroyed when that is over."),
        ("subject_id",),
        hidden=("name_sealed", "content_sealed", "digest"),
    ),
    Held(
        "kernel.Read",
        _("Who read my data"),
        _("The law asks for this log."),
        ("subject_id",),
        "privacy.access_log_kept_months",
    ),
    Held("account.EmailAddress", _("Addresses of the log-in"), LOGIN, ("user__person",)),
    Held(
        "account.EmailConfirmation",
        _("Addresses that wait to be confirmed"),
        LOGIN,
        ("email_address__user__person",),
        hidden=("key",),
    ),
    Held(
        "mfa.Authenticator",
        _("Second step of the log-in"),
        LOGIN,
        ("user__person",),
        hidden=("data",),
    ),
    Held(
        "usersessions.UserSession",
        _("Where I am logged in"),
        LOGIN,
        ("user__person",),
        hidden=("session_key", "data"),
    ),
    Held("socialaccount.SocialAccount", _("Log-in through others"), LOGIN, ("user__person",)),
    Held(
        "socialaccount.SocialToken",
        _("Keys of the log-in through others"),
        LOGIN,
        ("account__user__person",),
        hidden=("token", "token_secret"),
    ),
)

REGISTRY: tuple[Held, ...] = (
    *parties.HELD,
    *memberships.HELD,
    *governance.HELD,
    *privacy.HELD,
    *loans.HELD,
    *mutual_aid.HELD,
    *trade.HELD,
    *self_help.HELD,
    *ledger.HELD,
    *OWN,
)

READS: dict[str, str | Promise] = {
    **parties.READS,
    **memberships.READS,
    **privacy.READS,
    **loans.READS,
    **mutual_aid.READS,
    **trade.READS,
    **self_help.READS,
    **ledger.READS,
    **governance.READS,
    "site.export_network": _("the whole network, exported"),
    "site.download_export": _("the whole network, fetched as a file"),
}

# Tables that lead to a party by their columns and are not in the registry, and why.
LEFT_OUT: dict[str, str | Promise] = {
    **parties.LEFT_OUT,
    **governance.LEFT_OUT,
    **privacy.LEFT_OUT,
    **self_help.LEFT_OUT,
    **trade.LEFT_OUT,
    "kernel.Deed": _("Told in sentences: what I did, and what was done about me."),
    "kernel.News": _("A mail on its way says what its deed says."),
}


@dataclass(frozen=True, slots=True)
class Holding:
    """One table's rows about a person, in words."""

    title: str
    why: str
    until: str  # the rule on how long, with its article; "" as long as it is needed
    rows: list[list[tuple[str, str]]]  # for each row (heading, value), what is empty left out
    more: bool  # whether there are more rows than shown; all are in the file


def held_about(
    act: Act, person_id: int, limit: int | None = None
) -> list[tuple[Held, list[dict[str, Any]]]]:
    """The tables that hold something about oneself, with their rows. Raises Denied for others'."""
    if act.actor_id != person_id:
        raise Denied(_("Only the person can see all that is held about them."))
    rows = rows_of(REGISTRY, person_id, limit)
    return [(held, rows[held.model]) for held in REGISTRY if rows[held.model]]


def holdings_of(act: Act, person_id: int, *, limit: int) -> list[Holding]:
    """What is held about oneself, table by table, the first rows of each. Raises Denied."""
    book = bylaws.rules_on(act.today)
    return [
        Holding(
            str(held.title),
            str(held.why),
            until(book, held),
            [_words(held, row) for row in rows[:limit]],
            len(rows) > limit,
        )
        for held, rows in held_about(act, person_id, limit + 1)
    ]


def taken_along(act: Act, person_id: int) -> list[dict[str, Any]]:
    """All rows of every table as plain values under their headings, for the file. Raises Denied."""
    book = bylaws.rules_on(act.today)
    return [
        {
            "title": str(held.title),
            "table": held.model,
            "why": str(held.why),
            "until": until(book, held),
            "rows": [{heading(name): plain(value) for name, value in row.items()} for row in rows],
        }
        for held, rows in held_about(act, person_id)
    ]


def until(book: Rulebook, held: Held) -> str:
    """How long it is kept: the rule in force with its article."""
    if held.rule not in book:
        return ""
    rule = book.provision(held.rule)
    return f"{rule.label}: {rule.asks} ({rule.citation})"


def _words(held: Held, row: dict[str, Any]) -> list[tuple[str, str]]:
    words = ((heading(name), said(held, name, value)) for name, value in row.items())
    return [(name, value) for name, value in words if value]
