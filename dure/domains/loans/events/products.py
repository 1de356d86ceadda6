"""Facts about loan products."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from dure.kernel.deeds import Event
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class LoanProductLaidDown(Event):
    product_id: int
    code: str
    name: str
    article: str
    from_date: date
    rate_numerator: int
    rate_denominator: int

    def sentence(self) -> type_text:
        return _("Loan product “%(name)s” holds from %(date)s by %(article)s.") % {
            "name": self.name,
            "date": self.from_date.isoformat(),
            "article": self.article,
        }


@dataclass(frozen=True, slots=True)
class LoanProductEnded(Event):
    product_id: int
    name: str
    until_date: date
    decided_by: str

    def sentence(self) -> type_text:
        return _("Loan product “%(name)s” is offered no more from %(date)s (%(decided_by)s).") % {
            "name": self.name,
            "date": self.until_date.isoformat(),
            "decided_by": self.decided_by,
        }
