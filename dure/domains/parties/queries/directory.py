"""The public directory: what is published, found by words, region, kind, openness, section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from dure.kernel.acts import Act

from .. import policies
from ..models import NUMBERED, Designation, Organisation, SearchTerm
from ..rules.codes import DESIGNATION_KINDS, OPENNESS, label_of
from ..rules.regions import region_name, region_of, sidos, sigungus
from ..rules.search import Asked, prefix_range, question
from ..rules.texts import mask_mobile

T = TypeVar("T", bound=Model)

CHUNK = 2_000
SECTIONS_MAX = 50
GROUPS_MAX = 10_000


@dataclass(frozen=True, slots=True)
class DirectoryQuestion:
    """What is asked of the directory. Empty text asks nothing; openness "-" asks for unknown."""

    search: str = ""
    region: str = ""  # code of a 시도 or 시·군·구
    kind: str = ""  # code of a designation
    openness: str = ""  # O, X or "-"
    section: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter, its word, and how many answers it would leave."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facets:
    """The filters with counts; each counts as if its own filter were not set."""

    total: int
    regions: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    openness: tuple[Choice, ...]
    sections: tuple[Choice, ...]
    categories: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """A line of the directory. Mobile numbers are masked."""

    id: int
    name: str
    region: str
    category: str
    section: str
    section_number: int | None
    kinds: tuple[str, ...]
    openness: str
    openness_label: str
    phone: str
    website: str
    offers: str
    requirement: str


def question_of(asks: Mapping[str, str]) -> DirectoryQuestion:
    """What an address asks of the directory; values it does not know are passed over."""

    def bare(name: str, most: int) -> str:
        return " ".join(asks.get(name, "").replace("\x00", " ").split())[:most]

    region, openness = bare("region", 5), bare("openness", 1)
    return DirectoryQuestion(
        search=bare("q", 100),
        region=region if region_of(region) else "",
        kind=bare("kind", 24),
        openness=openness if openness in ("O", "X", "-") else "",
        section=bare("section", 60),
        category=bare("category", 30),
    )


# -- words -----------------------------------------------------------------------------------


def begins_with(prefixes: Iterable[str]) -> Q:
    """Narrows terms of the index to those that begin with one of the prefixes."""
    wanted = Q()
    for prefix in prefixes:
        low, high = prefix_range(prefix)
        wanted |= Q(term__gte=low, term__lt=high)
    return wanted


def _score(word: Asked, terms: QuerySet[Any], owner: str) -> Coalesce:
    """How well a row answers one word: the best weight of its terms that do."""
    terms = terms.filter(**{owner: OuterRef("pk")})
    terms = terms.filter(begins_with((*word.prefixes, *word.akin)))
    best = terms.values(owner).annotate(best=Max(worth_of(word))).values("best")
    return Coalesce(Subquery(best, output_field=IntegerField()), Value(0))


def worth_of(word: Asked) -> Case:
    """What a term of an index is worth as an answer: most if it is the word, least if it is akin."""
    return Case(
        When(Q(term__in=word.prefixes), then=F("weight") * 4),
        When(begins_with(word.prefixes), then=F("weight") * 3),
        default=F("weight"),
        output_field=IntegerField(),
    )


def answering(
    rows: QuerySet[T, T], terms: QuerySet[Any], owner: str, words: Sequence[Asked]
) -> QuerySet[Any, Any]:
    """Those of the rows that have every noun asked for, with their `score`. `terms`: an index, whose
    rows (`term`, `weight`) point at them by `owner`."""
    for word in words:
        if word.is_required:
            found = terms.filter(begins_with((*word.prefixes, *word.akin)))
            rows = rows.filter(pk__in=found.values(f"{owner}_id"))
    score: Any = sum(
        (_score(word, terms, owner) for word in words[1:]), start=_score(words[0], terms, owner)
    )
    return rows.annotate(score=score)


def found_by_words(
    organisations: QuerySet[Organisation, Organisation], text: str
) -> QuerySet[Organisation, Organisation]:
    """Those that have every noun of the text, the best answers first; none when it has no word."""
    words = question(text)
    if not words:
        return organisations.none() if text.strip() else organisations
    found = answering(organisations, SearchTerm.objects.all(), "organisation", words)
    return found.order_by("-score", "party__name", "pk")


# -- the directory ---------------------------------------------------------------------------


def _published() -> QuerySet[Organisation]:
    return Organisation.objects.filter(is_published=True, party__merged_into=None)


def _narrowed(asked: DirectoryQuestion, but: str = "") -> QuerySet[Organisation]:
    """The published organisations that answer, leaving out one filter (for its counts)."""
    found = _published()
    if asked.region and but != "region":
        column = "sido_code" if len(asked.region) == 2 else "sigungu_code"
        found = found.filter(**{column: asked.region})
    if asked.kind and but != "kind":
        held = Designation.objects.filter(organisation=OuterRef("pk"), kind=asked.kind)
        found = found.filter(Exists(held.filter(until_date=None)))
    if asked.openness and but != "openness":
        found = found.filter(openness="" if asked.openness == "-" else asked.openness)
    if asked.section and but != "section":
        found = found.filter(section=asked.section)
    if asked.category and but != "category":
        found = found.filter(category=asked.category)
    return found


def directory(
    asked: DirectoryQuestion, sections: Sequence[str] | None = None
) -> QuerySet[Organisation]:
    """The organisations that answer, ordered: by words when some were given, else as printed.

    `sections` is their order when the caller knows it already.
    """
    found = _narrowed(asked).select_related("party")
    if asked.search.strip():
        return found_by_words(found, asked.search)
    if sections is None:
        counts = directory_counts()
        sections = [name for name, _count in counts.by_section if name]
    place = Case(
        *(When(section=name, then=Value(at)) for at, name in enumerate(sections[:SECTIONS_MAX])),
        default=Value(len(sections)),
        output_field=IntegerField(),
    )
    return found.annotate(place=place).order_by(
        "place", F("section_number").asc(nulls_last=True), "party__name", "pk"
    )


def directory_entries(organisations: Sequence[Organisation]) -> list[DirectoryEntry]:
    """One page of organisations as lines, with one statement for all their designations."""
    kinds: dict[int, list[str]] = {}
    ids = [one.pk for one in organisations]
    held = Designation.objects.filter(organisation_id__in=ids, until_date=None).order_by("pk")
    for pk, kind in held.values_list("organisation_id", "kind"):
        kinds.setdefault(pk, []).append(str(label_of(DESIGNATION_KINDS, kind)))
    return [
        DirectoryEntry(
            id=one.pk,
            name=one.party.name,
            region=region_name(one.sigungu_code or one.sido_code),
            category=one.category,
            section=one.section,
            section_number=one.section_number,
            kinds=tuple(kinds.get(one.pk, ())),
            openness=one.openness,
            openness_label=str(label_of(OPENNESS, one.openness)),
            phone=mask_mobile(one.phone),
            website=one.website,
            offers=one.offers,
            requirement=one.requirement,
        )
        for one in organisations
    ]


def directory_facets(asked: DirectoryQuestion) -> Facets:
    """The filters with how many answers each choice would leave, in two statements.

    The answers to words and designation are counted by place, openness, section and category at
    once; each filter then sums the groups that the other filters leave.
    """
    found = _narrowed(DirectoryQuestion(search=asked.search, kind=asked.kind))
    if asked.search.strip():
        found = found_by_words(found, asked.search)
    here = Case(
        When(sigungu_code=asked.region if len(asked.region) == 5 else "-", then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    columns = ("sido_code", "here", "openness", "section", "category")
    rows = found.annotate(here=here).order_by().values(*columns)
    groups = list(rows.annotate(n=Count("pk"), first=Min("pk")).order_by("first")[:GROUPS_MAX])

    def kept(row: Mapping[str, Any], but: str) -> bool:
        if asked.region and but != "sido_code":
            if len(asked.region) == 5 and not row["here"]:
                return False
            if row["sido_code"] != asked.region[:2]:
                return False
        wanted = {
            "openness": "" if asked.openness == "-" else asked.openness or None,
            "section": asked.section or None,
            "category": asked.category or None,
        }
        return all(
            want is None or column == but or row[column] == want for column, want in wanted.items()
        )

    def counts(column: str) -> dict[str, int]:
        sums: dict[str, int] = {}
        for row in groups:
            sums.setdefault(row[column], 0)
            if kept(row, column):
                sums[row[column]] += row["n"]
        return sums

    by_sido, by_openness = counts("sido_code"), counts("openness")
    by_kind = _kind_counts(asked)
    return Facets(
        total=sum(row["n"] for row in groups if kept(row, "")),
        regions=tuple(
            Choice(one.code, one.short, by_sido.get(one.code, 0), asked.region[:2] == one.code)
            for one in sidos()
        ),
        kinds=tuple(
            Choice(code, str(label), by_kind.get(code, 0), asked.kind == code)
            for code, label in DESIGNATION_KINDS
            if by_kind.get(code) or asked.kind == code
        ),
        openness=tuple(
            Choice(
                code or "-", str(label), by_openness.get(code, 0), asked.openness == (code or "-")
            )
            for code, label in OPENNESS
        ),
        sections=_named(counts("section"), asked.section),
        categories=_named(dict(sorted(counts("category").items())), asked.category),
    )


def _kind_counts(asked: DirectoryQuestion) -> dict[str, int]:
    found = _narrowed(asked, "kind")
    if asked.search.strip():
        found = found_by_words(found, asked.search).order_by()
    kinds = Designation.objects.filter(until_date=None, organisation__in=found.values("pk"))
    rows = kinds.values("kind").annotate(n=Count("organisation", distinct=True)).order_by("kind")
    return {str(row["kind"]): int(row["n"]) for row in rows}


def _named(counts: dict[str, int], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(v, v, n, v == chosen) for v, n in counts.items() if v)


def published_sigungus(sido_code: str) -> tuple[tuple[str, str], ...]:
    """(code, name) of the 시·군·구 of a 시도, for the second choice of the region filter."""
    return tuple((one.code, one.name) for one in sigungus(sido_code))


@dataclass(frozen=True, slots=True)
class DirectoryCounts:
    """What the directory holds, for first pages."""

    total: int
    by_section: tuple[tuple[str, int], ...]
    by_region: tuple[tuple[str, str, int], ...]  # code, short name, how many


def directory_counts() -> DirectoryCounts:
    """Sums over the published organisations."""
    published = _published()
    sections = (
        published.values("section").annotate(n=Count("pk"), first=Min("pk")).order_by("first")
    )
    by_section = tuple((row["section"], row["n"]) for row in sections)
    regions = published.values("sido_code").annotate(n=Count("pk")).order_by("sido_code")
    counts = {row["sido_code"]: row["n"] for row in regions}
    return DirectoryCounts(
        sum(n for _name, n in by_section),
        by_section,
        tuple((one.code, one.short, counts[one.code]) for one in sidos() if one.code in counts),
    )


def published_count() -> int:
    """How many organisations the directory shows."""
    return _published().count()


# -- the register (staff) --------------------------------------------------------------------


def organisations_visible_to(
    act: Act, *, search: str = "", region: str = "", kind: str = "", published: bool | None = None
) -> QuerySet[Organisation]:
    """All organisations of the register, for staff; those one represents, for representatives."""
    found = Organisation.objects.filter(party__merged_into=None).select_related("party")
    if not policies.can_read_parties(act):
        own = act.things("representative")
        if not own:
            policies.can_read_parties(act).enforce()
        found = found.filter(pk__in=own)
    if region:
        found = found.filter(**{"sido_code" if len(region) == 2 else "sigungu_code": region})
    if kind:
        held = Designation.objects.filter(organisation=OuterRef("pk"), kind=kind, until_date=None)
        found = found.filter(Exists(held))
    if published is not None:
        found = found.filter(is_published=published)
    if search.strip():
        digits = "".join(character for character in search if character.isdigit())
        if len(digits) == 10 and len(search.strip()) <= 13:
            return found.filter(NUMBERED, business_number=digits).order_by("party__name", "pk")
        return found_by_words(found, search)
    return found.order_by("party__name", "pk")


def organisations_in_chunks(act: Act, *, published: bool | None = None) -> Iterator[list[Any]]:
    """The whole register for exports, in order of ids, a bounded number of rows at a time."""
    policies.can_read_parties(act).enforce()
    found = Organisation.objects.filter(party__merged_into=None).select_related("party")
    if published is not None:
        found = found.filter(is_published=published)
    last = 0
    while chunk := list(found.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        yield chunk
        last = chunk[-1].pk
