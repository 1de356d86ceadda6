"""Facts about the review of loans, their conditions and guarantors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class LoanPaperHandedIn(Event):
    loan_id: int
    party_id: int
    title: str
    file_id: int

    def sentence(self) -> type_text:
        return _now("A paper for a loan was handed in: %(title)s.") % {"title": self.title}


@dataclass(frozen=True, slots=True)
class LoanNoted(Event):
    loan_id: int
    party_id: int
    kind: str
    on_date: date

    def sentence(self) -> type_text:
        if self.kind == "interview":
            return _now("An interview about a loan was noted.")
        return _now("An opinion about a loan was noted.")


@dataclass(frozen=True, slots=True)
class LoanConditionMet(Event):
    loan_id: int
    party_id: int
    text: str
    met_date: date

    def sentence(self) -> type_text:
        return _now("A condition of a loan was met: %(text)s.") % {"text": self.text}


@dataclass(frozen=True, slots=True)
class LoanPromiseLapsed(Event):
    loan_id: int
    party_id: int
    won: int
    decided_date: date

    def sentence(self) -> type_text:
        return _now(
            "The promise of a loan of %(won)s of %(date)s lapsed; the sum is free again."
        ) % {"won": format_won(self.won), "date": self.decided_date.isoformat()}


@dataclass(frozen=True, slots=True)
class LoanPapersScheduled(Event):
    loan_id: int
    party_id: int
    until_date: date
    count: int

    def sentence(self) -> type_text:
        return _now("%(count)d papers of a loan are kept until %(date)s.") % {
            "count": self.count,
            "date": self.until_date.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class GuarantorNamed(Event):
    guarantee_id: int
    loan_id: int
    party_id: int
    most_won: int

    def sentence(self) -> type_text:
        return _now("A guarantor was named for a loan, up to %(won)s.") % {
            "won": format_won(self.most_won)
        }


@dataclass(frozen=True, slots=True)
class GuaranteeAnswered(Event):
    guarantee_id: int
    loan_id: int
    party_id: int
    agreed: bool

    def sentence(self) -> type_text:
        if self.agreed:
            return _now("A guarantor agreed to stand for a loan.")
        return _now("Somebody declined to stand for a loan.")


@dataclass(frozen=True, slots=True)
class GuaranteeSigned(Event):
    guarantee_id: int
    loan_id: int
    party_id: int
    signed_date: date

    def sentence(self) -> type_text:
        return _now("A guarantee was signed on paper on %(date)s.") % {
            "date": self.signed_date.isoformat()
        }


@dataclass(frozen=True, slots=True)
class GuarantorCalled(Event):
    guarantee_id: int
    loan_id: int
    party_id: int
    days_late: int
    due_won: int

    def sentence(self) -> type_text:
        return _now("A guarantor was called: %(due)s are due, %(days)d days late.") % {
            "due": format_won(self.due_won),
            "days": self.days_late,
        }


@dataclass(frozen=True, slots=True)
class GuarantorPaid(Event):
    guarantee_id: int
    loan_id: int
    party_id: int
    won: int
    payment_id: int

    def sentence(self) -> type_text:
        return _now(
            "A guarantor paid %(won)s for a borrower, who owes it to the guarantor now."
        ) % {"won": format_won(self.won)}


@dataclass(frozen=True, slots=True)
class LoanCertified(Event):
    loan_id: int
    party_id: int
    kind: str
    number: str

    def sentence(self) -> type_text:
        return _now("A certificate about a loan was issued: no. %(number)s.") % {
            "number": self.number
        }
