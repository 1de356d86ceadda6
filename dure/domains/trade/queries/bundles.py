"""Bundles: what is in them, what was sold, what of it is whose."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Bundle

__all__ = ["BundleCard", "BundlePart", "bundle", "bundles"]


@dataclass(frozen=True, slots=True)
class BundlePart:
    """Whose goods, by which weight, and what of all sales is its."""

    party_id: int
    name: str
    what: str
    weight: int
    won: int  # of the member, over all its parts


@dataclass(frozen=True, slots=True)
class BundleCard:
    """A bundle."""

    id: int
    name: str
    price_won: int
    sold: int
    won: int
    is_sold: bool
    parts: tuple[BundlePart, ...]


def bundles(act: Act) -> list[BundleCard]:
    """All bundles, the newest first; who belongs sees how they are shared."""
    policies.can_see_trade(act).enforce()
    return [_card(one) for one in Bundle.objects.prefetch_related("sales")[:100]]


def bundle(act: Act, bundle_id: int) -> BundleCard:
    """One bundle. Raises NotFound."""
    policies.can_see_trade(act).enforce()
    found = Bundle.objects.filter(pk=bundle_id).first()
    if found is None:
        raise NotFound
    return _card(found)


def _card(one: Bundle) -> BundleCard:
    names = parties.names_of(party for party, *_rest in one.parts)
    won: Counter[int] = Counter()
    for sale in one.sales.all():
        won.update(dict(sale.shares))
    return BundleCard(
        one.pk, one.name, one.price_won, one.sold, one.price_won * one.sold, one.ended_at is None,
        tuple(
            BundlePart(party, names.get(party, ""), what, weight, won[party])
            for party, what, weight in one.parts
        ),
    )  # fmt: skip
