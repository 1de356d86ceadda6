"""What this room holds about a person: the deals of members who are people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dure.kernel.held import Held

TRADE = _("To keep what members traded, confirmed by both sides.")
FUND = _("To keep what members put into the cooperative fund, and what it did.")
CATALOGUE = _("To keep what organisations offer and look for, for as long as they wish.")
BOOKS = "privacy.books_kept_months"

SIDES = ("seller", "buyer", "recorder", "waits_for", "disputed_by")
OF_DEAL = ("deal__seller", "deal__buyer")
WHOSE = ("membership__party",)
OF_BILL = ("bill__membership__party",)

HELD = (
    Held("trade.Deal", _("Deals"), TRADE, SIDES, BOOKS),
    Held("trade.DealVersion", _("Terms of deals"), TRADE, (*OF_DEAL, "by"), BOOKS),
    Held("trade.DealLine", _("What deliveries brought"), TRADE, OF_DEAL, BOOKS),
    Held("trade.Order", _("Orders"), TRADE, ("seller", "buyer", "recorder", "waits_for"), BOOKS),
    Held("trade.RecurringDeal", _("Recurring deals"), TRADE, ("seller", "buyer", "recorder", "waits_for"), BOOKS),
    Held("trade.OrderTerms", _("Terms of orders"), TRADE, ("order__seller", "order__buyer", "by"), BOOKS),
    Held(
        "trade.OrderLine", _("Articles of orders"), TRADE,
        ("terms__order__seller", "terms__order__buyer"), BOOKS,
    ),
    Held("trade.DealSettlement", _("Payments of deals"), TRADE, OF_DEAL, BOOKS),
    Held("trade.ClearingParty", _("Members in rounds of clearing"), TRADE, ("party",), BOOKS),
    Held("trade.Listing", _("Offers and wants"), CATALOGUE, ("party",), BOOKS),
    Held("trade.ListingImport", _("Files of offers and wants"), CATALOGUE, ("party",), BOOKS),
    Held("trade.ClearingBar", _("Seizures and insolvencies"), TRADE, ("party",), BOOKS),
    Held("trade.PoolPart", _("What the pool of the cooperative fund lent and paid"), FUND, ("party",), BOOKS),
    Held("trade.PoolMove", _("Payments to and from the pool"), FUND, ("part__party",), BOOKS),
    Held("trade.PoolMoveUndone", _("Payments of the pool taken back"), FUND, ("move__part__party",), BOOKS),
    Held("trade.ProfitStatement", _("Net profits stated"), FUND, WHOSE, BOOKS),
    Held("trade.ContributionBill", pgettext_lazy("cooperative fund", "Contributions billed"), FUND, WHOSE, BOOKS),
    Held("trade.ContributionReceipt", pgettext_lazy("cooperative fund", "Contributions that came in"), FUND, WHOSE, BOOKS),
    Held(
        "trade.ContributionReceiptUndone", pgettext_lazy("cooperative fund", "Contributions taken back"), FUND,
        ("receipt__membership__party",), BOOKS,
    ),
    Held("trade.GroupBuy", _("Group buys organised"), TRADE, ("organiser",), BOOKS),
    Held("trade.GroupBuyWish", _("Wishes in group buys"), TRADE, WHOSE, BOOKS),
    Held("trade.GroupBuyBill", _("Bills of group buys"), TRADE, WHOSE, BOOKS),
    Held("trade.GroupBuyReceipt", _("Payments of group buys"), TRADE, OF_BILL, BOOKS),
    Held(
        "trade.GroupBuyReceiptUndone", _("Payments of group buys taken back"), TRADE,
        (f"receipt__{OF_BILL[0]}",), BOOKS,
    ),
    Held("trade.GroupBuyPayment", _("Suppliers of group buys paid"), TRADE, ("party",), BOOKS),
    Held("trade.BundleSale", _("Bundles bought"), TRADE, ("buyer",), BOOKS),
    Held("trade.FundUse", _("What the cooperative fund gave"), FUND, ("party",), BOOKS),
    Held(
        "trade.DealSettlementUndone", _("Payments taken back"), TRADE,
        tuple(f"settlement__{one}" for one in OF_DEAL), BOOKS,
    ),
)  # fmt: skip

LEFT_OUT = {"trade.ListingTerm": _("Words of offers and wants, by which they are found.")}
READS = {"trade.deal_paper": _("a paper of a deal")}
