"""Bringing in a file of organisations: laid out, looked at, accepted chunk by chunk, or discarded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import NotFound, Refusal, SomeoneWasFaster

from .. import policies
from ..events import ImportAccepted, ImportChunkAccepted, ImportDiscarded, ImportStaged
from ..models import Designation, Organisation, Party, PartyImport, PartyImportRow
from ..queries.imports import Change, judge
from ..rules.codes import ImportState, PartyKind
from ..rules.fields import read_designation_kind
from ..rules.imports import Chunk, Line, check_mapping, values_of_new
from ..rules.names import name_key
from ..rules.texts import clean_text
from .organisations import PUBLIC_WORDS
from .writing import (
    CHUNK,
    Term,
    _index_anew,
    _take_party_ids,
    _terms_of,
    _write_rows,
    _write_terms,
)


class ImportOver(Refusal):
    """The import was accepted or discarded before."""

    text = _("This import is already over.")
    remedy = _("Lay the file out again to import it once more.")


class ImportUnderway(Refusal):
    """The import has begun to be accepted; its columns cannot change any more."""

    text = _("Part of this file is already taken in.")
    remedy = _("Finish accepting it.")


@command
def stage_import(
    act: Act,
    *,
    file_name: str,
    digest: str,
    mapping: tuple[str, ...],
    publish: bool,
    kind: str = "",
    content: bytes | None = None,
) -> PartyImport:
    """Lay out a file: remember what it is and which column is which; no party is written.

    `content` is kept (and dropped at the end) when the file does not stay where it was read.
    Raises NoNameColumn, FieldTwice.
    """
    policies.can_stage_import(act).enforce()
    check_mapping(mapping)
    kind = read_designation_kind(kind)
    # ---
    staged = PartyImport.objects.create(
        file_name=clean_text(file_name, 200, _("File")), digest=digest, content=content,
        mapping=list(mapping), publish=publish, kind=kind, state=ImportState.STAGED, staged_at=act.at,
    )  # fmt: skip
    record(act, ImportStaged(import_id=staged.pk, file_name=staged.file_name, digest=digest))
    return staged


def _locked_import(import_id: int) -> PartyImport:
    found = PartyImport.objects.select_for_update().defer("content").filter(pk=import_id).first()
    if found is None:
        raise NotFound
    return found


@command
def map_import(
    act: Act, *, import_id: int, mapping: tuple[str, ...], publish: bool, kind: str = ""
) -> PartyImport:
    """Choose the columns of a staged file anew. Raises ImportOver, ImportUnderway, NoNameColumn."""
    staged = _locked_import(import_id)
    policies.can_map_import(act).enforce()
    if staged.state == ImportState.ACCEPTING:
        raise ImportUnderway
    if staged.state != ImportState.STAGED:
        raise ImportOver
    check_mapping(mapping)
    kind = read_designation_kind(kind)
    # ---
    staged.mapping, staged.publish, staged.kind = list(mapping), publish, kind
    staged.save(update_fields=["mapping", "publish", "kind"])
    record(act, ImportStaged(import_id=staged.pk, file_name=staged.file_name, digest=staged.digest))
    return staged


@command
def accept_import(act: Act, *, import_id: int, chunk: Chunk) -> PartyImport:
    """Write the next chunk of rows; with the last one the import is over.

    Chunks are taken in order: one that does not follow on raises SomeoneWasFaster. Raises ImportOver.
    """
    taken = _locked_import(import_id)
    policies.can_accept_import(act).enforce()
    if taken.state not in (ImportState.STAGED, ImportState.ACCEPTING):
        raise ImportOver
    if chunk.from_row != taken.done_rows:
        raise SomeoneWasFaster
    judged = judge(chunk.lines, has_region="region_code" in taken.mapping, publish=taken.publish)
    rejected = [*chunk.rejected, *judged.rejected]
    refused = len({one.row for one in rejected})
    # ---
    try:
        with transaction.atomic():
            _write_new(taken, judged.new, act.at)
            _write_changed(judged.changed)
    except IntegrityError as error:  # someone has just entered one of these organisations
        raise SomeoneWasFaster from error
    PartyImportRow.objects.bulk_create(
        (
            PartyImportRow(party_import=taken, row=one.row, cell=one.cell, reason=one.reason)
            for one in rejected
        ),
        batch_size=CHUNK,
    )
    taken.done_rows = chunk.until_row
    taken.read_count += chunk.until_row - chunk.from_row
    taken.new_count += len(judged.new)
    taken.changed_count += len(judged.changed)
    taken.same_count += judged.same
    taken.rejected_count += refused
    taken.state = ImportState.ACCEPTING
    fields = ["done_rows", "read_count", "new_count", "changed_count", "same_count"]
    fields += ["rejected_count", "state"]
    if chunk.is_last:
        taken.state, taken.ended_at, taken.content = ImportState.ACCEPTED, act.at, None
        fields += ["ended_at", "content"]
    taken.save(update_fields=fields)
    record(
        act,
        ImportChunkAccepted(
            import_id=taken.pk,
            from_row=chunk.from_row,
            until_row=chunk.until_row,
            new=len(judged.new),
            changed=len(judged.changed),
            same=judged.same,
            rejected=refused,
            changed_ids=tuple(change.organisation.pk for change in judged.changed),
        ),
    )
    if chunk.is_last:
        record(
            act,
            ImportAccepted(
                import_id=taken.pk,
                file_name=taken.file_name,
                read=taken.read_count,
                new=taken.new_count,
                changed=taken.changed_count,
                same=taken.same_count,
                rejected=taken.rejected_count,
            ),
        )
    return taken


_PARTY = ("id", "kind", "name", "name_key", "created_at", "origin_id")
_BLANK = {field.attname: field.get_default() for field in Organisation._meta.concrete_fields}
_ORGANISATION = tuple(_BLANK)
_DESIGNATION = ("organisation_id", "kind")


def _write_new(taken: PartyImport, lines: Sequence[Line], at: datetime) -> None:
    """Parties, organisations, designations and index of new rows, one statement for each table."""
    created_at = connection.ops.adapt_datetimefield_value(at)
    organisation = PartyKind.ORGANISATION.value
    parties: list[Sequence[Any]] = []
    organisations: list[Sequence[Any]] = []
    designations: list[Sequence[Any]] = []
    terms: list[Term] = []
    for party_id, line in zip(_take_party_ids(len(lines)), lines, strict=True):
        known = _BLANK | values_of_new(line)
        name = known.pop("name")
        known["party_id"], known["is_published"] = party_id, taken.publish
        parties.append((party_id, organisation, name, name_key(name), created_at, taken.pk))
        organisations.append([known[column] for column in _ORGANISATION])
        designations += [(party_id, kind) for kind in line.designations]
        terms += _terms_of(party_id, name, known, line.designations)
    _write_rows(Party, _PARTY, parties)
    _write_rows(Organisation, _ORGANISATION, organisations)
    _write_rows(Designation, _DESIGNATION, designations)
    _write_terms(terms)


def _write_changed(changes: Sequence[Change]) -> None:
    """The changed columns of known organisations, in as many statements as columns changed."""
    fields: set[str] = set()
    renamed: list[Party] = []
    designations: list[Designation] = []
    worded: list[Organisation] = []
    for change in changes:
        organisation, party = change.organisation, change.organisation.party
        for field, value in change.values.items():
            setattr(organisation, field, value)
        fields |= change.values.keys()
        if change.name != party.name:
            party.name, party.name_key = change.name, name_key(change.name)
            renamed.append(party)
        designations += [Designation(organisation=organisation, kind=k) for k in change.kinds]
        if PUBLIC_WORDS & change.values.keys() or change.kinds or renamed[-1:] == [party]:
            worded.append(organisation)
    if fields:
        moved = [change.organisation for change in changes if change.values]
        Organisation.objects.bulk_update(moved, sorted(fields), batch_size=200)
    if renamed:
        Party.objects.bulk_update(renamed, ["name", "name_key"], batch_size=200)
    Designation.objects.bulk_create(designations, batch_size=CHUNK)
    if worded:
        _index_anew(worded)


@command
def discard_import(act: Act, *, import_id: int) -> PartyImport:
    """Drop a staged file. What was already taken of it stays. Raises ImportOver."""
    staged = _locked_import(import_id)
    policies.can_discard_import(act).enforce()
    if staged.state not in (ImportState.STAGED, ImportState.ACCEPTING):
        raise ImportOver
    # ---
    staged.state, staged.ended_at, staged.content = ImportState.DISCARDED, act.at, None
    staged.save(update_fields=["state", "ended_at", "content"])
    record(act, ImportDiscarded(import_id=staged.pk, file_name=staged.file_name))
    return staged
