"""Whom a seizure or insolvency bars from clearing, and which settled rounds it touches."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from dure.domains.bylaws import queries as bylaws
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import ClearingBar, ClearingParty, ClearingRound

__all__ = ["BarRow", "clearing_bar", "clearing_bars", "flags_of"]


@dataclass(frozen=True, slots=True)
class BarRow:
    """A seizure or insolvency: of whom, from when, by which paper."""

    id: int
    party_id: int
    name: str
    ground: str
    ground_label: str
    from_date: date
    paper: str
    lifted_date: date | None
    lift_paper: str
    noted_at: datetime


def bars_in_force(on: date, party_ids: Collection[int] | None = None) -> list[ClearingBar]:
    """The bars of a day, the oldest first."""
    found = ClearingBar.objects.filter(
        Q(lifted_date=None) | Q(lifted_date__gt=on), from_date__lte=on
    )
    if party_ids is not None:
        found = found.filter(party__in=list(party_ids))
    return list(found.order_by("from_date", "pk"))


def clearing_bars(act: Act) -> list[BarRow]:
    """All, the newest first."""
    policies.can_see_clearing_bars(act).enforce()
    rows = list(ClearingBar.objects.all()[:200])
    names = parties.names_of({one.party_id for one in rows})
    return [_row(one, names) for one in rows]


def clearing_bar(act: Act, bar_id: int) -> BarRow:
    """One. Raises NotFound."""
    policies.can_see_clearing_bars(act).enforce()
    found = ClearingBar.objects.filter(pk=bar_id).first()
    if found is None:
        raise NotFound
    return _row(found, parties.names_of({found.party_id}))


def rounds_touched(bar: ClearingBar) -> list[int]:
    """Settled rounds in which something of the party was set off before the bar was known, from its
    day on; of an insolvency also in the days before it in which a set-off can be contested."""
    rows = ClearingRound.objects.filter(
        state=ClearingRound.State.SETTLED, settled_date__gte=_since(bar),
        reckoned_at__lt=bar.noted_at, parties__party=bar.party_id, parties__agreed_won__gt=0,
    )  # fmt: skip
    return list(rows.order_by("pk").values_list("pk", flat=True))


def flags_of(
    rounds: Collection[ClearingRound], bars: Collection[BarRow]
) -> dict[int, list[BarRow]]:
    """Bars that were learnt of after a round was settled and touch it, by round."""
    settled = {one.pk: one for one in rounds if one.state == ClearingRound.State.SETTLED}
    if not settled or not bars:
        return {}
    took_part = ClearingParty.objects.filter(
        round__in=list(settled), party__in={bar.party_id for bar in bars}, agreed_won__gt=0
    )
    found: dict[int, list[BarRow]] = {}
    for number, party_id in took_part.order_by().values_list("round", "party"):
        held = settled[number]
        for bar in bars:
            learnt_later = bar.party_id == party_id and bar.noted_at > held.reckoned_at
            if learnt_later and _since(bar) <= (held.settled_date or date.min):
                found.setdefault(number, []).append(bar)
    return found


def _since(bar: ClearingBar | BarRow) -> date:
    if bar.ground != ClearingBar.Ground.INSOLVENCY:
        return bar.from_date
    days = bylaws.rules_on(bar.from_date).number("trade.avoidance_days")
    return bar.from_date - timedelta(days=days)


def _row(one: ClearingBar, names: dict[int, str]) -> BarRow:
    return BarRow(
        one.pk, one.party_id, names.get(one.party_id, ""), one.ground,
        str(one.get_ground_display()), one.from_date, one.paper, one.lifted_date, one.lift_paper,
        one.noted_at,
    )  # fmt: skip
