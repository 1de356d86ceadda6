"""The papers of a deal, for its two sides, and for the office where the rules let it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dure.domains.bylaws import queries as bylaws
from dure.kernel.acts import Act
from dure.kernel.files import OpenFile, files_of, open_file
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Deal
from ..rules.deals import PAPERS
from .deals import DealCard

__all__ = ["DealPaperLine", "deal_papers", "may_open_papers", "open_deal_paper"]


@dataclass(frozen=True, slots=True)
class DealPaperLine:
    """A paper in a list; nothing of its content."""

    id: int
    kind: str
    kind_label: str
    name: str
    size: int
    kept_at: datetime


def may_open_papers(act: Act, deal: Deal | DealCard) -> bool:
    return bool(policies.can_open_deal_papers(act, deal, _office_reads(act.today)))


def deal_papers(act: Act, deal: DealCard) -> list[DealPaperLine]:
    """What was handed in about a deal; nothing where the actor may not open it."""
    if not may_open_papers(act, deal):
        return []
    return [
        DealPaperLine(one.id, kind, str(label), one.name, one.size, one.kept_at)
        for kind, label in PAPERS
        for one in files_of(f"trade.Deal:{deal.id}/{kind}").values()
        if one.destroyed_at is None
    ]


def open_deal_paper(act: Act, deal_id: int, file_id: int) -> OpenFile:
    """A paper, opened; it is logged who did. Raises NotFound, Denied, FileDestroyed."""
    found = Deal.objects.filter(pk=deal_id).first()
    if found is None:
        raise NotFound
    policies.can_open_deal_papers(act, found, _office_reads(act.today)).enforce()
    if file_id not in files_of(*(found.matter_of(kind) for kind, _label in PAPERS)):
        raise NotFound
    return open_file(act, file_id, "trade.deal_paper")


def _office_reads(day: date) -> bool:
    return bylaws.rules_on(day).yes("trade.office_reads_papers")
