"""What a file would change, before anything is written; and the imports so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dure.kernel.acts import Act
from dure.kernel.progress import Progress, silent
from dure.kernel.refusals import InvalidInput, NotFound

from .. import policies
from ..models import NUMBERED, Designation, Organisation, PartyImport, PartyImportRow
from ..rules.codes import ImportState, PartyKind
from ..rules.fields import told
from ..rules.imports import Chunk, Line, Rejected, Stored, key_of, stored_for

REJECTED_SHOWN_MAX = 10_000
SAMPLE_MAX = 50
LIST_MAX = 200


@dataclass(slots=True)
class Judged:
    """What accepting some rows would do."""

    new: list[Line] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    same: int = 0
    rejected: list[Rejected] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Change:
    """A stored organisation and the column values a row would give it."""

    line: Line
    organisation: Organisation
    values: dict[str, Any]
    name: str
    kinds: tuple[str, ...]  # designations it does not have yet

    @property
    def told(self) -> list[tuple[str, str, str]]:
        """(field, before, after), for the preview."""
        found = [(k, told(getattr(self.organisation, k)), told(v)) for k, v in self.values.items()]
        if self.name != self.organisation.party.name:
            found.insert(0, ("name", self.organisation.party.name, self.name))
        return found + [("designations", "", kind) for kind in self.kinds]


@dataclass(slots=True)
class Preview:
    """A whole file beside the register: counts, the first rows of each kind, what is rejected."""

    read: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    rejected: int = 0
    rejected_cells: list[Rejected] = field(default_factory=list)
    new_lines: list[Line] = field(default_factory=list)
    changes: list[tuple[int, str, list[tuple[str, str, str]]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ImportCard:
    id: int
    file_name: str
    digest: str
    mapping: tuple[str, ...]
    publish: bool
    kind: str
    state: str
    staged_at: datetime
    ended_at: datetime | None
    done_rows: int
    read_count: int
    new_count: int
    changed_count: int
    same_count: int
    rejected_count: int
    has_content: bool


def _number_of(line: Line) -> str:
    return str(line.given.get("business_number", ""))


def judge(lines: Sequence[Line], *, has_region: bool, publish: bool) -> Judged:
    """Set each row beside the register, in three statements whatever their number."""
    found = Organisation.objects.select_related("party").order_by("pk")
    numbers = {_number_of(line) for line in lines} - {""}
    # by the number alone: one condition more, and SQLite goes through all parties instead
    numbered = found.filter(NUMBERED, business_number__in=numbers)
    known = [one for one in numbered if one.party.merged_into_id is None]
    settled = {one.business_number for one in known}  # the number says which; else the name does
    keys = {key_of(line) for line in lines if _number_of(line) not in settled}
    known += found.filter(
        party__merged_into=None, party__kind=PartyKind.ORGANISATION, party__name_key__in=keys
    )
    organisations = {one.pk: one for one in known}
    by_number: dict[str, list[Stored]] = {}
    by_key: dict[str, list[Stored]] = {}
    for one in organisations.values():
        stored = Stored(
            one.pk, one.party.name, one.business_number, one.sido_code, one.sigungu_code
        )
        if one.business_number:
            by_number.setdefault(one.business_number, []).append(stored)
        by_key.setdefault(one.party.name_key, []).append(stored)
    kinds: dict[int, set[str]] = {}
    if any(line.designations for line in lines):
        rows = Designation.objects.filter(organisation_id__in=organisations, until_date=None)
        for pk, kind in rows.order_by("pk").values_list("organisation_id", "kind"):
            kinds.setdefault(pk, set()).add(kind)
    judged = Judged()
    for line in lines:
        number = _number_of(line)
        candidates = [*by_number.get(number, ()), *by_key.get(key_of(line), ())]
        try:
            match = stored_for(line, candidates, has_region=has_region)
        except InvalidInput as refusal:
            judged.rejected.append(Rejected(line.row, line.cell, str(refusal)))
            continue
        if match is None:
            judged.new.append(line)
        else:
            _judge_known(judged, line, organisations[match.id], kinds.get(match.id, set()), publish)
    return judged


def _judge_known(
    judged: Judged, line: Line, organisation: Organisation, kinds: set[str], publish: bool
) -> None:
    values = line.given
    name = values.pop("name")
    if values.get("sido_code") == organisation.sido_code and not values.get("sigungu_code"):
        values.pop("sigungu_code", None)  # the register knows the place more exactly
    if publish:
        values["is_published"] = True
    values = {k: v for k, v in values.items() if getattr(organisation, k) != v}
    missing = tuple(kind for kind in line.designations if kind not in kinds)
    if values or missing or name != organisation.party.name:
        judged.changed.append(Change(line, organisation, values, name, missing))
    else:
        judged.same += 1


def preview_import(
    act: Act,
    chunks: Iterable[Chunk],
    *,
    has_region: bool,
    publish: bool,
    progress: Progress = silent,
    total: int = 0,
) -> Preview:
    """Set a whole file beside the register and write nothing."""
    policies.can_stage_import(act).enforce()
    seen = Preview()
    for chunk in chunks:
        judged = judge(chunk.lines, has_region=has_region, publish=publish)
        cells = [*chunk.rejected, *judged.rejected]
        seen.read += chunk.until_row - chunk.from_row
        seen.new += len(judged.new)
        seen.changed += len(judged.changed)
        seen.same += judged.same
        seen.rejected += len({cell.row for cell in cells})
        seen.rejected_cells += cells[: REJECTED_SHOWN_MAX - len(seen.rejected_cells)]
        seen.new_lines += judged.new[: SAMPLE_MAX - len(seen.new_lines)]
        for change in judged.changed[: SAMPLE_MAX - len(seen.changes)]:
            seen.changes.append((change.line.row, change.name, change.told))
        progress(seen.read, max(total, seen.read), "preview")
    return seen


def _card(one: PartyImport) -> ImportCard:
    return ImportCard(
        one.pk, one.file_name, one.digest, tuple(one.mapping), one.publish, one.kind, one.state,
        one.staged_at, one.ended_at, one.done_rows, one.read_count, one.new_count,
        one.changed_count, one.same_count, one.rejected_count, one.content is not None,
    )  # fmt: skip


def import_card(act: Act, import_id: int) -> ImportCard:
    """Where an import stands. Raises NotFound."""
    policies.can_stage_import(act).enforce()
    one = PartyImport.objects.filter(pk=import_id).first()
    if one is None:
        raise NotFound
    return _card(one)


def import_content(act: Act, import_id: int) -> bytes:
    """The bytes of a staged file. Raises NotFound when they are gone."""
    policies.can_stage_import(act).enforce()
    one = PartyImport.objects.filter(pk=import_id).first()
    if one is None or one.content is None:
        raise NotFound
    return bytes(one.content)


def unfinished_import(act: Act, digest: str) -> ImportCard | None:
    """The import of this very file that was begun and not finished."""
    policies.can_stage_import(act).enforce()
    one = PartyImport.objects.filter(digest=digest, state=ImportState.ACCEPTING).first()
    return None if one is None else _card(one)


def imports_so_far(act: Act) -> list[ImportCard]:
    """The newest imports first."""
    policies.can_stage_import(act).enforce()
    return [_card(one) for one in PartyImport.objects.defer("content").order_by("-pk")[:LIST_MAX]]


def rejected_rows(act: Act, import_id: int, limit: int = REJECTED_SHOWN_MAX) -> list[Rejected]:
    """What an accepted import did not take."""
    policies.can_stage_import(act).enforce()
    rows = PartyImportRow.objects.filter(party_import_id=import_id).order_by("row", "pk")[:limit]
    return [Rejected(one.row, one.cell, one.reason) for one in rows]
