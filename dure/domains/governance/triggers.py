"""What the database itself refuses: to change a notice, a roll, a vote that was cast, a count."""

from __future__ import annotations

from dure.kernel.triggers import Trigger, frozen_table

_SAID = "of a notice only its arrival and its return are added"
_ARRIVES = (
    "NEW.id = OLD.id AND NEW.meeting_id = OLD.meeting_id AND NEW.party_id = OLD.party_id "
    "AND NEW.way = OLD.way AND NEW.noted_at = OLD.noted_at "
    "AND COALESCE(NEW.noted_by_id, 0) = COALESCE(OLD.noted_by_id, 0) "
    "AND COALESCE(NEW.told_date = OLD.told_date, OLD.told_date IS NULL) "
    "AND COALESCE(NEW.returned_at = OLD.returned_at, OLD.returned_at IS NULL)"
)

TRIGGERS: tuple[Trigger, ...] = (
    Trigger(
        name="governance_notice_arrives_or_returns",
        table="governance_notice",
        sqlite=(
            f"BEFORE UPDATE ON governance_notice WHEN NOT ({_ARRIVES}) "
            f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END",
            f"BEFORE DELETE ON governance_notice BEGIN SELECT RAISE(ABORT, '{_SAID}'); END",
        ),
        postgresql="BEFORE UPDATE OR DELETE ON governance_notice FOR EACH ROW",
        body=f"""BEGIN
IF TG_OP = 'UPDATE' THEN IF {_ARRIVES} THEN RETURN NEW; END IF; END IF;
RAISE EXCEPTION '{_SAID}' USING ERRCODE = 'integrity_constraint_violation';
END""",
    ),
    frozen_table("governance_roll"),
    frozen_table("governance_voter"),
    frozen_table("governance_barredvoter"),
    frozen_table("governance_castvote"),
    frozen_table("governance_ballottaken"),
    frozen_table("governance_handcount"),
    frozen_table("governance_demandsignature"),
    frozen_table("governance_minutessignature"),
    frozen_table("governance_issuestep"),
    frozen_table("governance_minutesversion"),
    frozen_table("governance_minutescomment"),
    frozen_table("governance_papertemplate"),
    frozen_table("governance_itempaper"),
    frozen_table("governance_planmeasure"),
    frozen_table("governance_planreport"),
)
