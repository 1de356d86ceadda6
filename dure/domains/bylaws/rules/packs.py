'''Reading pack files: TOML, validated strictly. An unknown or misplaced key is an error, never silence.

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
    note = "…"                           # what a reader must know: by analogy, not confirmed …

    [[article]]                          # the words of an article, for values that give no text
    document = "협동조합 기본법"
    article = "제25조제2항"
    heading = "제명"
    from = 2025-10-01
    text = """…"""

Every value needs its day, and its reference (document and article): as in OpenFisca's parameters.
A network's own file is the same with `origin = "bylaws"` (or regulation) in [pack].
'''

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dure.kernel.refusals import InvalidInput
from dure.kernel.words import gettext_lazy as _

from .articles import Article
from .provisions import OWN, Citation, Origin, Provision
from .tables import Faults, Lines, PackMalformed, checked, malformed, read_tables, unknown
from .values import Comparison, Kind, fit, provision_value


@dataclass(frozen=True, slots=True)
class Pack:
    """A file of provisions: of a legal form, of a law that several share, or of a network."""

    name: str
    title: str
    include: tuple[str, ...]
    provisions: tuple[Provision, ...]
    articles: tuple[Article, ...] = ()
    note: str = ""
    origin: Origin = Origin.LAW
    lines: tuple[int, ...] = ()  # where each provision stands


_PACK = {"name": str, "title": str, "origin": str, "include": list, "note": str}
_ARTICLE = {
    "document": str,
    "article": str,
    "heading": str,
    "from": date,
    "text": str,
    "quoted": bool,
}
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
    "note": str,
    "repealed": bool,
}
LONGEST = {
    "name": 30,
    "title": 120,
    "label": 120,
    "of": 40,
    "value": 200,
    "document": 120,
    "article": 60,
    "heading": 120,
    "text": 5000,
    "note": 1000,
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
        if name not in ("pack", "provision", "article"):
            raise malformed(lines.of_name(name), unknown(name))
    head = data.get("pack")
    if not isinstance(head, dict):
        raise malformed(1, _("the table [pack] is missing"))
    at = lines.table("pack", 0)
    _checked(head, _PACK, ("name", "title"), lines, at)
    said = head.get("origin", "")
    if origin is None:
        if said not in OWN:
            raise malformed(at, _("“origin” must be bylaws or regulation"))
        if "include" in head:
            raise malformed(lines.within(at, "include"), unknown("include"))
        origin = Origin(said)
    include = tuple(head.get("include", ()))
    if not all(isinstance(name, str) for name in include):
        raise malformed(lines.within(at, "include"), _wrong_kind("include"))
    pack = "" if origin in OWN else head["name"]
    faults = Faults()
    articles = tuple(_articles(_tables(data, "article", lines), pack, lines, faults))
    found = list(_provisions(_tables(data, "provision", lines), origin, pack, lines, faults))
    faults.tell()
    texts = {(one.document, one.article): one for one in reversed(articles)}
    worded = tuple(_worded(one, texts) for _line, one in found)
    places = tuple(line for line, _one in found)
    note = head.get("note", "")
    return Pack(head["name"], head["title"], include, worded, articles, note, origin, places)


def _worded(one: Provision, articles: Mapping[tuple[str, str], Article]) -> Provision:
    """A provision without words of its own takes those of its article."""
    source = articles.get((one.citation.document, one.citation.article))
    if one.citation.text or source is None:
        return one
    return replace(one, citation=replace(one.citation, text=source.text, quoted=source.quoted))


def _tables(data: dict[str, Any], name: str, lines: Lines) -> list[Any]:
    found = data.get(name, [])
    if not isinstance(found, list):
        raise malformed(
            lines.table(name, 0), _("write it in double brackets: [[%(name)s]]") % {"name": name}
        )
    return found


def _articles(given: list[Any], pack: str, lines: Lines, faults: Faults) -> Iterator[Article]:
    seen: set[tuple[str, str, date]] = set()
    for index, one in enumerate(given):
        at = lines.table("article", index)
        try:
            _checked(one, _ARTICLE, ("document", "article", "from", "text"), lines, at)
            place = (one["document"], one["article"], one["from"])
            if place in seen:
                raise malformed(at, _("this article stands twice in the file"))
        except PackMalformed as fault:
            faults.add(fault)
            continue
        seen.add(place)
        yield Article(
            document=one["document"],
            article=one["article"],
            text=one["text"].strip(),
            from_date=one["from"],
            heading=one.get("heading", ""),
            quoted=one.get("quoted", True),
            pack=pack,
        )


def _provisions(
    given: list[Any], origin: Origin, pack: str, lines: Lines, faults: Faults
) -> Iterator[tuple[int, Provision]]:
    """Each dated value with its line; what is wrong goes to the faults."""
    seen: set[str] = set()
    for index, one in enumerate(given):
        at = lines.table("provision", index)
        try:
            kind, comparison = _rule(one, seen, lines, at)
        except PackMalformed as fault:
            faults.add(fault)
            continue
        seen.add(one["key"])
        days: set[date] = set()
        for offset, dated in enumerate(one["value"]):
            there = lines.inside(at, "provision.value", offset)
            try:
                found = _dated(dated, one, kind, comparison, origin, pack, lines, there)
                if found.from_date in days:
                    raise malformed(there, _("two values begin on the same day"))
            except PackMalformed as fault:
                faults.add(fault)
                continue
            days.add(found.from_date)
            yield there, found


def _rule(one: Any, seen: set[str], lines: Lines, at: int) -> tuple[Kind, Comparison]:
    """What kind of rule a table lays down. Raises PackMalformed."""
    _checked(one, _PROVISION, ("key", "label", "kind", "comparison", "value"), lines, at)
    if not is_key(one["key"]):
        raise malformed(lines.within(at, "key"), _("“key” is written like shares.minimum_won"))
    if one["key"] in seen:
        raise malformed(at, _("this key stands twice in the file"))
    kind = Kind(_one_of("kind", one["kind"], tuple(Kind), lines, at))
    compared = _one_of("comparison", one["comparison"], tuple(Comparison), lines, at)
    try:
        fit(kind, Comparison(compared))
    except InvalidInput as error:
        raise malformed(lines.within(at, "comparison"), str(error)) from error
    return kind, Comparison(compared)


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
    _checked(dated, _VALUE, ("from", "document", "article"), lines, at)
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
        pack=pack,
        note=dated.get("note", ""),
    )


def _checked(
    given: Any, wanted: Mapping[str, type], needed: tuple[str, ...], lines: Lines, at: int
) -> None:
    checked(given, wanted, needed, lines, at)
    for name, longest in LONGEST.items():
        value = given.get(name, "")
        if isinstance(value, str) and len(value) > longest:
            reason = _("“%(name)s” is longer than %(count)d letters")
            raise malformed(lines.within(at, name), reason % {"name": name, "count": longest})
        if isinstance(value, str) and "\0" in value:
            raise malformed(lines.within(at, name), _wrong_kind(name))


def _one_of(name: str, value: str, known: tuple[str, ...], lines: Lines, at: int) -> str:
    if value in known:
        return value
    reason = _("“%(name)s” must be one of %(known)s") % {"name": name, "known": ", ".join(known)}
    raise malformed(lines.within(at, name), reason)


def _wrong_kind(name: str) -> str:
    return str(_("“%(name)s” has the wrong kind of value") % {"name": name})
