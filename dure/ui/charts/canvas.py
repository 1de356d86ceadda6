"""What every picture is made of: series, scales, patterns, marks, the frame with its words."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from dure.kernel.refusals import type_text

INK, INK_2, LINE, AXIS, PAPER = "#1e2124", "#464c53", "#e6e8ea", "#8a949e", "#ffffff"
COLOURS = ("#256ef4", "#1f7a4d", "#8a2fc9", "#b25a00", "#0f7285", "#58616a")
HATCHES = ("", "M0 0V6", "M3 3h.1", "M0 3H6", "M0 0L6 6M6 0L0 6", "M3 0V6")
TURNS = (0, 45, 0, 0, 0, 0)
DASHES = ("", "7 4", "2 4", "10 3 2 3", "1 3", "12 5")

Say = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Series:
    """One named row of numbers, one for each label; None where nothing is known."""

    name: type_text
    values: tuple[int | None, ...]
    urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a whole, or one row of a bar list."""

    name: type_text
    value: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    title: str
    svg: SafeString
    table: Grid
    unit: str = ""
    legend: tuple[tuple[SafeString, str], ...] = field(default=())


WIDE, NARROW = (720, 290, 14), (360, 260, 13)


# -- scales ----------------------------------------------------------------------------------


def nice_step(span: int, ticks: int = 5) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 … with which `ticks` steps cover the span."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if step * factor * ticks >= span:
                return step * factor
        step *= 10


@dataclass(frozen=True, slots=True)
class Scale:
    """Values on a straight line of the canvas; zero is always on it."""

    low: int
    high: int
    step: int
    start: float
    end: float

    def at(self, value: int) -> float:
        return self.start + (self.end - self.start) * (value - self.low) / (self.high - self.low)

    @property
    def ticks(self) -> range:
        return range(self.low, self.high + 1, self.step)


def scale(values: Sequence[int], start: float, end: float) -> Scale:
    top, bottom = max(0, *values, 0), min(0, *values, 0)
    step = nice_step(max(top - bottom, 1))
    low, high = bottom // step * step, -(-top // step) * step
    return Scale(low, max(high, low + step), step, start, end)


def won_unit(values: Sequence[int]) -> tuple[int, str]:
    """The unit of an axis of money: won, 만 원 or 억 원, by the largest amount."""
    most = max((abs(value) for value in values), default=0)
    if most >= 2 * 10**8:
        return 10**8, _("100 million won")
    if most >= 2 * 10**4:
        return 10**4, _("10,000 won")
    return 1, _("won")


def tick_text(value: int, unit: int) -> str:
    """An int in a larger unit, exactly: 150000000 in 억 is 1.5."""
    whole, rest = divmod(abs(value), unit)
    tail = f".{rest * 10**4 // unit:04}".rstrip("0") if rest else ""
    return f"{'−' if value < 0 else ''}{whole:,}{tail if tail != '.' else ''}"


# -- parts of a drawing ----------------------------------------------------------------------


def place(at: float) -> str:
    return f"{at:.1f}".removesuffix(".0")


def uid_of(*about: object) -> str:
    """An id that the same picture always gets, and two pictures on one page do not share."""
    told = "\x1f".join(
        f"{one.name}{one.values}" if isinstance(one, Series) else str(one) for one in about
    )
    return "c" + hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:8]


def patterns_of(uid: str, count: int) -> str:
    made = []
    for index in range(1, count):
        look = index % len(COLOURS)
        wide = ' stroke-linecap="round"' if look == 2 else ""
        width = "2.6" if look == 2 else "1.6"
        made.append(
            f'<pattern id="{uid}{index}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate({TURNS[look]})">'
            f'<rect width="6" height="6" fill="{COLOURS[look]}"/><path d="{HATCHES[look]}" stroke="#ffffff" stroke-opacity=".45" stroke-width="{width}"{wide}/></pattern>'
        )
    return f"<defs>{''.join(made)}</defs>" if made else ""


def fill_of(uid: str, index: int) -> str:
    return COLOURS[0] if index == 0 else f"url(#{uid}{index})"


def marker_drawn(index: int, x: float, y: float, size: float = 4.5) -> str:
    look = f'fill="#ffffff" stroke="{COLOURS[index % len(COLOURS)]}" stroke-width="2.5"'
    match index % 4:
        case 0:
            return f'<circle cx="{place(x)}" cy="{place(y)}" r="{size}" {look}/>'
        case 1:
            return f'<rect x="{place(x - size)}" y="{place(y - size)}" width="{size * 2}" height="{size * 2}" {look}/>'
        case 2:
            return f'<path d="M{place(x)} {place(y - size - 1)}L{place(x + size + 1)} {place(y)}L{place(x)} {place(y + size + 1)}L{place(x - size - 1)} {place(y)}Z" {look}/>'
    return f'<path d="M{place(x)} {place(y - size - 1)}L{place(x + size + 1)} {place(y + size)}L{place(x - size - 1)} {place(y + size)}Z" {look}/>'


def item_drawn(shape: str, about: str, url: str) -> str:
    """A shape with its words; a link when it leads somewhere."""
    told = shape.replace("/>", f"><title>{escape(about)}</title></{shape[1:].split(' ', 1)[0]}>", 1)
    return f'<a href="{escape(url)}" aria-label="{escape(about)}">{told}</a>' if url else told


def drawing(uid: str, kind: str, width: int, height: int, title: str, about: str, body: str) -> str:
    role = "group" if "<a href" in body else "img"
    return (
        f'<svg class="chart {kind}" viewBox="0 0 {width} {height}" role="{role}" aria-labelledby="{uid}t {uid}d">'
        f'<title id="{uid}t">{escape(title)}</title><desc id="{uid}d">{escape(about)}</desc>{body}</svg>'
    )


def legend_of(names: Sequence[type_text], lined: int = 0) -> tuple[tuple[SafeString, str], ...]:
    """Marks and names; the last `lined` series are lines."""
    found = []
    for index, name in enumerate(names):
        uid = uid_of("legend", index, str(name))
        if index >= len(names) - lined:
            dash = f' stroke-dasharray="{DASHES[index % 6]}"' if DASHES[index % 6] else ""
            mark = f'<path d="M0 8H16" stroke="{COLOURS[index % 6]}" stroke-width="3"{dash}/>{marker_drawn(index, 8, 8, 3.5)}'
        else:
            mark = f'{patterns_of(uid, index + 1)}<rect width="16" height="16" rx="2" fill="{fill_of(uid, index)}"/>'
        found.append(
            (mark_safe(f'<svg viewBox="0 0 16 16" aria-hidden="true">{mark}</svg>'), str(name))
        )
    return tuple(found)


def axis_drawn(axis: Scale, left: float, right: float, unit: int) -> str:
    drawn = []
    for value in axis.ticks:
        y = axis.at(value)
        drawn.append(
            f'<path d="M{place(left)} {place(y)}H{place(right)}" stroke="{AXIS if value == 0 else LINE}"/>'
            f'<text x="{place(left - 8)}" y="{place(y + 4)}" text-anchor="end">{tick_text(value, unit)}</text>'
        )
    return "".join(drawn)


def label_gap(count: int, slot: float, letters: int) -> int:
    """Label every n-th slot, so that labels do not touch."""
    need = letters * 9 + 10
    return max(1, -(-int(need) // max(int(slot), 1))) if count else 1


def letters_of(label: str) -> int:
    return sum(1 if letter.isascii() else 2 for letter in label) // 2 + 1
