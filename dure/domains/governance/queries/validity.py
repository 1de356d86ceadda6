"""What makes a resolution valid, in one record: who could vote, was told, was there, stood for whom,
was kept from voting, voted; the rules of the day; and all of it computed again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from dure.domains.memberships.rules.conduct import NOTICE_WAYS
from dure.domains.parties import queries as parties
from dure.kernel.acts import SEOUL, Act, day_of
from dure.kernel.dates import clear_days, format_date
from dure.kernel.reads import note_read

from .. import policies
from ..models import Attendance, Meeting, Notice, Proxy, Vote
from .minutes import elected_words
from .soundness import Check, vote_checks
from .votes import ResolutionCard, barred_of, choice_label, resolution_card, roll_of, vote_row


@dataclass(frozen=True, slots=True)
class RollLine:
    """One voter of a resolution's roll, with the proofs that concern it."""

    party_id: int
    name: str
    told_date: date | None
    told_way: str
    clear_days: int | None
    there: tuple[tuple[datetime, datetime | None], ...]  # from, until; at the vote and around it
    sat: str  # the person who sat for it, if another
    proxy: str  # the paper
    voted: str  # what it said by name; that it took part; which article kept it from voting
    was_there: bool  # when the vote was closed

    @property
    def told(self) -> str:
        """2026-11-20 (금) · by post · 11 whole days before."""
        if self.told_date is None:
            return "–"
        days = _("%(days)d whole days before") % {"days": self.clear_days or 0}
        return f"{format_date(self.told_date)} · {self.told_way} · {days}"

    @property
    def attended(self) -> str:
        """14:00–15:20, 15:40–16:00."""
        spells = (
            f"{_clock(since)}–{_clock(until) if until else ''}" for since, until in self.there
        )
        return ", ".join(spells) or "–"

    @property
    def sat_by(self) -> str:
        """Who sat for it, and by which paper."""
        return f"{self.sat} ({self.proxy})" if self.sat and self.proxy else self.sat or self.proxy


@dataclass(frozen=True, slots=True)
class ValidityRecord:
    """A resolution with everything that shows it valid. Without `lines` for those who may not see
    who was told and there."""

    card: ResolutionCard
    chair: str
    opened_at: datetime | None
    place: str
    told_in_time: int
    proxies: int
    checks: tuple[Check, ...]
    elected: tuple[str, ...]  # of an election
    lines: tuple[RollLine, ...]

    @property
    def sound(self) -> bool:
        return all(one.passed for one in self.checks)

    @property
    def body_id(self) -> int:
        return self.card.body_id


def validity_record(act: Act, resolution_id: int, *, names: bool | None = False) -> ValidityRecord:
    """One resolution and its proofs; with the `names` of the roll, which is logged, for those who may
    see them (None: where the actor may). Raises NotFound, Denied.
    """
    card = resolution_card(act, resolution_id)
    vote = vote_row(act, card.vote.id)
    meeting = vote.item.meeting
    lines: tuple[RollLine, ...] = ()
    may_see = policies.can_see_roll(act, meeting)
    if names:
        may_see.enforce()
    if names or names is None and may_see:
        lines = _roll_lines(vote, meeting)
        note_read(act, None, "governance.roll", len(lines))
    days = {one.key: one for one in card.vote.findings if one.key.endswith("notice_days")}
    asked = min((int(one.required) for one in days.values()), default=0)
    day = day_of(meeting.starts_at)
    told = _notices(meeting, roll_of(vote))
    in_time = sum(clear_days(on, day) >= asked for on, _way in told.values())
    held = Proxy.objects.filter(meeting=meeting, given_at__lte=vote.closed_at)
    return ValidityRecord(
        card=card,
        chair=parties.party_name(meeting.chair_id) if meeting.chair_id else "",
        opened_at=meeting.opened_at,
        place=meeting.place or meeting.link,
        told_in_time=in_time,
        proxies=held.exclude(withdrawn_at__lt=vote.closed_at).count(),
        checks=vote_checks(vote.pk),
        elected=elected_words(vote),
        lines=lines,
    )


# -- inside ------------------------------------------------------------------------------------


def _notices(meeting: Meeting, roll: Iterable[int]) -> dict[int, tuple[date, str]]:
    """When and how each voter of a roll was told first; what came back told nobody."""
    arrived = Notice.objects.filter(meeting=meeting, told_date__isnull=False, returned_at=None)
    rows = arrived.order_by("-told_date", "-pk").values_list("party_id", "told_date", "way")
    wanted = frozenset(roll)
    return {party: (day, way) for party, day, way in rows if party in wanted and day}


def _roll_lines(vote: Vote, meeting: Meeting) -> tuple[RollLine, ...]:
    roll, barred, day = roll_of(vote), barred_of(vote), day_of(meeting.starts_at)
    told, ways = _notices(meeting, roll), dict(NOTICE_WAYS)
    there: dict[int, list[Attendance]] = {}
    for one in Attendance.objects.filter(meeting=meeting).order_by("from_at", "pk"):
        there.setdefault(one.party_id, []).append(one)
    held = Proxy.objects.filter(meeting=meeting, given_at__lte=vote.closed_at)
    papers = {one.party_id: one for one in held.exclude(withdrawn_at__lt=vote.closed_at)}
    said = {one.party_id: choice_label(vote, one) for one in vote.cast.order_by("pk")}
    said |= dict.fromkeys(vote.taken.values_list("party_id", flat=True), _("took part"))
    said |= {one: _("excluded (%(article)s)") % {"article": barred[one]} for one in barred}
    sitters = {one.person_id for spells in there.values() for one in spells}
    names = parties.names_of(roll | sitters | {one.person_id for one in papers.values()})
    lines = []
    for party_id in roll:
        spells, notice, paper = there.get(party_id, []), told.get(party_id), papers.get(party_id)
        others = {one.person_id for one in spells} | ({paper.person_id} if paper else set())
        lines.append(
            RollLine(
                party_id=party_id,
                name=names.get(party_id, ""),
                told_date=notice[0] if notice else None,
                told_way=str(ways.get(notice[1], notice[1])) if notice else "",
                clear_days=clear_days(notice[0], day) if notice else None,
                there=tuple((one.from_at, one.until_at) for one in spells),
                sat=", ".join(names.get(one, "") for one in sorted(others - {party_id})),
                proxy=paper.paper if paper else "",
                voted=said.get(party_id, ""),
                was_there=any(_covers(one, vote.closed_at) for one in spells),
            )
        )
    return tuple(sorted(lines, key=lambda line: (line.name, line.party_id)))


def _covers(spell: Attendance, at: datetime | None) -> bool:
    """Whether somebody was there at a moment."""
    return (
        at is not None and spell.from_at <= at and (spell.until_at is None or spell.until_at >= at)
    )


def _clock(at: datetime) -> str:
    return f"{at.astimezone(SEOUL):%H:%M}"
