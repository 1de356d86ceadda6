"""Who a party is, in a word: for every room that only points at ids."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from ..models import Organisation, Party, Person, SearchTerm
from ..rules.codes import PartyKind
from ..rules.names import name_identity, name_key
from ..rules.numbers import format_business_number
from ..rules.regions import region_name
from ..rules.search import prefix_range

FOUND_MAX = 50
MERGES_MAX = 50  # how long a chain of merges is followed


@dataclass(frozen=True, slots=True)
class PartyCard:
    """The least that is known of a party."""

    id: int
    kind: str
    name: str
    merged_into_id: int | None


@dataclass(frozen=True, slots=True)
class PartyFound:
    """A party offered in a picker; `hint` tells namesakes apart."""

    id: int
    name: str
    kind: str
    hint: str


def party_name(party_id: int) -> str:
    """The name; "" when there is no such party."""
    return Party.objects.filter(pk=party_id).values_list("name", flat=True).first() or ""


def names_of(party_ids: Iterable[int | None]) -> dict[int, str]:
    """id → name of the given parties, in one statement (or a few, for very many)."""
    wanted = sorted({party_id for party_id in party_ids if party_id is not None})
    names: dict[int, str] = {}
    for start in range(0, len(wanted), 5_000):
        some = Party.objects.filter(pk__in=wanted[start : start + 5_000]).order_by("pk")
        names.update(some.values_list("pk", "name"))
    return names


def party_card(party_id: int) -> PartyCard | None:
    """The party as stored, also when it was merged into another."""
    party = Party.objects.filter(pk=party_id).first()
    if party is None:
        return None
    return PartyCard(party.pk, party.kind, party.name, party.merged_into_id)


def resolve(party_id: int) -> int:
    """The id of the party that stands for this one now: itself, or what it was merged into."""
    for _step in range(MERGES_MAX):
        card = party_card(party_id)
        if card is None or card.merged_into_id is None:
            return party_id
        party_id = card.merged_into_id
    return party_id


def ever_called(party_id: int) -> set[int]:
    """The id of the party, and those of every entry that was found to be the same one."""
    every = found = {party_id}
    while found:
        merged = Party.objects.filter(merged_into__in=found).order_by("pk")
        found = set(merged.values_list("pk", flat=True)) - every
        every = every | found
    return every


def party_exists(party_id: int, kind: str = "") -> bool:
    """Whether there is such a party, not merged into another (of the kind, if given)."""
    found = Party.objects.filter(pk=party_id, merged_into=None)
    return (found.filter(kind=kind) if kind else found).exists()


def named_like(text: str) -> QuerySet[Party, Any]:
    """The ids of parties that hold the text in their name, for `party__in` of a narrowed list.

    Named apart from the list, so that PostgreSQL reads the names once and not beside every row.
    """
    return Party.objects.filter(name__icontains=text.strip()).order_by().values("pk")


def search_parties(text: str, limit: int = 20, kind: str = "") -> list[PartyFound]:
    """Parties whose name begins with the text, or whose word of the directory does; for pickers."""
    text = " ".join(text.replace("\x00", " ").split())
    if not text:
        return []
    limit = min(limit, FOUND_MAX)
    kinds = [kind] if kind else [each.value for each in PartyKind]
    parties = Party.objects.filter(merged_into=None, kind__in=kinds)
    parties = parties.exclude(person__erased_at__isnull=False)
    parties = parties.exclude(person__apart_at__isnull=False)
    low, high = prefix_range(text)
    ids = dict.fromkeys(_first(parties.filter(name__gte=low, name__lt=high), limit))
    if key := name_key(text):
        low, high = prefix_range(key)
        ids |= dict.fromkeys(_first(parties.filter(name_key__gte=low, name_key__lt=high), limit))
    if len(ids) < limit and PartyKind.ORGANISATION in kinds and (word := name_identity(text)[:24]):
        low, high = prefix_range(word)
        terms = SearchTerm.objects.filter(term__gte=low, term__lt=high).order_by("term", "pk")
        found = set(terms.values_list("organisation_id", flat=True)[: 10 * FOUND_MAX])
        ids |= dict.fromkeys(_first(parties.filter(pk__in=found), limit))
    return found_parties(list(ids)[:limit])


def _first(parties: QuerySet[Party], limit: int) -> list[int]:
    return list(parties.order_by("name", "pk").values_list("pk", flat=True)[:limit])


def found_parties(party_ids: list[int]) -> list[PartyFound]:
    """The given parties with hints, in the given order."""
    hints: dict[int, str] = {}
    organisations = Organisation.objects.filter(pk__in=party_ids).order_by("pk")
    for one in organisations.only("pk", "sido_code", "sigungu_code", "business_number"):
        place = region_name(one.sigungu_code or one.sido_code)
        number = format_business_number(one.business_number)
        hints[one.pk] = " · ".join(filter(None, (place, number)))
    for pk, email in (
        Person.objects.filter(pk__in=party_ids).order_by("pk").values_list("pk", "email")
    ):
        name, at, host = email.partition("@")
        hints[pk] = f"{name[:2]}***{at}{host}" if at else ""
    found = {party.pk: party for party in Party.objects.filter(pk__in=party_ids).order_by("pk")}
    return [
        PartyFound(pk, found[pk].name, found[pk].kind, hints.get(pk, ""))
        for pk in party_ids
        if pk in found
    ]


def is_organisation(party_id: int) -> bool:
    """Whether the party is an organisation."""
    return Party.objects.filter(pk=party_id, kind=PartyKind.ORGANISATION).exists()
