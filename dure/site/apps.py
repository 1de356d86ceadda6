"""The site knows every room and wires them; no room knows the site."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register

# Python looks for rubbish that refers to itself after so many new objects: at its own 700 that was a
# third of the time wherever many rows are read
RUBBISH_AFTER = 50_000


class Config(AppConfig):
    name = "dure.site"
    label = "dure_site"

    def ready(self) -> None:
        from .wiring import wire_all

        wire_all()
        gc.freeze()
        gc.set_threshold(RUBBISH_AFTER, 20, 20)
        register(assertions_are_on)


def assertions_are_on(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Asserts are part of the program: they guard the books."""
    if __debug__:
        return []
    return [Error("Python runs with -O: assertions are off. They are part of the program.")]
