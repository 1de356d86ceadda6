"""Somebody who wants to know: everything an installation keeps, and every way to join voter and vote.

It is given what a thief would have (all tables in the order in which they lie, on PostgreSQL with
the transaction that wrote each row, all files, the logs), knows who may vote and in which order they
came, and how ballots and receipts are made. It answers with what tells how somebody voted.
"""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import md5, sha1, sha256
from itertools import product
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from django.db import connection

from dure.domains.governance.rules.voting import receipt_hash
from dure.kernel import plain, secrets


@dataclass(frozen=True)
class Row:
    table: str
    transaction: str  # "" on SQLite
    cells: dict[str, str]


@dataclass(frozen=True)
class Kept:
    """What an installation keeps."""

    rows: tuple[Row, ...]
    files: dict[str, bytes]
    log: str


@dataclass(frozen=True)
class Truth:
    """What the search must not find out: the voters as they came, each with choice and receipt."""

    vote_id: int
    votes: tuple[tuple[int, str, str], ...]

    @property
    def choices(self) -> tuple[str, ...]:
        return tuple(choice for _party, choice, _receipt in self.votes)


def kept(folder: Path, log: str = "", without: Iterable[str] = ()) -> Kept:
    """Everything as it lies there; `without` files of these endings."""
    rows: list[Row] = []
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            place = "ctid, xmin::text" if connection.vendor == "postgresql" else "rowid, ''"
            order = "ctid" if connection.vendor == "postgresql" else "rowid"
            cursor.execute(f'SELECT {place}, * FROM "{table}" ORDER BY {order}')
            names = [one[0] for one in cursor.description][2:]
            for _place, transaction, *cells in cursor.fetchall():
                told = {name: _text(cell) for name, cell in zip(names, cells, strict=True)}
                rows.append(Row(table, transaction, told))
    files = {
        str(file): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.endswith(tuple(without))
    }
    database = Path(str(connection.settings_dict["NAME"]))
    if (
        connection.vendor == "sqlite" and database.exists()
    ):  # with what was deleted, and its journal
        for file in (database, Path(f"{database}-wal")):
            if file.exists():
                files[str(file)] = file.read_bytes()
    return Kept(tuple(rows), files, log)


def search(found: Kept, truth: Truth, *, counted: bool) -> list[str]:
    """What tells how somebody voted, and where; empty when nothing does."""
    return sorted(
        {
            *_in_clear(found, truth, counted),
            *_by_hash(found, truth),
            *_by_key(found),
            *_in_one_row(found, truth),
            *_by_order(found, truth),
        }
    )


def _in_clear(found: Kept, truth: Truth, counted: bool) -> Iterator[str]:
    """A receipt, whole or without its dashes, anywhere; before the count not even its hash."""
    wanted = [
        one.encode()
        for _party, _choice, receipt in truth.votes
        for one in (receipt, receipt.replace("-", ""), *[receipt_hash(receipt)] * (not counted))
    ]
    any_of = re.compile(b"|".join(map(re.escape, wanted)))
    for where, text in _texts(found):
        if any_of.search(text):
            yield f"a receipt in {where}"


def _by_hash(found: Kept, truth: Truth) -> Iterator[str]:
    """Every hash of voter and choice that a program might have kept, tried for all of them."""
    there = {one for _where, text in _texts(found) for one in re.findall(rb"[0-9a-f]{32,64}", text)}
    choices = sorted(set(truth.choices))
    for (party, _choice, receipt), choice in product(truth.votes, choices):
        for what, digest in _guesses(truth.vote_id, party, choice, receipt):
            if digest.encode() in there:
                yield f"a hash of {what}"


def _guesses(vote_id: int, party: int, choice: str, receipt: str) -> Iterator[tuple[str, str]]:
    ballot = {"party_id": party, "choice": choice, "receipt": receipt}
    inputs: list[dict[str, Any]] = [
        base | more
        for base in ({"party_id": party}, {"vote_id": vote_id, "party_id": party})
        for more in ({}, {"choice": choice}, ballot, {"ballot": ballot})
    ]
    yield from (("the input", plain.digest(one)) for one in inputs)
    texts = [json.dumps(one, sort_keys=True) for one in inputs]
    for between in ("", ":", "|", ",", " ", "-"):
        for parts in ((party, choice), (party, choice, receipt), (party, receipt)):
            texts.append(between.join(map(str, parts)))
            texts.append(between.join(map(str, (vote_id, *parts))))
    texts += [json.dumps([party, choice]), json.dumps([receipt_hash(receipt), choice])]
    for text, kind in product(texts, (sha256, sha1, md5)):
        yield "voter and choice", kind(text.encode()).hexdigest()


def _by_key(found: Kept) -> Iterator[str]:
    """Whatever opens with a key that is kept, openly or under the key of the network."""
    keys = {text for text in found.files.values() if len(text) == 32}
    locked = [(where, text, Path(where).stem.encode()) for where, text in found.files.items()]
    for row in found.rows:
        for name, value in row.cells.items():
            if value.startswith("gAAAA"):
                keys.add(_raw(secrets.decrypt(value)))
            elif len(value) > 60:
                locked.append((f"{row.table}.{name}", _raw(value), b""))
    for key, (where, text, beside) in product(keys, locked):
        for known in (None, beside):
            with suppress(ValueError, InvalidTag):
                ChaCha20Poly1305(key).decrypt(text[:12], text[12:], known)
                yield f"a box in {where} opens"


def _raw(text: str) -> bytes:
    try:
        return urlsafe_b64decode(text)
    except ValueError:
        return b""


def _in_one_row(found: Kept, truth: Truth) -> Iterator[str]:
    """One row, or all rows of one transaction, that name one voter and one choice or receipt."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for number, row in enumerate(found.rows):
        groups.setdefault(("row", str(number)), []).append(row)
        if row.transaction:
            groups.setdefault(("transaction", row.transaction), []).append(row)
    hashes = {receipt_hash(receipt): party for party, _choice, receipt in truth.votes}
    voters = {str(party): choice for party, choice, _receipt in truth.votes}
    for (kind, _name), rows in groups.items():
        cells = [(row.table, name, value) for row in rows for name, value in row.cells.items()]
        named = {value for _table, name, value in cells if value in voters and "party" in name}
        said = {value for _table, _name, value in cells if value in set(truth.choices)}
        receipts = {value for _table, _name, value in cells if value in hashes}
        if len(named) == 1 and (said or receipts):
            yield f"one {kind} in {', '.join(sorted({row.table for row in rows}))}"


def _by_order(found: Kept, truth: Truth) -> Iterator[str]:
    """As many values as there were ballots, which fall into groups just as the voters do."""
    wanted = _pattern(truth.choices)
    hashes = [receipt_hash(receipt) for _party, _choice, receipt in truth.votes]
    for where, values in _sequences(found, truth):
        if len(set(values)) > 1 and _pattern(values) == wanted:
            yield f"the order of {where}"
        if values == hashes:
            yield f"the receipts in the order of {where}"


def _sequences(found: Kept, truth: Truth) -> Iterator[tuple[str, list[str]]]:
    """Values beside the voters as they came: of each column as its rows lie, by any moment or number
    in them, by the transaction that wrote them, and beside a name in the same row or transaction;
    and of each list in a cell."""
    count = len(truth.votes)
    came = [str(party) for party, _choice, _receipt in truth.votes]
    sorted_ = sorted(range(count), key=lambda at: int(came[at]))
    tables: dict[str, list[Row]] = {}
    for row in found.rows:
        tables.setdefault(row.table, []).append(row)
    naming = [
        (value, row.transaction)
        for row in found.rows
        for name, value in row.cells.items()
        if row.transaction and value in came and "party" in name
    ]
    for table, rows in tables.items():
        for row in rows:
            for name, value in row.cells.items():
                yield from _lists(f"{table}.{name}", value, count)
        if len(rows) < count:
            continue
        names = list(rows[0].cells)
        for part, (name, order) in product(_parts(rows, count), product(names, ("", *names))):
            arranged = part
            if order:
                arranged = sorted(part, key=lambda one, by=order: _number(one.cells[by]))
            elif part[0].transaction:
                arranged = sorted(part, key=lambda one: _number(one.transaction))
            values = [one.cells[name] for one in arranged]
            where = f"{table}.{name} by {order or 'transaction'}"
            yield f"{table}.{name}", [one.cells[name] for one in part]
            yield where, values
            yield f"{where}, backwards", values[::-1]
            beside = [""] * count  # if they lie in the order of the voters' numbers
            for at, value in zip(sorted_, values, strict=True):
                beside[at] = value
            yield f"{where}, by voter", beside
        written, by_voter = {row.transaction: row for row in rows if row.transaction}, {}
        for party, transaction in naming:
            if transaction in written:
                by_voter[party] = written[transaction]
        if len(by_voter) == count:
            for name in names:
                values = [by_voter[one].cells[name] for one in came]
                yield f"{table}.{name} by the transaction that names the voter", values


def _parts(rows: list[Row], count: int) -> Iterator[list[Row]]:
    """As many rows as there were ballots: the first, the last, and those alike in one column."""
    yield rows[:count]
    yield rows[-count:]
    alike: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        for cell in row.cells.items():
            alike.setdefault(cell, []).append(row)
    for part in alike.values():
        if len(part) == count < len(rows):
            yield part


def _lists(where: str, value: str, count: int) -> Iterator[tuple[str, list[str]]]:
    if not value.startswith(("[", "{")):
        return
    try:
        waiting = [json.loads(value)]
    except ValueError:
        return
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
            if len(one) == count:
                yield f"a list in {where}", [_text(each) for each in one]
                yield f"a list in {where}, backwards", [_text(each) for each in one][::-1]


def _pattern(values: Iterable[str]) -> tuple[int, ...]:
    """Which of the values are alike: (a, b, a) and (x, y, x) have the same."""
    seen: dict[str, int] = {}
    return tuple(seen.setdefault(value, len(seen)) for value in values)


def _texts(found: Kept) -> Iterator[tuple[str, bytes]]:
    for row in found.rows:
        for name, value in row.cells.items():
            yield f"{row.table}.{name}", value.encode()
    yield from found.files.items()
    yield "the log", found.log.encode()


def _number(value: str) -> tuple[int, str]:
    return (int(value), "") if value.isdecimal() else (0, value)


def _text(cell: object) -> str:
    if isinstance(cell, (list, dict)):
        return json.dumps(cell)
    return bytes(cell).hex() if isinstance(cell, (bytes, memoryview)) else str(cell)


__all__ = ["Kept", "Row", "Truth", "kept", "search"]
