"""How rows of the room are written: found and locked, changed with what changed, indexed anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from dure.kernel.refusals import NotFound

from ..models import Designation, Organisation, Party, Person, SearchTerm
from ..rules.codes import PartyKind
from ..rules.fields import told
from ..rules.regions import region_name, region_of
from ..rules.search import DESIGNATION_WORDS, NAME, OFFER, TEXT, WHOLE, index_terms

CHUNK = 2_000

Term = tuple[str, int, int]  # term, organisation, weight


def _locked_organisation(organisation_id: int) -> Organisation:
    """The organisation, locked until the end of the command. Raises NotFound."""
    found = Organisation.objects.select_related("party").select_for_update(of=("self",))
    organisation = found.filter(pk=organisation_id, party__merged_into=None).first()
    if organisation is None:
        raise NotFound
    return organisation


def _locked_person(person_id: int) -> Person:
    """The person, locked until the end of the command. Raises NotFound."""
    found = Person.objects.select_related("party").select_for_update(of=("self",))
    person = found.filter(pk=person_id, party__merged_into=None, erased_at=None).first()
    if person is None:
        raise NotFound
    return person


def _locked_party(party_id: int) -> Party:
    """The party, locked until the end of the command. Raises NotFound."""
    party = Party.objects.select_for_update().filter(pk=party_id, merged_into=None).first()
    if party is None:
        raise NotFound
    return party


def _differences(thing: Any, values: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """(field, before, after) for each value that is not the stored one."""
    return [
        (field, told(getattr(thing, field)), told(value))
        for field, value in values.items()
        if getattr(thing, field) != value
    ]


def _as_text(changes: Sequence[tuple[str, str, str]]) -> str:
    """The changes as the text that events keep."""
    return json.dumps(changes, ensure_ascii=False)


# -- the index of the directory --------------------------------------------------------------


def _texts(organisation: Organisation, kinds: Iterable[str]) -> list[tuple[str, tuple[int, int]]]:
    region = region_of(organisation.sigungu_code) or region_of(organisation.sido_code)
    places = [region_name(region.code), region.name] if region else []
    if organisation.sido_code and (sido := region_of(organisation.sido_code)):
        places += [sido.name, sido.short]
    return [
        (organisation.party.name, NAME),
        (organisation.offers, OFFER),
        (organisation.needs, TEXT),
        (organisation.description, TEXT),
        (organisation.industry_text, OFFER),
        (organisation.category, WHOLE),
        (organisation.requirement, (1, 0)),
        (" ".join(places), WHOLE),
        (" ".join(DESIGNATION_WORDS.get(kind, "") for kind in kinds), WHOLE),
    ]


def _terms_of(organisation: Organisation, kinds: Iterable[str]) -> list[Term]:
    """The rows of the index for an organisation and the kinds it is designated as."""
    terms = index_terms(_texts(organisation, kinds))
    return [(term, organisation.pk, weight) for term, weight in sorted(terms.items())]


def _write_terms(terms: list[Term]) -> None:
    """Many rows of the index at once: they are most of what an import writes."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            columns = [list(column) for column in zip(*terms, strict=True)] or [[], [], []]
            cursor.execute(
                "INSERT INTO parties_searchterm (term, organisation_id, weight)"
                " SELECT * FROM unnest(%s::varchar[], %s::bigint[], %s::smallint[])",
                columns,
            )
        else:
            cursor.executemany(
                "INSERT INTO parties_searchterm (term, organisation_id, weight) VALUES (%s, %s, %s)",
                terms,
            )


def _index_anew(organisations: Sequence[Organisation]) -> None:
    """Write the index of these organisations again, in three statements whatever their number."""
    ids = [organisation.pk for organisation in organisations]
    kinds: dict[int, list[str]] = {}
    found: QuerySet[Designation, tuple[int, str]] = (
        Designation.objects.filter(organisation_id__in=ids)
        .order_by("id")
        .values_list("organisation_id", "kind")
    )
    for organisation_id, kind in found:
        kinds.setdefault(organisation_id, []).append(kind)
    SearchTerm.objects.filter(organisation_id__in=ids).delete()
    _write_terms([t for one in organisations for t in _terms_of(one, kinds.get(one.pk, ()))])


def _new_party(kind: PartyKind, name: str, key: str, at: Any) -> Party:
    return Party.objects.create(kind=kind.value, name=name, name_key=key, created_at=at)
