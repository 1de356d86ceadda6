"""Procedures: in force on a day, shipped with Dure; and how far an application is in its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from django.db.models import Q, QuerySet

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Rulebook
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act, day_of

from .. import policies
from ..models import Application, InterviewNote, MemberClass, Membership, Procedure, StepNote
from ..rules import procedures as rules

__all__ = [
    "Profile", "applied_on", "decide_by", "designated_since", "designations_on", "entered_by",
    "enters", "judged", "procedure_on", "procedures_now", "procedures_of", "procedures_on",
    "profiles", "why_closed",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Profile:
    """A procedure of a real network that Dure ships as an example to start from."""

    name: str
    file: str

    @property
    def procedure(self) -> rules.Procedure:
        return rules.read_procedure(self.file)


@cache
def profiles() -> dict[str, Profile]:
    """Every shipped profile by its name."""
    folder = resources.files(__package__.rpartition(".")[0]) / "profiles"
    files = sorted(folder.iterdir(), key=lambda entry: entry.name)
    return {
        file.name.removesuffix(".toml"): Profile(
            file.name.removesuffix(".toml"), file.read_text("utf-8")
        )
        for file in files
        if file.name.endswith(".toml")
    }


def procedure_on(class_id: int, on: date) -> Procedure | None:
    """The procedure of a class on a day; None where it is joined by a simple decision."""
    found = (
        Procedure.objects.filter(member_class=class_id, from_date__lte=on)
        .order_by("-from_date", "-pk")
        .first()
    )
    return found if found is not None and found.read().steps else None


def procedures_on(on: date) -> dict[int, rules.Procedure]:
    """class → the procedure that holds on a day, in one look; classes without one are left out."""
    rows = Procedure.objects.filter(from_date__lte=on).order_by("from_date", "pk")
    held = {row.member_class_id: row for row in rows}
    return {pk: found for pk, row in held.items() if (found := row.read()).steps}


def why_closed(procedure: rules.Procedure, on: date) -> str:
    """Why nobody can apply under a procedure on a day; empty when one can."""
    profile = parties.network_profile() if procedure.needs_authorisation else None
    since = profile.authorised_date if profile else None
    return str(rules.why_not_open(procedure, since is not None and since <= on))


def procedures_of(act: Act, code: str = "") -> QuerySet[Procedure]:
    """Every procedure ever laid down (of a class), the class's latest first."""
    policies.can_see_procedures(act).enforce()
    rows = Procedure.objects.select_related("member_class")
    if code:
        rows = rows.filter(member_class__code=code)
    return rows.order_by("member_class__position", "-from_date", "-pk")


def procedures_now(act: Act) -> list[tuple[MemberClass, Procedure | None]]:
    """Every class with the procedure that holds today."""
    policies.can_see_procedures(act).enforce()
    classes = MemberClass.objects.order_by("position", "pk")
    return [(one, procedure_on(one.pk, act.today)) for one in classes]


def judged(application: Application, on: date) -> tuple[rules.Judged, ...]:
    """How far an application is, step by step, by the rules of a day; empty without procedure."""
    if application.procedure is None:
        return ()
    rows = StepNote.objects.filter(application=application).order_by("pk")
    return judged_by(application, list(rows), bylaws.rules_on(on))


def judged_by(
    application: Application, rows: list[StepNote], book: Rulebook
) -> tuple[rules.Judged, ...]:
    """`judged`, of notes and rules that were read already."""
    assert application.procedure is not None, application.reference
    procedure = application.procedure.read()
    notes = [rules.Note(n.step, n.item, n.outcome, n.said) for n in rows]
    hand = _hand(application, procedure, notes, book.on)
    return rules.judge(procedure, notes, hand, book)


def applied_on(application: Application) -> date:
    """The day of the application in Seoul."""
    return day_of(application.applied_at)


def decide_by(application: Application, on: date) -> date | None:
    """The last day on which the application is to be decided; None where nothing is laid down."""
    if application.procedure is None:
        return None
    return last_day_to_decide(application, bylaws.rules_on(on))


def last_day_to_decide(application: Application, book: Rulebook) -> date | None:
    """`decide_by`, by rules that were read already."""
    assert application.procedure is not None, application.reference
    step = application.procedure.read().first(rules.StepKind.DECISION)
    within = step.limit("within") if step else None
    return rules.last_day(within, book, applied_on(application))


def _hand(
    application: Application, procedure: rules.Procedure, notes: list[rules.Note], on: date
) -> rules.Hand:
    """What the network itself knows of an applicant on a day."""
    interviewed = (
        procedure.first(rules.StepKind.INTERVIEW) is not None
        and InterviewNote.objects.filter(application=application, visit_date__lte=on).exists()
    )
    held: frozenset[str] = frozenset()
    if application.party_id and procedure.first(rules.StepKind.DESIGNATION):
        held = designations_on(application.party_id, on)
    step = procedure.first(rules.StepKind.TERRITORY)
    noted = [note.said for note in notes if step and note.step == step.key]
    in_district = _in_district(application, noted[-1], on) if noted else 0
    return rules.Hand(interviewed, held, in_district)


def designations_on(party_id: int, on: date) -> frozenset[str]:
    """The kinds of designation an organisation holds on a day."""
    return frozenset(
        card.kind
        for card in parties.designation_cards(party_id)
        if (card.from_date is None or card.from_date <= on)
        and (card.until_date is None or card.until_date > on)
    )


def designated_since(party_id: int, kind: str, on: date) -> date | None:
    """Since when an organisation holds a designation; None where nobody noted the day."""
    cards = [card for card in parties.designation_cards(party_id) if card.kind == kind]
    days = [card.from_date for card in cards if card.from_date and card.from_date <= on]
    return max(days, default=None)


def _in_district(application: Application, said: Mapping[str, Any], on: date) -> int:
    """Members of the class in the same district (and ward, where both name theirs), without the
    applicant itself."""
    live = Membership.objects.filter(
        Q(left_date=None) | Q(left_date__gt=on),
        spells__member_class=application.member_class_id,
        spells__until_date=None,
        joined_date__lte=on,
    ).exclude(party=application.party_id)
    rows = list(live.order_by("pk").values_list("pk", "party"))
    noted: dict[int, Mapping[str, Any]] = {}
    for note in StepNote.objects.filter(application__membership__in=live).order_by("pk"):
        if "region" in note.said and note.application.membership_id:
            noted[note.application.membership_id] = note.said
    regions = parties.regions_of([party for pk, party in rows if pk not in noted])
    theirs = [
        (noted[pk]["region"], noted[pk].get("ward", ""))
        if pk in noted
        else (regions.get(party, ""), "")
        for pk, party in rows
    ]
    own = said.get("ward", "")
    return sum(
        region == said["region"] and (not ward or not own or ward == own) for region, ward in theirs
    )


def entered_by(kind: str, on: date) -> MemberClass | None:
    """The class that a designation of this kind makes an organisation a member of, on a day."""
    for one in MemberClass.objects.order_by("position", "pk"):
        row = procedure_on(one.pk, on)
        procedure = row.read() if row else None
        if procedure is None or not procedure.enters_on_designation:
            continue
        step = procedure.first(rules.StepKind.DESIGNATION)
        if step and kind in step.items:
            return one
    return None


def enters(party_id: int, kind: str, on: date) -> bool:
    """Whether a designation makes the organisation a member now: there is a class, and it is none."""
    if Membership.objects.filter(party=party_id, left_date=None).exists():
        return False
    return entered_by(kind, on) is not None
