"""Text that must not lie open in the database (account numbers): encrypted with the network's keys.

The first key of `settings.DURE_ENCRYPTION_KEYS` writes; all of them read, so a key can be replaced.
"""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class KeyMissing(RuntimeError):
    """None of the network's keys opens this text: the key file is not the one it was written with."""


def _box() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.DURE_ENCRYPTION_KEYS])


def encrypt(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """Raises KeyMissing when no key of the network opens it."""
    try:
        return _box().decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise KeyMissing from error
