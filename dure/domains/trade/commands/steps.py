"""What every step asks of a deal: its state, its sides, the terms, a reason."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.memberships import queries as memberships
from dure.domains.memberships.queries.duties import Use
from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from ..models import Deal, DealVersion
from ..rules import deals as rules
from ..rules.deals import Terms

__all__ = [
    "DealBetweenStrangers", "DealImpossible", "DealNotWaiting", "DealPartnerOutside",
    "DealReasonMissing",
]  # fmt: skip


class DealNotWaiting(Refusal):
    """The deal is past this step, or has not come to it."""

    text = _("This cannot be done now: the deal is %(state)s.")


class DealImpossible(InvalidInput):
    """A deal that cannot have been."""

    text = _("This cannot be a deal: %(reason)s.")


class DealReasonMissing(InvalidInput):
    """The other side reads why."""

    text = _("Say why. The other side reads it.")


class DealBetweenStrangers(Refusal):
    """Mutual trade is trade of members."""

    text = _("Neither side is a member on %(date)s.")
    remedy = _("At least one side of a deal is a member.")


class DealPartnerOutside(Refusal):
    """Whether deals with others count, the network decides."""

    text = _("“%(name)s” is not a member, and this network counts deals among members only.")
    remedy = _("The rules say so under “trade.non_members”; a resolution can change it.")


def hold_deal(deal_id: int) -> Deal:
    """The deal in hand. Raises NotFound."""
    found: Deal = Deal.objects.hold(deal_id)
    return found


def need(deal: Deal, *states: str) -> None:
    """Raises DealNotWaiting."""
    if deal.state not in states:
        raise DealNotWaiting(state=deal.get_state_display())


def why(given: str) -> str:
    """Raises DealReasonMissing."""
    found = clean_text(given, 300, _("Reason"))
    if not found:
        raise DealReasonMissing
    return found


def due_after(day: date) -> date:
    """When a deal is due if nobody says so."""
    return day + timedelta(days=bylaws.rules_on(day).number("trade.due_days"))


def read_terms(
    act: Act, what: str, won: int, vat_won: int, dealt_date: date, due_date: date | None, tax: str
) -> Terms:
    """The terms as they can be kept. Raises DealImpossible."""
    terms = Terms(
        clean_text(what, 200, _("What")), won, vat_won, dealt_date,
        due_date or due_after(dealt_date), rules.tax_number_of(tax),
    )  # fmt: skip
    if wrong := rules.what_is_wrong(terms, act.today):
        raise DealImpossible(reason=wrong)
    return terms


def terms_of(deal: Deal | DealVersion) -> Terms:
    return Terms(deal.what, deal.won, deal.vat_won, deal.dealt_date, deal.due_date, deal.tax_number)


def need_sides(party_id: int, other_id: int, day: date) -> bool:
    """That these two may trade on a day; whether both are members then.

    Raises NotFound, DealImpossible, DealBetweenStrangers, DealPartnerOutside, BenefitRests.
    """
    if party_id == other_id:
        raise DealImpossible(reason=_("it is between two"))
    names = parties.names_of((party_id, other_id))
    if len(names) < 2:
        raise NotFound
    found = {one: memberships.membership_of(one, day) for one in (party_id, other_id)}
    outside = [one for one, member in found.items() if member is None]
    if len(outside) == len(found):
        raise DealBetweenStrangers(date=day.isoformat())
    if outside and not bylaws.rules_on(day).yes("trade.non_members"):
        raise DealPartnerOutside(name=names[outside[0]])
    for member in found.values():
        if member is not None:
            memberships.need_benefit(member, Use.TRADE, day)
    return not outside


def add_version(act: Act, deal: Deal, number: int, by: int, terms: Terms, reason: str = "") -> None:
    """Keep terms as one side proposed them."""
    DealVersion.objects.create(
        deal=deal, number=number, by_id=by, what=terms.what, won=terms.won, vat_won=terms.vat_won,
        dealt_date=terms.dealt_date, due_date=terms.due_date, tax_number=terms.tax_number,
        reason=reason, proposed_at=act.at,
    )  # fmt: skip
