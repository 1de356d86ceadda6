"""Reading procedures: TOML, validated strictly, as the packs of the bylaws are.

    [procedure]
    title = "천안사회적경제연대 가입 절차"
    document = "천안사회적경제연대"             # where it stands
    article = "가입절차"

    [[step]]
    kind = "sponsors"
    title = "추천"
    [[step.way]]
    by = "members"
    value = "2"

    [[step]]
    kind = "decision"
    title = "운영위원회 의결"
    body = "운영위원회"
    base = "seats"
    [step.majority]                     # a value of its own, or  rule = "admission.majority_ratio"
    comparison = "more_than"
    value = "1/2"

A step may name its own document and article; otherwise the procedure's hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dure.domains.bylaws.rules import (
    Comparison,
    Kind,
    Lines,
    checked,
    fit,
    malformed,
    read_tables,
    read_value,
    unknown,
)
from dure.domains.bylaws.rules.packs import is_key
from dure.kernel.refusals import InvalidInput
from dure.kernel.words import gettext_lazy as _

from .steps import BASES, SPONSORS, Limit, Procedure, Sheet, Step, StepKind, Way

STEPS_MAX = 40


@dataclass(frozen=True, slots=True)
class Shape:
    """What a step of a kind has: its list (by its name in the file), its texts, its limits with
    the kinds of value they may have, and which of all these it must have."""

    items: str = ""
    texts: tuple[str, ...] = ()
    limits: Mapping[str, tuple[Kind, ...]] | None = None
    needed: tuple[str, ...] = ()


_COUNTED = (Kind.COUNT,)
_PERIOD = (Kind.DAYS, Kind.MONTHS)
SHAPES: Mapping[StepKind, Shape] = {
    StepKind.PAPERS: Shape("papers", needed=("papers",)),
    StepKind.PLEDGE: Shape(texts=("wording", "version"), needed=("wording", "version")),
    StepKind.SPONSORS: Shape(needed=("way",)),
    StepKind.INTERVIEW: Shape("questions"),
    StepKind.FACT: Shape(
        texts=("of",),
        limits={"asks": (Kind.COUNT, Kind.RATIO, Kind.YES_NO, Kind.CHOICE, Kind.WON, Kind.MONTHS)},
        needed=("asks",),
    ),
    StepKind.PLACE: Shape("regions", needed=("regions",)),
    StepKind.TERRITORY: Shape(limits={"asks": _COUNTED}, needed=("asks",)),
    StepKind.DESIGNATION: Shape("designations", needed=("designations",)),
    StepKind.HEARING: Shape(texts=("body",), needed=("body",)),
    StepKind.PAYMENT: Shape(limits={"asks": (Kind.WON,)}, needed=("asks",)),
    StepKind.DECISION: Shape(
        texts=("body", "base"),
        limits={"majority": (Kind.RATIO,), "quorum": (Kind.RATIO,), "within": _PERIOD},
        needed=("body", "majority"),
    ),
    StepKind.SHARES: Shape(limits={"within": _PERIOD}, needed=("within",)),
    StepKind.APPEAL: Shape(texts=("body",), limits={"within": _PERIOD}, needed=("body", "within")),
}
_HEAD = {
    "title": str,
    "document": str,
    "article": str,
    "text": str,
    "needs_authorisation": bool,
    "enters_on_designation": bool,
}
_STEP = {"kind": str, "key": str, "title": str, "document": str, "article": str, "text": str}
_LIMIT = {
    "rule": str,
    "kind": str,
    "comparison": str,
    "value": str,
    "label": str,
    "document": str,
    "article": str,
    "text": str,
}
_LONGEST = {"title": 120, "body": 80, "version": 40, "of": 60, "document": 120, "article": 120}
_LONGEST |= {"label": 120, "text": 2000, "wording": 4000}
_ITEM_LONGEST = 120
_WORD = re.compile(r"[a-z][a-z0-9_-]{0,29}")


@lru_cache(maxsize=256)
def read_procedure(text: str) -> Procedure:
    """The procedure that a file holds. Raises PackMalformed with line and reason."""
    data, lines = read_tables(text)
    _not_too_long(data, lines)
    for name in data:
        if name not in ("procedure", "step"):
            raise malformed(lines.of_name(name), unknown(name))
    head = data.get("procedure")
    if not isinstance(head, dict):
        raise malformed(1, _("the table [procedure] is missing"))
    at = lines.table("procedure", 0)
    checked(head, _HEAD, ("title", "document", "article"), lines, at)
    sheet = Sheet(head["document"], head["article"], head.get("text", ""))
    given = data.get("step", [])
    if not isinstance(given, list) or len(given) > STEPS_MAX:
        raise malformed(lines.of_name("step"), _("a procedure has at most 40 steps"))
    steps = tuple(_steps(given, sheet, lines))
    _whole(steps, head.get("enters_on_designation", False), lines)
    return Procedure(
        title=head["title"],
        steps=steps,
        sheet=sheet,
        needs_authorisation=head.get("needs_authorisation", False),
        enters_on_designation=head.get("enters_on_designation", False),
    )


def _whole(steps: tuple[Step, ...], enters: bool, lines: Lines) -> None:
    """A procedure decides, once, or is entered by designation."""
    kinds = [step.kind for step in steps]
    for once in (StepKind.DECISION, StepKind.SHARES, StepKind.APPEAL, StepKind.INTERVIEW):
        if kinds.count(once) > 1:
            raise malformed(
                lines.table("step", len(kinds) - 1 - kinds[::-1].index(once)),
                _("a procedure has at most one step of the kind “%(kind)s”") % {"kind": once.value},
            )
    bodies = [step.body for step in steps if step.kind in (StepKind.DECISION, StepKind.APPEAL)]
    if len(set(bodies)) < len(bodies):
        raise malformed(
            lines.table("step", kinds.index(StepKind.APPEAL)),
            _("another body than the one that decided hears the appeal"),
        )
    if enters and (StepKind.DESIGNATION not in kinds or StepKind.DECISION in kinds):
        raise malformed(
            lines.of_name("enters_on_designation"),
            _("entering on designation needs a step “designation”, and no decision"),
        )
    if kinds and not enters and StepKind.DECISION not in kinds:
        raise malformed(lines.table("step", len(kinds) - 1), _("the step “decision” is missing"))


def _steps(given: list[Any], sheet: Sheet, lines: Lines) -> Iterator[Step]:
    seen: dict[str, int] = {}
    for index, one in enumerate(given):
        at = lines.table("step", index)
        if not isinstance(one, dict):
            raise malformed(at, _("a table is expected here"))
        try:
            kind = StepKind(one.get("kind", ""))
        except ValueError as error:
            raise malformed(lines.within(at, "kind"), _("this kind of step is unknown")) from error
        shape = SHAPES[kind]
        limits = shape.limits or {}
        wanted: dict[str, type] = {**_STEP, **dict.fromkeys(shape.texts, str)}
        wanted |= dict.fromkeys(limits, dict)
        if shape.items:
            wanted[shape.items] = list
        if kind == StepKind.SPONSORS:
            wanted["way"] = list
        for name, value in one.items():
            if name not in wanted and isinstance(value, dict):
                raise malformed(lines.inside(at, f"step.{name}"), unknown(name))
        checked(one, wanted, ("kind", "title", *shape.needed), lines, at)
        seen[kind] = seen.get(kind, 0) + 1
        key = one.get("key") or (kind if seen[kind] == 1 else f"{kind}-{seen[kind]}")
        if not _WORD.fullmatch(key) or seen.get(f"key {key}"):
            raise malformed(
                lines.within(at, "key"),
                _("“key” is a word of small letters that no other step has"),
            )
        seen[f"key {key}"] = 1
        own = Sheet(
            one.get("document", sheet.document),
            one.get("article", sheet.article),
            one.get("text", "" if "article" in one else sheet.text),
        )
        if one.get("base", "seats") not in BASES:
            raise malformed(lines.within(at, "base"), _("“base” must be seats or present"))
        yield Step(
            key=key,
            kind=kind,
            title=one["title"],
            sheet=own,
            items=_texts(one, shape.items, lines, at),
            ways=tuple(_ways(one, own, lines, at)),
            wording=one.get("wording", ""),
            version=one.get("version", ""),
            body=one.get("body", ""),
            base=one.get("base", "seats"),
            of=one.get("of", ""),
            limits=tuple(
                (name, _limit(one[name], kinds, own, one["title"], lines, _line(lines, at, name)))
                for name, kinds in limits.items()
                if name in one
            ),
        )


def _not_too_long(table: Any, lines: Lines) -> None:
    """Texts fit where they are kept and shown. Raises PackMalformed."""
    if isinstance(table, list):
        for one in table:
            if isinstance(one, str) and len(one) > _ITEM_LONGEST:
                raise malformed(lines.of_text(one), _("this text is too long"))
            _not_too_long(one, lines)
    if isinstance(table, dict):
        for name, value in table.items():
            if isinstance(value, str) and len(value) > _LONGEST.get(name, _ITEM_LONGEST):
                raise malformed(lines.of_text(value), _("this text is too long"))
            _not_too_long(value, lines)


def _line(lines: Lines, at: int, name: str) -> int:
    return lines.inside(at, f"step.{name}")


def _texts(one: Mapping[str, Any], name: str, lines: Lines, at: int) -> tuple[str, ...]:
    found = one.get(name, []) if name else []
    if any(not isinstance(item, str) or not item.strip() for item in found):
        raise malformed(lines.within(at, name), _("a list of texts is expected here"))
    if len(set(found)) != len(found):
        raise malformed(lines.within(at, name), _("the same stands here twice"))
    return tuple(found)


def _ways(one: Mapping[str, Any], sheet: Sheet, lines: Lines, at: int) -> Iterator[Way]:
    for index, given in enumerate(one.get("way", [])):
        there = lines.inside(at, "step.way", index)
        checked(given, {**_LIMIT, "by": str}, ("by",), lines, there)
        if given["by"] not in SPONSORS:
            raise malformed(
                lines.within(there, "by"), _("“by” must be members, committee or secretariat")
            )
        limit = {name: value for name, value in given.items() if name != "by"}
        yield Way(given["by"], _limit(limit, _COUNTED, sheet, one["title"], lines, there))


def _limit(
    given: Mapping[str, Any],
    kinds: tuple[Kind, ...],
    sheet: Sheet,
    title: str,
    lines: Lines,
    at: int,
) -> Limit:
    checked(given, _LIMIT, (), lines, at)
    if ("rule" in given) == ("value" in given):
        raise malformed(at, _("either “rule” (a rule's key) or “value” is needed, not both"))
    if "rule" in given:
        if not is_key(given["rule"]) or len(given) > 1:
            raise malformed(at, _("“rule” stands alone and is written like shares.minimum_won"))
        return Limit(rule=given["rule"])
    try:
        kind = Kind(given.get("kind", kinds[0]))
        comparison = Comparison(given.get("comparison", usual_comparison(kind)))
        if kind not in kinds:
            raise malformed(lines.within(at, "kind"), _("this kind of value does not fit here"))
        fit(kind, comparison)
        value = read_value(kind, given["value"])
    except (ValueError, InvalidInput) as error:
        raise malformed(lines.within(at, "value"), str(error)) from error
    return Limit(
        kind=kind,
        comparison=comparison,
        value=value,
        label=given.get("label", title),
        sheet=Sheet(
            given.get("document", sheet.document),
            given.get("article", sheet.article),
            given.get("text", "" if "article" in given else sheet.text),
        ),
    )


def usual_comparison(kind: Kind) -> Comparison:
    """How a value is compared where nothing is said: periods are at most, the rest at least."""
    if kind == Kind.YES_NO:
        return Comparison.EXACTLY
    if kind == Kind.CHOICE:
        return Comparison.ONE_OF
    return Comparison.AT_MOST if kind in _PERIOD else Comparison.AT_LEAST
