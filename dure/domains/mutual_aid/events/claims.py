"""Facts about claims. What happened to whom is not among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.personal import Personal
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class AidClaimFiled(Event):
    claim_id: int
    party_id: int
    won: int

    def sentence(self) -> type_text:
        return _now("Mutual aid of %(won)s was claimed.") % {"won": format_won(self.won)}


@dataclass(frozen=True, slots=True)
class AidEvidenceAdded(Event):
    claim_id: int
    party_id: int

    def sentence(self) -> type_text:
        return _now("Evidence was added to a claim of mutual aid.")


@dataclass(frozen=True, slots=True)
class AidClaimWithdrawn(Event):
    claim_id: int
    party_id: int

    def sentence(self) -> type_text:
        return _now("A claim of mutual aid was taken back.")


@dataclass(frozen=True, slots=True)
class AidClaimApproved(Event):
    claim_id: int
    party_id: int
    won: int
    decided_by: str

    def sentence(self) -> type_text:
        return _now("%(decided_by)s approved mutual aid of %(won)s.") % {
            "won": format_won(self.won),
            "decided_by": self.decided_by,
        }


@dataclass(frozen=True, slots=True)
class AidClaimRefused(Event):
    """`reason` may speak of an illness: it lies apart and can be erased."""

    claim_id: int
    party_id: int
    decided_by: str
    reason: Personal
    appeal_until: date

    def sentence(self) -> type_text:
        return _now(
            "%(decided_by)s refused a claim of mutual aid; it can be appealed against until %(date)s."
        ) % {"decided_by": self.decided_by, "date": self.appeal_until.isoformat()}


@dataclass(frozen=True, slots=True)
class AidRefusalAppealed(Event):
    claim_id: int
    party_id: int

    def sentence(self) -> type_text:
        return _now("An appeal was lodged against the refusal of mutual aid.")


@dataclass(frozen=True, slots=True)
class AidAppealDecided(Event):
    claim_id: int
    party_id: int
    granted: bool
    decided_by: str
    reason: Personal

    def sentence(self) -> type_text:
        told = (
            _now("%(decided_by)s granted mutual aid on appeal.")
            if self.granted
            else _now("%(decided_by)s upheld the refusal of mutual aid.")
        )
        return told % {"decided_by": self.decided_by}


@dataclass(frozen=True, slots=True)
class AidBenefitPaid(Event):
    claim_id: int
    party_id: int
    won: int
    paid_date: date
    entry_id: int

    def sentence(self) -> type_text:
        return _now("Mutual aid of %(won)s was paid on %(date)s.") % {
            "won": format_won(self.won),
            "date": self.paid_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class AidClaimsErased(Event):
    party_id: int
    claims: int

    def sentence(self) -> type_text:
        return _now("What %(count)d claims of mutual aid were about was erased.") % {
            "count": self.claims
        }
