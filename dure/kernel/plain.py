"""Plain values as canonical JSON: what commands take, events hold and results are.

Strings, whole numbers, booleans, None, days, moments, months, exact fractions, UUIDs, tuples, and
frozen dataclasses of those. One value has one text, on every machine and engine, so that it can be
hashed, sealed and compared. Floats are refused: nothing here is approximate.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from functools import cache
from hashlib import sha256
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model


@cache
def names(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass, in order."""
    return tuple(field.name for field in fields(kind))


def _hashed(value: Any) -> Any:
    """For hashing only: bytes by their digest, and sets."""
    if isinstance(value, bytes):
        return {"$bytes": sha256(value).hexdigest()}
    if isinstance(value, frozenset | set):
        return {"$set": sorted(map(digest, value))}
    return _tagged(value)


_taggers: dict[type, Callable[[Any], Any]] = {
    date: lambda value: {"$date": value.isoformat()},
    UUID: lambda value: {"$uuid": value.hex},
    Fraction: lambda value: {"$ratio": [value.numerator, value.denominator]},
}


def _tagged(value: Any) -> Any:
    kind = type(value)
    tagger = _taggers.get(kind)
    if tagger is None and is_dataclass(kind):
        tagger = _taggers[kind] = _tagger_of(kind)
    if tagger is not None:
        return tagger(value)
    if isinstance(value, datetime):
        assert value.tzinfo is not None, "naive time"
        return {"$at": value.isoformat()}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, Model):
        return {"$model": value._meta.label_lower, "pk": value.pk}
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"not a plain value: {kind.__name__}")


def _tagger_of(kind: type) -> Callable[[Any], Any]:
    """Of a frozen dataclass: its import path and its fields."""
    path, wanted = f"{kind.__module__}:{kind.__qualname__}", names(kind)
    if len(wanted) < 2:
        return lambda value: {"$": path, "f": [getattr(value, name) for name in wanted]}
    take = attrgetter(*wanted)
    return lambda value: {"$": path, "f": take(value)}


def _encoder(default: Callable[[Any], Any]) -> Callable[[Any], str]:
    return json.JSONEncoder(
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
        default=default,
        allow_nan=False,
    ).encode


_text_to_hash = _encoder(_hashed)
_text = _encoder(_tagged)


def digest(value: Any) -> str:
    """SHA-256 of the canonical text, in hex."""
    return sha256(_text_to_hash(value).encode()).hexdigest()


def dumps(value: Any) -> str:
    """The canonical text of a value; a model instance as its label and key."""
    return _text(value)


def loads(text: str) -> Any:
    """Back from `dumps`; JSON lists come back as tuples."""
    return _read_back(json.loads(text))


def _read_back(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_read_back(item) for item in value)
    if not isinstance(value, dict):
        return value
    if "$" in value:
        module, _, name = value["$"].partition(":")
        kind: Any = importlib.import_module(module)
        for part in name.split("."):
            kind = getattr(kind, part)
        given = dict(zip(names(kind), map(_read_back, value["f"]), strict=True))
        return kind(**given)
    if "$at" in value:
        return datetime.fromisoformat(value["$at"])
    if "$date" in value:
        return date.fromisoformat(value["$date"])
    if "$uuid" in value:
        return UUID(value["$uuid"])
    if "$ratio" in value:
        return Fraction(*value["$ratio"])
    if "$model" in value:
        return apps.get_model(value["$model"])._base_manager.get(pk=value["pk"])
    return {name: _read_back(item) for name, item in value.items()}
