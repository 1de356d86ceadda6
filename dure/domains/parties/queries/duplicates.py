"""Parties that may be one and the same, and what merging two would do."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _now, gettext_noop

from dure.kernel.acts import Act
from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import (
    Account,
    Appointment,
    BankAccount,
    Consent,
    Designation,
    Organisation,
    Party,
    Person,
    Representative,
    SearchTerm,
)
from ..rules.codes import PartyKind
from ..rules.fields import LABELS
from ..rules.names import name_key, similarity
from ..rules.search import question
from .directory import begins_with
from .names import PartyFound, found_parties

GROUPS_MAX = 200
ALIKE = 70  # hundredths of similarity from which two names are shown together

FILLED = (
    "legal_form", "business_number", "corporate_number", "industry_section", "industry_text",
    "sido_code", "sigungu_code", "postcode", "address", "workers", "members", "founded_date",
    "phone", "fax", "email", "website", "description", "offers", "needs", "requirement",
    "openness", "section", "section_number", "category",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Parties that look like one, and why."""

    reason: str  # name | email
    kind: str
    parties: tuple[PartyFound, ...]


@dataclass(frozen=True, slots=True)
class MergeEffect:
    """What a merge would do; its text is shown before it is done."""

    kept_id: int
    kept: str
    duplicate_id: int
    duplicate: str
    filled: tuple[str, ...]  # fields the kept one lacks and takes over
    moved: tuple[tuple[str, int], ...]  # (what, how many)

    def __str__(self) -> str:
        filled = ", ".join(str(LABELS.get(field, field)) for field in self.filled)
        moved = ", ".join(_now(what) % {"count": count} for what, count in self.moved if count)
        parts = [
            _now(
                "“%(duplicate)s” (no. %(duplicate_id)d) becomes part of “%(kept)s” (no. %(kept_id)d)."
            )
            % {
                "duplicate": self.duplicate,
                "duplicate_id": self.duplicate_id,
                "kept": self.kept,
                "kept_id": self.kept_id,
            }
        ]
        if filled:
            parts.append(_now("These empty fields are filled: %(fields)s.") % {"fields": filled})
        if moved:
            parts.append(_now("These move over: %(things)s.") % {"things": moved})
        parts.append(_now("The history of both stays."))
        return " ".join(parts)


def duplicate_groups(act: Act) -> list[DuplicateGroup]:
    """Organisations of one name key, people of one e-mail address; a phone number is no key."""
    policies.can_merge_parties(act).enforce()
    groups: list[tuple[str, str, list[int]]] = []
    parties = Party.objects.filter(merged_into=None)
    organisations = parties.filter(kind=PartyKind.ORGANISATION)
    keys = organisations.values("name_key").annotate(n=Count("pk")).filter(n__gt=1)
    wanted = [row["name_key"] for row in keys.order_by("name_key")[:GROUPS_MAX]]
    by_key: dict[str, list[int]] = {}
    rows = organisations.filter(name_key__in=wanted).order_by("name_key", "pk")
    for pk, key in rows.values_list("pk", "name_key"):
        by_key.setdefault(key, []).append(pk)
    groups += [("name", PartyKind.ORGANISATION.value, ids) for ids in by_key.values()]
    people = Person.objects.filter(party__merged_into=None, erased_at=None, apart_at=None).exclude(
        email=""
    )
    emails = people.values("email").annotate(n=Count("pk")).filter(n__gt=1)
    addresses = [row["email"] for row in emails.order_by("email")[:GROUPS_MAX]]
    by_email: dict[str, list[int]] = {}
    for pk, email in (
        people.filter(email__in=addresses).order_by("email", "pk").values_list("pk", "email")
    ):
        by_email.setdefault(email, []).append(pk)
    groups += [("email", PartyKind.PERSON.value, ids) for ids in by_email.values()]
    if by_email:
        note_read(act, None, "parties.duplicates", sum(map(len, by_email.values())))
    found = {
        one.id: one for one in found_parties([pk for _why, _kind, ids in groups for pk in ids])
    }
    return [
        DuplicateGroup(reason, kind, tuple(found[pk] for pk in ids if pk in found))
        for reason, kind, ids in groups
    ]


def alike_organisations(name: str, limit: int = 5) -> list[PartyFound]:
    """Organisations whose name is like this one, the likest first: shown before one is added."""
    if not name.strip():
        return []
    parties = Party.objects.filter(kind=PartyKind.ORGANISATION, merged_into=None)
    ids = set(
        parties.filter(name_key=name_key(name)).order_by("pk").values_list("pk", flat=True)[:50]
    )
    words = [word for word in question(name) if word.is_required and len(word.prefixes[0]) > 1]
    if words:
        longest = max(words, key=lambda word: len(word.prefixes[0]))
        terms = SearchTerm.objects.filter(begins_with(longest.prefixes))
        found = terms.order_by("-weight", "organisation_id")
        ids |= set(found.values_list("organisation_id", flat=True)[:200])
    scored = sorted(
        (-similarity(name, party.name), party.pk)
        for party in parties.filter(pk__in=ids).order_by("pk")
    )
    return found_parties([pk for score, pk in scored if -score >= ALIKE][:limit])


def duplicates_waiting() -> int:
    """How many groups of organisations have one name key; reads one index from end to end."""
    organisations = Party.objects.filter(kind=PartyKind.ORGANISATION, merged_into=None)
    keys = organisations.values("name_key").annotate(n=Count("pk")).filter(n__gt=1)
    return keys.order_by("name_key")[:GROUPS_MAX].count()


def effect_of_merge(act: Act, kept_id: int, duplicate_id: int) -> MergeEffect:
    """What merging the duplicate into the kept party would do. Raises NotFound."""
    policies.can_merge_parties(act).enforce()
    parties = {
        one.pk: one
        for one in Party.objects.filter(pk__in=(kept_id, duplicate_id), merged_into=None).order_by(
            "pk"
        )
    }
    if kept_id not in parties or duplicate_id not in parties:
        raise NotFound
    moved = [
        (
            gettext_noop("%(count)d designations"),
            Designation.objects.filter(organisation_id=duplicate_id).count(),
        ),
        (
            gettext_noop("%(count)d terms of representatives"),
            Representative.objects.filter(organisation_id=duplicate_id).count()
            + Representative.objects.filter(person_id=duplicate_id).count(),
        ),
        (
            gettext_noop("%(count)d offices"),
            Appointment.objects.filter(person_id=duplicate_id).count(),
        ),
        (
            gettext_noop("%(count)d consents"),
            Consent.objects.filter(person_id=duplicate_id).count(),
        ),
        (
            gettext_noop("%(count)d bank accounts"),
            BankAccount.objects.filter(party_id=duplicate_id).count(),
        ),
        (
            gettext_noop("%(count)d log-in accounts"),
            Account.objects.filter(person_id=duplicate_id).count(),
        ),
    ]
    return MergeEffect(
        kept_id,
        parties[kept_id].name,
        duplicate_id,
        parties[duplicate_id].name,
        tuple(fields_to_fill(kept_id, duplicate_id)),
        tuple(moved),
    )


def fields_to_fill(kept_id: int, duplicate_id: int) -> list[str]:
    """Which fields the kept organisation lacks and the duplicate knows."""
    kept = Organisation.objects.filter(pk=kept_id).first()
    duplicate = Organisation.objects.filter(pk=duplicate_id).first()
    if kept is None or duplicate is None:
        return []
    empty = ("", None)
    return [
        field
        for field in FILLED
        if getattr(kept, field) in empty and getattr(duplicate, field) not in empty
        if field != "sigungu_code" or kept.sido_code in ("", duplicate.sido_code)
    ]
