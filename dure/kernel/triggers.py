"""Triggers: what the database itself refuses or keeps, on both engines.

They are declared here and in each room's `triggers.py` (a tuple `TRIGGERS`), re-made after every
migration, and compared with what the database has by a system check: Django loses a SQLite table's
triggers whenever it alters the table.
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


_ONLY_ERASED = "NEW.digest = OLD.digest AND NEW.text IS NULL AND NEW.salt IS NULL AND NEW.erased_at IS NOT NULL"

TRIGGERS: tuple[Trigger, ...] = (
    frozen_table("kernel_deed"),
    frozen_table("kernel_seal"),
    frozen_table("kernel_read"),
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
    found: list[Trigger] = []
    for app in apps.get_app_configs():
        module = f"{app.name}.triggers"
        if app.name.startswith("dure.") and importlib.util.find_spec(module):
            found.extend(importlib.import_module(module).TRIGGERS)
    names = [trigger.name for trigger in found]
    assert len(set(names)) == len(names), "two triggers of one name"
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


def install(connection: BaseDatabaseWrapper) -> None:
    """Drop every trigger of ours and make the declared ones anew."""
    drop(connection)
    with connection.cursor() as cursor:
        for name, (trigger, clause) in _wanted(connection).items():
            if connection.vendor == "sqlite":
                _raw(cursor, f"CREATE TRIGGER {name} {clause}")
            else:
                _raw(
                    cursor,
                    f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
                    f"AS $dure$\n{trigger.body.strip()}\n$dure$",
                )
                _raw(cursor, f"CREATE TRIGGER {name} {clause} EXECUTE FUNCTION {name}()")


def drop(connection: BaseDatabaseWrapper) -> None:
    """Remove our triggers: for restoring a backup and for emptying a test database only."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in _found(connection):
                _raw(cursor, f'DROP TRIGGER "{name}"')
        else:
            for name in _found(connection):
                _raw(cursor, f'DROP FUNCTION "{name}"() CASCADE')


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
    """In words, where the database's triggers are not the declared ones."""
    found, wanted = _found(connection), _wanted(connection)
    told = [f"{name} is missing" for name in wanted.keys() - found.keys()]
    told += [f"{name} is not declared" for name in found.keys() - wanted.keys()]
    for name in wanted.keys() & found.keys():
        trigger, clause = wanted[name]
        if connection.vendor == "sqlite":
            same = found[name] == f"CREATE TRIGGER {name} {clause}"
        else:
            source, _, rest = found[name].partition(" | CREATE TRIGGER")
            same = source.strip() == trigger.body.strip() and rest.endswith("| O")
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
