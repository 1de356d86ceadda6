"""What was done with a party: its deeds, with their sentences and who did them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from dure.kernel import plain
from dure.kernel.acts import Act
from dure.kernel.deeds import sentences_of
from dure.kernel.models import Deed
from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound

from .. import policies
from ..events import ImportChunkAccepted
from ..models import Party
from ..rules.codes import PartyKind
from .names import ever_called, names_of

HISTORY_MAX = 200


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One deed about a party."""

    deed_id: int
    at: datetime
    actor_id: int | None
    actor: str  # "" for a visitor, the operator and the system itself; `via` tells which
    via: str
    sentence: str


def history_of(act: Act, party_id: int, limit: int = HISTORY_MAX) -> list[HistoryLine]:
    """The deeds about the party and about what was merged into it, the newest first. Raises NotFound."""
    party = Party.objects.filter(pk=party_id).first()
    if party is None:
        raise NotFound
    if not act.holds("representative", of=party_id):
        policies.can_read_person(act, party_id).enforce()
    if party.kind == PartyKind.PERSON:
        note_read(act, party_id, "parties.history")
    ids = ever_called(party_id)
    limit = min(limit, HISTORY_MAX)
    deeds = list(Deed.objects.filter(subject_id__in=ids).order_by("-id")[:limit])
    if party.kind == PartyKind.ORGANISATION:
        deeds = sorted([*deeds, *_of_files(party, ids)], key=lambda deed: -deed.pk)[:limit]
    names = names_of(deed.actor_id for deed in deeds)
    return [
        HistoryLine(
            deed.pk, deed.at, deed.actor_id, names.get(deed.actor_id or 0, ""), deed.via, sentence
        )
        for deed, sentence in sentences_of(deeds)
    ]


def _of_files(party: Party, ids: set[int]) -> list[Deed]:
    """The deeds of imports that brought or changed the party: their events carry many at once."""
    chunks = Deed.objects.filter(name=ImportChunkAccepted.NAME)
    wanted = Q()
    for pk in ids:
        wanted |= Q(data__contains=str(pk))
    found = [
        deed
        for deed in chunks.filter(wanted).order_by("-id")[:HISTORY_MAX]
        if ids & set(plain.loads(deed.data)["changed_ids"])
    ]
    if party.origin_id is not None:
        staged = f'"import_id":{party.origin_id}}}'
        comma = f'"import_id":{party.origin_id},'
        first = Deed.objects.filter(name="parties.ImportAccepted")
        found += list(
            first.filter(Q(data__contains=staged) | Q(data__contains=comma)).order_by("-id")[:1]
        )
    return found
