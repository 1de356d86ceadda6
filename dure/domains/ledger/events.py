"""What happened in the books. Plain values; people's own words are `Personal`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date

from django.utils.translation import gettext_lazy as _

from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.personal import Personal
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class BooksOpened(Event):
    first_date: Date
    fiscal_year_start_month: int
    accounts: int
    funds: int

    def sentence(self) -> type_text:
        return _("The books were opened from %(first_date)s.") % {"first_date": self.first_date}


@dataclass(frozen=True, slots=True)
class FundOpened(Event):
    fund_id: int
    code: str
    name: str

    def sentence(self) -> type_text:
        return _("The fund %(name)s was opened.") % {"name": self.name}


@dataclass(frozen=True, slots=True)
class FundRuleSet(Event):
    fund: str  # code; empty: all funds
    kind: str
    amount_won: int
    article: str
    from_date: Date

    def sentence(self) -> type_text:
        return _("A fund rule was set by %(article)s: %(amount)s from %(from_date)s.") % {
            "article": self.article,
            "amount": format_won(self.amount_won),
            "from_date": self.from_date,
        }


@dataclass(frozen=True, slots=True)
class AccountAdded(Event):
    account_id: int
    code: str
    name: str
    kind: str

    def sentence(self) -> type_text:
        return _("The account %(code)s %(name)s was added.") % {
            "code": self.code,
            "name": self.name,
        }


@dataclass(frozen=True, slots=True)
class AccountRetired(Event):
    account_id: int
    code: str
    name: str

    def sentence(self) -> type_text:
        return _("The account %(code)s %(name)s is no longer used.") % {
            "code": self.code,
            "name": self.name,
        }


@dataclass(frozen=True, slots=True)
class AccountRevived(Event):
    account_id: int
    code: str
    name: str

    def sentence(self) -> type_text:
        return _("The account %(code)s %(name)s is used again.") % {
            "code": self.code,
            "name": self.name,
        }


@dataclass(frozen=True, slots=True)
class FundRetired(Event):
    fund_id: int
    code: str
    name: str

    def sentence(self) -> type_text:
        return _("The fund %(name)s is no longer used.") % {"name": self.name}


@dataclass(frozen=True, slots=True)
class FundRevived(Event):
    fund_id: int
    code: str
    name: str

    def sentence(self) -> type_text:
        return _("The fund %(name)s is used again.") % {"name": self.name}


@dataclass(frozen=True, slots=True)
class EntryPosted(Event):
    entry_id: int
    number: int
    amount_won: int

    def sentence(self) -> type_text:
        return _("Entry no. %(number)d of %(amount)s was posted.") % {
            "number": self.number,
            "amount": format_won(self.amount_won),
        }


@dataclass(frozen=True, slots=True)
class EntriesPosted(Event):
    count: int
    amount_won: int
    first_number: int
    last_number: int

    def sentence(self) -> type_text:
        return _(
            "%(count)d entries of %(amount)s together were posted, no. %(first)d to %(last)d."
        ) % {
            "count": self.count,
            "amount": format_won(self.amount_won),
            "first": self.first_number,
            "last": self.last_number,
        }


@dataclass(frozen=True, slots=True)
class EntryDrafted(Event):
    entry_id: int
    amount_won: int

    def sentence(self) -> type_text:
        return _("An entry of %(amount)s was drafted.") % {"amount": format_won(self.amount_won)}


@dataclass(frozen=True, slots=True)
class EntryApproved(Event):
    entry_id: int
    number: int
    amount_won: int
    written_by_id: int | None

    def sentence(self) -> type_text:
        return _("A drafted entry of %(amount)s was approved and posted as no. %(number)d.") % {
            "amount": format_won(self.amount_won),
            "number": self.number,
        }


@dataclass(frozen=True, slots=True)
class DraftWithdrawn(Event):
    entry_id: int
    reason: Personal

    def sentence(self) -> type_text:
        return _("A drafted entry was withdrawn: %(reason)s") % {"reason": self.reason}


@dataclass(frozen=True, slots=True)
class EntryReversed(Event):
    entry_id: int  # the reversal
    number: int
    reversed_entry_id: int
    reversed_number: int
    reason: Personal

    def sentence(self) -> type_text:
        return _("Entry no. %(reversed)d was reversed by no. %(number)d: %(reason)s") % {
            "reversed": self.reversed_number,
            "number": self.number,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class FundsMoved(Event):
    entry_id: int
    from_fund: str
    to_fund: str
    amount_won: int

    def sentence(self) -> type_text:
        return _("%(amount)s moved from the fund %(from_fund)s to %(to_fund)s.") % {
            "amount": format_won(self.amount_won),
            "from_fund": self.from_fund,
            "to_fund": self.to_fund,
        }


@dataclass(frozen=True, slots=True)
class PeriodClosed(Event):
    month: str
    revision: int
    entries: int
    statements: tuple[str, ...]  # SHA-256 of each kept statement

    def sentence(self) -> type_text:
        return _("The books of %(month)s were closed with %(entries)d entries.") % {
            "month": self.month,
            "entries": self.entries,
        }


@dataclass(frozen=True, slots=True)
class PeriodReopened(Event):
    month: str
    reason: Personal

    def sentence(self) -> type_text:
        return _("The books of %(month)s were opened again: %(reason)s") % {
            "month": self.month,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class PeriodLocked(Event):
    month: str

    def sentence(self) -> type_text:
        return _("The books of %(month)s were locked for good.") % {"month": self.month}


@dataclass(frozen=True, slots=True)
class PartyBalancesMoved(Event):
    entry_id: int
    number: int
    from_party_id: int
    party_id: int

    def sentence(self) -> type_text:
        return _("Balances of party no. %(from)d were carried over to no. %(to)d.") % {
            "from": self.from_party_id,
            "to": self.party_id,
        }


@dataclass(frozen=True, slots=True)
class PeriodStepMarked(Event):
    month: str
    step: str
    note: Personal

    def sentence(self) -> type_text:
        return _("Month-end of %(month)s: the step “%(step)s” was called done. %(note)s") % {
            "month": self.month,
            "step": self.step,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class PeriodStepUnmarked(Event):
    month: str
    step: str

    def sentence(self) -> type_text:
        return _("Month-end of %(month)s: the step “%(step)s” was taken up again.") % {
            "month": self.month,
            "step": self.step,
        }


@dataclass(frozen=True, slots=True)
class MainBusinessLaidDown(Event):
    from_date: Date
    article: str
    decided_by: str

    def sentence(self) -> type_text:
        return _("What is main business was laid down from %(date)s by %(article)s.") % {
            "date": self.from_date.isoformat(),
            "article": self.article,
        }


@dataclass(frozen=True, slots=True)
class MainBusinessFigureNoted(Event):
    quarter_date: Date
    measure: str
    main: int
    whole: int
    source: str

    def sentence(self) -> type_text:
        return _("Main business in the quarter from %(date)s: %(main)d of %(whole)d.") % {
            "date": self.quarter_date.isoformat(),
            "main": self.main,
            "whole": self.whole,
        }
