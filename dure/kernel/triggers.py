"""Triggers: what the database itself refuses or keeps, on both engines.

They are declared here and in each room's `triggers.py` (a tuple `TRIGGERS`, and `ROUTINES` for the
functions that a room's commands call on PostgreSQL), re-made after every migration, and compared
with what the database has by a system check: Django loses a SQLite table's triggers whenever it
alters the table.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, slots=True)
class Trigger:
    """One rule of the database.

    `sqlite` are the clauses after CREATE TRIGGER name (SQLite wants one trigger per event), e.g.
    "BEFORE UPDATE ON t BEGIN SELECT RAISE(ABORT, '…'); END". `postgresql` is the clause
    between CREATE TRIGGER name and EXECUTE, e.g. "BEFORE UPDATE OR DELETE ON t FOR EACH ROW";
    `body` the plpgsql function body, BEGIN to END. Leave one engine empty where it needs no such rule.
    """

    name: str
    table: str
    sqlite: tuple[str, ...] = ()
    postgresql: str = ""
    body: str = ""

    def __post_init__(self) -> None:
        assert re.fullmatch(r"[a-z_0-9]{1,50}", self.name), self.name
        assert bool(self.postgresql) == bool(self.body), self.name


@dataclass(frozen=True, slots=True)
class Routine:
    """A plpgsql function that commands call: several statements in one trip, planned once.

    `arguments` as between the brackets of CREATE FUNCTION, OUT ones too; `body` from DECLARE or
    BEGIN to END. SQLite has none, and needs none: there a trip costs nothing.
    """

    name: str
    table: str
    arguments: str
    body: str

    def __post_init__(self) -> None:
        assert re.fullmatch(r"[a-z_0-9]{1,50}", self.name), self.name


def frozen_table(table: str) -> Trigger:
    """Rows may be added, never changed or removed."""
    text = f"{table} is append-only"
    return Trigger(
        name=f"{table}_frozen",
        table=table,
        sqlite=tuple(
            f"BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{text}'); END"
            for event in ("UPDATE", "DELETE")
        ),
        postgresql=f"BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT",
        body=f"BEGIN RAISE EXCEPTION '{text}' USING ERRCODE = 'integrity_constraint_violation'; END",
    )


def frozen_columns(table: str, columns: Sequence[str], when: str = "") -> Trigger:
    """These columns never change (`when`: only of such OLD rows), and no row is removed."""
    text = f"{table}: what was laid down never changes"
    name = "".join(columns) if len(columns) == 1 else "terms"
    only = f"({when}) AND " if when else ""
    changed = [f"NEW.{one} {{}} OLD.{one}" for one in columns]
    sqlite, postgresql = (
        f"{only}({' OR '.join(changed).format(*[how] * len(changed))})"
        for how in ("IS NOT", "IS DISTINCT FROM")
    )
    return Trigger(
        name=f"{table}_{name}_frozen",
        table=table,
        sqlite=(
            f"BEFORE UPDATE ON {table} WHEN {sqlite} BEGIN SELECT RAISE(ABORT, '{text}'); END",
            f"BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{text}'); END",
        ),
        postgresql=f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW",
        body=f"""BEGIN
IF TG_OP = 'UPDATE' THEN IF NOT ({postgresql}) THEN RETURN NEW; END IF; END IF;
RAISE EXCEPTION '{text}' USING ERRCODE = 'integrity_constraint_violation';
END""",
    )


def frozen_for_a_year(table: str) -> tuple[Trigger, ...]:
    """Rows may be added and never changed, and removed only a year after their moment `at`."""
    text = f"{table} is append-only for a year"
    raising = f"RAISE EXCEPTION '{text}' USING ERRCODE = 'integrity_constraint_violation'"
    return (
        Trigger(
            name=f"{table}_frozen",
            table=table,
            sqlite=(
                f"BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{text}'); END",
                f"BEFORE DELETE ON {table} WHEN OLD.at > datetime('now', '-1 year') "
                f"BEGIN SELECT RAISE(ABORT, '{text}'); END",
            ),
            postgresql=f"BEFORE UPDATE OR TRUNCATE ON {table} FOR EACH STATEMENT",
            body=f"BEGIN {raising}; END",
        ),
        Trigger(
            name=f"{table}_kept_a_year",
            table=table,
            postgresql=f"BEFORE DELETE ON {table} FOR EACH ROW",
            body=f"BEGIN IF OLD.at > now() - interval '1 year' THEN {raising}; END IF; RETURN OLD; END",
        ),
    )


_ONLY_ERASED = "NEW.digest = OLD.digest AND NEW.text IS NULL AND NEW.salt IS NULL AND NEW.erased_at IS NOT NULL"

_AS_IT_CAME = (
    "NEW.digest = OLD.digest AND NEW.matter = OLD.matter AND NEW.size = OLD.size"
    " AND NEW.kept_at = OLD.kept_at AND (OLD.destroyed_at IS NULL OR NEW.content_sealed = '')"
)

TRIGGERS: tuple[Trigger, ...] = (
    frozen_table("kernel_deed"),
    Trigger(
        name="kernel_keptfile_as_it_came",
        table="kernel_keptfile",
        sqlite=(
            f"BEFORE UPDATE ON kernel_keptfile WHEN NOT ({_AS_IT_CAME}) "
            "BEGIN SELECT RAISE(ABORT, 'a kept file stays as it came'); END",
            "BEFORE DELETE ON kernel_keptfile "
            "BEGIN SELECT RAISE(ABORT, 'a kept file stays as it came'); END",
        ),
        postgresql="BEFORE UPDATE OR DELETE ON kernel_keptfile FOR EACH ROW",
        body=f"""BEGIN
IF TG_OP = 'UPDATE' THEN IF {_AS_IT_CAME} THEN RETURN NEW; END IF; END IF;
RAISE EXCEPTION 'a kept file stays as it came' USING ERRCODE = 'integrity_constraint_violation';
END""",
    ),
    frozen_table("kernel_seal"),
    *frozen_for_a_year("kernel_read"),
    frozen_table("kernel_key"),
    Trigger(
        name="kernel_personaltext_erased_only",
        table="kernel_personaltext",
        sqlite=(
            f"BEFORE UPDATE ON kernel_personaltext WHEN NOT ({_ONLY_ERASED}) "
            "BEGIN SELECT RAISE(ABORT, 'a personal text can only be erased'); END",
            "BEFORE DELETE ON kernel_personaltext "
            "BEGIN SELECT RAISE(ABORT, 'a personal text can only be erased'); END",
        ),
        postgresql="BEFORE UPDATE OR DELETE ON kernel_personaltext FOR EACH ROW",
        body=f"""BEGIN
IF TG_OP = 'UPDATE' THEN IF {_ONLY_ERASED} THEN RETURN NEW; END IF; END IF;
RAISE EXCEPTION 'a personal text can only be erased' USING ERRCODE = 'integrity_constraint_violation';
END""",
    ),
)


def declared() -> list[Trigger]:
    """The triggers of all installed apps, in order of their apps."""
    return [trigger for module in _modules() for trigger in module.TRIGGERS]


def declared_routines() -> list[Routine]:
    return [routine for module in _modules() for routine in getattr(module, "ROUTINES", ())]


def _modules() -> list[Any]:
    names = [f"{app.name}.triggers" for app in apps.get_app_configs()]
    found = [
        importlib.import_module(name)
        for name in names
        if name.startswith("dure.") and importlib.util.find_spec(name)
    ]
    kept = [one.name for m in found for one in (*m.TRIGGERS, *getattr(m, "ROUTINES", ()))]
    assert len(set(kept)) == len(kept), "two triggers or routines of one name"
    return found


def _wanted(connection: BaseDatabaseWrapper) -> dict[str, tuple[Trigger, str]]:
    """Name in the database → the trigger and its clause, for tables that exist."""
    tables = set(connection.introspection.table_names())
    wanted: dict[str, tuple[Trigger, str]] = {}
    for trigger in declared():
        if trigger.table not in tables:
            continue
        if connection.vendor == "sqlite":
            for number, clause in enumerate(trigger.sqlite, 1):
                wanted[f"dure_{trigger.name}_{number}"] = (trigger, clause.strip())
        elif trigger.postgresql:
            wanted[f"dure_{trigger.name}"] = (trigger, trigger.postgresql.strip())
    return wanted


def _wanted_routines(connection: BaseDatabaseWrapper) -> dict[str, Routine]:
    if connection.vendor == "sqlite":
        return {}
    tables = set(connection.introspection.table_names())
    return {f"dure_{one.name}": one for one in declared_routines() if one.table in tables}


def install(connection: BaseDatabaseWrapper) -> None:
    """Drop every trigger and routine of ours and make the declared ones anew."""
    drop(connection)
    with connection.cursor() as cursor:
        for name, (trigger, clause) in _wanted(connection).items():
            if connection.vendor == "sqlite":
                _raw(cursor, f"CREATE TRIGGER {name} {clause}")
            else:
                _raw(cursor, _function(f"{name}() RETURNS trigger", trigger.body))
                _raw(cursor, f"CREATE TRIGGER {name} {clause} EXECUTE FUNCTION {name}()")
        for name, routine in _wanted_routines(connection).items():
            _raw(cursor, _function(f"{name}({routine.arguments})", routine.body))


def _function(head: str, body: str) -> str:
    return f"CREATE FUNCTION {head} LANGUAGE plpgsql AS $dure$\n{body.strip()}\n$dure$"


def drop(connection: BaseDatabaseWrapper) -> None:
    """Remove our triggers: for restoring a backup and for emptying a test database only."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in _found(connection):
                _raw(cursor, f'DROP TRIGGER "{name}"')
        else:
            cursor.execute(
                "SELECT oid::regprocedure::text FROM pg_proc WHERE proname LIKE 'dure\\_%%'"
                " AND pronamespace = current_schema()::regnamespace",
                (),
            )
            for (signature,) in cursor.fetchall():
                _raw(cursor, f"DROP FUNCTION {signature} CASCADE")


@contextmanager
def suspended(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Work without triggers and make them anew; for restore and test databases only."""
    drop(connection)
    try:
        yield
    finally:
        install(connection)


def _raw(cursor: Any, sql: str) -> None:
    cursor.execute(sql.replace("%", "%%"), ()) if "%" in sql else cursor.execute(sql)


def _found(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """What the database has under our names: name → its text."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'dure\\_%%' ESCAPE '\\'",
                (),
            )
        else:
            cursor.execute(
                """SELECT p.proname, p.prosrc || coalesce(' | ' || pg_get_triggerdef(t.oid), '')
                          || coalesce(' | ' || t.tgenabled::text, '')
                   FROM pg_proc p LEFT JOIN pg_trigger t ON t.tgfoid = p.oid
                   WHERE p.proname LIKE 'dure\\_%%' AND p.pronamespace = current_schema()::regnamespace""",
                (),
            )
        return dict(cursor.fetchall())


def differences(connection: BaseDatabaseWrapper) -> list[str]:
    """In words, where the database's triggers and routines are not the declared ones."""
    found, wanted = _found(connection), _wanted(connection)
    routines = _wanted_routines(connection)
    every = wanted.keys() | routines.keys()
    told = [f"{name} is missing" for name in every - found.keys()]
    told += [f"{name} is not declared" for name in found.keys() - every]
    for name in every & found.keys():
        if name in routines:
            same = found[name].strip() == routines[name].body.strip()
        elif connection.vendor == "sqlite":
            same = found[name] == f"CREATE TRIGGER {name} {wanted[name][1]}"
        else:
            source, _, rest = found[name].partition(" | CREATE TRIGGER")
            same = source.strip() == wanted[name][0].body.strip() and rest.endswith("| O")
        if not same:
            told.append(f"{name} is not as declared")
    return sorted(told)


def check_triggers(
    app_configs: Any = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The system check: every declared trigger stands in the database, unaltered and enabled."""
    return [
        Error(f"Trigger: {text}. Run `dure manage migrate` to make it anew.", id="dure.E001")
        for alias in databases or ()
        for text in differences(connections[alias])
    ]
