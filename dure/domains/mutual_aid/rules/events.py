"""What may happen to whom, as a plan can name it."""

from __future__ import annotations

from enum import StrEnum

from dure.kernel.words import Promise, gettext_lazy as _, pgettext_lazy


class AidEvent(StrEnum):
    """What aid is given for; the law names the first three, the bylaws may name the others."""

    MARRIAGE = "marriage"
    DEATH = "death"
    ILLNESS = "illness"
    BIRTH = "birth"
    DISASTER = "disaster"
    UNEMPLOYMENT = "unemployment"
    OTHER = "other_event"


class Relation(StrEnum):
    """Whom it happened to, seen from the member."""

    SELF = "self"
    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    PARENT_IN_LAW = "parent_in_law"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"


EVENTS: tuple[tuple[str, str | Promise], ...] = (
    (AidEvent.MARRIAGE, _("marriage")),
    (AidEvent.DEATH, _("death")),
    (AidEvent.ILLNESS, _("illness")),
    (AidEvent.BIRTH, _("birth")),
    (AidEvent.DISASTER, _("disaster")),
    (AidEvent.UNEMPLOYMENT, _("loss of work")),
    (AidEvent.OTHER, pgettext_lazy("mutual aid", "another event")),
)
RELATIONS: tuple[tuple[str, str | Promise], ...] = (
    (Relation.SELF, _("the member")),
    (Relation.SPOUSE, _("spouse")),
    (Relation.CHILD, _("child")),
    (Relation.PARENT, _("parent")),
    (Relation.PARENT_IN_LAW, _("parent of the spouse")),
    (Relation.SIBLING, _("brother or sister")),
    (Relation.GRANDPARENT, _("grandparent")),
)
