"""What the API of group buying takes and gives."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from dure.kernel.money import WON_MAX
from dure.ui import api_fields as f

Count = Annotated[int, Field(ge=0, le=1_000_000)]
WonOrNone = Annotated[int, Field(ge=0, le=WON_MAX)]
Named = Annotated[str, Field(min_length=1, max_length=120), f.Storable]


class BuyArticleIn(Schema):
    name: Named
    unit: Annotated[int, Field(ge=1, le=1_000_000)]
    least_cases: Count = 0


class BuySupplierIn(Schema):
    name: Named
    least_won: WonOrNone = 0
    transport_won: WonOrNone = 0
    party_id: f.Id | None = None


class BuyOfferIn(Schema):
    """From so many cases on, so many won for each: [[1, 12000], [10, 11000]]."""

    article: Named
    supplier: Named
    tiers: Annotated[
        list[tuple[Annotated[int, Field(ge=1, le=1_000_000)], f.Won]],
        Field(min_length=1, max_length=20),
    ]
    most_cases: Annotated[int, Field(ge=1, le=1_000_000)] | None = None


class BuyTermsIn(Schema):
    articles: Annotated[list[BuyArticleIn], Field(min_length=1, max_length=50)]
    suppliers: Annotated[list[BuySupplierIn], Field(min_length=1, max_length=20)]
    offers: Annotated[list[BuyOfferIn], Field(min_length=1, max_length=200)]
    least_cases: Count = 0
    transport: Literal["quantity", "won", "equally"] = "quantity"
    sharing: Literal["time", "parts"] = "time"


class GroupBuyIn(Schema):
    organiser_id: f.Id
    name: Named
    terms: BuyTermsIn
    closes_at: datetime
    drops: Annotated[list[Named], Field(min_length=1, max_length=50)]
    about: Annotated[str, Field(max_length=500), f.Storable] = ""


class WishIn(Schema):
    article: Named
    quantity: Count
    tolerance: Count = 0


class GroupBuyWishIn(Schema):
    party_id: f.Id
    wishes: Annotated[list[WishIn], Field(max_length=50)]
    drop: Annotated[str, Field(max_length=120), f.Storable] = ""


class CameIn(Schema):
    article: Named
    supplier: Named
    pieces: Count


class GroupBuyCameIn(Schema):
    came: Annotated[list[CameIn], Field(max_length=200)] = []
    delivered_date: f.Day | None = None


class CollectedIn(Schema):
    membership_id: f.Id
    is_collected: bool = True


class GroupBuyBillsIn(Schema):
    due_date: f.Day | None = None


class GroupBuyPaidIn(Schema):
    won: f.Won
    paid_date: f.Day | None = None


class GroupBuySupplierPaidIn(Schema):
    supplier: Named
    paid_date: f.Day | None = None


class GroupBuyRowOut(Schema):
    id: int
    name: str
    organiser_id: int
    organiser: str
    state: str
    closes_at: datetime


class BuyHintOut(Schema):
    """How far an article is: pieces to the next case, cases to the next price."""

    asked: int
    tolerance: int
    missing_cases: int
    to_case: int
    case_won: int
    cases_to_price: int
    next_won: int


class BuyArticleOut(Schema):
    name: str
    unit: int
    least_cases: int
    cases: int
    hint: BuyHintOut


class BuyLineOut(Schema):
    article: str
    asked: int
    tolerance: int
    pieces: int
    won: int
    why: str


class BuyMemberOut(Schema):
    membership_id: int
    party_id: int
    name: str
    drop: str
    lines: list[BuyLineOut]
    goods_won: int
    transport_won: int
    collected_at: datetime | None


class BoughtOut(Schema):
    article: str
    cases: int
    pieces: int
    won: int


class BuySupplierOut(Schema):
    number: int
    name: str
    party_id: int | None
    lines: list[BoughtOut]
    goods_won: int
    transport_won: int
    is_paid: bool


class BuyBillOut(Schema):
    id: int
    membership_id: int
    party_id: int
    reference: str
    won: int
    paid_won: int
    due_date: date


class GroupBuyOut(Schema):
    """A buy with what its reader may see: one's own part; who runs it, everyone's."""

    row: GroupBuyRowOut
    about: str
    drops: list[str]
    least_cases: int
    transport: str
    sharing: str
    articles: list[BuyArticleOut]
    cases: int
    goods_won: int
    transport_won: int
    missing_cases: int
    members_count: int
    delivered_date: date | None
    end_reason: str
    mine: list[BuyMemberOut]
    members: list[BuyMemberOut]
    suppliers: list[BuySupplierOut]
    bills: list[BuyBillOut]


class BundlePartIn(Schema):
    party_id: f.Id
    what: Named
    weight: f.Won


class BundleIn(Schema):
    name: Named
    price_won: f.Won
    parts: Annotated[list[BundlePartIn], Field(min_length=1, max_length=50)]


class BundleSaleIn(Schema):
    count: Annotated[int, Field(ge=1, le=1_000_000)]
    buyer_id: f.Id | None = None
    sold_date: f.Day | None = None


class BundlePartOut(Schema):
    party_id: int
    name: str
    what: str
    weight: int
    won: int


class BundleOut(Schema):
    id: int
    name: str
    price_won: int
    sold: int
    won: int
    is_sold: bool
    parts: list[BundlePartOut]
