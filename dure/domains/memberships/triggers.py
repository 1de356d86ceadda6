"""What the database itself refuses in this room: to change a paper that was handed out,
and to move shares below nothing or to change a movement of them."""

from __future__ import annotations

from dure.kernel.triggers import Trigger, frozen_table

TABLE = "memberships_sharemovement"
BELOW_ZERO = "memberships: shares would fall below zero"

# the day from which the sums matter: a sum on an earlier day does not change
_NEGATIVE = f"""EXISTS (
    SELECT 1 FROM (
        SELECT SUM(SUM(amount_won)) OVER (ORDER BY moved_date) AS won,
               SUM(SUM(shares)) OVER (ORDER BY moved_date) AS shares
        FROM {TABLE} WHERE membership_id = NEW.membership_id GROUP BY moved_date
    ) AS days WHERE days.won < 0 OR days.shares < 0
)"""

TRIGGERS: tuple[Trigger, ...] = (
    frozen_table("memberships_issuedpaper"),
    frozen_table("memberships_paperrevocation"),
    frozen_table("memberships_receipteddonation"),
    frozen_table(TABLE),
    frozen_table("memberships_ethicscode"),
    Trigger(
        name=f"{TABLE}_held",
        table=TABLE,
        sqlite=(
            f"AFTER INSERT ON {TABLE} WHEN NEW.amount_won < 0 "
            f"BEGIN SELECT RAISE(ABORT, '{BELOW_ZERO}') WHERE {_NEGATIVE}; END",
        ),
        postgresql=f"AFTER INSERT ON {TABLE} FOR EACH ROW WHEN (NEW.amount_won < 0)",
        body=f"""BEGIN
IF {_NEGATIVE} THEN
RAISE EXCEPTION '{BELOW_ZERO}' USING ERRCODE = 'integrity_constraint_violation';
END IF;
RETURN NULL;
END""",
    ),
)
