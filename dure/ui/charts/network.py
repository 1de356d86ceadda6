"""Who has to do with whom: names around a circle, those of a group side by side, lines across.

Where a name stands depends on the names only, not on the values: of another year it stands there too.
A phone gets the circle with the names of the groups; every name is in the table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin, sqrt

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from dure.kernel import money
from dure.kernel.refusals import type_text

from .canvas import (
    COLOURS,
    INK,
    LINE,
    PAPER,
    Grid,
    Picture,
    drawing,
    fill_of,
    item_drawn,
    legend_of,
    patterns_of,
    place,
    uid_of,
)

TIES_DRAWN = 400
GAP = 0.6  # of a place, between two groups
WIDE, NARROW = (780, 226, 11), (360, 132, 12)  # width, greatest radius, letter
LETTERS = 13  # of a name; a longer one is written smaller
THIN, THICK, SMALL, LARGE = 0.9, 6.0, 3.0, 11.0


@dataclass(frozen=True, slots=True)
class Node:
    """A name on the circle; `dim`: not what is looked at."""

    key: int
    name: str
    group: str
    value: int
    url: str = ""
    dim: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """A line from one to another."""

    source: int
    target: int
    value: int
    count: int
    dim: bool = False


def network(
    title: type_text,
    nodes: Sequence[Node],
    ties: Sequence[Tie],
    *,
    head: tuple[type_text, type_text, type_text, type_text],
    other: type_text,
) -> Picture:
    """`head`: what source, target, value and count are called in the table; `other`: the group of
    those without one."""
    groups = sorted({one.group for one in nodes}, key=lambda name: (not name, name))
    placed = sorted(nodes, key=lambda one: (groups.index(one.group), one.name, one.key))
    drawn = sorted(ties, key=lambda one: (not one.dim, one.value))[-TIES_DRAWN:]
    words = _("%(nodes)d names, %(ties)d lines. The same is in the table.") % {
        "nodes": len(nodes),
        "ties": len(ties),
    }
    names = {one.key: one.name for one in nodes}
    svg = "".join(
        _canvas(kind, size, str(title), words, placed, drawn, groups, names, str(other))
        for kind, size in (("wide-only network", WIDE), ("narrow network", NARROW))
    )
    rows = tuple(
        (
            f"{names[one.source]} → {names[one.target]}",
            money.format_number(one.value),
            money.format_number(one.count),
        )
        for one in ties
    )
    grid = Grid((f"{head[0]} → {head[1]}", str(head[2]), str(head[3])), rows)
    return Picture(
        str(title), mark_safe(svg), grid, "", legend_of([one or other for one in groups])
    )


def _canvas(
    kind: str,
    size: tuple[int, int, int],
    title: str,
    about: str,
    placed: Sequence[Node],
    ties: Sequence[Tie],
    groups: Sequence[str],
    names: dict[int, str],
    other: str,
) -> str:
    width, largest, letter = size
    middle, wide = width / 2, "wide" in kind
    radius = min(largest, 50 + 8 * len(placed))
    height = 2 * radius + (2 * LETTERS * letter + 40 if wide else 84)
    uid = uid_of(kind, title, *placed, *ties)
    angles = _angles(placed)
    of = {one.key: one for one in placed}
    body = [patterns_of(uid, len(groups)), f'<g font-size="{letter}" fill="{INK}">']

    def at(angle: float, far: float) -> tuple[float, float]:
        return middle + far * sin(angle), height / 2 - far * cos(angle)

    most = max((one.value for one in ties), default=1)
    for tie in ties:
        start, end = at(angles[tie.source], radius), at(angles[tie.target], radius)
        body.append(
            item_drawn(
                _line(tie, start, end, (middle, height / 2), most, groups, of),
                f"{names[tie.source]} → {names[tie.target]} {money.format_won(tie.value)}",
                "",
            )
        )
    top = max((one.value for one in placed), default=1) or 1
    step = 2 * pi / max(len(placed), 1)
    sized = min(float(letter), step * radius * 0.92)
    for one in placed:
        far = SMALL + (LARGE - SMALL) * sqrt(one.value / top) * (1 if wide else 0.7)
        x, y = at(angles[one.key], radius)
        fill = LINE if one.dim else fill_of(uid, groups.index(one.group))
        shape = f'<circle cx="{place(x)}" cy="{place(y)}" r="{place(far)}" fill="{fill}" stroke="{PAPER}" stroke-width="1.5"/>'
        told = f"{one.name} {money.format_won(one.value)}"
        text = _name(one, angles[one.key], at(angles[one.key], radius + LARGE + 4), sized)
        if wide:
            dot = item_drawn(shape, told, "")
            link = f'<a href="{escape(one.url)}" aria-label="{escape(told)}">{dot}{text}</a>'
            body.append(link if one.url else dot + text)
        else:
            body.append(item_drawn(shape, told, ""))
    if not wide:
        body += _group_names(placed, angles, groups, at, radius, other)
    body.append("</g>")
    return drawing(uid, kind, width, height, title, about, "".join(body))


def _angles(placed: Sequence[Node]) -> dict[int, float]:
    """Where each stands, from the top on, a gap between two groups."""
    groups = len({one.group for one in placed})
    gaps = groups * GAP if groups > 1 else 0.0
    step = 2 * pi / max(len(placed) + gaps, 1)
    found, at, before = {}, GAP / 2, placed[0].group if placed else ""
    for one in placed:
        if one.group != before:
            at, before = at + GAP, one.group
        found[one.key] = (at + 0.5) * step
        at += 1
    return found


def _line(
    tie: Tie,
    start: tuple[float, float],
    end: tuple[float, float],
    middle: tuple[float, float],
    most: int,
    groups: Sequence[str],
    of: dict[int, Node],
) -> str:
    """Bent towards the middle, the more the farther apart the two stand."""
    half = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    reach = hypot(start[0] - middle[0], start[1] - middle[1]) * 2
    pull = 0.35 + 0.45 * hypot(start[0] - end[0], start[1] - end[1]) / reach
    bend = tuple(a + (b - a) * pull for a, b in zip(half, middle, strict=True))
    thick = THIN + (THICK - THIN) * sqrt(tie.value / most)
    colour = LINE if tie.dim else COLOURS[groups.index(of[tie.source].group) % len(COLOURS)]
    return (
        f'<path d="M{place(start[0])} {place(start[1])}Q{place(bend[0])} {place(bend[1])} {place(end[0])} {place(end[1])}"'
        f' fill="none" stroke="{colour}" stroke-width="{place(thick)}" stroke-opacity="{".4" if tie.dim else ".55"}"/>'
    )


def _name(node: Node, angle: float, where: tuple[float, float], letter: float) -> str:
    """Outward from the circle, never upside down."""
    turn = angle * 180 / pi - 90
    anchor = "start"
    if angle > pi:
        turn, anchor = turn - 180, "end"
    ink = ' fill-opacity=".62"' if node.dim else ""
    letter = letter * LETTERS / max(LETTERS, len(node.name))
    return (
        f'<text x="{place(where[0])}" y="{place(where[1])}" font-size="{place(letter)}" text-anchor="{anchor}"'
        f' dominant-baseline="central" transform="rotate({place(turn)} {place(where[0])} {place(where[1])})"{ink}>{escape(node.name)}</text>'
    )


def _group_names(
    placed: Sequence[Node],
    angles: dict[int, float],
    groups: Sequence[str],
    at: Callable[[float, float], tuple[float, float]],
    radius: int,
    other: str,
) -> list[str]:
    """The name of each group, outside of its arc."""
    found = []
    for name in groups:
        own = [angles[one.key] for one in placed if one.group == name]
        angle = sum(own) / len(own)
        x, y = at(angle, radius + 16)
        anchor = "middle" if abs(sin(angle)) < 0.3 else "start" if angle < pi else "end"
        found.append(
            f'<text x="{place(x)}" y="{place(y)}" text-anchor="{anchor}" dominant-baseline="central" font-weight="600">{escape(name or other)}</text>'
        )
    return found
