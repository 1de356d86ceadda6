"""What the database itself refuses: to change what was agreed, what settled it, and that it was undone."""

from __future__ import annotations

from dure.kernel.triggers import Trigger, frozen_columns, frozen_table

TRIGGERS: tuple[Trigger, ...] = (
    frozen_columns(
        "trade_clearinground",
        ("certificate", "set_off", "agreed_won", "agreed_lent_won", "settled_date", "entry_id"),
        "OLD.settled_date IS NOT NULL",
    ),
    frozen_table("trade_dealversion"),
    frozen_table("trade_dealline"),
    frozen_table("trade_dealsettlement"),
    frozen_table("trade_dealsettlementundone"),
    frozen_table("trade_orderline"),
    frozen_table("trade_orderterms"),
    frozen_table("trade_profitstatement"),
    frozen_table("trade_contributionreceipt"),
    frozen_table("trade_contributionreceiptundone"),
    frozen_columns("trade_clearingbar", ("ground", "from_date", "paper", "noted_at")),
    frozen_table("trade_liquiditypool"),
    frozen_columns("trade_poolpart", ("round_id", "how", "won", "due_date")),
    frozen_table("trade_poolmove"),
    frozen_table("trade_poolmoveundone"),
    frozen_columns("trade_groupbuy", ("terms", "opened_at", "fund")),
    frozen_columns(
        "trade_groupbuywish", ("quantity", "tolerance", "pieces"), "OLD.pieces IS NOT NULL"
    ),
    frozen_columns("trade_groupbuybill", ("goods_won", "transport_won", "due_date")),
    frozen_table("trade_groupbuyreceipt"),
    frozen_table("trade_groupbuyreceiptundone"),
    frozen_columns("trade_groupbuypayment", ("supplier", "won", "paid_date")),
    frozen_columns("trade_bundle", ("name", "price_won", "parts", "fund")),
    frozen_columns("trade_bundlesale", ("count", "won", "shares", "sold_date")),
    frozen_columns("trade_funduse", ("fund", "decided_date", "won", "what", "decided_by")),
)
