"""How rows of the room are written: found and locked, changed with what changed, indexed anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

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


# -- many rows at once -----------------------------------------------------------------------


def _write_rows(model: type[Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Rows of plain values past the ORM, which takes longer over them than the database does.

    Columns that are not given get their defaults.
    """
    fields = [f for f in model._meta.concrete_fields if f.attname not in columns]
    blank = {f.attname: f.get_default() for f in fields if not f.primary_key}
    names, rest = ", ".join((*columns, *blank)), tuple(blank.values())
    if rest:
        rows = [(*row, *rest) for row in rows]
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with (
                connection.wrap_database_errors,
                cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy,
            ):
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * (len(columns) + len(rest)))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)


def _take_party_ids(count: int) -> list[int]:
    """As many ids for new parties, in order; nobody else gets them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval('parties_party_id_seq') FROM generate_series(1, %s)", (count,)
            )
            return sorted(row[0] for row in cursor.fetchall())
        cursor.execute(
            "SELECT MAX(COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'parties_party'), 0),"
            " COALESCE((SELECT MAX(id) FROM parties_party), 0))"
        )
        first = int(cursor.fetchone()[0]) + 1
        return list(range(first, first + count))


# -- the index of the directory --------------------------------------------------------------


def _texts(
    name: str, known: Mapping[str, Any], kinds: Iterable[str]
) -> list[tuple[str, tuple[int, int]]]:
    region = region_of(known["sigungu_code"]) or region_of(known["sido_code"])
    places = [region_name(region.code), region.name] if region else []
    if known["sido_code"] and (sido := region_of(known["sido_code"])):
        places += [sido.name, sido.short]
    return [
        (name, NAME),
        (known["offers"], OFFER),
        (known["needs"], TEXT),
        (known["description"], TEXT),
        (known["industry_text"], OFFER),
        (known["category"], WHOLE),
        (known["requirement"], (1, 0)),
        (" ".join(places), WHOLE),
        (" ".join(DESIGNATION_WORDS.get(kind, "") for kind in kinds), WHOLE),
    ]


def _terms_of(
    organisation_id: int, name: str, known: Mapping[str, Any], kinds: Iterable[str]
) -> list[Term]:
    """The rows of the index for an organisation, its column values and what it is designated as."""
    terms = index_terms(_texts(name, known, kinds))
    return [(term, organisation_id, weight) for term, weight in terms.items()]


def _write_terms(terms: list[Term]) -> None:
    """Many rows of the index, in its order: a large index is then touched page by page."""
    _write_rows(SearchTerm, ("term", "organisation_id", "weight"), sorted(terms))


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
    _write_terms(
        [
            term
            for one in organisations
            for term in _terms_of(one.pk, one.party.name, vars(one), kinds.get(one.pk, ()))
        ]
    )


def _new_party(kind: PartyKind, name: str, key: str, at: Any) -> Party:
    return Party.objects.create(kind=kind.value, name=name, name_key=key, created_at=at)
