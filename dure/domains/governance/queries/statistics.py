"""The figures of a year, body by body, and beside those of the national survey."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from functools import cache
from importlib import resources

from dure.kernel.acts import SEOUL, Act, day_of

from .. import policies
from ..models import Body, Meeting, Vote
from ..rules.bodies import ASSEMBLIES, BodyKind
from ..rules.elections import Form
from ..rules.figures import Figures, share, together
from .results import outcome_of

OVER = (Meeting.State.CLOSED, Meeting.State.FAILED)


@dataclass(frozen=True, slots=True)
class BodyFigures:
    """One body in one year."""

    body_id: int
    name: str
    kind: str
    kind_label: str
    year: int
    figures: Figures


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of ours beside those of the survey; percentages are of one hundred."""

    key: str
    label: str
    unit: str  # percent, count
    ours: Fraction | None
    wide: Fraction  # networks of a province
    wide_count: int
    local: Fraction  # of a city or district
    local_count: int


@dataclass(frozen=True, slots=True)
class Survey:
    """Where the figures to compare with come from."""

    title: str
    publisher: str
    year: int


@dataclass(frozen=True, slots=True)
class YearOfMeetings:
    """One year: every body that met, all together, and the comparison."""

    year: int
    years: tuple[int, ...]  # in which there were meetings, the latest first
    bodies: tuple[BodyFigures, ...]
    all_of_them: Figures
    compared: tuple[Compared, ...]
    survey: Survey


def statistics(act: Act, year: int | None = None) -> YearOfMeetings:
    """The figures of a year; without one, of the latest year with meetings."""
    policies.can_see_bodies(act).enforce()
    found = figures_by_year(act)
    years = tuple(sorted(found, reverse=True))
    shown = year if year is not None else (years[0] if years else act.today.year)
    bodies = tuple(found.get(shown, ()))
    return YearOfMeetings(
        year=shown,
        years=years,
        bodies=bodies,
        all_of_them=together(one.figures for one in bodies),
        compared=_compared(bodies),
        survey=_survey()[0],
    )


def figures_by_year(act: Act) -> dict[int, list[BodyFigures]]:
    """The figures of every body in every year in which it met."""
    policies.can_see_bodies(act).enforce()
    sums: dict[tuple[int, int], list[Figures]] = defaultdict(list)
    rows = Meeting.objects.filter(state__in=OVER).order_by("pk").values_list(
        "body_id", "starts_at", "state", "convened_at", "voters_count", "came_count"
    )  # fmt: skip
    for body_id, starts_at, state, convened_at, voters, came in rows.iterator():
        one = _of_meeting(starts_at, state, convened_at, voters, came)
        sums[_year(starts_at), body_id].append(one)
    votes = Vote.objects.filter(state=Vote.State.CLOSED).select_related("roll", "item__meeting")
    for vote in votes.order_by("pk").iterator(chunk_size=200):
        meeting = vote.item.meeting
        sums[_year(meeting.starts_at), meeting.body_id].append(_of_vote(vote))
    bodies = {body.pk: body for body in Body.objects.order_by("pk")}
    found: dict[int, list[BodyFigures]] = defaultdict(list)
    for (year, body_id), several in sorted(sums.items()):
        body = bodies[body_id]
        found[year].append(
            BodyFigures(
                body_id, body.name, body.kind, str(body.get_kind_display()), year, together(several)
            )
        )
    return found


# -- inside ------------------------------------------------------------------------------------


def _year(moment: datetime) -> int:
    return moment.astimezone(SEOUL).year


def _of_meeting(
    starts_at: datetime,
    state: str,
    convened_at: datetime | None,
    voters: int | None,
    came: int | None,
) -> Figures:
    one = Figures(held=1, failed=int(state == Meeting.State.FAILED))
    if voters is not None and came is not None:
        one = replace(one, voters=voters, came=came)
    if convened_at is not None:
        ahead = (day_of(starts_at) - day_of(convened_at)).days
        one = replace(one, called=1, days=max(ahead, 0))
    return one


def _of_vote(vote: Vote) -> Figures:
    outcome = outcome_of(vote)
    if vote.form == Form.MOTION or outcome is None:
        return Figures(adopted=int(bool(vote.passed)), rejected=int(not vote.passed))
    return Figures(elections=1, ballots=outcome.ballots, rolls=vote.roll.size)


@cache
def _survey() -> tuple[Survey, tuple[dict[str, str], ...]]:
    file = resources.files("dure.domains.governance") / "data" / "national_survey.toml"
    read = tomllib.loads(file.read_text("utf-8"))
    return Survey(**read["survey"]), tuple(read["figure"])


def _compared(bodies: tuple[BodyFigures, ...]) -> tuple[Compared, ...]:
    def of(*kinds: str) -> Figures:
        return together(one.figures for one in bodies if one.kind in kinds)

    board, whole = of(BodyKind.BOARD), together(one.figures for one in bodies)
    ours: dict[str, Fraction | None] = {
        "assembly_attendance": share(*of(*ASSEMBLIES).attendance),
        "board_meetings": Fraction(board.held) if board.held else None,
        "board_attendance": share(*board.attendance),
        "attendance": share(*whole.attendance),
    }
    found = []
    for one in _survey()[1]:
        mine = ours[one["key"]]
        if mine is not None and one["unit"] == "percent":
            mine *= 100
        found.append(
            Compared(
                one["key"],
                one["label"],
                one["unit"],
                mine,
                Fraction(one["wide"]),
                int(one["wide_count"]),
                Fraction(one["local"]),
                int(one["local_count"]),
            )  # fmt: skip
        )
    return tuple(found)
