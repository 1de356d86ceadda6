"""What the database itself refuses and keeps for the ledger, on both engines.

An entry is inserted unposted, then its lines, then posted by an update of `posted_at`. On that
update the database checks: the period is open and holds the day; the lines of every fund sum to
zero; control accounts name a party; no account or fund is retired; inter-fund lines are paired. Then
it adds the lines to the kept balances. Lines never change; an entry changes only by being posted or
withdrawn, once.

SQLite has row triggers only. PostgreSQL checks and adds statement by statement: a few entries one
by one (each by its index, whatever plan was cached), many of them as one set, planned afresh. All
posting there stands behind one advisory lock per schema, so numbers have no gap and a period cannot
be closed in the middle of a posting; and a single entry is written by one function in one trip.
"""

from __future__ import annotations

from dure.kernel.triggers import Routine, Trigger, frozen_table

from . import rules

LOCK = "SELECT pg_advisory_xact_lock(1146442311, hashtext(current_schema()))"
FEW = 40  # up to so many entries in one statement are posted one by one

_DUE = ", ".join(f"'{role}'" for role in rules.DUE_ROLES)
_RAISE = "USING ERRCODE = 'integrity_constraint_violation'"

NOT_OPEN = "ledger: the period is not open"
UNBALANCED = "ledger: the lines of a fund do not sum to zero"
NO_PARTY = "ledger: a line on a control account names no party"
RETIRED = "ledger: a line names an account or fund that is no longer in use"
UNPAIRED = "ledger: inter-fund lines are not paired"


def _sqlite_refuse(text: str, condition: str) -> str:
    return f"SELECT RAISE(ABORT, '{text}') WHERE {condition};"


def _pg_refuse(text: str) -> str:
    return f"RAISE EXCEPTION '{text}' {_RAISE};"


# -- posting on SQLite -----------------------------------------------------------------------------

_SQLITE_POST = f"""AFTER UPDATE OF posted_at ON ledger_entry
WHEN OLD.posted_at IS NULL AND NEW.posted_at IS NOT NULL
BEGIN
{
    _sqlite_refuse(
        NOT_OPEN,
        "NOT EXISTS (SELECT 1 FROM ledger_period p WHERE p.id = NEW.period_id AND p.state = 'open'"
        " AND p.first_date <= NEW.booked_date AND NEW.booked_date < p.end_date)",
    )
}
{
    _sqlite_refuse(
        UNBALANCED,
        "NOT EXISTS (SELECT 1 FROM ledger_line WHERE entry_id = NEW.id) OR EXISTS (SELECT 1 FROM"
        " ledger_line WHERE entry_id = NEW.id GROUP BY fund_id HAVING SUM(amount_won) <> 0)",
    )
}
{
    _sqlite_refuse(
        NO_PARTY,
        "EXISTS (SELECT 1 FROM ledger_line l CROSS JOIN ledger_account a ON a.id = l.account_id"
        " WHERE l.entry_id = NEW.id AND l.party_id IS NULL AND a.is_control)",
    )
}
{
    _sqlite_refuse(
        RETIRED,
        "EXISTS (SELECT 1 FROM ledger_line l CROSS JOIN ledger_account a ON a.id = l.account_id"
        " CROSS JOIN ledger_fund f ON f.id = l.fund_id"
        " WHERE l.entry_id = NEW.id AND NOT (a.is_active AND f.is_active))",
    )
}
{
    _sqlite_refuse(
        UNPAIRED,
        "(SELECT SUM(l.amount_won) FROM ledger_line l CROSS JOIN ledger_account a"
        f" ON a.id = l.account_id WHERE l.entry_id = NEW.id AND a.role IN ({_DUE})) <> 0",
    )
}
INSERT INTO ledger_balance (account_id, fund_id, balance_won)
 SELECT account_id, fund_id, amount_won FROM ledger_line WHERE entry_id = NEW.id
 ON CONFLICT (account_id, fund_id) DO UPDATE SET balance_won = balance_won + excluded.balance_won;
INSERT INTO ledger_daybalance (account_id, fund_id, booked_date, debit_won, credit_won, line_count)
 SELECT account_id, fund_id, NEW.booked_date, MAX(amount_won, 0), MAX(-amount_won, 0), 1
 FROM ledger_line WHERE entry_id = NEW.id
 ON CONFLICT (account_id, fund_id, booked_date) DO UPDATE SET
 debit_won = debit_won + excluded.debit_won, credit_won = credit_won + excluded.credit_won,
 line_count = line_count + excluded.line_count;
INSERT INTO ledger_partybalance (party_id, account_id, fund_id, balance_won)
 SELECT party_id, account_id, fund_id, amount_won FROM ledger_line
 WHERE entry_id = NEW.id AND party_id IS NOT NULL
 ON CONFLICT (party_id, account_id, fund_id) DO UPDATE SET
 balance_won = balance_won + excluded.balance_won;
END"""

# -- posting on PostgreSQL -------------------------------------------------------------------------

_PG_POST = f"""
DECLARE
  ids bigint[];
  one bigint;
  day date;
  fits boolean;
  balanced boolean;
  nameless boolean;
  in_use boolean;
  due numeric;
  has_party boolean;
  low bigint;
  high bigint;
  e record;
BEGIN
  SELECT array_agg(id) INTO ids FROM new_rows WHERE posted_at IS NOT NULL;
  IF ids IS NULL THEN
    RETURN NULL;
  END IF;
  {LOCK.replace("SELECT", "PERFORM")};
  IF cardinality(ids) <= {FEW} THEN
    FOREACH one IN ARRAY ids LOOP
      SELECT n.booked_date,
          p.state = 'open' AND p.first_date <= n.booked_date AND n.booked_date < p.end_date
        INTO day, fits
        FROM ledger_entry n LEFT JOIN ledger_period p ON p.id = n.period_id WHERE n.id = one;
      IF fits IS NOT TRUE THEN {_pg_refuse(NOT_OPEN)} END IF;
      SELECT bool_and(f.won = 0), bool_or(f.nameless), bool_and(f.in_use), SUM(f.due), bool_or(f.has_party)
        INTO balanced, nameless, in_use, due, has_party
        FROM (SELECT SUM(l.amount_won) AS won,
            bool_or(a.is_control AND l.party_id IS NULL) AS nameless,
            bool_and(a.is_active AND u.is_active) AS in_use,
            SUM(l.amount_won) FILTER (WHERE a.role IN ({_DUE})) AS due,
            bool_or(l.party_id IS NOT NULL) AS has_party
          FROM ledger_line l JOIN ledger_account a ON a.id = l.account_id
            JOIN ledger_fund u ON u.id = l.fund_id
          WHERE l.entry_id = one GROUP BY l.fund_id) f;
      IF balanced IS NOT TRUE THEN {_pg_refuse(UNBALANCED)} END IF;
      IF nameless THEN {_pg_refuse(NO_PARTY)} END IF;
      IF NOT in_use THEN {_pg_refuse(RETIRED)} END IF;
      IF due <> 0 THEN {_pg_refuse(UNPAIRED)} END IF;
      INSERT INTO ledger_balance AS kept (account_id, fund_id, balance_won)
        SELECT account_id, fund_id, SUM(amount_won) FROM ledger_line WHERE entry_id = one
        GROUP BY account_id, fund_id
        ON CONFLICT (account_id, fund_id) DO UPDATE SET
          balance_won = kept.balance_won + excluded.balance_won;
      INSERT INTO ledger_daybalance AS kept (account_id, fund_id, booked_date, debit_won, credit_won, line_count)
        SELECT account_id, fund_id, day, SUM(GREATEST(amount_won, 0)), SUM(GREATEST(-amount_won, 0)), COUNT(*)
        FROM ledger_line WHERE entry_id = one GROUP BY account_id, fund_id
        ON CONFLICT (account_id, fund_id, booked_date) DO UPDATE SET
          debit_won = kept.debit_won + excluded.debit_won,
          credit_won = kept.credit_won + excluded.credit_won,
          line_count = kept.line_count + excluded.line_count;
      IF has_party THEN
        INSERT INTO ledger_partybalance AS kept (party_id, account_id, fund_id, balance_won)
          SELECT party_id, account_id, fund_id, SUM(amount_won) FROM ledger_line
          WHERE entry_id = one AND party_id IS NOT NULL GROUP BY party_id, account_id, fund_id
          ON CONFLICT (party_id, account_id, fund_id) DO UPDATE SET
            balance_won = kept.balance_won + excluded.balance_won;
      END IF;
    END LOOP;
    RETURN NULL;
  END IF;
  PERFORM 1 FROM (SELECT DISTINCT period_id, booked_date FROM new_rows WHERE posted_at IS NOT NULL) d
    LEFT JOIN ledger_period p ON p.id = d.period_id AND p.state = 'open'
      AND p.first_date <= d.booked_date AND d.booked_date < p.end_date
    WHERE p.id IS NULL;
  IF FOUND THEN {_pg_refuse(NOT_OPEN)} END IF;
  -- within the range of their ids: else a large table of lines is read for every set
  SELECT min(id), max(id) INTO low, high FROM new_rows;
  EXECUTE 'SELECT 1 FROM new_rows n LEFT JOIN ledger_line l ON l.entry_id = n.id
    AND l.entry_id BETWEEN $1 AND $2
    WHERE n.posted_at IS NOT NULL
    GROUP BY n.id, l.fund_id HAVING SUM(l.amount_won) IS DISTINCT FROM 0 LIMIT 1' INTO e USING low, high;
  IF e IS NOT NULL THEN {_pg_refuse(UNBALANCED)} END IF;
  EXECUTE 'SELECT 1 FROM new_rows n JOIN ledger_line l ON l.entry_id = n.id AND l.entry_id BETWEEN $1 AND $2
    JOIN ledger_account a ON a.id = l.account_id
    WHERE n.posted_at IS NOT NULL AND a.is_control AND l.party_id IS NULL LIMIT 1' INTO e USING low, high;
  IF e IS NOT NULL THEN {_pg_refuse(NO_PARTY)} END IF;
  EXECUTE 'SELECT 1 FROM new_rows n JOIN ledger_line l ON l.entry_id = n.id AND l.entry_id BETWEEN $1 AND $2
    JOIN ledger_account a ON a.id = l.account_id JOIN ledger_fund u ON u.id = l.fund_id
    WHERE n.posted_at IS NOT NULL AND NOT (a.is_active AND u.is_active) LIMIT 1' INTO e USING low, high;
  IF e IS NOT NULL THEN {_pg_refuse(RETIRED)} END IF;
  EXECUTE 'SELECT 1 FROM new_rows n JOIN ledger_line l ON l.entry_id = n.id AND l.entry_id BETWEEN $1 AND $2
    JOIN ledger_account a ON a.id = l.account_id
    WHERE n.posted_at IS NOT NULL AND a.role IN ({_DUE.replace("'", "''")})
    GROUP BY n.id HAVING SUM(l.amount_won) <> 0 LIMIT 1' INTO e USING low, high;
  IF e IS NOT NULL THEN {_pg_refuse(UNPAIRED)} END IF;
  EXECUTE 'WITH moved AS (
      SELECT l.account_id, l.fund_id, n.booked_date, SUM(GREATEST(l.amount_won, 0)) AS debit_won,
        SUM(GREATEST(-l.amount_won, 0)) AS credit_won, COUNT(*) AS line_count
      FROM new_rows n JOIN ledger_line l ON l.entry_id = n.id AND l.entry_id BETWEEN $1 AND $2 WHERE n.posted_at IS NOT NULL
      GROUP BY 1, 2, 3
    ), of_days AS (
      INSERT INTO ledger_daybalance AS kept (account_id, fund_id, booked_date, debit_won, credit_won, line_count)
      SELECT account_id, fund_id, booked_date, debit_won, credit_won, line_count FROM moved ORDER BY 1, 2, 3
      ON CONFLICT (account_id, fund_id, booked_date) DO UPDATE SET
        debit_won = kept.debit_won + excluded.debit_won,
        credit_won = kept.credit_won + excluded.credit_won,
        line_count = kept.line_count + excluded.line_count
    )
    INSERT INTO ledger_balance AS kept (account_id, fund_id, balance_won)
    SELECT account_id, fund_id, SUM(debit_won - credit_won) FROM moved
    GROUP BY account_id, fund_id ORDER BY account_id, fund_id
    ON CONFLICT (account_id, fund_id) DO UPDATE SET
      balance_won = kept.balance_won + excluded.balance_won' USING low, high;
  EXECUTE 'INSERT INTO ledger_partybalance AS kept (party_id, account_id, fund_id, balance_won)
    SELECT l.party_id, l.account_id, l.fund_id, SUM(l.amount_won)
    FROM new_rows n JOIN ledger_line l ON l.entry_id = n.id AND l.entry_id BETWEEN $1 AND $2
    WHERE n.posted_at IS NOT NULL AND l.party_id IS NOT NULL
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (party_id, account_id, fund_id) DO UPDATE SET
      balance_won = kept.balance_won + excluded.balance_won' USING low, high;
  RETURN NULL;
END"""

# -- writing one entry in one trip -----------------------------------------------------------------

# `stamp`: of a chart not read anew; where it is another by now, or the month not open, nothing is
# written and nothing answered

WRITE = Routine(
    name="ledger_write",
    table="ledger_entry",
    arguments="""
      day date, month integer, about varchar, note varchar, kind varchar, source bigint,
      act_key uuid, actor bigint, at timestamptz, mirrored bigint, posting boolean,
      accounts bigint[], funds bigint[], parties bigint[], projects varchar[], won bigint[],
      stamp varchar, OUT entry bigint, OUT given bigint""",
    body=f"""
BEGIN
  IF stamp IS NOT NULL THEN
    PERFORM 1 FROM ledger_books b JOIN ledger_period p ON p.id = month AND p.state = 'open'
      WHERE b.id = 1 AND b.chart_stamp = stamp;
    IF NOT FOUND THEN RETURN; END IF;
  END IF;
  INSERT INTO ledger_entry (booked_date, period_id, text, note_digest, source_kind, source_id, key,
      written_by_id, written_at, reverses_id)
    VALUES (day, month, about, note, kind, source, act_key, actor, at, mirrored)
    RETURNING id INTO entry;
  INSERT INTO ledger_line (entry_id, account_id, fund_id, party_id, project, amount_won)
    SELECT entry, l.* FROM unnest(accounts, funds, parties, projects, won) AS l;
  IF posting THEN
    {LOCK.replace("SELECT", "PERFORM")};
    UPDATE ledger_entry SET number = (SELECT COALESCE(MAX(number), 0) + 1 FROM ledger_entry),
      posted_at = at, posted_by_id = actor WHERE id = entry RETURNING number INTO given;
  END IF;
END""",
)

# -- what never changes ----------------------------------------------------------------------------

# named in no UPDATE at all: comparing old with new for every posting would cost more than the rest
_ENTRY_FIXED = (
    "id, booked_date, period_id, text, note_digest, source_kind, source_id, written_by_id,"
    " written_at, reverses_id"
)
_ENTRY_FROZEN = "ledger: an entry is posted or withdrawn once, and never changed"
_CHART_FIXED = "ledger: code, name and nature of an account or fund never change"
_PERIOD_FIXED = "ledger: a locked period never opens again, and no period is removed"


def _chart_frozen(table: str, fixed: tuple[str, ...]) -> Trigger:
    changed_sqlite = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in fixed)
    changed_pg = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in fixed)
    return Trigger(
        name=f"{table}_fixed",
        table=table,
        sqlite=(
            f"BEFORE UPDATE ON {table} WHEN {changed_sqlite} "
            f"BEGIN SELECT RAISE(ABORT, '{_CHART_FIXED}'); END",
            f"BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{_CHART_FIXED}'); END",
        ),
        postgresql=f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW",
        body=f"""BEGIN
IF TG_OP = 'UPDATE' THEN
  IF NOT ({changed_pg}) THEN RETURN NEW; END IF;
END IF;
{_pg_refuse(_CHART_FIXED)}
END""",
    )


def _never_removed(table: str) -> Trigger:
    text = f"{table}: rows are never removed"
    return Trigger(
        name=f"{table}_kept",
        table=table,
        sqlite=(f"BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{text}'); END",),
        postgresql=f"BEFORE DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT",
        body=f"BEGIN {_pg_refuse(text)} END",
    )


TRIGGERS: tuple[Trigger, ...] = (
    Trigger(
        name="ledger_entry_posted",
        table="ledger_entry",
        sqlite=(_SQLITE_POST,),
        postgresql="AFTER UPDATE ON ledger_entry REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT",
        body=_PG_POST,
    ),
    Trigger(
        name="ledger_entry_unposted",
        table="ledger_entry",
        sqlite=(
            "BEFORE INSERT ON ledger_entry WHEN NEW.posted_at IS NOT NULL "
            "BEGIN SELECT RAISE(ABORT, 'ledger: an entry is written unposted'); END",
        ),
        postgresql=("BEFORE INSERT ON ledger_entry FOR EACH ROW WHEN (NEW.posted_at IS NOT NULL)"),
        body=f"BEGIN {_pg_refuse('ledger: an entry is written unposted')} END",
    ),
    Trigger(
        name="ledger_entry_frozen",
        table="ledger_entry",
        sqlite=(
            "BEFORE UPDATE ON ledger_entry WHEN OLD.posted_at IS NOT NULL OR OLD.withdrawn_at IS"
            f" NOT NULL BEGIN SELECT RAISE(ABORT, '{_ENTRY_FROZEN}'); END",
            f"BEFORE UPDATE OF {_ENTRY_FIXED} ON ledger_entry"
            f" BEGIN SELECT RAISE(ABORT, '{_ENTRY_FROZEN}'); END",
        ),
        postgresql=(
            "BEFORE UPDATE ON ledger_entry FOR EACH ROW"
            " WHEN (OLD.posted_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL)"
        ),
        body=f"BEGIN {_pg_refuse(_ENTRY_FROZEN)} END",
    ),
    Trigger(
        name="ledger_entry_fixed",
        table="ledger_entry",
        postgresql=f"BEFORE UPDATE OF {_ENTRY_FIXED} ON ledger_entry FOR EACH STATEMENT",
        body=f"BEGIN {_pg_refuse(_ENTRY_FROZEN)} END",
    ),
    Trigger(
        name="ledger_line_into_unposted",
        table="ledger_line",
        sqlite=(
            "BEFORE INSERT ON ledger_line WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE id ="
            " NEW.entry_id AND (posted_at IS NOT NULL OR withdrawn_at IS NOT NULL))"
            " BEGIN SELECT RAISE(ABORT, 'ledger: the lines of an entry are frozen'); END",
        ),
        postgresql="AFTER INSERT ON ledger_line REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT",
        body=f"""
DECLARE
  written bigint;
  low bigint;
  high bigint;
  found_one integer;
BEGIN
  SELECT count(*) INTO written FROM new_rows;
  IF written <= {FEW * 4} THEN
    PERFORM 1 FROM new_rows n WHERE EXISTS (SELECT 1 FROM ledger_entry e WHERE e.id = n.entry_id
      AND (e.posted_at IS NOT NULL OR e.withdrawn_at IS NOT NULL) OFFSET 0);
    IF FOUND THEN {_pg_refuse("ledger: the lines of an entry are frozen")} END IF;
  ELSE
    SELECT min(entry_id), max(entry_id) INTO low, high FROM new_rows;
    EXECUTE 'SELECT 1 FROM new_rows n JOIN ledger_entry e ON e.id = n.entry_id
      AND e.id BETWEEN $1 AND $2
      WHERE e.posted_at IS NOT NULL OR e.withdrawn_at IS NOT NULL LIMIT 1'
      INTO found_one USING low, high;
    IF found_one IS NOT NULL THEN {_pg_refuse("ledger: the lines of an entry are frozen")} END IF;
  END IF;
  RETURN NULL;
END""",
    ),
    frozen_table("ledger_line"),
    frozen_table("ledger_periodstatement"),
    _never_removed("ledger_entry"),
    _never_removed("ledger_balance"),
    _never_removed("ledger_daybalance"),
    _never_removed("ledger_partybalance"),
    _never_removed("ledger_books"),
    _chart_frozen(
        "ledger_account", ("id", "code", "name", "kind", "role", "is_control", "is_money")
    ),
    _chart_frozen("ledger_fund", ("id", "code", "name", "opened_date")),
    Trigger(
        name="ledger_period_states",
        table="ledger_period",
        sqlite=(
            "BEFORE UPDATE ON ledger_period WHEN NEW.id IS NOT OLD.id OR NEW.first_date IS NOT"
            " OLD.first_date OR NEW.end_date IS NOT OLD.end_date OR OLD.state = 'locked'"
            f" BEGIN SELECT RAISE(ABORT, '{_PERIOD_FIXED}'); END",
            f"BEFORE DELETE ON ledger_period BEGIN SELECT RAISE(ABORT, '{_PERIOD_FIXED}'); END",
        ),
        postgresql="BEFORE UPDATE OR DELETE ON ledger_period FOR EACH ROW",
        body=f"""BEGIN
PERFORM pg_advisory_xact_lock(1146442311, hashtext(current_schema()));
IF TG_OP = 'UPDATE' THEN
  IF NEW.id = OLD.id AND NEW.first_date = OLD.first_date AND NEW.end_date = OLD.end_date
    AND OLD.state <> 'locked' THEN RETURN NEW; END IF;
END IF;
{_pg_refuse(_PERIOD_FIXED)}
END""",
    ),
)

ROUTINES: tuple[Routine, ...] = (WRITE,)
