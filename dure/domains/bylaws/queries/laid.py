"""The rules, read: in force on a day, their history, the packs that Dure ships."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources

from django.db.models import Q

from dure.kernel.refusals import Refusal
from dure.kernel.statements import Statement

from .. import rules
from ..models import Article as ArticleRow, FormSpell, Provision as Row
from ..rules import (
    Article,
    Citation,
    Comparison,
    Kind,
    Origin,
    Pack,
    Provision,
    Rulebook,
    hold_against,
    provision_value,
    read_pack,
    same,
)

STANDARD = "standard"  # the pack of model rules, which every form includes
EVERYONES = ("civil_periods", "privacy", "e_finance", "tax", STANDARD)  # law that asks for no form


@cache
def shipped_packs() -> dict[str, Pack]:
    """Every pack file of this version of Dure, by name."""
    folder = resources.files("dure.domains.bylaws") / "packs"
    found = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            name = file.name.removesuffix(".toml")
            origin = Origin.STANDARD if name == STANDARD else Origin.LAW
            pack = read_pack(file.read_text("utf-8"), origin)
            assert pack.name == name, file.name
            found[name] = pack
    return found


def example(name: str) -> str:
    """The text of a file of real bylaws, to be read as an example."""
    found = resources.files("dure.domains.bylaws") / "examples" / f"{name}.toml"
    return found.read_text("utf-8")


def forms() -> tuple[tuple[str, str], ...]:
    """The legal forms that law is shipped for: code and title."""
    packs = shipped_packs()
    shared = {name for pack in packs.values() for name in pack.include} | {STANDARD}
    return tuple((name, pack.title) for name, pack in packs.items() if name not in shared)


def packs_of(form: str) -> tuple[str, ...]:
    """The names of the packs that apply to a legal form, its own first, the model rules last."""
    packs = shipped_packs()
    if form not in packs:
        return EVERYONES
    names: list[str] = []
    waiting = [form]
    while waiting:
        name = waiting.pop(0)
        if name not in names:
            names.append(name)
            waiting.extend(packs[name].include)
    return (*(name for name in names if name != STANDARD), STANDARD)


def rows_of(key: str | None = None, owner: str = "") -> tuple[Provision, ...]:
    """All provisions ever laid down, of one rule or of all, in the order of their days: those of law,
    and those of the network or of another `owner` of rules."""
    rows = Row.objects.filter(Q(owner=owner) | ~Q(pack="")).order_by("key", "from_date", "pk")
    if key is not None:
        rows = rows.filter(key=key)
    return tuple(_provision(row) for row in rows)


def free_key(area: str) -> str:
    """The next key of an area for a rule that only its words name."""
    prefix = f"{area}.own_"
    keys = Row.objects.filter(key__startswith=prefix).order_by("key")
    taken = set(keys.values_list("key", flat=True).distinct())
    return next(key for n in range(1, len(taken) + 2) if (key := f"{prefix}{n}") not in taken)


def _provision(row: Row) -> Provision:
    kind = Kind(row.kind)
    return Provision(
        key=row.key,
        origin=Origin(row.origin),
        kind=kind,
        comparison=Comparison(row.comparison),
        value=provision_value(kind, row.value),
        citation=Citation(row.document, row.article, row.text, row.quoted),
        from_date=row.from_date,
        label=row.label,
        of=row.of,
        mandatory=row.mandatory,
        pack=row.pack,
        note=row.note,
        id=row.pk,
    )


_State = tuple[object, ...]  # the newest rows, told apart by the act that laid them down
_STATE = Statement(
    "SELECT (SELECT MAX(id) FROM bylaws_provision), (SELECT MAX(id) FROM bylaws_formspell),"
    " (SELECT CAST(laid_down_by AS text) FROM bylaws_provision ORDER BY id DESC LIMIT 1),"
    " (SELECT CAST(laid_down_by AS text) FROM bylaws_formspell ORDER BY id DESC LIMIT 1)"
)


@dataclass(frozen=True, slots=True)
class _Laid:
    """All that was ever laid down for one owner of rules, and the rulebooks made of it: one from each
    day of a change to the next, since within them every day has the same rules."""

    rows: tuple[Provision, ...]
    spells: tuple[FormSpell, ...]
    days: tuple[date, ...]
    books: dict[date, Rulebook] = field(default_factory=dict)

    def book(self, on: date) -> Rulebook:
        since = self.days[at - 1] if (at := bisect_right(self.days, on)) else date.min
        if (book := self.books.get(since)) is None:
            packs = _packs_on(self.spells, since)
            applying = (row for row in self.rows if not row.pack or row.pack in packs)
            book = self.books[since] = Rulebook.of(applying, since)
        return Rulebook(on, book.provisions)


_laid: dict[_State, dict[str, _Laid]] = {}  # the newest only, by owner
_reading: ContextVar[list[dict[str, _Laid]] | None] = ContextVar("reading", default=None)


@contextmanager
def one_reading() -> Iterator[None]:
    """While somebody only reads, what was laid down is asked for once."""
    before = _reading.set([])
    try:
        yield
    finally:
        _reading.reset(before)


def rules_on(on: date, owner: str = "") -> Rulebook:
    """The rulebook of a day, the network's or that of another `owner` of rules: one query of one row
    when nothing changed since it was last asked, none when it was asked in the same reading."""
    read = _reading.get()
    if read:
        by_owner = read[0]
    else:
        (state,) = _STATE()
        found = _laid.get(state)
        if found is None:  # other threads may read and forget at the same moment
            found = {}
            _laid.clear()
            _laid[state] = found
        by_owner = found
        if read is not None:
            read.append(by_owner)
    laid = by_owner.get(owner)
    if laid is None:
        laid = by_owner[owner] = _read(owner)
    return laid.book(on)


def _read(owner: str) -> _Laid:
    rows, spells = rows_of(owner=owner), _spells(owner)
    days = sorted({row.from_date for row in rows} | {spell.from_date for spell in spells})
    return _Laid(rows, spells, tuple(days))


def _spells(owner: str = "") -> tuple[FormSpell, ...]:
    """The legal forms of an owner of rules, in the order of their days."""
    return tuple(FormSpell.objects.filter(owner=owner).order_by("from_date", "pk"))


def binding(book: Rulebook, key: str) -> bool:
    """Whether a rule must be kept: laid down by law or by the network, not only recommended."""
    return key in book and book.provision(key).origin != Origin.STANDARD


def rows_that_bind(key: str, from_date: date, owner: str = "") -> tuple[Provision, ...]:
    """What a new value of a rule is held against: all that applies on its day or later."""
    packs = _packs_from(_spells(owner), from_date)
    return tuple(row for row in rows_of(key, owner) if not row.pack or row.pack in packs)


def rows_in_packs(key: str, on: date) -> tuple[Provision, ...]:
    """Everything laid down about one rule that applies to the network's legal form on a day."""
    packs = packs_on(on)
    return tuple(row for row in rows_of(key) if not row.pack or row.pack in packs)


def highest(key: str, owner: str = "") -> Provision | None:
    """A rule as the highest layer that knows it tells it: its kind, comparison and name. What only the
    network knows, another owner lays down in the same kind."""
    ranks = {origin: rank for rank, (origin, _label) in enumerate(rules.ORIGINS)}
    rows = rows_of(key, owner) or rows_of(key)
    return min(rows, key=lambda row: (ranks[row.origin], -row.id), default=None)


def new_of(pack: Pack, owner: str = "") -> tuple[Provision, ...]:
    """What a network's own file, or that of another owner of rules, lays down that is not laid down yet.

    Raises PackMalformed with the line of every value that loosens what binds it, or does not fit.
    """
    spells = _spells(owner)
    laid: dict[str, list[Provision]] = {}
    for row in rows_of(owner=owner):
        laid.setdefault(row.key, []).append(row)
    faults = rules.Faults()
    new: list[Provision] = []
    for line, one in zip(pack.lines, pack.provisions, strict=True):
        packs = _packs_from(spells, one.from_date)
        rows = [row for row in laid.get(one.key, ()) if not row.pack or row.pack in packs]
        if any(same(row, one) for row in rows):
            continue
        try:
            hold_against(one, rows)
        except Refusal as refusal:
            faults.add(rules.malformed(line, str(refusal)))
            continue
        new.append(one)
        laid.setdefault(one.key, []).append(one)
    faults.tell()
    return tuple(new)


def article_rows() -> tuple[Article, ...]:
    """The words of all articles ever written, in the order of their days."""
    return tuple(
        Article(
            document=row.document,
            article=row.article,
            text=row.text,
            from_date=row.from_date,
            heading=row.heading,
            quoted=row.quoted,
            pack=row.pack,
            id=row.pk,
        )
        for row in ArticleRow.objects.order_by("from_date", "pk")
    )


def articles_on(on: date) -> dict[tuple[str, str], Article]:
    """The words of every article on a day, by document and article, of the packs that apply."""
    packs = packs_on(on)
    return rules.articles_on(
        (row for row in article_rows() if not row.pack or row.pack in packs), on
    )


def not_written(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Those whose words are not written yet for that day."""
    written = {_words(row) for row in article_rows()}
    return tuple(one for one in articles if _words(one) not in written)


def _words(one: Article) -> tuple[object, ...]:
    return one.document, one.article, one.from_date, one.text, one.heading, one.pack


def packs_on(on: date, owner: str = "") -> frozenset[str]:
    """The packs that apply on a day."""
    return _packs_on(_spells(owner), on)


def _packs_on(spells: tuple[FormSpell, ...], on: date) -> frozenset[str]:
    """Before the first form was adopted its packs are taken to have applied already."""
    spell = _spell_on(spells, on)
    return frozenset(spell.packs if spell else EVERYONES)


def _packs_from(spells: tuple[FormSpell, ...], on: date) -> frozenset[str]:
    """The packs that apply on a day or, by a form taken on for later, on a day after it."""
    days = {on} | {spell.from_date for spell in spells if spell.from_date > on}
    return frozenset(name for day in days for name in _packs_on(spells, day))


def _spell_on(spells: tuple[FormSpell, ...], on: date) -> FormSpell | None:
    """Of two forms for one day the later taken on holds; `spells` in their order."""
    if not spells:
        return None
    since = max((one.from_date for one in spells if one.from_date <= on), default=None)
    return [one for one in spells if one.from_date == (since or spells[0].from_date)][-1]


def legal_form_on(on: date, owner: str = "") -> str:
    """The legal form whose law applies on a day; before the first one, that; empty without any."""
    spell = _spell_on(_spells(owner), on)
    return spell.form if spell else ""


def has_legal_form() -> bool:
    """Whether the network ever took on the law of a legal form."""
    return bool(_spells())


def not_laid_down_of(names: Iterable[str]) -> tuple[Provision, ...]:
    """What the packs of this version hold that was never laid down."""
    laid: dict[str, list[Provision]] = {}
    for row in rows_of():
        laid.setdefault(row.key, []).append(row)
    return tuple(
        one
        for name in names
        for one in shipped_packs()[name].provisions
        if not any(same(row, one) for row in laid.get(one.key, ()))
    )


def not_written_of(names: Iterable[str]) -> tuple[Article, ...]:
    """The articles of packs of this version whose words are not written yet."""
    return not_written(one for name in names for one in shipped_packs()[name].articles)


def packs_of_network() -> tuple[str, ...]:
    """The packs of the form that was taken on last, the model rules where there is none; and those of
    every other owner of rules."""
    last = {spell.owner: spell.form for spell in FormSpell.objects.order_by("from_date", "pk")}
    names = packs_of(last.pop("")) if "" in last else EVERYONES
    return tuple(
        dict.fromkeys((*names, *(pack for form in last.values() for pack in packs_of(form))))
    )


def packs_are_waiting() -> bool:
    """Whether this version of Dure brings law or model rules that are not laid down yet."""
    names = packs_of_network()
    return bool(not_laid_down_of(names) or not_written_of(names))


def form_spells() -> tuple[tuple[date, str], ...]:
    """From which day which legal form, earliest first."""
    return tuple((spell.from_date, spell.form) for spell in _spells())
