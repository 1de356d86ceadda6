"""The package itself: a ZIP or a folder, what is said of it, and what may be wrong with it."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

from dure.kernel.refusals import Refusal

FORMAT = "dure-export-v1"
MANIFEST = "manifest.json"
BYTES_AT_ONCE = 1 << 20


class TargetExists(Refusal):
    """An export never overwrites anything."""

    text = _("%(file)s exists already. An export never overwrites anything.")


class NotAnExport(Refusal):
    """The file or folder is no exported network, or its manifest is damaged."""

    text = _("%(file)s is not a network exported by Dure, or it is damaged: %(why)s.")


class FileMissing(Refusal):
    """The manifest names a file that is not there."""

    text = _("The file %(file)s is missing from the export.")
    remedy = _("Copy the export again from where it was made; nothing was changed here.")


class FileAltered(Refusal):
    """A file is not as it was exported."""

    text = _("The file %(file)s is not as it was exported.")
    remedy = _("Copy the export again from where it was made; nothing was changed here.")


class RowRefused(Refusal):
    """A row does not fit."""

    text = _("%(file)s, row %(row)s: %(why)s")
    remedy = _("Nothing was imported. Mend the row where the export was made.")


class ExportTooNew(Refusal):
    """The export was made by a newer Dure."""

    text = _("The export was made by Dure %(version)s, which knows %(migration)s.")
    remedy = _("Install that version first.")


class InstallationNotEmpty(Refusal):
    """There is a network here already."""

    text = _("There is already a network here, and an import never overwrites one.")
    remedy = _("Import into an empty folder (`dure --home DIR`) or an empty database.")


class KeysUndecided(Refusal):
    """The export holds encrypted numbers, and nobody said what about their key."""

    text = _("The export holds %(count)d account numbers that only their own key opens.")
    remedy = _("Give the key file with --keys FILE, or import them closed with --without-keys.")


@dataclass(frozen=True, slots=True)
class Moved:
    """What was written or brought in."""

    place: str
    tables: int
    rows: int
    files: int  # that people uploaded
    sealed: int  # encrypted numbers among it
    fingerprint: str  # SHA-256 of the manifest: whoever has it knows that nothing was exchanged


@dataclass(frozen=True, slots=True)
class Seen:
    """What is in a package, before anything is imported."""

    network: str
    version: str
    made_at: str
    form: str
    engine: str
    tables: tuple[tuple[str, int], ...]  # name, rows
    rows: int
    files: int
    bytes: int
    sealed: int
    left_out: tuple[str, ...]
    fingerprint: str


class Target:
    """Where an export goes: piece by piece, and with its final name only when it is whole."""

    def __init__(self, place: Path) -> None:
        self.files: list[dict[str, Any]] = []
        self._part = place.with_name(place.name + ".part")
        self._zip: zipfile.ZipFile | None = None
        self._place = place

    @contextmanager
    def opened(self) -> Iterator[Target]:
        """Raises TargetExists. What was half-written goes again."""
        if self._place.exists():
            raise TargetExists(file=str(self._place))
        self._forget()
        try:
            if self._place.suffix.lower() == ".zip":
                with zipfile.ZipFile(
                    self._part, "w", zipfile.ZIP_DEFLATED, compresslevel=3
                ) as self._zip:
                    self._part.chmod(0o600)
                    yield self
            else:
                self._part.mkdir(mode=0o700)
                yield self
            self._part.replace(self._place)
        finally:
            self._forget()

    def _forget(self) -> None:
        if self._part.is_dir():
            shutil.rmtree(self._part)
        self._part.unlink(missing_ok=True)

    def write(self, name: str, pieces: Iterable[bytes]) -> dict[str, Any]:
        """One file; its name, length and SHA-256, kept for the manifest."""
        seen, length = hashlib.sha256(), 0
        with self._file(name) as out:
            for piece in pieces:
                out.write(piece)
                seen.update(piece)
                length += len(piece)
        said = {"file": name, "bytes": length, "sha256": seen.hexdigest()}
        self.files.append(said)
        return said

    @contextmanager
    def _file(self, name: str) -> Iterator[IO[bytes]]:
        if self._zip is not None:
            with self._zip.open(name, "w", force_zip64=True) as out:
                yield out
        else:
            file = self._part / name
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("xb") as out:
                yield out


class Source:
    """Where an import comes from: a ZIP or a folder, read file by file."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._zip: zipfile.ZipFile | None = None

    @contextmanager
    def opened(self) -> Iterator[Source]:
        """Raises NotAnExport."""
        if self.place.is_dir():
            yield self
            return
        try:
            with zipfile.ZipFile(self.place) as self._zip:
                yield self
        except (zipfile.BadZipFile, OSError, EOFError) as error:
            why = str(error) or type(error).__name__
            raise NotAnExport(file=str(self.place), why=why) from error

    @contextmanager
    def file(self, name: str) -> Iterator[IO[bytes]]:
        """Raises FileMissing, FileAltered (a ZIP notices by itself)."""
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts:
            raise NotAnExport(file=str(self.place), why=name)
        try:
            found = self._zip.open(name) if self._zip else (self.place / path).open("rb")
        except (KeyError, FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
            raise FileMissing(file=name) from error
        try:
            with found:
                yield found
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise FileAltered(file=name) from error

    def pieces(self, name: str) -> Iterator[bytes]:
        with self.file(name) as found:
            while piece := found.read(BYTES_AT_ONCE):
                yield piece
