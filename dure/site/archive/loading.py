"""Rows into the tables of either engine: emptied, loaded, checked and guarded again, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from dure.kernel import triggers
from dure.kernel.progress import Progress

from . import form

Values = list[Any]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one table that wait: its columns with their types, and the values one by one."""

    table: str
    columns: tuple[tuple[str, str], ...]
    count: int
    read: Callable[[], Iterator[Values]]


class RowBroken(Exception):
    """A row does not fit its table: which (counted from one, or by its key), and why."""

    def __init__(self, table: str, row: int | str, why: str) -> None:
        super().__init__(f"{table}, {row}: {why}")
        self.table, self.row, self.why = table, row, why


class TableUnknown(Exception):
    """A table or column that this version's database does not have."""


def is_empty() -> bool:
    """No deed was ever done here. Without tables nothing was either."""
    if "kernel_deed" not in connection.introspection.table_names():
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM kernel_deed LIMIT 1")
        return cursor.fetchone() is None


def unknown_migration(migrations: Sequence[Sequence[str]]) -> str:
    """The first migration that this version does not know; empty when it knows all."""
    ours = MigrationExecutor(connection).loader.disk_migrations or {}
    known = {*ours, *(old for one in ours.values() for old in one.replaces)}
    return next((f"{app}.{name}" for app, name in migrations if (app, name) not in known), "")


def load(
    tables: Sequence[Rows],
    migrations: Sequence[Sequence[str]],
    progress: Progress,
    *,
    keeping: Collection[str] = (),
    last: Callable[[], None] = lambda: None,
) -> int:
    """Replace all rows but those of the tables in `keeping`, in one transaction; how many rows.

    The tables are brought to the migrations the rows were written at, and forward again after;
    when they cannot, everything is emptied. `last` may still refuse. Raises MadeBeforeRelease,
    RowBroken, TableUnknown, NotBroughtForward.
    """
    is_older = _migrate_to(migrations)
    total, done = sum(table.count for table in tables), 0
    with connection.constraint_checks_disabled(), transaction.atomic():
        triggers.drop(connection)
        _know(tables)
        _empty(keeping)
        for table in tables:
            done = _load_table(table, done, total, progress)
        _check_references(tables)
        _reset_sequences()
        if not is_older:  # else the migrations to come make them
            triggers.install(connection)
        last()
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except Exception as error:  # whatever a migration raises: rows half-way forward are no network
        _drop_tables()
        call_command("migrate", interactive=False, verbosity=0)
        raise form.NotBroughtForward(why=" ".join(str(error).split())[:200]) from error
    return done


def _migrate_to(migrations: Sequence[Sequence[str]]) -> bool:
    """Bring the tables to these migrations; whether this version knows more of them.

    Going back would ask every migration to be reversible, so tables that are too new are dropped
    and made again up to there. Raises MadeBeforeRelease when only some of what the first release
    begins with had been made.
    """
    wanted = {(app, name) for app, name in migrations}
    executor = MigrationExecutor(connection)
    for key, one in (executor.loader.disk_migrations or {}).items():
        if early := wanted.intersection(one.replaces):
            if len(early) < len(one.replaces):
                raise form.MadeBeforeRelease(migration=".".join(max(early)))
            wanted.add(key)
    if not wanted.issuperset(executor.loader.applied_migrations):
        _drop_tables()
        executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    heads = [
        key
        for key in graph.nodes
        if key in wanted and not any(child.key in wanted for child in graph.node_map[key].children)
    ]
    executor.migrate(heads)
    return not wanted.issuperset(graph.nodes)


def _drop_tables() -> None:
    triggers.drop(connection)
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    ours.add(MigrationRecorder.Migration._meta.db_table)
    present = [name for name in connection.introspection.table_names() if name in ours]
    cascade = " CASCADE" if connection.vendor == "postgresql" else ""
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for table in present:
            cursor.execute(f"DROP TABLE {_quoted(table)}{cascade}")


def _know(tables: Sequence[Rows]) -> None:
    """Only names the database itself has come into a statement. Raises TableUnknown."""
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in tables:
            if table.table not in present:
                raise TableUnknown(table.table)
            described = connection.introspection.get_table_description(cursor, table.table)
            strange = {name for name, _kind in table.columns} - {one.name for one in described}
            if strange:
                raise TableUnknown(f"{table.table}.{min(strange)}")


def _empty(keeping: Collection[str]) -> None:
    present = set(connection.introspection.table_names()) - set(keeping)
    ours = (model._meta for model in apps.get_models(include_auto_created=True))
    tables = [
        one.db_table for one in ours if one.managed and not one.proxy and one.db_table in present
    ]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(map(_quoted, tables))} RESTART IDENTITY CASCADE")
        else:
            for table in tables:
                cursor.execute(f"DELETE FROM {_quoted(table)}")


def _load_table(table: Rows, done: int, total: int, progress: Progress) -> int:
    names = [name for name, _kind in table.columns]
    sql = (
        f"INSERT INTO {_quoted(table.table)} ({', '.join(map(_quoted, names))})"
        f" VALUES ({', '.join(['%s'] * len(names))})"
    )
    number = 0
    rows = _fitting(table)
    with connection.cursor() as cursor:
        while chunk := list(islice(rows, form.CHUNK)):
            try:
                with transaction.atomic():
                    cursor.executemany(sql, chunk)
            except (DatabaseError, ValueError, OverflowError):
                _insert_singly(table.table, sql, chunk, number)
            number += len(chunk)
            progress(done + number, total, table.table)
    return done + number


def _fitting(table: Rows) -> Iterator[Values]:
    """Each row as this engine's driver takes it. Raises RowBroken."""
    kinds = [(name, kind, form.adapter_to_engine(kind)) for name, kind in table.columns]
    for number, row in enumerate(table.read(), 1):
        if len(row) != len(kinds):
            raise RowBroken(table.table, number, f"{len(row)} != {len(kinds)}")
        try:
            fitting = [
                None if value is None else way(form.typed(value, kind))
                for (_name, kind, way), value in zip(kinds, row, strict=True)
            ]
        except (TypeError, ValueError, ArithmeticError):
            raise RowBroken(table.table, number, _misfit(kinds, row)) from None
        yield fitting


def _misfit(kinds: list[tuple[str, str, Any]], row: Values) -> str:
    for (name, kind, way), value in zip(kinds, row, strict=True):
        try:
            None if value is None else way(form.typed(value, kind))
        except (TypeError, ValueError, ArithmeticError):
            return f"{name}: {str(value)[:60]!r} ≠ {kind}"
    raise AssertionError


def _insert_singly(table: str, sql: str, chunk: list[Values], before: int) -> None:
    """The chunk again, row by row, to name the one that the database refuses."""
    with connection.cursor() as cursor:
        for number, values in enumerate(chunk, before + 1):
            try:
                with transaction.atomic():
                    cursor.execute(sql, values)
            except (DatabaseError, ValueError, OverflowError) as error:
                raise RowBroken(table, number, " ".join(str(error).split())[:200]) from error


def _check_references(tables: Sequence[Rows]) -> None:
    """Every row that is named is there. Raises RowBroken with the first that is not."""
    try:
        with transaction.atomic():
            connection.check_constraints()
    except IntegrityError as error:
        for table in tables:
            _name_loose_end(table.table)
        raise RowBroken("", "", str(error)) from error


def _name_loose_end(table: str) -> None:
    with connection.cursor() as cursor:
        key = connection.introspection.get_primary_key_column(cursor, table) or "id"
        leads = connection.introspection.get_relations(cursor, table)
        for column, (other_column, other) in leads.items():
            here, there = f"here.{_quoted(column)}", f"there.{_quoted(other_column)}"
            cursor.execute(
                f"SELECT here.{_quoted(key)}, {here} FROM {_quoted(table)} here"
                f" LEFT JOIN {_quoted(other)} there ON {there} = {here}"
                f" WHERE {here} IS NOT NULL AND {there} IS NULL ORDER BY 1 LIMIT 1"
            )
            if (found := cursor.fetchone()) is not None:
                raise RowBroken(table, f"{key} {found[0]}", f"{column} {found[1]} → {other}")


def _reset_sequences() -> None:
    present = set(connection.introspection.table_names())
    models = [model for model in form.tables() if model._meta.db_table in present]
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(sql)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
