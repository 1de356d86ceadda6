"""Who of the register is needed no longer: nobody's member, office or voice since a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from ..models import Appointment, Person, Representative

Ids = QuerySet[Any, Any]  # of one column: ids of parties


def people_gone(before: date, *, belonged: Ids, needed: Sequence[Ids]) -> QuerySet[Person]:
    """People who belonged, spoke for an organisation or held an office, and do so no longer since
    before a day. `belonged`: who was a member until then; `needed`: who is needed elsewhere."""
    roles = [model.objects.filter(person=OuterRef("pk")) for model in (Appointment, Representative)]
    found = Person.objects.filter(
        Q(pk__in=belonged) | Exists(roles[0]) | Exists(roles[1]),
        party__merged_into=None,
        erased_at=None,
    )
    for those in needed:
        found = found.exclude(pk__in=those)
    for role in roles:
        found = found.exclude(Exists(role.filter(Q(until_date=None) | Q(until_date__gt=before))))
    return found.order_by("pk")


def people_apart() -> QuerySet[Person]:
    """Of whom only what a law keeps is left."""
    return Person.objects.filter(erased_at=None, apart_at__isnull=False).order_by("pk")


def staff_ever() -> Ids:
    """Who ever held a staff office: it must stay shown who was allowed to act for the network."""
    return Appointment.objects.order_by().values("person")
