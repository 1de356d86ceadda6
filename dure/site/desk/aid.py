"""What waits about the rules of the money: placements that are due, main business that fell short."""

from __future__ import annotations

from django.utils.translation import gettext as _, ngettext

from dure.domains.ledger import queries as ledger
from dure.domains.mutual_aid import queries as aid
from dure.kernel.acts import Act
from dure.kernel.dates import format_date
from dure.kernel.money import format_won

from ..navigation import address
from .waiting import ALWAYS, BOOKS, MEMBERS, SHOWN_MAX, Source, Step, Waiting, type_sources


def placements_due(act: Act) -> Waiting | None:
    """Deposits and bonds that have matured."""
    due = aid.placements_due(act)
    if not due:
        return None
    steps = tuple(
        Step(
            _("%(name)s: %(amount)s, since %(date)s")
            % {
                "name": one.institution,
                "amount": format_won(one.won),
                "date": format_date(one.matures_date),
            },
            address("mutual_aid:renew_placement", one.id),
            _("Renew"),
        )
        for one in due[:SHOWN_MAX]
    )
    return Waiting(
        "fund",
        "warn",
        ngettext(
            "%(count)d placement of the reserve is due",
            "%(count)d placements of the reserve are due",
            len(due),
        )
        % {"count": len(due)},
        _("Renew it, or let it come back: in an account it earns little."),
        address("mutual_aid:reserve"),
        _("See all"),
        steps,
    )


def aid_claims_waiting(act: Act) -> Waiting | None:
    """Claims of mutual aid that are not decided, or not paid."""
    rows = aid.aid_claims_waiting(act)
    if not rows:
        return None
    steps = tuple(
        Step(
            _("%(name)s: %(amount)s, since %(date)s")
            % {
                "name": one.name,
                "amount": format_won(one.won),
                "date": format_date(one.filed_date),
            },
            address("mutual_aid:aid_claim", one.id),
            one.state_label,
        )
        for one in rows[:SHOWN_MAX]
    )
    return Waiting(
        "people",
        "warn",
        ngettext(
            "%(count)d claim of mutual aid waits", "%(count)d claims of mutual aid wait", len(rows)
        )
        % {"count": len(rows)},
        _("Somebody who had to bear something waits for help."),
        address("mutual_aid:aid_claims"),
        _("See all"),
        steps,
    )


def aid_grants_waiting(act: Act) -> Waiting | None:
    """Applications to campaigns that the actor decides on or pays."""
    rows = aid.aid_grants_waiting(act)
    if not rows:
        return None
    steps = tuple(
        Step(
            f"{one.name}: {format_won(one.won or one.asked_won)}",
            address("mutual_aid:aid_grant", one.id),
            one.state_label,
        )
        for one in rows[:SHOWN_MAX]
    )
    return Waiting(
        "people",
        "warn",
        ngettext(
            "%(count)d application to a campaign waits for you",
            "%(count)d applications to campaigns wait for you",
            len(rows),
        )
        % {"count": len(rows)},
        _("Help in a crisis is quick, or it is none."),
        address("mutual_aid:aid_campaigns"),
        _("See all"),
        steps,
    )


def main_business(act: Act) -> Waiting | None:
    """The last quarter that ended, when its main business fell short of the law."""
    if not ledger.asks_main_business(act.today):
        return None
    last = next((one for one in ledger.main_business(act.today, 2) if not one.runs), None)
    if last is None or not last.is_short or last.finding is None:
        return None
    return Waiting(
        "chart",
        "bad",
        _("The main business fell short in the quarter from %(date)s")
        % {"date": format_date(last.from_date)},
        last.finding.sentence(),
        address("ledger:main_business"),
        _("Look"),
    )


AID_SOURCES: type_sources = (
    Source(BOOKS, ALWAYS, placements_due),
    Source(BOOKS, ("mutual_aid", "governance", "parties"), aid_claims_waiting),
    Source((*BOOKS, *MEMBERS), ("mutual_aid", "parties"), aid_grants_waiting),
    Source(BOOKS, ("ledger", "bylaws"), main_business),
)
