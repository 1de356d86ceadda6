"""Reading pack files: TOML, validated strictly. An unknown or misplaced key is an error, never silence.

    [pack]
    name = "social_cooperative"          # the legal form, or the name others include it by
    title = "사회적협동조합"
    include = ["cooperative_law", "privacy"]   # packs whose provisions hold here, too

    [[provision]]
    key = "expulsion.notice_days"
    label = "제명 사유를 총회 전에 알리는 기간"
    kind = "days"
    comparison = "at_least"
    mandatory = true

    [[provision.value]]
    from = 2025-10-01
    value = "10"
    document = "협동조합 기본법"
    article = "제25조제2항"
    text = "…"
    quoted = false                       # the article's own words, or its gist

Every value needs its day, and its reference (document and article): as in OpenFisca's parameters.
A network's own file is the same with `origin = "bylaws"` (or regulation) in [pack].
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from dure.kernel.refusals import InvalidInput
from dure.kernel.words import gettext_lazy as _

from .provisions import Citation, Origin, Provision
from .tables import Lines, checked, malformed, read_tables, unknown
from .values import Comparison, Kind, fit, provision_value


@dataclass(frozen=True, slots=True)
class Pack:
    """A file of provisions: of a legal form, of a law that several share, or of a network."""

    name: str
    title: str
    include: tuple[str, ...]
    provisions: tuple[Provision, ...]


_PACK = {"name": str, "title": str, "origin": str, "include": list}
_PROVISION = {
    "key": str,
    "label": str,
    "kind": str,
    "comparison": str,
    "of": str,
    "mandatory": bool,
    "value": list,
}
_VALUE = {
    "from": date,
    "value": str,
    "document": str,
    "article": str,
    "text": str,
    "quoted": bool,
    "repealed": bool,
}
_KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")


def is_key(text: str) -> bool:
    """Whether a text can name a rule: small letters with a dot, shares.minimum_won."""
    return len(text) <= 60 and _KEY.fullmatch(text) is not None


def read_pack(text: str, origin: Origin | None = None) -> Pack:
    """The pack that a file holds. Raises PackMalformed with the line.

    `origin`: of files that Dure ships (law, standard); a network's own says it in [pack].
    """
    data, lines = read_tables(text)
    for name in data:
        if name not in ("pack", "provision"):
            raise malformed(lines.of_name(name), unknown(name))
    head = data.get("pack")
    if not isinstance(head, dict):
        raise malformed(1, _("the table [pack] is missing"))
    at = lines.table("pack", 0)
    checked(head, _PACK, ("name", "title"), lines, at)
    said = head.get("origin", "")
    if origin is None:
        if said not in (Origin.BYLAWS, Origin.REGULATION):
            raise malformed(at, _("“origin” must be bylaws or regulation"))
        origin = Origin(said)
    include = tuple(head.get("include", ()))
    found = tuple(_provisions(data.get("provision", ()), origin, head["name"], lines))
    return Pack(head["name"], head["title"], include, found)


def _provisions(given: Any, origin: Origin, pack: str, lines: Lines) -> Iterator[Provision]:
    seen: set[str] = set()
    values_before = 0
    for index, one in enumerate(given):
        at = lines.table("provision", index)
        checked(one, _PROVISION, ("key", "label", "kind", "comparison", "value"), lines, at)
        key = one["key"]
        if not is_key(key):
            raise malformed(at, _("“key” is written like shares.minimum_won"))
        if key in seen:
            raise malformed(at, _("this key stands twice in the file"))
        seen.add(key)
        try:
            kind, comparison = Kind(one["kind"]), Comparison(one["comparison"])
        except ValueError as error:
            raise malformed(at, str(error)) from error
        try:
            fit(kind, comparison)
        except InvalidInput as error:
            raise malformed(at, str(error)) from error
        days: set[date] = set()
        for offset, dated in enumerate(one["value"]):
            there = lines.table("provision.value", values_before + offset)
            yield _dated(dated, one, kind, comparison, origin, pack, lines, there)
            if dated["from"] in days:
                raise malformed(there, _("two values begin on the same day"))
            days.add(dated["from"])
        values_before += len(one["value"])


def _dated(
    dated: dict[str, Any],
    one: dict[str, Any],
    kind: Kind,
    comparison: Comparison,
    origin: Origin,
    pack: str,
    lines: Lines,
    at: int,
) -> Provision:
    checked(dated, _VALUE, ("from", "document", "article"), lines, at)
    repealed = dated.get("repealed", False)
    if repealed == ("value" in dated):
        raise malformed(at, _("a value is needed, or repealed = true, not both"))
    try:
        value = None if repealed else provision_value(kind, dated["value"])
    except InvalidInput as error:
        raise malformed(lines.within(at, "value"), str(error)) from error
    if value is None and not repealed:
        raise malformed(at, _("a value is needed, or repealed = true, not both"))
    return Provision(
        key=one["key"],
        origin=origin,
        kind=kind,
        comparison=comparison,
        value=value,
        citation=Citation(
            dated["document"], dated["article"], dated.get("text", ""), dated.get("quoted", False)
        ),
        from_date=dated["from"],
        label=one["label"],
        of=one.get("of", ""),
        mandatory=one.get("mandatory", False),
        pack="" if origin in (Origin.BYLAWS, Origin.REGULATION) else pack,
    )
