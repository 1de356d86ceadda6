"""Elections, read: who stands, what the ballots came to, which seats are to be filled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _now, ngettext

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Finding
from dure.kernel.acts import Act, day_of
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Body, Item, Option, Seat, Term, Vote
from ..rules import seats as rules
from ..rules.bodies import SeatKind
from ..rules.elections import ELECTIONS, ONE, Form, Outcome, Round
from . import filling
from .bodies import LIST_MAX, in_force
from .effects import effect_named
from .results import outcome_of


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One line of a ballot: who stands, or what may be chosen."""

    id: int
    number: int
    person_id: int | None
    name: str
    statement: str


@dataclass(frozen=True, slots=True)
class Stood:
    """One option of an election with what it got; nothing is told of a count that is withheld."""

    option: OptionLine
    got: int | None
    is_elected: bool
    is_tied: bool


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round of a ranked count, as it is followed by hand."""

    number: int
    pairs: tuple[tuple[str, str], ...]  # who, with how many ballots
    exhausted: str
    cut_off: str
    told: str


@dataclass(frozen=True, slots=True)
class ElectionCard:
    """An election on one page: its ballot, and when it is closed what it came to."""

    form: str
    form_label: str
    places: int
    points: int  # at most for one, in an election by points
    lines: tuple[Stood, ...]
    ballots: int | None  # None: not counted yet
    blank: int | None
    needed: int
    tied: int
    rounds: tuple[RoundLine, ...]
    run_off_of: int | None
    run_off: int | None

    @property
    def is_ranked(self) -> bool:
        return self.form == Form.RANKED

    @property
    def is_scored(self) -> bool:
        return self.form == Form.SCORE

    @property
    def elected(self) -> tuple[str, ...]:
        return tuple(one.option.name for one in self.lines if one.is_elected)

    @property
    def shared(self) -> tuple[str, ...]:
        return tuple(one.option.name for one in self.lines if one.is_tied)


def election_card(vote: Vote) -> ElectionCard | None:
    """The election of a vote; None of a motion."""
    if vote.form == Form.MOTION:
        return None
    outcome = outcome_of(vote)
    by_number = {one.number: one for one in options_of(vote.item, also_withdrawn=True)}
    standing = [by_number[number] for number in vote.options]
    shown = standing
    if outcome is not None:  # who was elected first, then by what they got
        chosen = (*outcome.elected, *outcome.tied)
        rest = sorted(
            (one for one in vote.options if one not in chosen),
            key=lambda one: -outcome.tally.get(one, 0),
        )
        shown = [by_number[number] for number in (*chosen, *rest)]
    book = bylaws.rules_on(day_of(vote.item.meeting.starts_at))
    return ElectionCard(
        form=vote.form,
        form_label=str(dict(ELECTIONS)[vote.form]),
        places=vote.places,
        points=book.number("elections.points_count"),
        lines=tuple(_stood(one, outcome) for one in shown),
        ballots=outcome.ballots if outcome and vote.method != "hands" else None,
        blank=outcome.blank if outcome and outcome.tally else None,
        needed=outcome.needed if outcome else 0,
        tied=len(outcome.tied) if outcome else 0,
        rounds=_rounds(outcome, standing) if outcome else (),
        run_off_of=vote.run_off_of_id,
        run_off=_run_off(vote) if outcome and outcome.tied else None,
    )


def _run_off(vote: Vote) -> int | None:
    stays = (Vote.State.OPEN, Vote.State.CLOSED)
    return vote.run_offs.filter(state__in=stays).values_list("pk", flat=True).first()


def came_to(vote: Vote) -> str:
    """What an election came to, in a sentence for minutes; "" of a motion."""
    card = election_card(vote) if vote.result else None
    if card is None:
        return ""
    chosen = [
        one.option.name if one.got is None else f"{one.option.name} ({_got(card, one.got)})"
        for one in card.lines
        if one.is_elected
    ]
    told = _now("Elected: %(names)s.") % {"names": ", ".join(chosen) or "–"}
    if card.shared:
        shared = _now("The last place is shared by %(names)s.")
        told += " " + shared % {"names": ", ".join(card.shared)}
    return told


def _got(card: ElectionCard, got: int) -> str:
    if card.is_scored:
        return ngettext("%(got)d point", "%(got)d points", got) % {"got": got}
    if card.is_ranked:
        return _now("%(got)d first choices") % {"got": got}
    return ngettext("%(got)d vote", "%(got)d votes", got) % {"got": got}


def _stood(option: OptionLine, outcome: Outcome | None) -> Stood:
    if outcome is None:
        return Stood(option, None, False, False)
    number = option.number
    return Stood(
        option, outcome.tally.get(number), number in outcome.elected, number in outcome.tied
    )


def in_ballots(units: int) -> str:
    """Hundred-thousandths of a ballot, as written by hand: 5, 5.3, 5.33333."""
    whole, part = divmod(units, ONE)
    return f"{whole:,}.{part:05d}".rstrip("0").rstrip(".")


def _rounds(outcome: Outcome, standing: list[OptionLine]) -> tuple[RoundLine, ...]:
    names = {one.number: one.name for one in standing}
    return tuple(
        RoundLine(
            at,
            tuple((option.name, in_ballots(one.votes[option.number])) for option in standing),
            in_ballots(one.exhausted),
            in_ballots(one.cut_off),
            _told(one, names, outcome.needed),
        )
        for at, one in enumerate(outcome.rounds, 1)
    )


def _told(one: Round, names: dict[int, str], quota: int) -> str:
    """What happened in a round, and what goes on from it."""
    said = []
    if one.elected:
        elected = ", ".join(names[number] for number in one.elected)
        said.append(_now("Elected: %(names)s.") % {"names": elected})
    if one.excluded is not None:
        told = _now("%(name)s has least and is left out; these ballots go on.")
        said.append(told % {"name": names[one.excluded]})
    elif one.source is not None:
        above = in_ballots(one.votes[one.source] - quota * ONE)
        told = _now("%(above)s of %(name)s are above the quota and go on.")
        said.append(told % {"above": above, "name": names[one.source]})
    if one.by_order:
        said.append(_now("Others had the same in every round; the order of the ballot decided."))
    return " ".join(said)


def options_of(item: Item, *, also_withdrawn: bool = False) -> tuple[OptionLine, ...]:
    """Who stands, in the order of the ballot."""
    rows = Option.objects.filter(item=item).select_related("person__party").order_by("number")
    if not also_withdrawn:
        rows = rows.filter(withdrawn_at=None)
    return tuple(
        OptionLine(
            one.pk,
            one.number,
            one.person_id,
            one.person.party.name if one.person else one.text,
            one.statement,
        )
        for one in rows
    )


def options(act: Act, item_id: int) -> tuple[OptionLine, ...]:
    """Who stands for an item of an agenda, for those who belong."""
    policies.can_see_bodies(act).enforce()
    return options_of(Item(pk=item_id))


def elects(item: Item) -> bool:
    """Whether people are elected on an item: its effect needs a person."""
    return bool(item.effect) and effect_named(item.effect).elects


def is_fixed(item: Item) -> bool:
    """Whether what lies before the voters stays as it is."""
    over = (Vote.State.OPEN, Vote.State.CLOSED)
    return Vote.objects.filter(item=item, state__in=over).exists()


def item_of_option(act: Act, option_id: int) -> int:
    """The item that an option belongs to, for those who belong. Raises NotFound."""
    policies.can_see_bodies(act).enforce()
    found = Option.objects.filter(pk=option_id).values_list("item_id", flat=True).first()
    if found is None:
        raise NotFound
    return found


def unfit_for(
    seat_id: int, person_id: int, from_date: date, until_date: date | None
) -> tuple[Finding, ...]:
    """What must be met, and is not, for a person to be elected to a seat."""
    seat = Seat.objects.select_related("body").get(pk=seat_id)
    book = bylaws.rules_on(from_date)
    until_date = until_date or rules.latest_end(book, seat.body.kind, from_date)
    found = filling.findings(book, seat, person_id, from_date, until_date, ())
    return tuple(one for one in rules.binding(book, found) if not one.passed)


def electing_bodies(*, officers: bool) -> list[tuple[int, str]]:
    """The bodies with elected seats, to choose from: those of officers, or all others."""
    elected = Seat.objects.filter(kind=SeatKind.ELECTED, until_date=None).order_by().values("body")
    rows = Body.objects.filter(pk__in=elected, until_date=None).order_by("pk")
    found = (
        rows.filter(kind__in=rules.OFFICERS) if officers else rows.exclude(kind__in=rules.OFFICERS)
    )
    return list(found.values_list("pk", "name")[:LIST_MAX])


def vacant_seats(
    body_id: int, title: str, from_date: date, until_date: date | None
) -> tuple[int, ...]:
    """The elected seats of a body (of a title, if given) that nobody holds in that time."""
    overlaps = Q(until_date=None) | Q(until_date__gt=from_date)
    if until_date is not None:
        overlaps &= Q(from_date__lt=until_date)
    held = Term.objects.filter(overlaps).order_by().values("seat")
    rows = Seat.objects.filter(in_force(from_date), body=body_id, kind=SeatKind.ELECTED)
    rows = rows.filter(title=title) if title else rows
    found = rows.exclude(pk__in=held).order_by("-is_chair", "pk")
    return tuple(found.values_list("pk", flat=True))
