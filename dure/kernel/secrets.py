"""Text that must not lie open in the database (account numbers): encrypted with the network's keys.

The keys lie in a file outside the database, one a line, and are read anew each time: the first
one writes, all of them read. So a key is replaced while the network is at work: put a new one
first (`dure keys rotate`), encrypt every row anew, and only then take the old one away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from .refusals import Refusal


class KeysUnreadable(Refusal):
    """The key file is missing, empty or damaged."""

    text = _("The key file %(file)s is missing or damaged.")
    remedy = _("Put the file encryption.key of this network back, from where its copy is kept.")


class KeyMissing(Refusal):
    """None of the network's keys opens this text: the key file is not the one it was written with."""

    text = _("The keys in %(file)s do not open what this network encrypted.")
    remedy = _("Put the file encryption.key of this network back, from where its copy is kept.")


@dataclass(frozen=True, slots=True)
class Sealed:
    """A column with encrypted text; of a JSON column the names whose values are encrypted."""

    model: str
    column: str
    names: tuple[str, ...] = ()
    at_once: int = 500  # rows; fewer where they are large


def key_file() -> Path:
    return Path(settings.DURE_ENCRYPTION_KEY_FILE)


def keys() -> list[str]:
    """The keys of the file, the writing one first. Raises KeysUnreadable."""
    try:
        found = key_file().read_text().split()
        _boxes(found)
    except (OSError, ValueError) as error:
        raise KeysUnreadable(file=str(key_file())) from error
    if not found:
        raise KeysUnreadable(file=str(key_file()))
    return found


def _boxes(found: list[str]) -> list[Fernet]:
    return [Fernet(key) for key in found]


def encrypt(text: str) -> str:
    """Raises KeysUnreadable."""
    return seal(text.encode())


def decrypt(token: str) -> str:
    """Raises KeysUnreadable, and KeyMissing when no key of the network opens it."""
    return unseal(token).decode()


def seal(content: bytes) -> str:
    """`encrypt` for a file."""
    return Fernet(keys()[0]).encrypt(content).decode()


def unseal(token: str) -> bytes:
    """`decrypt` for a file."""
    try:
        return MultiFernet(_boxes(keys())).decrypt(token.encode())
    except InvalidToken as error:
        raise KeyMissing(file=str(key_file())) from error


def reseal(column: Sealed) -> Iterator[int]:
    """Encrypt a column anew where it is not under the first key; how many rows, chunk by chunk.

    Each chunk is a transaction of its own, so it may be stopped and started again.
    Raises KeyMissing when a row opens with no key.
    """
    rows = apps.get_model(column.model)._default_manager
    box = Fernet(keys()[0])
    last = 0
    while True:
        with transaction.atomic():
            chunk = list(
                rows.select_for_update()
                .filter(pk__gt=last)
                .order_by("pk")
                .values_list("pk", column.column)[: column.at_once]
            )
            changed = 0
            for pk, value in chunk:
                anew = _anew(value, column.names, box)
                if anew != value:
                    changed += rows.filter(pk=pk).update(**{column.column: anew})
        if not chunk:
            return
        last = chunk[-1][0]
        yield changed


def waiting(column: Sealed) -> int:
    """How many rows still need an older key."""
    box = Fernet(keys()[0])
    rows = apps.get_model(column.model)._default_manager.order_by("pk")
    return sum(
        any(not _opens(box, token) for token in _tokens(value, column.names))
        for value in rows.values_list(column.column, flat=True).iterator(column.at_once)
    )


def _tokens(value: Any, names: tuple[str, ...]) -> list[str]:
    if not names:
        return [value] if value else []
    found = [value[name] for name in names if value.get(name)]
    return [token for one in found for token in (one if isinstance(one, list) else [one])]


def _anew(value: Any, names: tuple[str, ...], box: Fernet) -> Any:
    if isinstance(value, dict):
        return value | {name: _anew(value[name], (), box) for name in names if value.get(name)}
    if isinstance(value, list):
        return [_anew(one, (), box) for one in value]
    if not value or _opens(box, value):
        return value
    return box.encrypt(unseal(value)).decode()


def _opens(box: Fernet, token: str) -> bool:
    try:
        box.decrypt(token.encode())
    except InvalidToken:
        return False
    return True
