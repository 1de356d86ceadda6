"""What this room asks of the ledger: its accounts by role, the words of entries, open days."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from django.conf import settings
from django.utils import translation

from dure.domains.ledger import queries as ledger

from ..rules.booking import Chart

__all__ = ["BookableDays", "bookable", "chart", "entry_text"]


def chart() -> Chart:
    """The accounts this room moves, by role. Raises what the ledger refuses when one is missing."""
    return Chart(*(ledger.account_for(field.name) for field in fields(Chart)))


def account(role: str) -> str:
    """The code of the account with a role that only some deeds need. Raises as `chart` does."""
    return ledger.account_for(role)


def entry_text(text: str, **params: object) -> str:
    """The text of an entry: the books speak the network's language, whoever writes into them."""
    with translation.override(settings.LANGUAGE_CODE):
        return (translation.gettext(text) % params)[:200]


def bookable(wanted: date, today: date) -> date:
    """The day wanted if its period is open, else today."""
    return wanted if wanted <= today and ledger.is_open(wanted) else today


class BookableDays(dict[date, date]):
    """`bookable` for many days: the ledger is asked once for each of them."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today

    def __missing__(self, wanted: date) -> date:
        self[wanted] = bookable(wanted, self._today)
        return self[wanted]
