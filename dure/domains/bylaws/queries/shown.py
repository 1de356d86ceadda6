"""The rules as pages and papers show them: article beside provision, and how each came about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from dure.kernel.models import Deed

from ..models import Provision as Row
from ..rules import (
    ORIGINS,
    OWN,
    Article,
    Origin,
    Pack,
    Provision,
    Rulebook,
    area_label,
    area_of,
    article_order,
    in_force,
    of_layer,
    outgrown,
    overridden,
)
from . import laid
from .owning import owner_name

_RANK = {origin: rank for rank, (origin, _label) in enumerate(ORIGINS)}


@dataclass(frozen=True, slots=True)
class RuleShown:
    """One layer's value of a rule on a day. `instead`: the provision that holds in its place."""

    rule: Provision
    on: date
    instead: Provision | None = None
    outgrown: bool = False  # the network's own, looser than a law that grew stricter

    @property
    def area(self) -> str:
        return area_label(area_of(self.rule.key))

    @property
    def origin(self) -> str:
        return str(dict(ORIGINS)[self.rule.origin])

    @property
    def read_later(self) -> bool:
        return self.rule.read_later(self.on)


@dataclass(frozen=True, slots=True)
class ArticleShown:
    """An article with its words, and the provisions read from it."""

    document: str
    article: str
    heading: str
    text: str
    quoted: bool
    rules: tuple[RuleShown, ...]


@dataclass(frozen=True, slots=True)
class DocumentShown:
    """A law, the bylaws, a regulation: its articles in their order."""

    title: str
    origin: str
    articles: tuple[ArticleShown, ...]


@dataclass(frozen=True, slots=True)
class RulesShown:
    """All rules of a day: what a lawyer reads."""

    on: date
    form: str
    form_title: str
    documents: tuple[DocumentShown, ...]
    count: int  # rules in force, of those asked for
    outgrown: tuple[RuleShown, ...]
    areas: tuple[tuple[str, str], ...]  # that there are, code and label
    notes: tuple[tuple[str, str], ...] = ()  # of the packs: title, what a reader must know
    owner: str = ""  # whose rules; "" the network's
    owner_name: str = ""


def rules_shown(on: date, *, area: str = "", origin: str = "", owner: str = "") -> RulesShown:
    """Every rule of a day beside the article it was read from, narrowed to an area or an origin; the
    network's, or those of another owner of rules."""
    packs = laid.packs_on(on, owner)
    by_key = _by_key(row for row in laid.rows_of(owner=owner) if not row.pack or row.pack in packs)
    shown = [one for rows in by_key.values() for one in _layers(rows, on)]
    words = {} if owner else laid.articles_on(on)
    asked = [
        one
        for one in shown
        if (not area or area_of(one.rule.key) == area) and (not origin or one.rule.origin == origin)
    ]
    form = laid.legal_form_on(on, owner)
    whole = not area and origin in ("", Origin.BYLAWS)
    areas = sorted({area_of(one.rule.key) for one in shown}, key=area_label)
    return RulesShown(
        on=on,
        form=form,
        form_title=form_title(form),
        documents=_documents(asked, words, whole, laid.packs_of(form)),
        count=len({one.rule.key for one in asked if one.instead is None}),
        outgrown=tuple(one for one in shown if one.outgrown),
        areas=tuple((code, area_label(code)) for code in areas),
        notes=tuple(
            (pack.title, pack.note)
            for name, pack in laid.shipped_packs().items()
            if name in packs and pack.note
        ),
        owner=owner,
        owner_name=owner_name(owner),
    )


def _by_key(rows: Iterable[Provision]) -> dict[str, list[Provision]]:
    found: dict[str, list[Provision]] = {}
    for row in rows:
        found.setdefault(row.key, []).append(row)
    return found


def _layers(rows: list[Provision], on: date) -> list[RuleShown]:
    """What each layer lays down of one rule; the model rules only where nothing else is."""
    held = in_force(rows, on)
    found = []
    for origin, _label in ORIGINS:
        own = of_layer(rows, origin, on)
        if own is None or (own != held and origin == Origin.STANDARD):
            continue
        late = origin in OWN and overridden(rows, own, on) is not None
        found.append(RuleShown(own, on, None if own == held else held, late))
    return found


def _documents(
    shown: list[RuleShown],
    words: dict[tuple[str, str], Article],
    whole: bool,
    packs: tuple[str, ...],
) -> tuple[DocumentShown, ...]:
    """Law first, that of the legal form before what binds everybody; then the network's own."""
    turns = {name: turn for turn, name in enumerate(packs)}
    origins: dict[str, Origin] = {}
    turn_of: dict[str, int] = {}
    at: dict[tuple[str, str], list[RuleShown]] = {}
    for one in shown:
        place = (one.rule.citation.document, one.rule.citation.article)
        at.setdefault(place, []).append(one)
        turn = turns.get(one.rule.pack, len(turns))
        turn_of[place[0]] = min(turn_of.get(place[0], turn), turn)
        first = origins.setdefault(place[0], one.rule.origin)
        origins[place[0]] = min(first, one.rule.origin, key=_RANK.__getitem__)
    for place, article in words.items():
        if whole and not article.pack:  # of the network's own every article is read
            at.setdefault(place, [])
            origins.setdefault(place[0], Origin.BYLAWS)

    many = Counter(place[0] for place in at)

    def in_order(place: tuple[str, str]) -> tuple[object, ...]:
        document, article = place
        turn = turn_of.get(document, 0)
        return _RANK[origins[document]], turn, -many[document], document, article_order(article)

    places = sorted(at, key=in_order)
    return tuple(
        DocumentShown(
            document,
            str(dict(ORIGINS)[origins[document]]),
            tuple(_article(place, at[place], words.get(place)) for place in of_document),
        )
        for document, of_document in groupby(places, key=lambda place: place[0])
    )


def _article(place: tuple[str, str], rules: list[RuleShown], words: Article | None) -> ArticleShown:
    if words:
        return ArticleShown(*place, words.heading, words.text, words.quoted, tuple(rules))
    cited = next((one.rule.citation for one in rules if one.rule.citation.text), None)
    text, quoted = (cited.text, cited.quoted) if cited else ("", False)
    return ArticleShown(*place, "", text, quoted, tuple(rules))


def form_title(form: str) -> str:
    """The name of a legal form that law is shipped for; else its code."""
    return dict(laid.forms()).get(form, form)


@dataclass(frozen=True, slots=True)
class Laid:
    """One value as it was laid down: by which decision, when, in which deed of the log."""

    rule: Provision
    decided_by: str
    laid_down_at: datetime
    deed_id: int | None
    actor_id: int | None  # who laid it down; None: the system, or who runs the machine
    applies: bool  # of the network's legal form, or its own

    @property
    def origin(self) -> str:
        return str(dict(ORIGINS)[self.rule.origin])


def history(key: str) -> tuple[Laid, ...]:
    """Everything ever laid down about one rule, latest day first."""
    facts: dict[int, tuple[str, datetime, UUID]] = {
        pk: (decided_by, at, act_key)
        for pk, decided_by, at, act_key in Row.objects.filter(key=key)
        .order_by("pk")
        .values_list("pk", "decided_by", "laid_down_at", "laid_down_by")
    }
    keys = {act_key for _decided, _at, act_key in facts.values()}
    deeds = {
        act_key: (pk, actor_id)
        for act_key, pk, actor_id in Deed.objects.filter(key__in=keys)
        .order_by("-pk")
        .values_list("key", "pk", "actor_id")
    }
    packs = {name for _from, form in laid.form_spells() for name in laid.packs_of(form)}
    return tuple(
        Laid(
            rule=row,
            decided_by=facts[row.id][0],
            laid_down_at=facts[row.id][1],
            deed_id=deeds.get(facts[row.id][2], (None, None))[0],
            actor_id=deeds.get(facts[row.id][2], (None, None))[1],
            applies=not row.pack or not packs or row.pack in packs,
        )
        for row in reversed(laid.rows_of(key))
    )


def rule_shown(key: str, on: date) -> tuple[RuleShown, ...]:
    """What each layer lays down of one rule on a day; empty where nobody does."""
    return tuple(_layers(list(laid.rows_in_packs(key, on)), on))


@dataclass(frozen=True, slots=True)
class ChangeOfForm:
    """What another legal form changes: rules that come, go or ask something else; own ones outgrown."""

    form_title: str
    from_date: date
    changes: tuple[tuple[str, str, str], ...] = ()  # label, asks now, asks then; empty: none
    outgrown: tuple[tuple[Provision, Provision], ...] = field(default=())


def change_of_form(form: str, from_date: date) -> ChangeOfForm:
    """The effect of taking on a legal form from a day, before it is done."""
    packs = laid.packs_of(form)
    shipped = [row for name in packs for row in laid.shipped_packs()[name].provisions]
    own = [row for row in laid.rows_of() if not row.pack]
    before = laid.rules_on(from_date).provisions
    after = Rulebook.of([*own, *shipped], from_date).provisions
    changes = []
    for key in sorted({*before, *after}, key=lambda key: (area_label(area_of(key)), key)):
        old, new = before.get(key), after.get(key)
        asks = (old.asks if old else "", new.asks if new else "")
        if asks[0] != asks[1]:
            changes.append(((new or old).label, *asks))  # type: ignore[union-attr]
    return ChangeOfForm(
        form_title(form), from_date, tuple(changes), outgrown([*own, *shipped], from_date)
    )


def imported(pack: Pack, owner: str = "") -> tuple[tuple[Provision, Provision | None], ...]:
    """What a file would lay down, each beside what holds on its day now. Raises PackMalformed."""
    new = laid.new_of(pack, owner)
    books = {on: laid.rules_on(on, owner) for on in {one.from_date for one in new}}
    return tuple((one, books[one.from_date].provisions.get(one.key)) for one in new)
