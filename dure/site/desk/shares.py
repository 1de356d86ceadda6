"""What waits about share capital: refunds to pay, claims that lapse, the yearly report."""

from __future__ import annotations

from django.utils.translation import gettext as _, ngettext

from dure.domains.memberships.queries import shares
from dure.kernel.acts import Act
from dure.kernel.dates import format_date
from dure.kernel.money import format_won

from ..navigation import address
from .waiting import BOOKS, OFFICE, SHOWN_MAX, Source, Step, Waiting, type_sources


def share_refunds(act: Act) -> Waiting | None:
    """Refunds that the general meeting resolved and nobody paid yet."""
    payable = shares.refunds_payable(act)
    count = payable.count()
    if not count:
        return None
    steps = tuple(
        Step(
            _("%(name)s, %(amount)s")
            % {"name": one.membership.party.name, "amount": format_won(one.open_won)},
            address("memberships:pay_share_refund", one.pk),
            _("Pay back"),
        )
        for one in payable[:SHOWN_MAX]
    )
    return Waiting(
        "money",
        "warn",
        ngettext("%(count)d refund of shares to pay", "%(count)d refunds of shares to pay", count)
        % {"count": count},
        _("The general meeting resolved to pay them back."),
        address("memberships:share_claims"),
        _("Look"),
        steps,
    )


def lapsing_claims(act: Act) -> Waiting | None:
    """Who left with shares and may lose the claim to them before long, or has lost it."""
    lapsing = shares.claims_lapsing(act, act.today)
    if not lapsing:
        return None
    steps = tuple(
        Step(
            _("%(name)s, until %(date)s")
            % {"name": membership.party.name, "date": format_date(lapses)},
            address("memberships:ask_share_refund", membership.pk),
            _("Look"),
        )
        for membership, _first, lapses in lapsing[:SHOWN_MAX]
    )
    return Waiting(
        "clock",
        "warn",
        ngettext(
            "%(count)d claim to shares lapses soon",
            "%(count)d claims to shares lapse soon",
            len(lapsing),
        )
        % {"count": len(lapsing)},
        _("They left and have not asked for their shares. A letter now saves their money."),
        address("memberships:share_claims"),
        _("Look"),
        steps,
    )


def share_report(act: Act) -> Waiting | None:
    """The report of changes in share capital of the last fiscal year, until it was sent."""
    due = shares.report_due(act)
    if due is None:
        return None
    return Waiting(
        "document",
        "bad" if due.due_date < act.today else "info",
        _("Report the share capital of %(year)s") % {"year": due.year_date.year},
        _("It is due by %(date)s (%(article)s).")
        % {"date": format_date(due.due_date), "article": due.article},
        address("memberships:share_report"),
        _("Open the report"),
    )


SHARE_SOURCES: type_sources = (
    Source(BOOKS, ("memberships",), share_refunds),
    Source(BOOKS, ("memberships", "bylaws"), lapsing_claims),
    Source(OFFICE, ("memberships", "bylaws"), share_report),
)
