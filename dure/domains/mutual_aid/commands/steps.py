"""What every step asks: in which state things are, who decided, on which day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act, day_of
from dure.kernel.refusals import InvalidInput, Refusal

__all__ = ["AidDayImpossible", "AidDecisionUnnamed", "AidNotWaiting"]


class AidNotWaiting(Refusal):
    """The contract or claim is past this step, or has not come to it."""

    text = _("This cannot be done now: it is %(state)s.")


class AidDecisionUnnamed(InvalidInput):
    """A decision says who decided, a no also why."""

    text = _("Say which meeting or office decided; of a refusal also why.")


class AidDayImpossible(InvalidInput):
    """Steps follow each other in time."""

    text = _("%(date)s cannot be the day of this step.")
    remedy = _("It is not before the step before it, and not later than today.")


class Stateful(Protocol):
    """What is in a state."""

    state: str

    def get_state_display(self) -> str: ...


def need(thing: Stateful, *states: str) -> None:
    """Raises AidNotWaiting."""
    if thing.state not in states:
        raise AidNotWaiting(state=thing.get_state_display())


def who_decided(given: str) -> str:
    """Raises AidDecisionUnnamed."""
    found = clean_text(given, 200, _("Decided by"))
    if not found:
        raise AidDecisionUnnamed
    return found


def why(given: str) -> str:
    """Raises AidDecisionUnnamed."""
    found = clean_text(given, 300, _("Reason"))
    if not found:
        raise AidDecisionUnnamed
    return found


def day_since(act: Act, given: date | None, since: date | datetime | None) -> date:
    """The day of a step, today without one. Raises AidDayImpossible."""
    first = day_of(since) if isinstance(since, datetime) else since
    day = given or act.today
    if not (first or day) <= day <= act.today:
        raise AidDayImpossible(date=day.isoformat())
    return day
