"""The keys that open account numbers: which columns they close, and how one is replaced."""

from __future__ import annotations

import os

from cryptography.fernet import Fernet

from dure.kernel import secrets
from dure.kernel.acts import Act
from dure.kernel.progress import Progress, silent
from dure.kernel.secrets import Sealed

from . import commands, policies
from .events import KeysRotated

SEALED = (
    Sealed("parties.BankAccount", "number_sealed"),
    Sealed("memberships.Mandate", "account_secret"),
    Sealed("mutual_aid.AidClaim", "about_secret"),
    Sealed("mutual_aid.AidClaim", "appeal_secret"),
    Sealed("mutual_aid.AidGift", "name_secret"),
    Sealed("mutual_aid.AidGrant", "about_secret"),
    Sealed("mfa.Authenticator", "data", ("secret", "seed", "migrated_codes")),
    Sealed("loans.LoanNote", "text_sealed"),
    Sealed("kernel.KeptFile", "name_sealed"),
    Sealed("kernel.KeptFile", "content_sealed", at_once=5),
)


def rotate(act: Act, progress: Progress = silent) -> KeysRotated:
    """Replace the key: a new one first, every row anew, the old ones away only at the end.

    Stopped in between, the file holds both keys and nothing is lost; started again it goes on
    with the new key that is already there. Raises KeysUnreadable, KeyMissing, RotationUnfinished.
    """
    policies.can_rotate_keys(act).enforce()
    held = secrets.keys()
    if len(held) == 1:
        keep([Fernet.generate_key().decode(), *held])
    rows = 0
    for done, column in enumerate(SEALED):
        for changed in secrets.reseal(column):
            rows += changed
            progress(done, len(SEALED), column.model)
    rotated = commands.rotate_keys(act, rows=rows, waiting=sum(map(secrets.waiting, SEALED)))
    keep(secrets.keys()[:1])
    return rotated


def keep(keys: list[str]) -> None:
    """Replace the key file in one step: it is always there, whole, with the old or the new."""
    file = secrets.key_file()
    beside = file.with_suffix(".new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write("\n".join(keys) + "\n")
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)
