"""The doors of the rooms that stand: their pages, their API, their command line."""

from __future__ import annotations

import logging
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings


def doors(kind: str, name: str) -> list[tuple[str, Any]]:
    """(room, thing) for every room whose module `kind` has it: ("ledger", urlpatterns)."""
    found = []
    for room in settings.ROOMS:
        module = f"dure.domains.{room}.{kind}"
        if find_spec(module):
            try:  # BUILDING: rooms under construction; to be removed
                found.append((room, getattr(import_module(module), name)))
            except (ImportError, AttributeError, SyntaxError) as error:
                logging.getLogger("dure").error("%s: %s", module, error)
    return found
