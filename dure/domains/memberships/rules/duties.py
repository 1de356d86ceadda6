"""Duties and benefits of a class, and what a suspension makes of them. Pure.

1. A class has duties and benefits, each with its article, from a day until a day.
2. While a membership is suspended, the benefits that are marked so rest; duties go on, dues too.
3. The vote is none of these benefits. It belongs to the class and the law; whether it rests with a
   suspension is the provision `votes.rest_in_suspension`, which co-operatives cannot set
   (협동조합 기본법 제23조제1항, 제119조제2항제3호).
4. A suspension ends by itself with its last day; until then the next one of an overlap counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dure.kernel.refusals import Refusal
from dure.kernel.words import Promise, gettext_lazy as _

VOTE_RESTS = "votes.rest_in_suspension"


class Use(StrEnum):
    """What a benefit is asked for by; the rooms that give it know these names."""

    CERTIFICATE = "certificate"
    SPONSOR = "sponsor"
    FUND = "fund"
    LOAN = "loan"
    MUTUAL_AID = "mutual_aid"
    TRADE = "trade"
    MARKET = "market"
    PROJECTS = "projects"
    LEARNING = "learning"


class TermKind(StrEnum):
    """What a class term is."""

    DUTY = "duty"
    BENEFIT = "benefit"


TERM_KINDS: tuple[tuple[str, str | Promise], ...] = (
    (TermKind.DUTY, _("duty")),
    (TermKind.BENEFIT, _("benefit")),
)
USES: tuple[tuple[str, str | Promise], ...] = (
    (Use.CERTIFICATE, _("a certificate of membership of one's own")),
    (Use.SPONSOR, _("sponsoring applicants")),
    (Use.FUND, _("using the co-operative fund")),
    (Use.LOAN, _("small loans")),
    (Use.MUTUAL_AID, _("mutual aid")),
    (Use.TRADE, _("trade among members")),
    (Use.MARKET, _("taking part in the market")),
    (Use.PROJECTS, _("joint projects")),
    (Use.LEARNING, _("education and exchange")),
)


class BenefitRests(Refusal):
    """The membership is suspended, and this benefit rests meanwhile."""

    text = _(
        "“%(benefit)s” (%(article)s) rests while the membership is suspended, until %(until)s (%(minutes)s)."
    )
    remedy = _("It comes back by itself on that day.")


@dataclass(frozen=True, slots=True)
class Suspension:
    """A suspension in force; `until_date` is the first day without it."""

    case_id: int
    from_date: date
    until_date: date
    article: str
    minutes: str


@dataclass(frozen=True, slots=True)
class Term:
    """A duty or benefit as it holds for a class."""

    id: int
    use: str
    text: str
    article: str
    rests: bool
    from_date: date
    until_date: date | None


@dataclass(frozen=True, slots=True)
class Benefit:
    """A benefit as it holds for one member: `rests_until` while it rests."""

    term: Term
    suspension: Suspension | None

    @property
    def rests_until(self) -> date | None:
        return self.suspension.until_date if self.suspension else None


def benefits(terms: Iterable[Term], suspension: Suspension | None) -> tuple[Benefit, ...]:
    """Rule 2."""
    return tuple(Benefit(term, suspension if term.rests else None) for term in terms)


def need(found: Iterable[Benefit], use: str) -> None:
    """That a benefit does not rest; one that nobody laid down is not asked for. Raises BenefitRests."""
    for benefit in found:
        if benefit.term.use == use and benefit.suspension is not None:
            raise BenefitRests(
                benefit=benefit.term.text,
                article=benefit.term.article,
                until=benefit.suspension.until_date.isoformat(),
                minutes=benefit.suspension.minutes,
            )
