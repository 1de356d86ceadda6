"""Upright bars and lines: numbers over time."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from dure.kernel import money
from dure.kernel.refusals import type_text

from .canvas import (
    AXIS,
    COLOURS,
    DASHES,
    INK_2,
    NARROW,
    PAPER,
    WIDE,
    Grid,
    Picture,
    Say,
    Scale,
    Series,
    axis_drawn,
    drawing,
    fill_of,
    item_drawn,
    label_gap,
    legend_of,
    letters_of,
    marker_drawn,
    patterns_of,
    place,
    scale,
    tick_text,
    uid_of,
    won_unit,
)


def bars(
    title: type_text,
    labels: Sequence[type_text],
    series: Sequence[Series],
    *,
    lines: Sequence[Series] = (),
    stacked: bool = False,
    won: bool = True,
    unit: type_text = "",
    about: type_text = "",
    axis: type_text = "",
) -> Picture:
    """Upright bars, beside or on one another, with lines over them where given.

    `axis` names what the labels are, in the head of the table (a period unless told).
    """
    return _upright(title, labels, tuple(series), tuple(lines), stacked, won, unit, about, axis)


def line(
    title: type_text,
    labels: Sequence[type_text],
    series: Sequence[Series],
    *,
    won: bool = True,
    unit: type_text = "",
    about: type_text = "",
    axis: type_text = "",
) -> Picture:
    """Lines over time, each with its own dash and mark."""
    return _upright(title, labels, (), tuple(series), False, won, unit, about, axis)


def _upright(
    title: type_text,
    labels: Sequence[type_text],
    blocks: tuple[Series, ...],
    over: tuple[Series, ...],
    stacked: bool,
    won: bool,
    unit: type_text,
    about: type_text,
    axis: type_text,
) -> Picture:
    names = tuple(str(label) for label in labels)
    every = (*blocks, *over)
    assert all(len(one.values) == len(names) for one in every), "one value for each label"
    known = [value for one in every for value in one.values if value is not None]
    reach = [*known, *_heights(blocks, len(names))] if stacked else known
    divisor, unit_name = won_unit(reach) if won else (1, str(unit))
    say: Say = money.format_won if won else lambda value: f"{value:,}{unit}"
    words = str(about) or _("From %(first)s to %(last)s. The same values are in the table.") % {
        "first": names[0] if names else "",
        "last": names[-1] if names else "",
    }
    drawn = [
        _canvas(kind, size, str(title), words, names, blocks, over, stacked, reach, divisor, say)
        for kind, size in (("wide-only", WIDE), ("narrow", NARROW))
    ]
    grid = Grid(
        (str(axis) or _("Period"), *(str(one.name) for one in every)),
        tuple(
            (
                name,
                *(
                    "–" if one.values[i] is None else money.format_number(one.values[i] or 0)
                    for one in every
                ),
            )
            for i, name in enumerate(names)
        ),
    )
    legend = legend_of([one.name for one in every], len(over)) if len(every) > 1 else ()
    return Picture(str(title), mark_safe("".join(drawn)), grid, unit_name, legend)


def _heights(blocks: Sequence[Series], count: int) -> list[int]:
    """How far each stack reaches above and below zero."""
    ends = []
    for i in range(count):
        here = [one.values[i] or 0 for one in blocks]
        ends += [
            sum(value for value in here if value > 0),
            sum(value for value in here if value < 0),
        ]
    return ends


def _canvas(
    kind: str,
    size: tuple[int, int, int],
    title: str,
    about: str,
    names: tuple[str, ...],
    blocks: tuple[Series, ...],
    over: tuple[Series, ...],
    stacked: bool,
    reach: Sequence[int],
    divisor: int,
    say: Say,
) -> str:
    width, height, letter = size
    uid = uid_of(kind, title, *names, *blocks, *over)
    axis = scale(reach, height - 30, 14)
    widest = max(len(tick_text(value, divisor)) for value in axis.ticks)
    left, right = 14 + widest * letter * 0.58, width - 6
    slot = (right - left) / max(len(names), 1)
    body = [
        f'{patterns_of(uid, len(blocks))}<g font-size="{letter}" fill="{INK_2}">',
        axis_drawn(axis, left, right, divisor),
    ]
    zero = axis.at(0)
    for i, name in enumerate(names):
        middle = left + slot * (i + 0.5)
        up = down = 0
        for index, one in enumerate(blocks):
            value = one.values[i]
            if value is None or value == 0:
                continue
            thick = (
                min(slot * 0.62, 64) if stacked else min(slot * 0.7, 64 * len(blocks)) / len(blocks)
            )
            base = (up if value > 0 else down) if stacked else 0
            x = middle - thick / 2 if stacked else middle + thick * (index - len(blocks) / 2)
            top, bottom = sorted((axis.at(base + value), axis.at(base)))
            shape = f'<rect x="{place(x)}" y="{place(top)}" width="{place(max(thick - 1, 1))}" height="{place(max(bottom - top, 0.6))}" fill="{fill_of(uid, index)}"/>'
            url = one.urls[i] if i < len(one.urls) else ""
            body.append(item_drawn(shape, f"{name} {one.name} {say(value)}", url))
            if value > 0:
                up += value
            else:
                down += value
        gap = label_gap(len(names), slot, max(map(letters_of, names), default=1))
        if i % gap == 0:
            body.append(
                f'<text x="{place(middle)}" y="{height - 9}" text-anchor="middle">{escape(name)}</text>'
            )
    if axis.low < 0:
        body.append(f'<path d="M{place(left)} {place(zero)}H{place(right)}" stroke="{AXIS}"/>')
    for index, one in enumerate(over, len(blocks)):
        body.append(_path(one, index, axis, left, slot, bool(blocks)))
        marks = len(names) <= 24 or len(names) * 12 < right - left
        for i, value in enumerate(one.values):
            if value is None or not (marks or i in (0, len(names) - 1)):
                continue
            url = one.urls[i] if i < len(one.urls) else ""
            shape = marker_drawn(index, left + slot * (i + 0.5), axis.at(value))
            body.append(item_drawn(shape, f"{names[i]} {one.name} {say(value)}", url))
    body.append("</g>")
    return drawing(uid, kind, width, height, title, about, "".join(body))


def _path(one: Series, index: int, axis: Scale, left: float, slot: float, haloed: bool) -> str:
    path, pen_down = "", False
    for i, value in enumerate(one.values):
        if value is None:
            pen_down = False
            continue
        path += (
            f"{'L' if pen_down else 'M'}{place(left + slot * (i + 0.5))} {place(axis.at(value))}"
        )
        pen_down = True
    dash = f' stroke-dasharray="{DASHES[index % 6]}"' if DASHES[index % 6] and not haloed else ""
    halo = f'<path d="{path}" fill="none" stroke="{PAPER}" stroke-width="6"/>' if haloed else ""
    return (
        f'{halo}<path d="{path}" fill="none" stroke="{COLOURS[index % 6]}" stroke-width="3" stroke-linejoin="round"{dash}/>'
        if path
        else ""
    )
