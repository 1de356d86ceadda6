"""Who is close to whom, read: for the person, and for those who ask who may decide."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from dure.kernel.acts import Act
from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Relation, Representative
from ..rules.codes import RELATIONS, label_of
from .offices import in_force

REPRESENTATIVE = "representative"  # a kind of closeness that needs no declaring


@dataclass(frozen=True, slots=True)
class RelationCard:
    """One line of a person: with whom, how, since when; `own`: declared in the person's name."""

    id: int
    person_id: int
    other_id: int
    name: str
    kind_label: str
    from_date: date
    until_date: date | None
    own: bool


def relations_of(act: Act, person_id: int) -> list[RelationCard]:
    """Who is close to a person, as it was declared by either; a read by others is logged."""
    policies.can_see_relations(act, person_id).enforce()
    if act.actor_id != person_id:
        note_read(act, person_id, "parties.relations")
    rows = Relation.objects.select_related("person__party", "other__party")
    found = rows.filter(Q(person=person_id) | Q(other=person_id)).order_by("until_date", "pk")
    return [_card(one, person_id) for one in found]


def relation_card(act: Act, relation_id: int) -> RelationCard:
    """One line, for whoever declared it and the office. Raises NotFound, Denied."""
    rows = Relation.objects.select_related("person__party", "other__party")
    found = rows.filter(pk=relation_id).first()
    if found is None:
        raise NotFound
    policies.can_see_relations(act, found.person_id).enforce()
    return _card(found, found.person_id)


def close_to(party_ids: Collection[int], kinds: Collection[str], on: date) -> frozenset[int]:
    """The people close to any of these parties on a day, by the given kinds; where it is an
    organisation's matter, to those who speak for it. The parties themselves are left out.
    """
    given = set(party_ids)
    speakers = Representative.objects.filter(in_force(on), organisation__in=given)
    spoken = set(speakers.order_by().values_list("person", flat=True))
    at = given | spoken
    rows = Relation.objects.filter(in_force(on), kind__in=kinds)
    pairs = rows.filter(Q(person__in=at) | Q(other__in=at)).order_by()
    near = spoken if REPRESENTATIVE in kinds else set()
    for one, other in pairs.values_list("person", "other"):
        near = near | ({other} if one in at else set()) | ({one} if other in at else set())
    return frozenset(near - given)


def _card(one: Relation, person_id: int) -> RelationCard:
    own = one.person_id == person_id
    other = one.other if own else one.person
    return RelationCard(
        one.pk, one.person_id, other.pk, other.party.name, str(label_of(RELATIONS, one.kind)),
        one.from_date, one.until_date, own,
    )  # fmt: skip
