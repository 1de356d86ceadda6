"""Seals: deeds and ledger entries proved unaltered, in batches, offline.

1. A *stream* is an ordered list of rows that never change (deeds by id, entries by number). Each row
   has canonical bytes; its leaf is their RFC 6962 leaf hash.
2. A seal covers the rows of one stream after the last sealed one: it keeps count, Merkle root and
   the leaves. Its `chain` is SHA-256 over its own head and the chain of the seal before it, so that
   no seal can be changed, removed or reordered without changing all later ones.
3. Verifying recomputes everything from the rows and names the first row that differs. The chain of
   the last seal, printed in the minutes of a general meeting, is a check-point nobody can move.
4. One row is proved by its bytes, the sibling hashes up to the root, and the seal's head.
The format is written down in docs/seal-format.md.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from . import merkle, policies
from .acts import Act
from .deeds import command, record
from .events import BooksSealed
from .models import Deed, PersonalText, Seal
from .personal import digest_of
from .refusals import NotFound, type_text

FORMAT = "dure-seal-v1"
ROWS_MAX = 1 << 17  # of one seal: bounds memory, and the leaves to 4 MiB
FIRST_CHAIN = "0" * 64


@dataclass(frozen=True, slots=True)
class Stream:
    """Rows that are sealed. `rows(after, until)` yields (id, canonical bytes) in order of id, both
    bounds as in after < id <= until; `last_id()` is the newest; `name_of(id)` says which it is."""

    name: str
    rows: Callable[[int, int], Iterator[tuple[int, bytes]]]
    last_id: Callable[[], int]
    name_of: Callable[[int], type_text]


_streams: dict[str, Stream] = {}


def wire_streams(streams: tuple[Stream, ...]) -> None:
    """Called once, by the site."""
    assert not _streams, "already wired"
    _streams.update({stream.name: stream for stream in streams})


# -- deeds as a stream -----------------------------------------------------------------------------

_DEED_FIELDS = ("id", "name", "at", "actor_id", "via", "key", "cause_id", "subject_id", "data")


def _deed_rows(after: int, until: int) -> Iterator[tuple[int, bytes]]:
    rows = (
        Deed.objects.filter(id__gt=after, id__lte=until).order_by("id").values_list(*_DEED_FIELDS)
    )
    for row in rows.iterator(chunk_size=5000):
        yield row[0], deed_bytes(row)


def deed_bytes(row: tuple[Any, ...]) -> bytes:
    """The canonical bytes of a deed: a JSON array of its columns, moments in UTC microseconds."""
    pk, name, at, actor_id, via, key, cause_id, subject_id, data = row
    return json.dumps(
        [pk, name, moment(at), actor_id, via, key.hex, cause_id, subject_id, data],
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _last_deed() -> int:
    return Deed.objects.order_by("-id").values_list("id", flat=True).first() or 0


DEEDS = Stream("deeds", _deed_rows, _last_deed, lambda pk: _("deed no. %(id)d") % {"id": pk})


# -- sealing ---------------------------------------------------------------------------------------


def chain_of(seal: Seal) -> str:
    """The seal's own link: SHA-256 over its head and the chain before it."""
    head = [
        FORMAT,
        seal.number,
        moment(seal.at),
        seal.stream,
        seal.after_id,
        seal.last_id,
        seal.count,
        seal.root,
        seal.previous,
    ]
    return sha256(json.dumps(head, separators=(",", ":")).encode()).hexdigest()


@command
def seal_books(act: Act) -> BooksSealed:
    """Seal every row that is not sealed yet. Answers with the seals made and the rows in them.

    On PostgreSQL it waits for writers under way and holds new ones off meanwhile, so that no row
    with a smaller id can come after the seal; SQLite has one writer anyway.
    """
    policies.can_seal_books(act).enforce()
    # ---
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE kernel_seal, kernel_deed IN SHARE ROW EXCLUSIVE MODE")
    last = Seal.objects.order_by("-number").defer("leaves").first()
    number, chain = (last.number, last.chain) if last else (0, FIRST_CHAIN)
    made: list[int] = []
    total = 0
    for stream in _streams.values():
        after, until = sealed_until(stream.name), stream.last_id()
        rows = stream.rows(after, until)
        while leaves := [(pk, merkle.leaf_hash(data)) for pk, data in islice(rows, ROWS_MAX)]:
            number += 1
            hashes = [leaf for _pk, leaf in leaves]
            seal = Seal(
                number=number,
                at=act.at,
                stream=stream.name,
                after_id=after,
                last_id=leaves[-1][0],
                count=len(leaves),
                root=merkle.root(hashes).hex(),
                previous=chain,
                leaves=b"".join(hashes),
            )
            seal.chain = chain = chain_of(seal)
            seal.save(force_insert=True)
            after, total = seal.last_id, total + seal.count
            made.append(number)
    sealed = BooksSealed(seals=tuple(made), rows=total)
    record(act, sealed)
    return sealed


def sealed_until(stream: str) -> int:
    """The id of the stream's last sealed row; 0 when none is."""
    last = Seal.objects.filter(stream=stream).order_by("-number").values_list("last_id", flat=True)
    return last.first() or 0


def latest(limit: int = 20) -> list[Seal]:
    """The newest seals, the last one first, without their leaves."""
    return list(Seal.objects.order_by("-number").defer("leaves")[:limit])


def waiting() -> int:
    """How many rows would be sealed now, not counting the deeds of sealing itself."""
    deeds = Deed.objects.filter(id__gt=sealed_until(DEEDS.name)).exclude(name=BooksSealed.NAME)
    others = sum(
        max(0, stream.last_id() - sealed_until(stream.name))
        for stream in _streams.values()
        if stream is not DEEDS
    )
    return deeds.count() + others


# -- verifying -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is not as it was sealed: where, and what is wrong, in words."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Verification:
    seals: int
    rows: int
    unsealed: int
    chain: str
    flaws: tuple[Flaw, ...]

    @property
    def sound(self) -> bool:
        return not self.flaws


def verify(progress: Callable[[int, int, str], None] | None = None) -> Verification:
    """Recompute every seal from the rows as they stand. Reads everything, writes nothing."""
    flaws: list[Flaw] = []
    previous, reached, rows, number = FIRST_CHAIN, dict.fromkeys(_streams, 0), 0, 0
    total = Seal.objects.count()
    for seal in Seal.objects.order_by("number").iterator(chunk_size=4):
        number += 1
        flaws += _head_flaws(seal, number, previous, reached)
        flaws += _row_flaws(seal)
        previous, rows = seal.chain, rows + seal.count
        reached[seal.stream] = seal.last_id
        if progress:
            progress(number, total, seal.stream)
    flaws += _personal_flaws()
    unsealed = sum(
        sum(1 for _row in stream.rows(reached[stream.name], stream.last_id()))
        for stream in _streams.values()
    )
    return Verification(number, rows, unsealed, previous, tuple(flaws))


def _head_flaws(seal: Seal, number: int, previous: str, reached: dict[str, int]) -> list[Flaw]:
    where = str(_("seal no. %(number)d") % {"number": seal.number})
    flaws = []
    if seal.number != number:
        flaws.append(Flaw(where, str(_("A seal before it is missing."))))
    if seal.previous != previous:
        flaws.append(Flaw(where, str(_("It is not chained to the seal before it."))))
    if seal.chain != chain_of(seal):
        flaws.append(Flaw(where, str(_("Its own head was altered."))))
    if reached.get(seal.stream) != seal.after_id:
        flaws.append(Flaw(where, str(_("It does not begin where the last one of its kind ended."))))
    if merkle.root(_leaves(seal)).hex() != seal.root:
        flaws.append(Flaw(where, str(_("Its leaves do not give its root."))))
    return flaws


def _leaves(seal: Seal) -> list[bytes]:
    raw = bytes(seal.leaves)
    return [raw[i : i + 32] for i in range(0, len(raw), 32)]


def _row_flaws(seal: Seal) -> list[Flaw]:
    """At most one: the first row of the seal that is not as it was sealed."""
    stream, sealed = _streams[seal.stream], _leaves(seal)
    count = 0
    for pk, data in stream.rows(seal.after_id, seal.last_id):
        where = str(stream.name_of(pk))
        if count >= len(sealed):
            return [Flaw(where, str(_("It was added after the sealing.")))]
        if merkle.leaf_hash(data) != sealed[count]:
            gone = merkle.leaf_hash(data) in set(sealed[count + 1 :])
            text = (
                _("A row before it is missing.") if gone else _("It was altered after the sealing.")
            )
            return [Flaw(where, str(text))]
        count += 1
    if count < len(sealed):
        return [Flaw(str(stream.name_of(seal.last_id)), str(_("A sealed row is missing.")))]
    return []


def _personal_flaws() -> list[Flaw]:
    texts = PersonalText.objects.filter(erased_at=None).order_by("digest")
    for kept in texts.iterator(chunk_size=5000):
        if kept.text is None or kept.salt is None:
            what = _("It was emptied without being erased by law.")
        elif digest_of(bytes(kept.salt), kept.text) != kept.digest:
            what = _("It was altered after the sealing.")
        else:
            continue
        return [Flaw(str(_("personal text %(digest)s") % {"digest": kept.digest[:12]}), str(what))]
    return []


# -- proving one row -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Proof:
    """That one row is in a sealed batch; checked by `check_proof` with nothing else at hand."""

    format: str
    stream: str
    row: str  # the canonical bytes, as text
    index: int
    siblings: tuple[str, ...]
    seal: tuple[Any, ...]  # the head: number, at, stream, after_id, last_id, count, root, previous
    chain: str

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def prove(stream_name: str, row_id: int) -> Proof:
    """Raises NotFound when the row is not sealed (yet)."""
    seal = (
        Seal.objects.filter(stream=stream_name, after_id__lt=row_id, last_id__gte=row_id)
        .order_by("number")
        .first()
    )
    if seal is None or stream_name not in _streams:
        raise NotFound
    rows = list(_streams[stream_name].rows(seal.after_id, seal.last_id))
    index = next((i for i, (pk, _data) in enumerate(rows) if pk == row_id), None)
    if index is None:
        raise NotFound
    return Proof(
        format=FORMAT,
        stream=stream_name,
        row=rows[index][1].decode(),
        index=index,
        siblings=tuple(h.hex() for h in merkle.path(_leaves(seal), index)),
        seal=(
            seal.number,
            moment(seal.at),
            seal.stream,
            seal.after_id,
            seal.last_id,
            seal.count,
            seal.root,
            seal.previous,
        ),
        chain=seal.chain,
    )


def check_proof(proof: Proof) -> bool:
    """Whether the row leads to the root, and the head with that root to the chain. Pure."""
    if proof.format != FORMAT:
        return False
    *_head, count, root, _previous = proof.seal
    siblings = [bytes.fromhex(h) for h in proof.siblings]
    leaf = merkle.leaf_hash(proof.row.encode())
    reached = merkle.root_from_path(leaf, proof.index, count, siblings)
    head = json.dumps([FORMAT, *proof.seal], separators=(",", ":")).encode()
    return reached is not None and reached.hex() == root and sha256(head).hexdigest() == proof.chain
