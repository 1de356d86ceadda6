"""The rules, read: in force on a day, their history, the packs that Dure ships."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from importlib import resources

from .models import FormSpell
from .models import Provision as Row
from .rules import (
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


@cache
def shipped_packs() -> dict[str, Pack]:
    """Every pack file of this version of Dure, by name."""
    folder = resources.files(__package__) / "packs"
    found = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            name = file.name.removesuffix(".toml")
            origin = Origin.STANDARD if name == STANDARD else Origin.LAW
            pack = read_pack(file.read_text("utf-8"), origin)
            assert pack.name == name, file.name
            found[name] = pack
    return found


def packs_of(form: str) -> tuple[str, ...]:
    """The names of the packs that apply to a legal form, its own first, the model rules last."""
    packs = shipped_packs()
    if form not in packs:
        return (STANDARD,)
    names: list[str] = []
    waiting = [form]
    while waiting:
        name = waiting.pop(0)
        if name not in names:
            names.append(name)
            waiting.extend(packs[name].include)
    return (*(name for name in names if name != STANDARD), STANDARD)


def rows_of(key: str | None = None) -> tuple[Provision, ...]:
    """All provisions ever laid down, of one rule or of all, in the order of their days."""
    rows = Row.objects.order_by("key", "from_date", "pk")
    if key is not None:
        rows = rows.filter(key=key)
    return tuple(_provision(row) for row in rows)


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
        id=row.pk,
    )


_State = tuple[object, object]  # the newest rows, told apart by the act that laid them down
_read: dict[_State, tuple[tuple[Provision, ...], tuple[FormSpell, ...]]] = {}
_books: dict[tuple[_State, date], Rulebook] = {}


def rules_on(on: date) -> Rulebook:
    """The rulebook of a day: two one-row queries when nothing changed since it was last asked."""
    state: _State = (
        Row.objects.order_by("-pk").values_list("pk", "laid_down_by").first(),
        FormSpell.objects.order_by("-pk").values_list("pk", "laid_down_by").first(),
    )
    if (book := _books.get((state, on))) is not None:
        return book
    if state not in _read:
        _read.clear()
        _books.clear()
        _read[state] = rows_of(), tuple(FormSpell.objects.order_by("from_date", "pk"))
    rows, spells = _read[state]
    packs = _packs_on(spells, on)
    book = Rulebook.of((row for row in rows if not row.pack or row.pack in packs), on)
    _books[state, on] = book
    return book


def rows_in_packs(key: str, on: date) -> tuple[Provision, ...]:
    """Everything laid down about one rule that applies to the network's legal form on a day."""
    packs = _packs_on(tuple(FormSpell.objects.order_by("from_date", "pk")), on)
    return tuple(row for row in rows_of(key) if not row.pack or row.pack in packs)


def not_laid_down(provisions: Iterable[Provision]) -> tuple[Provision, ...]:
    """Those of a file that are new, each held against what binds it. Raises what `hold_against` does."""
    new: list[Provision] = []
    for one in provisions:
        rows = rows_in_packs(one.key, one.from_date)
        if not any(same(row, one) for row in rows):
            hold_against(one, (*rows, *(row for row in new if row.key == one.key)))
            new.append(one)
    return tuple(new)


def _packs_on(spells: tuple[FormSpell, ...], on: date) -> frozenset[str]:
    """Before the first form was adopted its packs are taken to have applied already."""
    if not spells:
        return frozenset({STANDARD})
    begun = [spell for spell in spells if spell.from_date <= on] or [spells[0]]
    return frozenset(begun[-1].packs)


def legal_form_on(on: date) -> str:
    """The legal form whose law applies on a day; empty before one was adopted."""
    spells = FormSpell.objects.filter(from_date__lte=on).order_by("from_date", "pk")
    return getattr(spells.last(), "form", "")


def has_legal_form() -> bool:
    """Whether the law of any legal form was ever taken on."""
    return FormSpell.objects.exists()


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


def packs_of_network() -> tuple[str, ...]:
    """The packs of the form that was taken on last; the model rules where there is none."""
    spell = FormSpell.objects.order_by("from_date", "pk").last()
    return packs_of(spell.form) if spell else (STANDARD,)


def packs_are_waiting() -> bool:
    """Whether this version of Dure brings law or model rules that are not laid down yet."""
    return bool(not_laid_down_of(packs_of_network()))


def history(key: str) -> Iterator[Provision]:
    """Everything laid down about one rule, latest day first."""
    return reversed(rows_of(key))
