"""Lying bars, shares of a whole, and the small run of a figure."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from dure.kernel import money
from dure.kernel.refusals import type_text

from .canvas import (
    COLOURS,
    INK,
    NARROW,
    PAPER,
    WIDE,
    Grid,
    Part,
    Picture,
    Say,
    drawing,
    fill_of,
    item_drawn,
    legend_of,
    letters_of,
    patterns_of,
    place,
    scale,
    uid_of,
)


def rows(
    title: type_text,
    parts: Sequence[Part],
    *,
    won: bool = True,
    unit: type_text = "",
    about: type_text = "",
) -> Picture:
    """Lying bars, one a row, name before and value after: for many names or long ones."""
    say: Say = money.format_number if won else lambda value: f"{value:,}{unit}"
    words = str(about) or _("One bar for each row of the table.")
    drawn = []
    for kind, (width, _height, letter) in (("wide-only", WIDE), ("narrow", NARROW)):
        names_width = min(
            max((letters_of(str(part.name)) for part in parts), default=4) * letter * 1.05 + 12,
            width * 0.42,
        )
        values_width = max((len(say(part.value)) for part in parts), default=1) * letter * 0.68 + 12
        axis = scale([part.value for part in parts], names_width, width - values_width)
        uid = uid_of(kind, "rows", title, *(f"{p.name}{p.value}" for p in parts))
        body = [f'<g font-size="{letter}" fill="{INK}">']
        for i, part in enumerate(parts):
            y = 8 + i * 32
            start, end = sorted((axis.at(0), axis.at(part.value)))
            shape = f'<rect x="{place(start)}" y="{y}" width="{place(max(end - start, 1))}" height="20" rx="2" fill="{COLOURS[0] if part.value >= 0 else COLOURS[3]}"/>'
            body.append(
                f'<text x="{place(names_width - 8)}" y="{y + 15}" text-anchor="end">{escape(_shortened(str(part.name), names_width, letter))}</text>'
            )
            body.append(item_drawn(shape, f"{part.name} {say(part.value)}", part.url))
            body.append(f'<text x="{place(end + 8)}" y="{y + 15}">{escape(say(part.value))}</text>')
        body.append("</g>")
        drawn.append(
            drawing(
                uid, kind, width, 12 + 32 * max(len(parts), 1), str(title), words, "".join(body)
            )
        )
    grid = Grid(
        (_("Name"), str(unit) or _("Amount")),
        tuple((str(p.name), money.format_number(p.value)) for p in parts),
    )
    return Picture(str(title), mark_safe("".join(drawn)), grid, _("won") if won else str(unit))


def _shortened(name: str, room: float, letter: int) -> str:
    kept = name
    while kept and letters_of(kept) * letter * 1.05 + 8 > room:
        kept = kept[:-1]
    return name if kept == name else f"{kept[:-1]}…"


def percents(values: Sequence[int]) -> tuple[int, ...]:
    """Shares in tenths of a percent that add up to exactly 1000."""
    assert values and all(value >= 0 for value in values)
    return money.split(1000, tuple(values)) if sum(values) else (0,) * len(values)


def share(
    title: type_text,
    parts: Sequence[Part],
    *,
    won: bool = True,
    unit: type_text = "",
    about: type_text = "",
) -> Picture:
    """One bar cut into the parts of a whole, with shares that add up to 100 %."""
    say: Say = money.format_won if won else lambda value: f"{value:,}{unit}"
    tenths = percents([part.value for part in parts]) if parts else ()
    told = [f"{n // 10}.{n % 10}%" for n in tenths]
    words = str(about) or ", ".join(f"{p.name} {t}" for p, t in zip(parts, told, strict=True))
    drawn = []
    for kind, (width, _height, letter) in (("wide-only", WIDE), ("narrow", NARROW)):
        uid = uid_of(kind, "share", title, *(f"{p.name}{p.value}" for p in parts))
        body, x = [patterns_of(uid, len(parts)), f'<g font-size="{letter}" font-weight="600">'], 0.0
        whole = sum(part.value for part in parts)
        for index, part in enumerate(parts):
            wide = width * part.value / whole if whole else 0
            if not wide:
                continue
            shape = f'<rect x="{place(x)}" y="2" width="{place(max(wide - 1.5, 0.8))}" height="34" fill="{fill_of(uid, index)}"/>'
            body.append(
                item_drawn(shape, f"{part.name} {say(part.value)} ({told[index]})", part.url)
            )
            if wide > 64:
                body.append(
                    f'<rect x="{place(x + wide / 2 - 26)}" y="9" width="52" height="20" rx="4" fill="{PAPER}"/>'
                    f'<text x="{place(x + wide / 2)}" y="24" text-anchor="middle" fill="{INK}">{told[index]}</text>'
                )
            x += wide
        body.append("</g>")
        drawn.append(drawing(uid, kind, width, 38, str(title), words, "".join(body)))
    grid = Grid(
        (_("Name"), str(unit) or _("Amount"), _("Share")),
        tuple(
            (str(p.name), money.format_number(p.value), t) for p, t in zip(parts, told, strict=True)
        ),
    )
    return Picture(
        str(title), mark_safe("".join(drawn)), grid, "", legend_of([p.name for p in parts])
    )


def sparkline(values: Sequence[int], title: type_text = "") -> Picture:
    """The run of a figure, small and without words of its own: the figure beside it speaks."""
    known = list(values) or [0]
    low, high = min(known), max(known)
    step = 100 / max(len(known) - 1, 1)
    places = [
        f"{place(i * step)} {place(28 - 22 * (value - low) / (high - low or 1))}"
        for i, value in enumerate(known)
    ]
    path = "L".join(places)
    svg = (
        '<svg viewBox="0 0 100 32" preserveAspectRatio="none" aria-hidden="true">'
        f'<path d="M0 32L{path}L100 32Z" fill="#ecf2fe"/>'
        f'<path d="M{path}" fill="none" stroke="#256ef4" stroke-width="2" vector-effect="non-scaling-stroke"/></svg>'
    )
    grid = Grid(
        ("", ""), tuple((str(i + 1), money.format_number(value)) for i, value in enumerate(known))
    )
    return Picture(str(title), mark_safe(svg), grid)
