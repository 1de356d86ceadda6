"""What the frame of every page shows besides the page itself: plain values, filled in by the site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class NavItem:
    """One place in the side navigation. `count` is what waits there; 0 shows nothing."""

    label: type_text
    url: str
    icon: str = ""
    count: int = 0
    current: bool = False


@dataclass(frozen=True, slots=True)
class NavGroup:
    """Places that belong together; a group without a label has no heading."""

    label: type_text
    items: Sequence[NavItem]


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One line of the account menu. With `posts` it is a button in a form (log out)."""

    label: type_text
    url: str
    posts: bool = False
