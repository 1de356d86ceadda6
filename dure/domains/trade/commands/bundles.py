"""Bundles of several members' goods: made once, sold, each member's share entered to the won."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.ledger import commands as ledger, queries as books
from dure.domains.ledger.rules import Source
from dure.domains.memberships import queries as memberships
from dure.domains.memberships.queries.books import entry_text
from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import WON_MAX
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies
from ..events import BundleEnded, BundleMade, BundleSold
from ..models import Bundle, BundleSale
from ..queries.contributions import chart
from ..rules import booking, bundles as rules
from .group_deals import Purchase, add_deals
from .steps import DealImpossible, due_after

__all__ = ["BundleImpossible", "BundleNoLonger", "end_bundle", "make_bundle", "sell_bundle"]

_SOLD = gettext_noop("Bundle sold: %(what)s")


class BundleImpossible(InvalidInput):
    """A bundle is of members' goods, and everybody has a share."""

    text = _("This cannot be a bundle: %(reason)s.")


class BundleNoLonger(Refusal):
    """A bundle that ended is not sold."""

    text = _("The bundle is sold no longer.")


@command
def make_bundle(
    act: Act, *, name: str, price_won: int, parts: Sequence[tuple[int, str, int]],
    fund: str = "general",
) -> Bundle:  # fmt: skip
    """Lay down what is in a bundle (member, what, weight) and its price, by weight each one's.

    Raises BundleImpossible, NotFound.
    """
    policies.can_make_bundle(act).enforce()
    name = clean_text(name, 120, _("Name"))
    kept = [[party, clean_text(what, 120, _("What")), weight] for party, what, weight in parts]
    if not name or not all(what for _party, what, _weight in kept):
        raise BundleImpossible(reason=_("it has a name, and so has each part"))
    if not 0 < price_won <= WON_MAX or not rules.has_shares(price_won, [w for *_p, w in parts]):
        raise BundleImpossible(reason=_("everybody has a share of the price"))
    if any(memberships.membership_of(party, act.today) is None for party, *_rest in parts):
        raise BundleImpossible(reason=_("its parts are of members"))
    # ---
    made = Bundle.objects.create(
        name=name, price_won=price_won, parts=kept, fund=books.chart().fund(fund).code,
        made_at=act.at,
    )  # fmt: skip
    record(act, BundleMade(made.pk, name, price_won, len({party for party, *_rest in parts})))
    return made


@command
def sell_bundle(
    act: Act, *, bundle_id: int, count: int, buyer_id: int | None = None,
    sold_date: date | None = None,
) -> BundleSale:  # fmt: skip
    """So many were sold and paid: Dr cash, Cr what each member has of it. What a member bought of
    the others counts as deals.

    Raises BundleNoLonger, BundleImpossible, DealImpossible, NotFound, and the ledger's refusals.
    """
    bundle: Bundle = Bundle.objects.hold(bundle_id)
    policies.can_sell_bundle(act).enforce()
    if bundle.ended_at is not None:
        raise BundleNoLonger
    day = sold_date or act.today
    if day > act.today:
        raise DealImpossible(reason=_("it is not in the future"))
    if count <= 0 or bundle.price_won * (bundle.sold + count) > WON_MAX:
        raise BundleImpossible(reason=_("at least one is sold, and not too many"))
    if buyer_id is not None and not parties.party_exists(buyer_id):
        raise NotFound
    # ---
    parts = [(party, what) for party, what, _weight in bundle.parts]
    weights = [weight for *_rest, weight in bundle.parts]
    shares = rules.shares_of_sale(bundle.price_won, weights, bundle.sold, count)
    of: dict[int, int] = {}
    for (party, _what), won in zip(parts, shares, strict=True):
        of[party] = of.get(party, 0) + won
    made = BundleSale.objects.create(
        bundle=bundle, buyer_id=buyer_id, count=count, won=bundle.price_won * count,
        shares=[list(one) for one in of.items()], sold_date=day,
    )  # fmt: skip
    made.entry = ledger.post_entry(
        act, date=day, text=entry_text(_SOLD, what=bundle.name),
        sides=booking.bundle_sold(chart(), bundle.fund, made.won, of.items()),
        source=Source("trade.Bundle", bundle.pk),
    )  # fmt: skip
    made.save(update_fields=["entry"])
    bundle.sold += count
    bundle.save(update_fields=["sold"])
    if buyer_id is not None:
        bought = [
            Purchase(party, buyer_id, won, f"{bundle.name}: "
                     + ", ".join(what for one, what in parts if one == party))
            for party, won in of.items()
            if party != buyer_id
        ]  # fmt: skip
        add_deals(act, bought, day, due_after(day), f"꾸러미 {made.pk}")
    record(act, BundleSold(bundle.pk, buyer_id, bundle.name, count, made.won, made.entry.pk))
    return made


@command
def end_bundle(act: Act, *, bundle_id: int) -> Bundle:
    """Sell it no longer. Raises BundleNoLonger."""
    bundle: Bundle = Bundle.objects.hold(bundle_id)
    policies.can_end_bundle(act).enforce()
    if bundle.ended_at is not None:
        raise BundleNoLonger
    # ---
    bundle.ended_at = act.at
    bundle.save(update_fields=["ended_at"])
    record(act, BundleEnded(bundle.pk, bundle.name))
    return bundle
