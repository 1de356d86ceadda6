"""Facts about self-help funds that are run for others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class SelfHelpFundTakenOn(Event):
    fund_id: int
    code: str
    name: str
    party_id: int  # the association
    contract: str
    from_date: date

    def sentence(self) -> type_text:
        return _now("The fund “%(name)s” is run on commission from %(date)s (%(contract)s).") % {
            "name": self.name,
            "date": self.from_date.isoformat(),
            "contract": self.contract,
        }


@dataclass(frozen=True, slots=True)
class AidBooksOpened(Event):
    fund_id: int
    name: str
    code: str

    def sentence(self) -> type_text:
        return _now("The mutual aid of “%(name)s” has books of its own (%(code)s).") % {
            "name": self.name,
            "code": self.code,
        }


@dataclass(frozen=True, slots=True)
class MandateRenewed(Event):
    fund_id: int
    name: str
    contract: str
    from_date: date
    until_date: date | None

    def sentence(self) -> type_text:
        return _now("For “%(name)s” the contract “%(contract)s” holds from %(date)s.") % {
            "name": self.name,
            "contract": self.contract,
            "date": self.from_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class ParticipantEntered(Event):
    fund_id: int
    participant_id: int
    party_id: int
    name: str  # of the fund
    joined_date: date

    def sentence(self) -> type_text:
        return _now("Someone takes part in “%(name)s” from %(date)s.") % {
            "name": self.name,
            "date": self.joined_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class ParticipantLeft(Event):
    fund_id: int
    participant_id: int
    party_id: int
    name: str
    left_date: date

    def sentence(self) -> type_text:
        return _now("Someone takes part in “%(name)s” no more from %(date)s.") % {
            "name": self.name,
            "date": self.left_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class FundCapitalPaidIn(Event):
    fund_id: int
    code: str
    party_id: int
    won: int
    paid_date: date
    entry_id: int

    def sentence(self) -> type_text:
        return _now("%(won)s were paid into the self-help fund “%(code)s”.") % {
            "won": format_won(self.won),
            "code": self.code,
        }


@dataclass(frozen=True, slots=True)
class FundCapitalPaidBack(Event):
    fund_id: int
    code: str
    party_id: int
    won: int
    paid_date: date
    entry_id: int

    def sentence(self) -> type_text:
        return _now("%(won)s were paid back out of the self-help fund “%(code)s”.") % {
            "won": format_won(self.won),
            "code": self.code,
        }


@dataclass(frozen=True, slots=True)
class CommissionCharged(Event):
    fund_id: int
    name: str
    won: int
    from_date: date
    until_date: date
    entry_id: int

    def sentence(self) -> type_text:
        return _now("The fee of %(won)s for “%(name)s” was taken for %(from)s to %(until)s.") % {
            "won": format_won(self.won),
            "name": self.name,
            "from": self.from_date.isoformat(),
            "until": self.until_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class CommissionsCharged(Event):
    funds: int
    periods: int
    won: int

    def sentence(self) -> type_text:
        return _now(
            "The fees that were due were taken: %(won)s of %(funds)d funds, for %(periods)d periods."
        ) % {"won": format_won(self.won), "funds": self.funds, "periods": self.periods}


@dataclass(frozen=True, slots=True)
class FundPartiesMoved(Event):
    """Two parties were one: what the duplicate had in self-help funds is the kept one's."""

    party_id: int
    duplicate_id: int
    count: int

    def sentence(self) -> type_text:
        return _now(
            "%(count)d places in self-help funds went along when two entries became one."
        ) % {"count": self.count}
