"""Seizure and insolvency of a member: from when nothing of it is set off, and until when."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies
from ..events import ClearingBarLifted, ClearingBarred
from ..models import ClearingBar, ClearingRound
from ..queries.bars import bars_in_force, rounds_touched
from .reckoning import reckon

__all__ = [
    "BarImpossible", "BarPaperUnnamed", "ClearingBarredBefore", "bar_from_clearing",
    "lift_clearing_bar",
]  # fmt: skip


class BarPaperUnnamed(InvalidInput):
    """A seizure or an insolvency, and its end, are known by a paper."""

    text = _("Name the paper: the court or office, and the number of its order.")


class BarImpossible(InvalidInput):
    """It is in force already, and ends after it began."""

    text = _("This day cannot be: %(reason)s.")


class ClearingBarredBefore(Refusal):
    """The same is noted once; or it is lifted already."""

    text = _("This is noted already.")


@command
def bar_from_clearing(
    act: Act, *, party_id: int, ground: str, from_date: date, paper: str
) -> ClearingBar:
    """Note that claims of a member are seized, or that it is insolvent: nothing of it is set off from
    now on, an open round is reckoned without it, settled rounds that it touches are flagged.

    Raises BarPaperUnnamed, BarImpossible, ClearingBarredBefore, NotFound.
    """
    open_round = _open_round()
    policies.can_bar_from_clearing(act).enforce()
    if ground not in ClearingBar.Ground or not parties.party_exists(party_id):
        raise NotFound
    paper = clean_text(paper, 200, _("Paper"))
    if not paper:
        raise BarPaperUnnamed
    if from_date > act.today:
        raise BarImpossible(reason=_("it is not in force yet"))
    if any(one.ground == ground for one in bars_in_force(act.today, [party_id])):
        raise ClearingBarredBefore
    # ---
    made = ClearingBar.objects.create(
        party_id=party_id, ground=ground, from_date=from_date, paper=paper, noted_at=act.at
    )
    if open_round is not None and open_round.parties.filter(party=party_id).exists():
        reckon(act, open_round)
    touched = rounds_touched(made)
    record(act, ClearingBarred(made.pk, party_id, ground, from_date, paper, tuple(touched)))
    return made


@command
def lift_clearing_bar(act: Act, *, bar_id: int, lifted_date: date, paper: str) -> ClearingBar:
    """The seizure or insolvency is over: later rounds ask the member again.

    Raises BarPaperUnnamed, BarImpossible, ClearingBarredBefore, NotFound.
    """
    held: ClearingBar = ClearingBar.objects.hold(bar_id)
    policies.can_lift_clearing_bar(act).enforce()
    if held.lifted_date is not None:
        raise ClearingBarredBefore
    paper = clean_text(paper, 200, _("Paper"))
    if not paper:
        raise BarPaperUnnamed
    if not held.from_date <= lifted_date <= act.today:
        raise BarImpossible(reason=_("it ends after it began, and not in the future"))
    # ---
    held.lifted_date, held.lift_paper = lifted_date, paper
    held.save(update_fields=["lifted_date", "lift_paper"])
    record(act, ClearingBarLifted(held.pk, held.party_id, lifted_date, paper))
    return held


def _open_round() -> ClearingRound | None:
    rows = ClearingRound.objects.select_for_update(of=("self",))
    return rows.filter(state=ClearingRound.State.OPEN).first()
