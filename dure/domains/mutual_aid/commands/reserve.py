"""The reserve is placed and comes back, within its own fund."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.bylaws.rules import enforce, keep
from dure.domains.ledger import commands as ledger, queries as books
from dure.domains.ledger.rules import Source
from dure.domains.loans.queries import rules_of
from dure.domains.memberships.queries.books import entry_text
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies
from ..events import ReservePlaced, ReserveReturned
from ..models import AidPlan, ReservePlacement
from ..queries import reserve as queries
from ..rules import placing as rules

__all__ = [
    "NoFundOfAid", "PlacementImpossible", "PlacementEnded", "ReserveShort",
    "end_placement", "place_reserve", "renew_placement",
]  # fmt: skip

_PLACED_TEXT = gettext_noop("Reserve of mutual aid placed")
_RETURNED_TEXT = gettext_noop("Reserve of mutual aid came back")
End = ReservePlacement.End


class PlacementImpossible(InvalidInput):
    """A placement has a place, a sum, a term and somebody who decided."""

    text = _("Type where, how much above 0 won, until a day after it begins, and who decided.")
    remedy = _("It begins on no day later than today.")


class NoFundOfAid(Refusal):
    """The reserve is the money of a fund of mutual aid."""

    text = _("“%(fund)s” is no fund of mutual aid: no plan is kept in it.")
    remedy = _("Choose the fund of a plan.")


class ReserveShort(Refusal):
    """A fund places what it has at hand."""

    text = _("The fund has %(has)s at hand; %(won)s cannot be placed.")


class PlacementEnded(Refusal):
    """A placement ends once, not before it began and not in the future."""

    text = _("This placement cannot end so: %(reason)s.")


@command
def place_reserve(
    act: Act,
    *,
    institution: str,
    kind: str,
    won: int,
    rate: tuple[int, int],
    matures_date: date,
    decided_by: str,
    opened_date: date | None = None,
    fund: str = "mutual_aid",
) -> ReservePlacement:
    """Place a part of the reserve: Dr deposits or bonds, Cr cash, in the fund of mutual aid.

    Raises RuleNotMet with the article for anything but deposits and public bonds, PlacementImpossible,
    NoFundOfAid, ReserveShort, and the refusals of the ledger.
    """
    policies.can_place_reserve(act).enforce()
    return _place(
        act, institution, kind, won, Fraction(*rate), opened_date or act.today, matures_date,
        decided_by, fund,
    )  # fmt: skip


@command
def end_placement(
    act: Act,
    *,
    placement_id: int,
    interest_won: int = 0,
    ended_date: date | None = None,
) -> ReservePlacement:
    """Money comes back: matured, or withdrawn when it is before its day. Dr cash, Cr deposits or
    bonds, Cr other income for the interest.

    Raises PlacementEnded, PlacementImpossible, and the refusals of the ledger.
    """
    placement, day = _placed(act, placement_id, ended_date, interest_won)
    policies.can_end_placement(act).enforce()
    # ---
    end = End.WITHDRAWN if day < placement.matures_date else End.MATURED
    return _end(act, placement, day, interest_won, end)


@command
def renew_placement(
    act: Act,
    *,
    placement_id: int,
    matures_date: date,
    rate: tuple[int, int],
    decided_by: str,
    won: int | None = None,
    interest_won: int = 0,
    ended_date: date | None = None,
) -> ReservePlacement:
    """Renew a placement that is due, with the same sum or another; what was earned comes to cash first.

    Raises as `end_placement` and `place_reserve`.
    """
    placement, day = _placed(act, placement_id, ended_date, interest_won)
    policies.can_renew_placement(act).enforce()
    if day < placement.matures_date:
        raise PlacementEnded(reason=_("before its day it is withdrawn, not renewed"))
    _end(act, placement, day, interest_won, End.RENEWED)
    made = _place(
        act, placement.institution, placement.kind, placement.won if won is None else won,
        Fraction(*rate), day, matures_date, decided_by, placement.fund,
    )  # fmt: skip
    # ---
    made.renews = placement
    made.save(update_fields=["renews"])
    return made


def _place(
    act: Act,
    institution: str,
    kind: str,
    won: int,
    rate: Fraction,
    opened: date,
    matures: date,
    decided_by: str,
    fund: str,
) -> ReservePlacement:
    institution = clean_text(institution, 100, _("Institution"))
    decided_by = clean_text(decided_by, 200, _("Decided by"))
    fits = institution and decided_by and won > 0 and rate >= 0
    if not fits or not opened < matures or opened > act.today:
        raise PlacementImpossible
    findings = rules_of(fund, opened).check_all((queries.INVESTED_IN, kind))
    enforce(findings)
    if kind not in rules.SAFE:  # whatever the bylaws say
        raise PlacementImpossible
    if not AidPlan.objects.filter(fund=fund).exists():
        raise NoFundOfAid(fund=fund)
    chart = queries.placing_chart()
    if (has := books.balance(chart.cash, fund)) < won:
        raise ReserveShort(has=format_won(has), won=format_won(won))
    # ---
    made = ReservePlacement.objects.create(
        fund=fund, institution=institution, kind=kind, won=won, rate_numerator=rate.numerator,
        rate_denominator=rate.denominator, opened_date=opened, matures_date=matures,
        decided_by=decided_by, findings=keep(findings),
    )  # fmt: skip
    made.entry = ledger.post_entry(
        act,
        date=opened,
        text=entry_text(_PLACED_TEXT),
        sides=rules.placing(chart, fund, kind, won),
        source=Source("mutual_aid.ReservePlacement", made.pk),
    )
    made.save(update_fields=["entry"])
    record(act, ReservePlaced(made.pk, institution, kind, won, matures, made.entry.pk))
    return made


def _placed(
    act: Act, placement_id: int, ended_date: date | None, interest_won: int
) -> tuple[ReservePlacement, date]:
    placement: ReservePlacement = ReservePlacement.objects.hold(placement_id)
    policies.can_end_placement(act).enforce()
    day = ended_date or act.today
    if placement.end:
        raise PlacementEnded(reason=placement.get_end_display())
    if not placement.opened_date <= day <= act.today:
        raise PlacementEnded(reason=_("its day is not before it began, and not later than today"))
    if interest_won < 0:
        raise PlacementImpossible
    return placement, day


def _end(
    act: Act, placement: ReservePlacement, day: date, interest_won: int, end: str
) -> ReservePlacement:
    entry = ledger.post_entry(
        act,
        date=day,
        text=entry_text(_RETURNED_TEXT),
        sides=rules.coming_back(
            queries.placing_chart(), placement.fund, placement.kind, placement.won, interest_won
        ),
        source=Source("mutual_aid.ReservePlacement", placement.pk),
    )
    placement.end, placement.ended_date, placement.end_entry = end, day, entry
    placement.interest_won = interest_won
    placement.save(update_fields=["end", "ended_date", "end_entry", "interest_won"])
    record(
        act,
        ReserveReturned(
            placement.pk, placement.institution, end, placement.won, interest_won, entry.pk
        ),
    )
    return placement
