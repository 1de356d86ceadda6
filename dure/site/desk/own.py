"""What waits for a member or a representative: their own dues, terms and consents."""

from __future__ import annotations

from django.utils.translation import gettext as _, ngettext

from dure.domains.memberships import queries as memberships
from dure.domains.parties import queries as parties
from dure.domains.trade import queries as trade
from dure.kernel.acts import Act
from dure.kernel.dates import format_date
from dure.kernel.money import format_won, short_won

from ..navigation import address
from .waiting import MEMBERS, SHOWN_MAX, TERMS_WITHIN, Source, Step, Waiting, type_sources


def own_dues(act: Act) -> Waiting | None:
    """Dues that the person or one of its organisations has not paid yet."""
    whose = sorted(act.things("representative") | act.things("person"))[:20]
    found = [
        (party_id, charges)
        for party_id in whose
        if (charges := memberships.charges_of_party(act, party_id, only_open=True))
    ]
    if not found:
        return None
    names = parties.names_of(party_id for party_id, _charges in found)
    late = [one for _party, charges in found for one in charges if one.due_date < act.today]
    total = sum(one.open_won for _party, charges in found for one in charges)
    steps = tuple(
        Step(
            _("%(name)s: %(amount)s, the oldest due %(date)s")
            % {
                "name": names.get(party_id, ""),
                "amount": format_won(sum(one.open_won for one in charges)),
                "date": format_date(charges[0].due_date),
            },
            address("organisation", party_id) if party_id != act.actor_id else "",
            _("See") if party_id != act.actor_id else "",
        )
        for party_id, charges in found[:SHOWN_MAX]
    )
    return Waiting(
        "money",
        "warn" if late else "info",
        _("%(amount)s of dues to pay") % {"amount": short_won(total)},
        _("Pay to the network's account under the member's name; then it is matched by itself."),
        "#dues",
        _("See"),
        steps,
    )


def own_terms(act: Act) -> Waiting | None:
    """One's own term as a representative that ends soon."""
    if act.actor_id is None:
        return None
    ending = [
        term
        for term in parties.representations_of(act.actor_id)
        if term.until_date and act.today <= term.until_date < act.today + TERMS_WITHIN
    ]
    if not ending:
        return None
    first = min(ending, key=lambda term: term.until_date or act.today)
    return Waiting(
        "calendar",
        "info",
        _("Your term for %(organisation)s ends soon") % {"organisation": first.organisation_name},
        _("It ends on %(date)s. Tell the secretariat who speaks for it from then on.")
        % {"date": format_date(first.until_date or act.today)},
        address("organisation", first.organisation_id),
        _("See"),
    )


def own_deals(act: Act) -> Waiting | None:
    """Deals that others wrote down: one press confirms each; quotes and orders of others."""
    waiting, asked = trade.deals_waiting(act), trade.orders_waiting(act)
    if not waiting and not asked:
        return None
    steps = tuple(
        Step(
            f"{one.seller} → {one.buyer}: {one.what}, {format_won(one.won)}",
            address("trade:confirm_deal" if one.state == "recorded" else "trade:deal", one.id),
            _("Confirm") if one.state == "recorded" else _("Look"),
            posts=() if one.state == "recorded" else None,
        )
        for one in waiting[:SHOWN_MAX]
    ) + tuple(
        Step(
            f"{one.seller} → {one.buyer}: {one.stage_label}, {one.what}, {format_won(one.won)}",
            address("trade:order", one.id),
            _("Look"),
        )
        for one in asked[:SHOWN_MAX]
    )
    count = len(waiting) + len(asked)
    return Waiting(
        "swap",
        "info",
        ngettext(
            "%(count)d deal waits for your answer", "%(count)d deals wait for your answer", count
        )
        % {"count": count},
        _("Only what both sides confirmed counts."),
        address("trade:my_deals" if waiting else "trade:orders"),
        _("See all"),
        steps,
    )  # fmt: skip


OWN_SOURCES: type_sources = (
    Source(MEMBERS, (), own_dues),
    Source(MEMBERS, (), own_terms),
    Source(MEMBERS, (), own_deals),
)
