"""Whether a new provision may stand beside what is laid down already."""

from __future__ import annotations

from collections.abc import Iterable

from dure.kernel.refusals import InvalidInput, Refusal
from dure.kernel.words import gettext_lazy as _

from .packs import LONGEST
from .provisions import Provision, loosened
from .values import comparison_label, kind_label


class LoosensTheRule(Refusal):
    """A network may tighten, never loosen, what the law or its bylaws lay down."""

    text = _(
        "“%(label)s”: %(value)s would loosen %(citation)s, which lays down %(bound)s (%(comparison)s)."
    )
    remedy = _("Lay down the same or a stricter value, or have the higher rule changed first.")


class UnlikeTheRule(InvalidInput):
    """A rule that is known already has another kind of value or another comparison."""

    text = _("“%(key)s” is a rule of the kind “%(kind)s” (%(comparison)s).")
    remedy = _("Lay it down in that kind, or give your rule a name of its own.")


class RuleTwiceThatDay(Refusal):
    """This very value is laid down for this very day already."""

    text = _("“%(label)s” is %(value)s from %(date)s already.")


class CitationMissing(InvalidInput):
    """A rule without its article is only an opinion."""

    text = _("Say in which document and article the rule stands, and who decided it.")


class RuleNameMalformed(InvalidInput):
    """The name of a rule is a dotted word."""

    text = _("“%(given)s” cannot name a rule. Type small letters with a dot: shares.minimum_won.")


class WordsTooLong(InvalidInput):
    """More letters than the page and the paper have room for."""

    text = _("“%(name)s” is longer than %(count)d letters.")


def hold_against(new: Provision, rows: Iterable[Provision]) -> None:
    """Raises UnlikeTheRule, RuleTwiceThatDay and LoosensTheRule, naming the article that binds."""
    rows = tuple(rows)
    for row in rows:
        if row.kind != new.kind or row.of != new.of:
            raise UnlikeTheRule(
                key=new.key, kind=kind_label(row.kind), comparison=comparison_label(row.comparison)
            )
        if same(row, new):
            raise RuleTwiceThatDay(label=new.label, value=new.shown, date=new.from_date)
    if bound := loosened(rows, new):
        raise LoosensTheRule(
            label=new.label or new.key,
            value=new.shown,
            citation=str(bound.citation),
            bound=bound.shown,
            comparison=comparison_label(bound.comparison),
        )


def same(row: Provision, other: Provision) -> bool:
    """Whether two provisions lay down the same, by the same article, from the same day."""
    return (row.origin, row.pack, row.from_date, row.value, row.comparison, row.citation) == (
        other.origin,
        other.pack,
        other.from_date,
        other.value,
        other.comparison,
        other.citation,
    )


def not_too_long(**given: str) -> None:
    """Raises WordsTooLong for the first of the named texts that has no room."""
    for name, value in given.items():
        if len(value) > LONGEST[name] or "\0" in value:
            raise WordsTooLong(name=name, count=LONGEST[name])
