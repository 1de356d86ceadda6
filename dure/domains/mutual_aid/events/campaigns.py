"""Facts about campaigns. Who is in need for what is not among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.refusals import type_text

__all__ = [
    "AidCampaignClosed", "AidCampaignOpened", "AidCampaignPartiesMoved", "AidGiftReceived",
    "AidGiftUndone", "AidGrantAsked", "AidGrantDecided", "AidGrantEvidenceAdded",
    "AidGrantPaid", "AidGrantResolved", "AidGrantWithdrawn",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class AidCampaignOpened(Event):
    campaign_id: int
    name: str
    until_date: date
    decided_by: str

    def sentence(self) -> type_text:
        return _now("%(decided_by)s opened the campaign “%(name)s” until %(date)s.") % {
            "decided_by": self.decided_by,
            "name": self.name,
            "date": self.until_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class AidGiftReceived(Event):
    campaign_id: int
    gift_id: int
    won: int
    entry_id: int

    def sentence(self) -> type_text:
        return _now("A gift of %(won)s came in for a campaign.") % {"won": format_won(self.won)}


@dataclass(frozen=True, slots=True)
class AidGiftUndone(Event):
    campaign_id: int
    gift_id: int
    won: int
    entry_id: int

    def sentence(self) -> type_text:
        return _now("A gift of %(won)s to a campaign was taken back.") % {
            "won": format_won(self.won)
        }


@dataclass(frozen=True, slots=True)
class AidGrantAsked(Event):
    grant_id: int
    party_id: int
    won: int

    def sentence(self) -> type_text:
        return _now("Help of %(won)s was asked of a campaign.") % {"won": format_won(self.won)}


@dataclass(frozen=True, slots=True)
class AidGrantWithdrawn(Event):
    grant_id: int
    party_id: int

    def sentence(self) -> type_text:
        return _now("An application to a campaign was taken back.")


@dataclass(frozen=True, slots=True)
class AidGrantDecided(Event):
    """`state`: what the application is after this decider."""

    grant_id: int
    party_id: int
    decider_id: int
    state: str
    won: int

    def sentence(self) -> type_text:
        told = {
            "granted": _now("A campaign grants %(won)s."),
            "refused": _now("A campaign refuses an application."),
        }
        open_ = _now("A decider of a campaign decided on an application.")
        return told.get(self.state, open_) % {"won": format_won(self.won)}


@dataclass(frozen=True, slots=True)
class AidGrantEvidenceAdded(Event):
    grant_id: int
    party_id: int

    def sentence(self) -> type_text:
        return _now("Evidence was added to an application to a campaign.")


@dataclass(frozen=True, slots=True)
class AidGrantResolved(Event):
    grant_id: int
    party_id: int
    won: int
    decided_by: str

    def sentence(self) -> type_text:
        if not self.won:
            return _now("%(decided_by)s refuses an application to a campaign.") % {
                "decided_by": self.decided_by
            }
        return _now("%(decided_by)s grants %(won)s of a campaign.") % {
            "decided_by": self.decided_by,
            "won": format_won(self.won),
        }


@dataclass(frozen=True, slots=True)
class AidGrantPaid(Event):
    grant_id: int
    party_id: int
    won: int
    entry_id: int

    def sentence(self) -> type_text:
        return _now("A campaign paid %(won)s.") % {"won": format_won(self.won)}


@dataclass(frozen=True, slots=True)
class AidCampaignClosed(Event):
    campaign_id: int
    name: str
    rest_won: int
    decided_by: str

    def sentence(self) -> type_text:
        return _now("%(decided_by)s closed the campaign “%(name)s”; %(won)s were left.") % {
            "decided_by": self.decided_by,
            "name": self.name,
            "won": format_won(self.rest_won),
        }


@dataclass(frozen=True, slots=True)
class AidCampaignPartiesMoved(Event):
    kept_id: int
    duplicate_id: int

    def sentence(self) -> type_text:
        return _now("Gifts and deciders of campaigns follow two entries made one.")
