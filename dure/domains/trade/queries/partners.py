"""With whom one can trade: members, those in the directory, and those one traded with before."""

from __future__ import annotations

from collections import Counter

from dure.domains.memberships import queries as memberships
from dure.domains.parties import queries as parties
from dure.domains.parties.queries import PartyFound
from dure.kernel.acts import Act

from .. import policies
from ..models import Deal

__all__ = ["find_partners", "is_partner", "partner_names", "sides_of"]

NAMES_MAX = 300


def sides_of(act: Act) -> dict[int, str]:
    """For whom the actor records deals: the organisations spoken for, and oneself as a member; the
    office for any member organisation."""
    found = act.own
    members = {one.party_id for one in memberships.my_membership(act) if one.left_date is None}
    names = parties.names_of(act.things("representative") | (found & members))
    if act.holds(*policies.OFFICE):
        return memberships.member_organisations(act.today) | names
    return dict(sorted(names.items(), key=lambda one: (one[0] == act.actor_id, one[1])))


def partner_names(act: Act) -> list[str]:
    """Names to choose from: with whom one trades most, then the other member organisations."""
    counted = _traded_with(act)
    known = parties.names_of(counted)
    often = [known[one] for one, _times in counted.most_common() if one in known]
    own = set(sides_of(act).values())
    rest = memberships.member_organisations(act.today).values()
    return [one for one in dict.fromkeys([*often, *rest]) if one not in own][:NAMES_MAX]


def find_partners(act: Act, text: str) -> list[PartyFound]:
    """Those one may trade with by a name."""
    found = parties.search_parties(text)
    return [one for one in found if is_partner(act, one.id)]


def is_partner(act: Act, party_id: int) -> bool:
    """Whether one may trade with this one: an organisation that is a member or published, or with
    whom one traded before; the office with any."""
    if act.holds(*policies.OFFICE):
        return parties.party_exists(party_id)
    if party_id in _traded_with(act):
        return True
    if not parties.is_organisation(party_id):
        return False
    return (
        memberships.membership_of(party_id, act.today) is not None
        or parties.organisation_card(party_id).is_published
    )


def _traded_with(act: Act) -> Counter[int]:
    own = act.own
    sold = Deal.objects.filter(seller__in=own).order_by("-pk").values_list("buyer", flat=True)
    bought = Deal.objects.filter(buyer__in=own).order_by("-pk").values_list("seller", flat=True)
    found = Counter([*sold[:1000], *bought[:1000]])
    for one in own:
        found.pop(one, None)
    return found
