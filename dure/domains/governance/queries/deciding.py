"""Which body may decide on what, and in which of its meetings."""

from __future__ import annotations

from datetime import date

from dure.domains.bylaws import queries as bylaws
from dure.kernel.acts import Act, day_of

from .. import policies
from ..models import Body, Competence, Meeting
from ..rules.bodies import ASSEMBLIES, EVERYBODYS, UNTIL_GIVEN, kept_for
from .bodies import in_force, is_competent, is_everybodys
from .effects import Effect, effect_named, effects
from .meetings import LIST_MAX, meetings


def deciders(matter: str, on: date) -> tuple[bylaws.Decider, ...]:
    """The bodies that may decide on a matter on a day, for the rooms below."""
    given = Competence.objects.filter(in_force(on), matter=matter)
    alive = Body.objects.filter(in_force(on), competences__in=given).order_by("pk")
    return tuple(
        bylaws.Decider(name, kind, kind not in ASSEMBLIES)
        for name, kind in alive.values_list("name", "kind")
    )


def bodies_deciding(matter: str, on: date) -> frozenset[int]:
    """The bodies that a matter was given to, on a day; not the meetings of all, which have every one."""
    given = Competence.objects.filter(in_force(on), matter=matter)
    alive = Body.objects.filter(in_force(on), competences__in=given).exclude(kind__in=ASSEMBLIES)
    return frozenset(alive.order_by().values_list("pk", flat=True))


def may_decide(body: Body, matter: str, on: date) -> bool:
    """Whether a body may decide on a matter on a day: given to it, and not kept by law for another."""
    lawful = all(one.passed for one in kept_for(bylaws.rules_on(on), body.kind, matter))
    return lawful and is_competent(body, matter, on)


def effects_for(meeting: Meeting) -> tuple[tuple[str, Effect], ...]:
    """The effects that a resolution of this meeting may have."""
    day, body = day_of(meeting.starts_at), meeting.body
    book = bylaws.rules_on(day)
    given = Competence.objects.filter(in_force(day), body=body).order_by("pk")
    matters = {EVERYBODYS, *given.values_list("matter", flat=True)}
    matters |= {one for one in UNTIL_GIVEN if is_everybodys(one, day)}
    found = {one for one in matters if all(each.passed for each in kept_for(book, body.kind, one))}
    return tuple((name, one) for name, one in effects() if one.matter in found)


def places_for(act: Act, effect: str) -> tuple[tuple[Body, tuple[Meeting, ...]], ...]:
    """The bodies that may decide on an effect, each with its meetings to come in which the actor may
    put it on the agenda; the general meeting first. Raises NotFound.
    """
    matter = effect_named(effect).matter
    policies.can_see_bodies(act).enforce()
    bodies = Body.objects.filter(in_force(act.today)).order_by("pk")
    coming = ("planned", "convened")
    return tuple(
        (body, tuple(meetings(act, body_id=body.pk).filter(state__in=coming)[:LIST_MAX]))
        for body in sorted(bodies, key=lambda one: (one.kind not in ASSEMBLIES, one.pk))
        if may_decide(body, matter, act.today) and policies.can_plan_meeting(act, body.pk)
    )
