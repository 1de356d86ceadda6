"""What is drawn from the books alone, kept in memory under the last deed.

Everything the desk shows changes only by deeds; so between two deeds it is read and drawn once for
a day, a language and a standing. Never on disk: names stand in it, and what is erased must be gone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.utils.translation import get_language

from dure.kernel.models import Deed

KEPT_MAX = 64

R = TypeVar("R")
_kept: dict[tuple[Any, ...], Any] = {}


def last_deed() -> str:
    """What names the last deed; empty while nothing was ever done."""
    found = Deed.objects.order_by("-id").values_list("id", "key").first()
    return f"{found[0]}-{found[1].hex}" if found else ""


def kept(deed: str, about: tuple[Any, ...], draw: Callable[[], R]) -> R:
    """What `draw` gives, drawn once under this deed for what it is `about`."""
    if not deed:
        return draw()
    place = (deed, get_language(), *about)
    if place not in _kept:
        drawn = draw()
        if len(_kept) >= KEPT_MAX:
            _kept.clear()
        _kept[place] = drawn
    found: R = _kept[place]
    return found
