"""Facts about rounds of clearing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class ClearingOpened(Event):
    round_id: int
    cut_off_date: date
    parties: int
    most_won: int

    def sentence(self) -> type_text:
        return _now(
            "A round of clearing was opened over what is due until %(date)s: %(count)d members are"
            " asked, %(won)s can be set off if all agree."
        ) % {
            "date": self.cut_off_date.isoformat(),
            "count": self.parties,
            "won": format_won(self.most_won),
        }


@dataclass(frozen=True, slots=True)
class ClearingAgreed(Event):
    round_id: int
    party_id: int
    most_won: int
    on_paper: str = ""

    def sentence(self) -> type_text:
        return _now("A member agreed to the clearing; %(won)s of its debts can vanish.") % {
            "won": format_won(self.most_won)
        }


@dataclass(frozen=True, slots=True)
class ClearingWithdrawn(Event):
    round_id: int
    party_id: int
    agreed_won: int  # what those who agreed can still set off

    def sentence(self) -> type_text:
        return _now(
            "A member takes no part in the clearing; it was reckoned without it: %(won)s among"
            " those who agreed."
        ) % {"won": format_won(self.agreed_won)}


@dataclass(frozen=True, slots=True)
class ClearingPartyExcluded(Event):
    round_id: int
    party_id: int
    ground: str
    reason: str

    def sentence(self) -> type_text:
        return _now("A member was excluded from the clearing: %(reason)s") % {"reason": self.reason}


@dataclass(frozen=True, slots=True)
class ClearingSettled(Event):
    round_id: int
    parties: int
    deals: int
    won: int
    settled_date: date
    certificate_sha256: str

    def sentence(self) -> type_text:
        return _now(
            "The clearing was settled: %(won)s set off among %(parties)d members, in %(deals)d deals."
        ) % {"won": format_won(self.won), "parties": self.parties, "deals": self.deals}


@dataclass(frozen=True, slots=True)
class ClearingGivenUp(Event):
    round_id: int
    reason: str

    def sentence(self) -> type_text:
        return _now("The round of clearing was given up: %(reason)s") % {"reason": self.reason}
