"""Profiles for other networks' maps and markets, by the schemas of Murmurations.

An organisation is told if it is published in the directory, a listing if its owner made it public;
neither where the network keeps its catalogue to its members.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from dure.domains.parties import queries as parties
from dure.domains.parties.rules.regions import region_name
from dure.kernel.acts import SEOUL, Act
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Listing
from ..rules.listings import CATEGORY_WORDS, GOODS

__all__ = ["listing_profile", "organisation_profile", "public_profiles"]

ORGANISATION, LISTING = "organizations_schema-v1.0.0", "offers_wants_schema-v0.1.0"
SCOPES = {0: "national", 2: "regional", 5: "local"}  # by how much of a region's code is said
MEMBER_OF = "https://schema.org/memberOf"

type_address = Callable[[str, int], str]  # the whole address of a page and what it is about


def _public(act: Act) -> Any:
    policies.can_see_profiles(act).enforce()
    return Listing.objects.filter(state=Listing.State.OPEN, is_public=True)


def public_profiles(act: Act, address: type_address) -> list[str]:
    """The addresses of all profiles: what an index is told to read."""
    rows = list(_public(act).order_by("pk").values_list("pk", "party"))
    known = parties.published_among({party for _pk, party in rows})
    return [
        *(address("trade:organisation_profile", one) for one in sorted(known)),
        *(address("trade:listing_profile", pk) for pk, _party in rows),
    ]


def organisation_profile(act: Act, party_id: int, address: type_address) -> dict[str, Any]:
    """A published organisation. Raises NotFound."""
    policies.can_see_profiles(act).enforce()
    card = parties.organisation_card(party_id)
    network = parties.network_profile()
    told: dict[str, Any] = {
        "name": card.name,
        "primary_url": card.website,
        "tags": [one for one in (card.section, card.industry_label) if one],
        "description": card.description or card.offers,
        "full_address": card.address,
        "country_iso_3166": "KR",
        "telephone": card.phone,
        "contact_details": {"contact_form": address("directory:organisation", party_id)},
        "geographic_scope": "local",
    }
    if network is not None and network.website:
        told["relationships"] = [{"predicate_url": MEMBER_OF, "object_url": network.website}]
    return {"linked_schemas": [ORGANISATION], **{name: one for name, one in told.items() if one}}


def listing_profile(act: Act, listing_id: int, address: type_address) -> dict[str, Any]:
    """A public listing. Raises NotFound."""
    found = _public(act).filter(pk=listing_id).first()
    if found is None:
        raise NotFound
    page = address("trade:listing", found.pk)
    words = (str(found.get_category_display()), *CATEGORY_WORDS.get(found.category, "").split())
    over = datetime.combine(found.until_date, time.max, SEOUL)
    about = (found.description, region_name(found.region_code) if found.region_code else "")
    return {
        "linked_schemas": [LISTING],
        "exchange_type": found.side,
        "item_type": "good" if found.kind == GOODS else "service",
        "transaction_type": ["buy-sell"],
        "tags": list(dict.fromkeys(words)),
        "title": found.name,
        "description": " · ".join(one for one in about if one) or found.name,
        "details_url": page,
        "geographic_scope": SCOPES[len(found.region_code)],
        "contact_details": {"contact_form": page},
        "expires_at": int(over.timestamp()),
    }
