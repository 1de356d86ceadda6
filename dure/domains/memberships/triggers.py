"""What the database itself refuses in this room: to change a paper that was handed out,
and to move shares below nothing or to change a movement of them."""

from __future__ import annotations

from dure.kernel.triggers import Trigger, frozen_table

TABLE = "memberships_sharemovement"
BELOW_ZERO = "memberships: shares would fall below zero"
FROZEN = "memberships: a movement of shares is never changed"

_KEPT = (
    "id", "subscription_id", "kind", "moved_date", "shares", "amount_won", "fund", "decided_by",
    "receipt_id", "claim_id", "undoes_id", "entry_id",
)  # fmt: skip


def _only_given(engine: str) -> str:
    """That an update does nothing but give the movement its member."""
    same = "IS" if engine == "sqlite" else "IS NOT DISTINCT FROM"
    kept = " AND ".join(f"NEW.{column} {same} OLD.{column}" for column in _KEPT)
    return f"OLD.membership_id IS NULL AND NEW.membership_id IS NOT NULL AND {kept}"


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
    Trigger(
        name=f"{TABLE}_frozen",
        table=TABLE,
        sqlite=(
            f"BEFORE UPDATE ON {TABLE} WHEN NOT ({_only_given('sqlite')}) "
            f"BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END",
            f"BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END",
        ),
        postgresql=f"BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW",
        body=f"""BEGIN
IF TG_OP = 'UPDATE' THEN IF {_only_given("postgresql")} THEN RETURN NEW; END IF; END IF;
RAISE EXCEPTION '{FROZEN}' USING ERRCODE = 'integrity_constraint_violation';
END""",
    ),
    Trigger(
        name=f"{TABLE}_held",
        table=TABLE,
        sqlite=(
            f"AFTER INSERT ON {TABLE} WHEN NEW.amount_won < 0 AND NEW.membership_id IS NOT NULL "
            f"BEGIN SELECT RAISE(ABORT, '{BELOW_ZERO}') WHERE {_NEGATIVE}; END",
        ),
        postgresql=f"AFTER INSERT ON {TABLE} FOR EACH ROW WHEN (NEW.amount_won < 0 AND NEW.membership_id IS NOT NULL)",
        body=f"""BEGIN
IF {_NEGATIVE} THEN
RAISE EXCEPTION '{BELOW_ZERO}' USING ERRCODE = 'integrity_constraint_violation';
END IF;
RETURN NULL;
END""",
    ),
)
