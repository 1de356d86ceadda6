"""Who is close to whom: declared by the person, or noted by the office; ended, never rewritten."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.personal import Personal
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies
from ..events import RelationDeclared, RelationEnded
from ..models import Relation
from ..rules.codes import RELATIONS, label_of
from ..rules.fields import NotOnTheList
from .terms import _refuse_end
from .writing import _locked_person


class CloseToOneself(InvalidInput):
    """Whose matter it is, is kept out anyway."""

    text = _("Name somebody else: your own matters you never decide on.")


class DeclaredAlready(Refusal):
    """One line for two people."""

    text = _("It is declared already that %(person)s and %(other)s are close (%(kind)s).")
    remedy = _("If it is another relation now, end that one first.")


@command
def declare_relation(
    act: Act, *, person_id: int, other_id: int, kind: str, from_date: date | None = None
) -> Relation:
    """Declare that two people are close; from then on neither decides on the other's matters, where
    the rules keep such out. Raises CloseToOneself, DeclaredAlready, NotOnTheList.
    """
    people = {one: _locked_person(one) for one in sorted({person_id, other_id})}
    policies.can_declare_relation(act, person_id).enforce()
    if kind not in dict(RELATIONS):
        raise NotOnTheList(field=_("Relation"), given=kind[:40])
    if person_id == other_id:
        raise CloseToOneself
    pairs = Q(person=person_id, other=other_id) | Q(person=other_id, other=person_id)
    known = Relation.objects.filter(pairs, until_date=None).order_by("pk").first()
    if known is not None:
        raise DeclaredAlready(
            person=people[person_id].party.name,
            other=people[other_id].party.name,
            kind=label_of(RELATIONS, known.kind),
        )
    # ---
    relation = Relation.objects.create(
        person_id=person_id, other_id=other_id, kind=kind, from_date=from_date or act.today
    )
    record(
        act,
        RelationDeclared(
            relation_id=relation.pk, person_id=person_id, other_id=other_id,
            kind=Personal(kind, person_id), from_date=relation.from_date,
        ),
    )  # fmt: skip
    return relation


@command
def end_relation(act: Act, *, relation_id: int, until_date: date) -> Relation:
    """From this day on they are not close any more. Raises AlreadyEnded, EndsBeforeItStarts."""
    relation = Relation.objects.select_for_update().filter(pk=relation_id).first()
    if relation is None:
        raise NotFound
    policies.can_end_relation(act, relation.person_id).enforce()
    _refuse_end(relation, until_date)
    # ---
    relation.until_date = until_date
    relation.save(update_fields=["until_date"])
    record(act, RelationEnded(relation.pk, relation.person_id, relation.other_id, until_date))
    return relation


def move_relations(kept_id: int, duplicate_id: int) -> None:
    """What was declared of an entry is of the one it turned out to be; each pair once."""
    about = Q(person=duplicate_id) | Q(other=duplicate_id)
    for one in Relation.objects.filter(about).order_by("pk"):
        if one.person_id == duplicate_id:
            one.person_id = kept_id
        else:
            one.other_id = kept_id
        pair = Q(person=one.person_id, other=one.other_id) | Q(
            person=one.other_id, other=one.person_id
        )
        twice = one.until_date is None and Relation.objects.filter(pair, until_date=None)
        if one.person_id == one.other_id or (twice and twice.exists()):
            one.delete()
        else:
            one.save(update_fields=["person", "other"])


def forget_relations(person_ids: Collection[int]) -> None:
    """Nothing is left of it: whom it kept out of a vote stands with the vote."""
    Relation.objects.filter(Q(person__in=person_ids) | Q(other__in=person_ids)).delete()
