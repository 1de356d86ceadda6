"""A whole network in one file: backed up from one engine, restored into either.

1. The archive is a zip: `manifest.json`; per table one `tables/<name>.jsonl` with one JSON array per
   row; the files of `media/`; and, unless left out, the network's keys.
2. Rows are read in one snapshot, streamed, in order of their primary key. Every column is written
   by its type, not by the engine's way of keeping it, so the archive knows no engine.
3. Restoring needs an empty network (or `replace`). It brings the tables to the very migrations the
   archive was made at, loads them without triggers in one transaction, makes the triggers anew,
   migrates forward, and is then verified: foreign keys, counts, digests, seals.
4. Sessions of browsers are left out: after a restore everyone logs in again.
"""

from .form import Archived, ArchiveTooNew, FileExists, NetworkNotEmpty, NotAnArchive
from .reading import restore
from .writing import back_up

__all__ = [
    "ArchiveTooNew",
    "Archived",
    "FileExists",
    "NetworkNotEmpty",
    "NotAnArchive",
    "back_up",
    "restore",
]
