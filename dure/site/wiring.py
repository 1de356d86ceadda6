"""Who reacts to what, and what leaves the house. The whole of it, on one page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dure.kernel.deeds import wire

REACTIONS: dict[type[Any], tuple[Callable[..., Any], ...]] = {}


def wire_all() -> None:
    wire(REACTIONS)
