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
    frozen_columns("trade_funduse", ("fund", "used_date", "won", "what", "decided_by")),
)
