"""What of a file of deals is new, known, paid since, or cannot be taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.memberships import queries as memberships
from dure.domains.memberships.queries.duties import Use
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies
from ..models import Deal
from ..rules.deal_files import bare, read_deals
from ..rules.deals import Terms, what_is_wrong
from ..rules.imports import ImportedDeal, KnownDeal, match_known

__all__ = [
    "DealFault", "DealsSorted", "DealsUnreadable", "NewDeal", "deals_of_file", "sort_deals",
]  # fmt: skip

DEAD = (Deal.State.REFUSED, Deal.State.WITHDRAWN, Deal.State.SAME, Deal.State.CANCELLED)


FAULTS_SHOWN = 5


class DealsUnreadable(InvalidInput):
    """All rows are read, or none."""

    text = _("Nothing was taken. %(faults)s")
    remedy = _("Mend these rows in the file and bring it again.")


@dataclass(frozen=True, slots=True)
class DealFault:
    """Why a row cannot be taken."""

    row: int
    text: str


@dataclass(frozen=True, slots=True)
class NewDeal:
    """A row that is written down."""

    given: ImportedDeal
    terms: Terms
    is_mutual: bool


@dataclass(frozen=True, slots=True)
class DealsSorted:
    """`paid`: {deal known: the day on which the rest of it came}."""

    new: tuple[NewDeal, ...]
    known: int
    paid: dict[int, date]
    faults: tuple[DealFault, ...]

    @property
    def won(self) -> int:
        return sum(one.terms.won for one in self.new)


def sort_deals(act: Act, deals: Sequence[ImportedDeal]) -> DealsSorted:
    """Each row of a file beside what is written down already."""
    if not deals:
        return DealsSorted((), 0, {}, ())
    since, until = min(one.dealt_date for one in deals), max(one.dealt_date for one in deals)
    book = bylaws.rules_on(act.today)
    days = book.number("trade.twin_days")
    near = timedelta(days=days)
    rows = [(one, _terms(one)) for one in deals]
    there = Deal.objects.filter(
        seller__in={one.seller_id for one in deals},
        dealt_date__gte=since - near, dealt_date__lte=until + near,
    ).exclude(state__in=DEAD)  # fmt: skip
    by_id = {one.pk: one for one in there.order_by("dealt_date", "pk")}
    matched = match_known(
        rows, [KnownDeal(one.pk, *one.sides, _terms(one)) for one in by_id.values()], days
    )
    sides = _Sides(deals)
    new, faults, paid = [], [], {}
    for given, terms in rows:
        if (pk := matched.get(given.row)) is not None:
            deal = by_id[pk]
            if given.paid_date and deal.state == Deal.State.CONFIRMED and deal.open_won:
                paid[pk] = given.paid_date
            continue
        wrong = sides.fault(given) or what_is_wrong(terms, act.today)
        if given.paid_date and given.paid_date > act.today:
            wrong = wrong or _now("it is not in the future")
        if wrong:
            faults.append(DealFault(given.row, str(wrong)))
        else:
            new.append(NewDeal(given, terms, sides.are_members(given)))
    faults += _used_twice(new)
    return DealsSorted(tuple(new), len(matched), paid, tuple(faults))


def deals_of_file(
    act: Act, head: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]
) -> list[ImportedDeal]:
    """The deals of a file, its sides found by their names. Raises DealsUnreadable."""
    policies.can_import_deals(act).enforce()
    here = memberships.member_organisations(act.today)
    found, faults = read_deals(head, rows, {bare(name): one for one, name in here.items()})
    if faults:
        raise DealsUnreadable(
            faults=" ".join(
                _now("Row %(row)d: %(text)s") % {"row": row, "text": text}
                for row, text in faults[:FAULTS_SHOWN]
            )
        )
    return found


def may_note_payment(act: Act, seller_id: int) -> bool:
    """Who is owed says that money came."""
    return bool(policies.can_act_for(act, seller_id))


def _terms(one: ImportedDeal | Deal) -> Terms:
    due = one.due_date
    if due is None:
        due = one.dealt_date + timedelta(
            days=bylaws.rules_on(one.dealt_date).number("trade.due_days")
        )
    return Terms(one.what, one.won, one.vat_won, one.dealt_date, due, one.tax_number)


def _used_twice(new: list[NewDeal]) -> list[DealFault]:
    """A tax invoice is of one deal, also within a file and beside all deals."""
    numbers = [one.terms.tax_number for one in new if one.terms.tax_number]
    seen = set(
        Deal.objects.filter(tax_number__in=numbers)
        .exclude(state__in=DEAD)
        .order_by()
        .values_list("tax_number", flat=True)
    )
    found = []
    for one in new:
        number = one.terms.tax_number
        if number and number in seen:
            text = _now("the tax invoice %(number)s is of another deal already")
            found.append(DealFault(one.given.row, text % {"number": number}))
        seen.add(number)
    return found


class _Sides:
    """Who of a file was a member when, read at once."""

    def __init__(self, deals: Sequence[ImportedDeal]) -> None:
        ids = {side for one in deals for side in (one.seller_id, one.buyer_id)}
        self.names = parties.names_of(ids)
        self.spells = memberships.spells_of(ids)
        self.suspended = memberships.ever_suspended(ids)

    def member(self, party_id: int, day: date) -> int | None:
        for one in self.spells.get(party_id, ()):
            if one.joined_date <= day and (one.left_date is None or day < one.left_date):
                return one.membership_id
        return None

    def are_members(self, one: ImportedDeal) -> bool:
        return all(
            self.member(side, one.dealt_date) is not None for side in (one.seller_id, one.buyer_id)
        )

    def fault(self, one: ImportedDeal) -> str:
        """What speaks against a deal of these two on its day; "": nothing."""
        sides, day = (one.seller_id, one.buyer_id), one.dealt_date
        if sides[0] == sides[1]:
            return _now("it is between two")
        if any(side not in self.names for side in sides):
            return _now("a side is not known")
        members = [self.member(side, day) for side in sides]
        if not any(members):
            return _now("neither side was a member that day")
        if not all(members) and not bylaws.rules_on(day).yes("trade.non_members"):
            return _now("this network counts deals among members only")
        for side, member in zip(sides, members, strict=True):
            if member is not None and side in self.suspended:
                try:
                    memberships.need_benefit(member, Use.TRADE, day)
                except Refusal as refusal:
                    return str(refusal)
        return ""
