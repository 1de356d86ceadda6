"""Who is too close to somebody to decide on the matters of that one; for the rooms above, too.

In a general meeting only the party itself is kept out: there a vote is the right of every member.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _now

from dure.domains.bylaws import queries as bylaws
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

from ..models import Body
from ..rules.bodies import ASSEMBLIES, votes_by_membership
from .bodies import sittings

KEY = "votes.close_kept_out"


def kept_out(party_ids: Collection[int], on: date) -> tuple[frozenset[int], str]:
    """The people too close to any of these parties, and the article that keeps them out."""
    book = bylaws.rules_on(on)
    if KEY not in book or not party_ids:
        return frozenset(), ""
    article = book.provision(KEY).citation
    people = parties.close_to(party_ids, book.choices(KEY), on)
    return people, f"{article.document} {article.article}".strip()


def close_voters(
    body: Body, concerned: Collection[int], voters: frozenset[int], on: date
) -> dict[int, str]:
    """The voters of a body who are too close to whom a matter concerns, with the article; an
    organisation by whoever sits for it."""
    if body.kind in ASSEMBLIES or votes_by_membership(body.kind):
        return {}
    people, article = kept_out(concerned, on)
    if not people:
        return {}
    sat = {one.party_id for one in sittings(body, on) if one.person_id in people}
    return dict.fromkeys(sorted(voters & (people | sat)), article)


def decides_freely(act: Act, party_id: int) -> Verdict:
    """Whether the actor is not too close to a party to decide on its matters."""
    people, article = kept_out((party_id,), act.today)
    if act.actor_id not in people:
        return ALLOW
    return deny(
        _now("You are declared close to whom this concerns; somebody else decides (%(article)s).")
        % {"article": article}
    )
