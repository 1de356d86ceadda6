"""A box that can be locked and whose key can be thrown away: then what lay in it is gone for good.

Every text in a box has the same length and no time, so that neither tells what was written. The
key is made for one box; whoever keeps it keeps it encrypted (`secrets`), and destroys it.
"""

from __future__ import annotations

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

NONCE = 12
BLOCK = 256


def new_key() -> str:
    """The key of a new box."""
    return urlsafe_b64encode(ChaCha20Poly1305.generate_key()).decode()


def lock(key: str, text: str) -> str:
    """A text as it lies in the box: padded, under a nonce of its own."""
    plain = text.encode()
    size = -(-(len(plain) + 1) // BLOCK) * BLOCK
    nonce = os.urandom(NONCE)
    padded = plain + b"\0" * (size - len(plain))
    sealed = ChaCha20Poly1305(urlsafe_b64decode(key)).encrypt(nonce, padded, None)
    return urlsafe_b64encode(nonce + sealed).decode()


def unlock(key: str, sealed: str) -> str:
    """What was locked. Raises InvalidTag, with another key."""
    raw = urlsafe_b64decode(sealed)
    plain = ChaCha20Poly1305(urlsafe_b64decode(key)).decrypt(raw[:NONCE], raw[NONCE:], None)
    return plain.rstrip(b"\0").decode()
