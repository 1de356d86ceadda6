"""A box for ballots: what lies in it has no order, no time and no owner; burnt, it is gone for good.

A box is two files in a folder outside the database and outside its backups: what lies in it,
locked, and its key. It also knows who put something in, so that nobody does twice; but not which.

1. A box is replaced as a whole: what is put in and who did so are in it together or not at all.
   So it alone says who has voted. A command that fails after it voted all the same, once.
2. Each text has the same length and a place drawn by lot.
3. To burn a box its key is overwritten before it is taken away: whatever is left of the locked file,
   or of earlier versions of it, on this disk or another, opens no more.
4. The caller holds the thing the box belongs to, so that two do not put something in at once.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from .refusals import Refusal

NONCE = 12
BLOCK = 128
KEY, LOCKED, BESIDE = ".key", ".box", ".new"


class BoxMissing(Refusal):
    """The folder of the boxes is not the one, or was lost with its machine."""

    text = _("The ballots of this vote are not on this machine, or cannot be opened.")
    remedy = _(
        "Put the folder of the ballots back. If it is lost, break the vote off and vote again."
    )


@dataclass(slots=True)
class Box:
    """What lies in a box, and who put something in."""

    name: str
    key: bytes
    takers: set[int]
    texts: list[bytes]

    def put(self, taker: int, text: str) -> None:
        """On the disk, whole, when this returns."""
        plain = text.encode()
        assert b"\n" not in plain, "one line"
        padded = plain.ljust(-(-len(plain) // BLOCK) * BLOCK)
        self.texts.insert(secrets.randbelow(len(self.texts) + 1), padded)
        self.takers.add(taker)
        self.write()

    def read(self) -> list[str]:
        return [text.rstrip(b" ").decode() for text in self.texts]

    def write(self) -> None:
        takers = b" ".join(b"%d" % one for one in sorted(self.takers))
        nonce = os.urandom(NONCE)
        plain = b"\n".join([takers, *self.texts])
        locked = ChaCha20Poly1305(self.key).encrypt(nonce, plain, self.name.encode())
        beside = _file(self.name, BESIDE)
        _write(beside, nonce + locked)
        beside.replace(_file(self.name, LOCKED))
        _sync_folder()


def new_box() -> str:
    """Make an empty box; its name, which says nothing."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    name, key = secrets.token_hex(16), ChaCha20Poly1305.generate_key()
    _write(_file(name, KEY), key)
    Box(name, key, set(), []).write()
    return name


def open_box(name: str) -> Box:
    """A box as it stands. Raises BoxMissing."""
    try:
        key, locked = _file(name, KEY).read_bytes(), _file(name, LOCKED).read_bytes()
        plain = ChaCha20Poly1305(key).decrypt(locked[:NONCE], locked[NONCE:], name.encode())
    except (OSError, ValueError, InvalidTag) as error:
        raise BoxMissing from error
    takers, *texts = plain.split(b"\n")
    return Box(name, key, set(map(int, takers.split())), texts)


def burn(name: str) -> None:
    """Nobody opens this box again."""
    for ending in (KEY, LOCKED, BESIDE):
        file = _file(name, ending)
        if not file.exists():
            continue
        with file.open("r+b") as out:
            out.write(os.urandom(file.stat().st_size))
            out.flush()
            os.fsync(out.fileno())
        file.unlink(missing_ok=True)


def names() -> list[str]:
    """The boxes that are there."""
    return sorted({file.stem for file in folder().glob(f"*{KEY}")})


def folder() -> Path:
    return Path(settings.DURE_BALLOTS)


def _file(name: str, ending: str) -> Path:
    return folder() / f"{name}{ending}"


def _write(file: Path, content: bytes) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _sync_folder() -> None:
    handle = os.open(folder(), os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
