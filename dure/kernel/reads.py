"""The log of reads of personal data: who saw whose, when, by which door (개인정보보호법)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from .acts import Act
from .models import Read
from .statements import Statement
from .words import Promise

_FORGET = Statement("DELETE FROM kernel_read WHERE id IN (SELECT id FROM kernel_read WHERE at < %s ORDER BY id LIMIT %s) RETURNING id")  # fmt: skip


def note_read(
    act: Act, subject_id: int | None, what: str, count: int = 1, *, download: bool = False
) -> None:
    """Log that the actor reads personal data of someone else; one's own reads are not logged."""
    if act.actor_id is not None and subject_id == act.actor_id:
        return
    Read.objects.create(
        at=act.at,
        actor_id=act.actor_id,
        via=act.via,
        subject_id=subject_id,
        what=what[:200],
        count=count,
        is_download=download,
    )


_words: dict[str, str | Promise] = {}


def wire_reads(words: Mapping[str, str | Promise]) -> None:
    """What each kind of read is called; once, by the site. Each room says its own beside `HELD`."""
    _words.update(words)


def read_words(what: str) -> str:
    """A read in the reader's language, such as “an application 2026-0012”."""
    code, _space, which = what.partition(" ")
    return f"{_words.get(code, code)} {which}".strip()


def forget_reads(before: datetime, most: int) -> int:
    """Destroy the oldest reads of before a moment, at most so many; how many it was.

    The database itself lets go only what is older than a year. Call it from a command.
    """
    return len(_FORGET(before, most))
