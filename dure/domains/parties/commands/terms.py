"""Terms: what holds from a day until a day (exclusive); either may be open."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.kernel.refusals import InvalidInput, Refusal

T = TypeVar("T", bound=Model)


class Term(Protocol):
    """A row that holds for a time."""

    from_date: Any
    until_date: Any


class EndsBeforeItStarts(InvalidInput):
    """A period ends on or before the day it starts."""

    text = _("The period would end (%(until)s) before it starts (%(start)s).")


class AlreadyEnded(Refusal):
    """The period ends on that day or before already."""

    text = _("It already ended on %(until)s.")


def _refuse_backwards(from_date: date | None, until_date: date | None) -> None:
    if from_date is not None and until_date is not None and until_date <= from_date:
        raise EndsBeforeItStarts(start=from_date, until=until_date)


def _refuse_end(term: Term, until_date: date) -> None:
    """A term is cut short, never made longer."""
    if term.until_date is not None and term.until_date <= until_date:
        raise AlreadyEnded(until=term.until_date)
    _refuse_backwards(term.from_date, until_date)


def _meeting(rows: QuerySet[T], from_date: date | None, until_date: date | None) -> QuerySet[T]:
    """Those of the rows that hold on a day of the term."""
    rows = rows.filter(Q(until_date=None) | Q(until_date__gt=from_date or date.min))
    if until_date is None:
        return rows
    return rows.filter(Q(from_date=None) | Q(from_date__lt=until_date))
