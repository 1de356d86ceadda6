"""Leaving: the whole network in an open form that needs no Dure to be read, and back into Dure.

1. A package (a ZIP or a folder) holds every table as CSV or JSON lines, a dictionary that says what
   each column means, the papers and statements to read, the files, a README and `manifest.json`
   with the count and SHA-256 of every file.
2. What opens doors stays: passwords, second factors, tokens, sessions, open letters (`travels`).
   Account numbers stay closed; the key leaves only in a file of its own, under a passphrase.
3. Importing wants an empty installation, looks at every file before it writes anything, and loads
   all rows in one transaction: stopped anywhere, nothing has happened.
A backup (`archive`) is another thing: engine-near, with keys and passwords, for the same network.
"""

from .package import (
    ExportTooNew,
    FileAltered,
    FileMissing,
    InstallationNotEmpty,
    KeysUndecided,
    Moved,
    NotAnExport,
    RowRefused,
    Seen,
    TargetExists,
)
from .passphrase import NotAKeyFile, PassphraseWeak, PassphraseWrong
from .reading import import_network, look_into
from .writing import write_export, write_keys

__all__ = [
    "ExportTooNew",
    "FileAltered",
    "FileMissing",
    "InstallationNotEmpty",
    "KeysUndecided",
    "Moved",
    "NotAKeyFile",
    "NotAnExport",
    "PassphraseWeak",
    "PassphraseWrong",
    "RowRefused",
    "Seen",
    "TargetExists",
    "import_network",
    "look_into",
    "write_export",
    "write_keys",
]
