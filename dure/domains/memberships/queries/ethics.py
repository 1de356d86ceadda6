"""The ethics code in force and its history, how it was made, and who signed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from dure.domains.bylaws.rules import Finding, kept
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import CodeDrafting, CodeSignature, DraftingStage, EthicsCode, Membership
from ..rules.conduct import BODIES
from ..rules.ethics import STAGES, Article, articles

__all__ = [
    "CodeCard",
    "DraftingCard",
    "StageLine",
    "code_card",
    "code_drafting",
    "code_drafting_of",
    "code_draftings",
    "code_in_force",
    "code_signatures",
    "code_versions",
    "codes_to_sign",
    "signed_code",
    "unsigned_count",
]


@dataclass(frozen=True, slots=True)
class StageLine:
    """One thing done on the way to a code. `notes` are for the office only."""

    kind: str
    kind_text: str
    on_date: date
    topic: str
    people: int
    asked: int | None
    in_favour: int | None
    groups: str
    notes: str


@dataclass(frozen=True, slots=True)
class DraftingCard:
    """How a code was, or is being made, with what is still missing of the usual stages."""

    id: int
    title: str
    about: str
    started_date: date
    ended_date: date | None
    version: int | None
    stages: tuple[StageLine, ...]

    @property
    def is_open(self) -> bool:
        return self.ended_date is None

    @property
    def counts(self) -> tuple[tuple[str, str, int], ...]:
        """How often each kind of stage was noted: its code, its name, how many."""
        return tuple(
            (str(code), str(name), sum(one.kind == code for one in self.stages))
            for code, name in STAGES
        )


@dataclass(frozen=True, slots=True)
class CodeCard:
    """A version of the code, as anybody may read it."""

    id: int
    version: int
    title: str
    text: str
    articles: tuple[Article, ...]
    from_date: date
    until_date: date | None  # when the next one begins
    adopted_date: date
    adopted_by: str
    minutes: str
    findings: tuple[Finding, ...]
    drafting_id: int | None


def code_in_force(on: date) -> EthicsCode | None:
    """The version of a day."""
    return EthicsCode.objects.filter(from_date__lte=on).order_by("-from_date").first()


def code_versions() -> list[CodeCard]:
    """All versions, the newest first, those that have not begun yet among them."""
    rows = list(EthicsCode.objects.order_by("-from_date")[:200])
    ends = [None, *(row.from_date for row in rows)]
    return [_card(row, end) for row, end in zip(rows, ends, strict=False)]


def code_card(version: int) -> CodeCard:
    """One version. Raises NotFound."""
    found = next((one for one in code_versions() if one.version == version), None)
    if found is None:
        raise NotFound
    return found


def code_draftings() -> list[CodeDrafting]:
    """All makings of a code, the latest first."""
    return list(CodeDrafting.objects.order_by("-started_date", "-pk")[:200])


def code_drafting(act: Act, drafting_id: int) -> DraftingCard:
    """One making: for everybody what was done and by how many; notes for the office. Raises NotFound."""
    found = CodeDrafting.objects.filter(pk=drafting_id).first()
    if found is None:
        raise NotFound
    office = bool(policies.can_note_drafting_stage(act, found))
    code = getattr(found, "code", None)
    return DraftingCard(
        found.pk,
        found.title,
        found.about,
        found.started_date,
        found.ended_date,
        code.version if code else None,
        tuple(_stage(one, office) for one in found.stages.order_by("on_date", "pk")[:500]),
    )


def code_drafting_of(act: Act, code: CodeCard) -> DraftingCard | None:
    """How a version was made, where this network noted it."""
    return code_drafting(act, code.drafting_id) if code.drafting_id else None


# -- signatures ------------------------------------------------------------------------------------


def code_signatures(
    act: Act, code: EthicsCode | None, on: date, *, signed: str = "", search: str = ""
) -> QuerySet[Any]:
    """The members of a day with `has_signed`; `signed`: yes, no or "" for all. By number.

    Without a code nobody is asked to sign, and nobody is in the list.
    """
    policies.can_see_code_signatures(act).enforce()
    if code is None:
        return Membership.objects.none()
    rows = _with_signature(code, on)
    if signed:
        rows = rows.filter(has_signed=signed == "yes")
    if search.strip():
        rows = rows.filter(party__in=parties.named_like(search.strip()))
    return rows.select_related("party").order_by("number")


def unsigned(code: EthicsCode, on: date) -> QuerySet[Any]:
    """The members of a day who have not signed a version, by number."""
    return _with_signature(code, on).filter(has_signed=False).order_by("number")


def unsigned_count(on: date) -> int:
    """How many members have not signed the version in force; none without a code."""
    code = code_in_force(on)
    return unsigned(code, on).count() if code else 0


def has_signed(code: EthicsCode, membership_id: int) -> bool:
    """Whether a member signed a version, with the application or later."""
    return code.signatures.filter(membership=membership_id).exists()


def signed_code(membership_id: int, on: date) -> tuple[EthicsCode, bool] | None:
    """The version in force and whether a member signed it; None without a code."""
    signed = CodeSignature.objects.filter(code=OuterRef("pk"), membership=membership_id)
    rows = EthicsCode.objects.filter(from_date__lte=on).annotate(is_signed=Exists(signed))
    found = rows.order_by("-from_date").first()
    return (found, found.is_signed) if found else None


def codes_to_sign(act: Act) -> list[tuple[int, str]]:
    """The actor's own memberships, and those spoken for, that have not signed: id and name."""
    code = code_in_force(act.today)
    own = act.own
    if code is None or not own:
        return []
    rows = unsigned(code, act.today).filter(party__in=own)
    return list(rows.values_list("pk", "party__name")[:20])


def _with_signature(code: EthicsCode, on: date) -> QuerySet[Any]:
    live = Membership.objects.filter(Q(left_date=None) | Q(left_date__gt=on), joined_date__lte=on)
    signed = CodeSignature.objects.filter(code=code, membership=OuterRef("pk"))
    return live.annotate(has_signed=Exists(signed))


def _card(code: EthicsCode, until_date: date | None) -> CodeCard:
    return CodeCard(
        id=code.pk,
        version=code.version,
        title=code.title,
        text=code.text,
        articles=articles(code.text),
        from_date=code.from_date,
        until_date=until_date,
        adopted_date=code.adopted_date,
        adopted_by=str(dict(BODIES)[code.adopted_by]),
        minutes=code.minutes,
        findings=kept(code.findings),
        drafting_id=code.drafting_id,
    )


def _stage(one: DraftingStage, office: bool) -> StageLine:
    return StageLine(
        kind=one.kind,
        kind_text=one.get_kind_display(),
        on_date=one.on_date,
        topic=one.topic,
        people=one.people,
        asked=one.asked,
        in_favour=one.in_favour,
        groups=one.groups,
        notes=one.notes if office else "",
    )
