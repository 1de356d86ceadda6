"""Facts about the cooperative fund."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now, pgettext

from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class ContributionLaidDown(Event):
    rule_id: int
    name: str
    article: str
    from_date: date

    def sentence(self) -> type_text:
        return _now("The contribution “%(name)s” (%(article)s) was laid down from %(date)s on.") % {
            "name": self.name,
            "article": self.article,
            "date": self.from_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class ContributionEnded(Event):
    rule_id: int
    name: str
    until_date: date
    decided_by: str

    def sentence(self) -> type_text:
        return _now("The contribution “%(name)s” ends on %(date)s (%(decided_by)s).") % {
            "name": self.name,
            "date": self.until_date.isoformat(),
            "decided_by": self.decided_by,
        }


@dataclass(frozen=True, slots=True)
class ProfitStated(Event):
    statement_id: int
    party_id: int
    year: int

    def sentence(self) -> type_text:
        return _now("The net profit of %(year)d was stated, with its paper.") % {"year": self.year}


@dataclass(frozen=True, slots=True)
class ContributionsBilled(Event):
    month: str
    count: int
    won: int

    def sentence(self) -> type_text:
        return _now(
            "%(count)d contributions to the cooperative fund were billed for %(month)s: %(won)s."
        ) % {"count": self.count, "month": self.month, "won": format_won(self.won)}


@dataclass(frozen=True, slots=True)
class ContributionReceived(Event):
    membership_id: int
    party_id: int
    won: int
    paid_date: date
    entry_id: int

    def sentence(self) -> type_text:
        return _now("%(won)s of contributions came into the cooperative fund on %(date)s.") % {
            "won": format_won(self.won),
            "date": self.paid_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class ContributionUndone(Event):
    membership_id: int
    party_id: int
    won: int
    reason: str
    entry_id: int

    def sentence(self) -> type_text:
        return pgettext(
            "cooperative fund", "A contribution of %(won)s was taken back: %(reason)s"
        ) % {
            "won": format_won(self.won),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class CooperativeFundUsed(Event):
    use_id: int
    party_id: int | None
    what: str
    won: int
    decided_by: str

    def sentence(self) -> type_text:
        return _now("The cooperative fund gave %(won)s for “%(what)s” (%(decided_by)s).") % {
            "won": format_won(self.won),
            "what": self.what,
            "decided_by": self.decided_by,
        }


@dataclass(frozen=True, slots=True)
class ContributionsReminded(Event):
    count: int
    won: int
    membership_ids: tuple[int, ...]

    def sentence(self) -> type_text:
        return _now("%(count)d members were reminded of %(won)s of contributions.") % {
            "count": self.count,
            "won": format_won(self.won),
        }


@dataclass(frozen=True, slots=True)
class FundUseDecided(Event):
    use_id: int
    party_id: int | None
    what: str
    won: int
    decided_by: str

    def sentence(self) -> type_text:
        return _now("The cooperative fund is to give %(won)s for “%(what)s” (%(decided_by)s).") % {
            "won": format_won(self.won),
            "what": self.what,
            "decided_by": self.decided_by,
        }


@dataclass(frozen=True, slots=True)
class FundUseGivenUp(Event):
    use_id: int
    party_id: int | None
    what: str
    won: int
    reason: str

    def sentence(self) -> type_text:
        return _now("%(won)s for “%(what)s” are not given: %(reason)s") % {
            "won": format_won(self.won),
            "what": self.what,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class FundUseReported(Event):
    use_id: int
    party_id: int | None
    what: str

    def sentence(self) -> type_text:
        return _now("It was told what the money for “%(what)s” has done.") % {"what": self.what}
