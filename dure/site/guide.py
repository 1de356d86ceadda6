"""The guide: one page per task, written in docs/guide as plain Markdown, shown under /help/.

Only the part of Markdown is read that the guide needs: headings, paragraphs, lists, steps, tables,
notes (`>`), pictures alone on a line, `**strong**`, `` `typed` `` and links. Everything else is
shown as it stands; nothing in a guide page is ever taken for HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from dure.kernel.refusals import type_text

_HERE = Path(__file__).parent
FOLDER = next(
    (
        folder
        for folder in (_HERE / "guide_pages", _HERE.parents[1] / "docs" / "guide")
        if folder.is_dir()
    ),
    _HERE / "guide_pages",
)

# Who needs it, and the pages in the order in which one meets them.
GROUPS: tuple[tuple[type_text, tuple[str, ...]], ...] = (
    (_("Begin"), ("start", "network", "bylaws", "login")),
    (
        _("Members and dues"),
        (
            "applications",
            "procedures",
            "dues",
            "receipts",
            "debits",
            "arrears",
            "conduct",
            "ethics",
            "shares",
            "papers",
        ),
    ),
    (_("Meetings"), ("bodies", "calling", "meetings", "elections", "agenda")),
    (_("Loans and mutual aid"), ("loans", "mutual-aid", "self-help")),
    (_("Mutual trade"), ("trade",)),
    (_("Books"), ("entries", "funds", "month-end", "periods", "statements", "proof")),
    (_("Organisations and people"), ("directory", "import", "personal-data")),
    (_("For members and their representatives"), ("me", "organisation")),
    (_("For whoever runs the machine"), ("machine", "leaving")),
)


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One page: its name in the address, title, what it is for in a sentence, and its body."""

    slug: str
    title: str
    lead: str
    body: SafeString


@dataclass(frozen=True, slots=True)
class GuideGroup:
    label: type_text
    pages: tuple[GuidePage, ...]


def groups(language: str) -> tuple[GuideGroup, ...]:
    """All pages, by who needs them."""
    found = []
    for label, slugs in GROUPS:
        pages = tuple(page for slug in slugs if (page := find(slug, language)))
        if pages:
            found.append(GuideGroup(label, pages))
    return tuple(found)


def find(slug: str, language: str) -> GuidePage | None:
    """The page in the language asked for, else in Korean; None where there is none."""
    if not any(slug in slugs for _label, slugs in GROUPS):
        return None
    for file in (FOLDER / language[:2] / f"{slug}.md", FOLDER / f"{slug}.md"):
        if file.is_file():
            return _read(file, file.stat().st_mtime_ns)
    return None


def picture(name: str) -> Path | None:
    """The file of a picture the guide shows."""
    if not re.fullmatch(r"[a-z0-9-]+\.(png|webp|svg)", name):
        return None
    file = FOLDER / "pictures" / name
    return file if file.is_file() else None


@lru_cache(maxsize=128)
def _read(file: Path, _changed: int) -> GuidePage:
    text = file.read_text("utf-8")
    head, _sep, rest = text.partition("\n")
    lead, _sep, body = rest.strip().partition("\n\n")
    return GuidePage(
        file.stem, head.removeprefix("#").strip(), " ".join(lead.split()), rendered(body)
    )


# -- Markdown --------------------------------------------------------------------------------------


def rendered(text: str) -> SafeString:
    """The HTML of the Markdown we read."""
    blocks = re.split(r"\n{2,}", text.strip().replace("\r\n", "\n"))
    return mark_safe("\n".join(_grouped(blocks)))  # noqa: S308 - every part below is escaped


def _grouped(blocks: list[str]) -> Iterator[str]:
    for block in blocks:
        lines = block.split("\n")
        first = lines[0]
        if heading := re.match(r"(#{2,4}) +(.*)", first):
            level = len(heading[1])
            anchor = re.sub(r"\W+", "-", heading[2]).strip("-")
            yield format_html(f'<h{level} id="{{}}">{{}}</h{level}>', anchor, _inline(heading[2]))
            if lines[1:]:
                yield from _grouped(["\n".join(lines[1:])])
        elif shown := re.fullmatch(r"!\[(.*?)\]\((?:pictures/)?([\w.-]+)\)", block.strip()):
            yield format_html(
                '<figure class="shot"><img src="/help/pictures/{}" alt="{}" loading="lazy"></figure>',
                shown[2],
                shown[1],
            )
        elif re.match(r"[-*] ", first):
            yield _items("ul", r"[-*] +", lines)
        elif re.match(r"\d+\. ", first):
            yield _items("ol", r"\d+\. +", lines)
        elif first.startswith("> "):
            yield format_html(
                '<div class="note"><p>{}</p></div>',
                _inline(" ".join(line.removeprefix(">").strip() for line in lines)),
            )
        elif first.startswith("|"):
            yield _table(lines)
        elif first.startswith("```"):
            yield format_html('<pre tabindex="0"><code>{}</code></pre>', "\n".join(lines[1:-1]))
        else:
            yield format_html("<p>{}</p>", _inline(" ".join(lines)))


def _items(kind: str, mark: str, lines: list[str]) -> str:
    items: list[str] = []
    for line in lines:
        if found := re.match(mark, line):
            items.append(line[found.end() :])
        elif items:
            items[-1] += " " + line.strip()
    inner = mark_safe("".join(format_html("<li>{}</li>", _inline(item)) for item in items))  # noqa: S308
    return format_html('<{} class="prose">{}</{}>', kind, inner, kind)


def _table(lines: list[str]) -> str:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    heads, body = rows[0], [row for row in rows[1:] if not all(set(c) <= set("-: ") for c in row)]
    head = mark_safe("".join(format_html('<th scope="col">{}</th>', _inline(c)) for c in heads))  # noqa: S308
    inner = mark_safe(  # noqa: S308
        "".join(
            format_html(
                "<tr>{}</tr>",
                mark_safe(  # noqa: S308
                    "".join(
                        format_html(
                            '<td data-label="{}">{}</td>',
                            heads[i] if i < len(heads) else "",
                            _inline(c),
                        )
                        for i, c in enumerate(row)
                    )
                ),
            )
            for row in body
        )
    )
    return format_html(
        '<div class="tw"><table class="cards"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>',
        head,
        inner,
    )


def linked_for(body: SafeString, may: Callable[[str], bool]) -> SafeString:
    """The body without links to places of the site that the reader may not open."""
    return mark_safe(  # noqa: S308 - only tags are taken away
        _PLACE.sub(lambda m: m[0] if may(m[1]) else f"<strong>{m[2]}</strong>", body)
    )


_PLACE = re.compile(r'<a href="(/[^"]*)">([^<]*)</a>')

_MARKS: tuple[tuple[str, Callable[[re.Match[str]], SafeString]], ...] = (
    (r"`([^`]+)`", lambda m: format_html("<code>{}</code>", m[1])),
    (r"\*\*([^*]+)\*\*", lambda m: format_html("<strong>{}</strong>", m[1])),
    (
        r"\[([^\]]+)\]\(([^)\s]+)\)",
        lambda m: format_html('<a href="{}">{}</a>', _address(m[2]), m[1]),
    ),
)
_ANY = re.compile("|".join(f"(?:{pattern})" for pattern, _make in _MARKS))


def _inline(text: str) -> SafeString:
    parts: list[str] = []
    end = 0
    for found in _ANY.finditer(text):
        parts.append(conditional_escape(text[end : found.start()]))
        for pattern, make in _MARKS:
            if exact := re.fullmatch(pattern, found[0]):
                parts.append(make(exact))
                break
        end = found.end()
    parts.append(conditional_escape(text[end:]))
    return mark_safe("".join(parts))  # noqa: S308 - joined from escaped parts


def _address(target: str) -> str:
    """A page of the guide, a place of the site, or a safe address outside."""
    if page := re.fullmatch(r"([a-z-]+)\.md(#.*)?", target):
        return f"/help/{page[1]}/{page[2] or ''}"
    if target.startswith(("/", "#", "https://")) and not target.startswith("//"):
        return target
    return "#"
