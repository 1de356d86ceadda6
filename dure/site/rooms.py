"""The doors of the rooms: their pages, their API."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings


def doors(kind: str, name: str) -> list[tuple[str, Any]]:
    """(room, thing) for every room that has a module `kind`: ("ledger", its urlpatterns)."""
    modules = ((room, f"dure.domains.{room}.{kind}") for room in settings.ROOMS)
    return [
        (room, getattr(import_module(module), name))
        for room, module in modules
        if find_spec(module)
    ]
