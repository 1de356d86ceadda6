"""What this room holds about a person: the deals of members who are people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel.held import Held

TRADE = _("To keep what members traded, confirmed by both sides.")
BOOKS = "privacy.books_kept_months"

SIDES = ("seller", "buyer", "recorder", "waits_for", "disputed_by")
OF_DEAL = ("deal__seller", "deal__buyer")

HELD = (
    Held("trade.Deal", _("Deals"), TRADE, SIDES, BOOKS),
    Held("trade.DealVersion", _("Terms of deals"), TRADE, (*OF_DEAL, "by"), BOOKS),
    Held("trade.DealSettlement", _("Payments of deals"), TRADE, OF_DEAL, BOOKS),
    Held("trade.ClearingParty", _("Members in rounds of clearing"), TRADE, ("party",), BOOKS),
    Held(
        "trade.DealSettlementUndone", _("Payments taken back"), TRADE,
        tuple(f"settlement__{one}" for one in OF_DEAL), BOOKS,
    ),
)  # fmt: skip
