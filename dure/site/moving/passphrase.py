"""The network's keys in a file of their own, under a passphrase: never beside what they open."""

from __future__ import annotations

import hashlib
import json
import os
from base64 import b64decode, b64encode, urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dure.kernel.refusals import InvalidInput, Refusal

FORMAT = "dure-keys-v1"
COST, BLOCK, LANES = 1 << 15, 8, 1  # of scrypt: 32 MB and a tenth of a second for each try
MEMORY_MAX = 64 * 1024 * 1024


class PassphraseWeak(InvalidInput):
    """The passphrase could be guessed."""

    text = _("The passphrase is too weak: %(why)s")
    remedy = _("Take a sentence that nobody guesses.")


class PassphraseWrong(Refusal):
    """The passphrase does not open the key file."""

    text = _("The passphrase does not open %(file)s.")
    remedy = _("It was chosen when the network was exported. Ask whoever did it.")


class NotAKeyFile(InvalidInput):
    """The file holds no keys of a network."""

    text = _("%(file)s is no key file of an exported network.")


def closed(keys: list[str], passphrase: str) -> bytes:
    """The keys as a file that only the passphrase opens. Raises PassphraseWeak."""
    try:
        validate_password(passphrase)
    except ValidationError as error:
        raise PassphraseWeak(why=" ".join(error.messages)) from error
    salt = os.urandom(16)
    box = Fernet(_key(passphrase, salt))
    made = {
        "format": FORMAT,
        "how": f"scrypt n={COST} r={BLOCK} p={LANES} → urlsafe base64 → Fernet → one key a line",
        "salt": b64encode(salt).decode(),
        "closed": box.encrypt("\n".join(keys).encode()).decode(),
    }
    return json.dumps(made, ensure_ascii=False, indent=1).encode() + b"\n"


def opened(content: bytes, passphrase: str, file: str) -> list[str]:
    """The keys of the file. Raises NotAKeyFile, PassphraseWrong."""
    try:
        made = json.loads(content)
        if made["format"] != FORMAT:
            raise ValueError
        box = Fernet(_key(passphrase, b64decode(made["salt"])))
        keys = box.decrypt(made["closed"].encode()).decode().split()
        for key in keys:
            Fernet(key)
    except InvalidToken as error:
        raise PassphraseWrong(file=file) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotAKeyFile(file=file) from error
    return keys


def _key(passphrase: str, salt: bytes) -> bytes:
    made = hashlib.scrypt(
        passphrase.encode(), salt=salt, n=COST, r=BLOCK, p=LANES, maxmem=MEMORY_MAX, dklen=32
    )
    return urlsafe_b64encode(made)
