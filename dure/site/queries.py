"""Reads over the kernel's own tables: the log of deeds, the log of reads of personal data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.deeds import sentences_of
from dure.kernel.models import Deed, Read
from dure.kernel.reads import read_words

AT_ONCE = 500
R = TypeVar("R", bound=Model)
L = TypeVar("L")


@dataclass(frozen=True, slots=True)
class DeedLine:
    """A deed as the log shows it."""

    pk: int
    at: datetime
    who: str
    what: str
    name: str
    via: str


@dataclass(frozen=True, slots=True)
class ReadLine:
    """That someone read personal data, as the log shows it."""

    pk: int
    at: datetime
    who: str
    whose: str
    what: str
    count: int
    via: str


def deeds(name: str = "", about: int | None = None) -> QuerySet[Deed]:
    """All deeds, the latest first; of one kind or about one party when given."""
    found = Deed.objects.order_by("-id")
    if name:
        found = found.filter(name__istartswith=name)
    if about is not None:
        found = found.filter(subject_id=about)
    return found


def deeds_with(person_id: int) -> QuerySet[Deed]:
    """What a person did and what was done about them, the latest first."""
    return Deed.objects.filter(Q(actor_id=person_id) | Q(subject_id=person_id)).order_by("-id")


def all_lines(rows: QuerySet[R], lines: Callable[[Iterable[R]], list[L]]) -> list[L]:
    """Every row in words, however many there are: some hundreds at once."""
    found: list[L] = []
    while some := list(rows[len(found) : len(found) + AT_ONCE]):
        found += lines(some)
        if len(some) < AT_ONCE:
            break
    return found


def deed_lines(rows: Iterable[Deed]) -> list[DeedLine]:
    """One page of deeds with names and sentences: two reads, however many."""
    told = sentences_of(list(rows))
    names = parties.names_of({deed.actor_id for deed, _text in told if deed.actor_id is not None})
    return [
        DeedLine(deed.pk, deed.at, _who(deed.actor_id, deed.via, names), text, deed.name, deed.via)
        for deed, text in told
    ]


def reads(act: Act, subject_id: int | None) -> QuerySet[Read]:
    """Who read personal data: of one person, or (for administrators) of all. The latest first."""
    found = Read.objects.order_by("-id")
    if subject_id is not None:
        return found.filter(subject_id=subject_id)
    return found if act.holds("administrator", "operator") else found.none()


def read_lines(rows: Iterable[Read]) -> list[ReadLine]:
    page = list(rows)
    ids = {row.actor_id for row in page} | {row.subject_id for row in page}
    names = parties.names_of({pk for pk in ids if pk is not None})
    return [
        ReadLine(
            row.pk,
            row.at,
            _who(row.actor_id, row.via, names),
            names.get(row.subject_id, _("several people"))
            if row.subject_id
            else _("several people"),
            read_words(row.what),
            row.count,
            row.via,
        )
        for row in page
    ]


def _who(actor_id: int | None, via: str, names: dict[int, str]) -> str:
    if actor_id is not None:
        return names.get(actor_id, f"#{actor_id}")
    return {"cli": _("operator of the machine"), "clock": _("the system")}.get(via, _("a visitor"))


def door(row: DeedLine | ReadLine) -> str:
    """The door of a deed or read, in words."""
    return {
        "web": _("browser"),
        "api": _("program"),
        "cli": _("command line"),
        "clock": _("by itself"),
    }.get(row.via, row.via)
