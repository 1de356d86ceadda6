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
    borrows_won: int = 0

    def sentence(self) -> type_text:
        if self.borrows_won:
            return _now(
                "A member agreed to the clearing, and to owe the pool up to %(won)s afterwards."
            ) % {"won": format_won(self.borrows_won)}
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
    lent_won: int = 0

    def sentence(self) -> type_text:
        return _now(
            "The clearing was settled: %(won)s set off among %(parties)d members, in %(deals)d deals."
        ) % {"won": format_won(self.won), "parties": self.parties, "deals": self.deals}


@dataclass(frozen=True, slots=True)
class ClearingUndone(Event):
    round_id: int
    deals: int
    won: int
    reason: str

    def sentence(self) -> type_text:
        return _now(
            "The settled clearing was undone: %(won)s in %(deals)d deals are owed again. %(reason)s"
        ) % {"won": format_won(self.won), "deals": self.deals, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class ClearingBarred(Event):
    bar_id: int
    party_id: int
    ground: str
    from_date: date
    paper: str
    flagged_rounds: tuple[int, ...] = ()

    def sentence(self) -> type_text:
        told = _now("Nothing of a member is set off from %(date)s: %(paper)s") % {
            "date": self.from_date.isoformat(),
            "paper": self.paper,
        }
        if not self.flagged_rounds:
            return told
        numbers = ", ".join(map(str, self.flagged_rounds))
        return f"{told} " + _now("To be looked at: settled rounds no. %(numbers)s.") % {
            "numbers": numbers
        }


@dataclass(frozen=True, slots=True)
class ClearingBarLifted(Event):
    bar_id: int
    party_id: int
    lifted_date: date
    paper: str

    def sentence(self) -> type_text:
        return _now("A member may be cleared with again from %(date)s: %(paper)s") % {
            "date": self.lifted_date.isoformat(),
            "paper": self.paper,
        }


@dataclass(frozen=True, slots=True)
class ClearingGivenUp(Event):
    round_id: int
    reason: str

    def sentence(self) -> type_text:
        return _now("The round of clearing was given up: %(reason)s") % {"reason": self.reason}
