"""Files that people hand in (evidence, payslips): sealed at rest, opened only by policy, gone by schedule.

1. Content and name are encrypted with the network's keys; the database alone tells nothing of either.
2. What a file is, its first bytes say, never its name. Only papers and pictures are taken: nothing
   that could be executed, and nothing here ever reads more of it than those bytes.
3. A room asks its own policy, then opens; each opening is logged as a read that was taken along.
4. The room says until when files of a matter are kept. After that day name and content are
   destroyed; that there was a file, how large and when, stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import PurePath

from django.utils.translation import gettext_lazy as _

from . import policies, secrets
from .acts import Act
from .deeds import command, record
from .events import KeptFilesDestroyed
from .models import KeptFile
from .reads import note_read
from .refusals import InvalidInput, NotFound, Refusal

FILE_BYTES = 10 << 20
FILES_MAX = 20  # of one matter
NAME_MAX = 120
AT_ONCE = 200
BEGINNINGS = (
    (b"%PDF-", 0, "application/pdf"),
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"WEBP", 8, "image/webp"),
    (b"ftypheic", 4, "image/heic"),
    (b"ftypmif1", 4, "image/heic"),
)


class FileUnfit(InvalidInput):
    """Only papers and pictures, and none too large."""

    text = _("“%(name)s” cannot be kept: it is empty, too large, or neither a picture nor a PDF.")
    remedy = _("Hand in a photograph (JPEG, PNG, HEIC, WebP) or a PDF of at most %(most)d MB.")


class FileThereAlready(Refusal):
    """The same file is kept once."""

    text = _("This very file was handed in already.")


class TooManyFiles(Refusal):
    """A matter has a handful of papers."""

    text = _("%(most)d files are kept here already; more are not taken.")
    remedy = _("Put several pages into one PDF.")


class FileDestroyed(Refusal):
    """Its time was over."""

    text = _("This file was destroyed on %(date)s, as the rules ask.")
    status = 410


class NoFileDue(Refusal):
    """Every file is still within its time."""

    text = _("No file is kept longer than it may be.")


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file as a list names it; nothing of its content."""

    id: int
    name: str
    size: int
    kept_at: datetime
    destroyed_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file, opened."""

    name: str
    content_type: str
    content: bytes


def keep_file(
    act: Act, *, subject_id: int, matter: str, name: str, content: bytes, until: date | None = None
) -> KeptFile:
    """Keep a file about someone with a matter, such as "loans.Loan:12". Call it from a command,
    after its policy. Raises FileUnfit, FileThereAlready, TooManyFiles, KeysUnreadable."""
    name = PurePath(name.replace("\\", "/")).name.replace("\x00", "").strip()[-NAME_MAX:]
    content_type = type_of(content)
    if not name or content_type is None or len(content) > FILE_BYTES:
        raise FileUnfit(name=name or "—", most=FILE_BYTES >> 20)
    digest = sha256(content).hexdigest()
    held = KeptFile.objects.filter(matter=matter, destroyed_at=None)
    if held.filter(digest=digest).exists():
        raise FileThereAlready
    if held.count() >= FILES_MAX:
        raise TooManyFiles(most=FILES_MAX)
    return KeptFile.objects.create(
        subject_id=subject_id, matter=matter, name_sealed=secrets.encrypt(name),
        content_sealed=secrets.seal(content), content_type=content_type, size=len(content),
        digest=digest, kept_at=act.at, kept_by_id=act.actor_id, until_date=until,
    )  # fmt: skip


def type_of(content: bytes) -> str | None:
    """What the first bytes say it is; None: nothing that is kept."""
    for beginning, at, found in BEGINNINGS:
        if content[at : at + len(beginning)] == beginning:
            return found
    return None


def files_of(*matters: str) -> dict[int, FileLine]:
    """The files of some matters by their number, in the order they came; content is not opened."""
    rows = KeptFile.objects.filter(matter__in=matters).defer("content_sealed").order_by("pk")
    return {
        one.pk: FileLine(
            one.pk, secrets.decrypt(one.name_sealed) if one.name_sealed else "", one.size,
            one.kept_at, one.destroyed_at,
        )
        for one in rows
    }  # fmt: skip


def first_files(matters: Iterable[str]) -> dict[str, int]:
    """The first file that is left of each matter that has one."""
    rows = KeptFile.objects.filter(matter__in=list(matters), destroyed_at=None)
    return {matter: pk for pk, matter in rows.order_by("-pk").values_list("pk", "matter")}


def open_public_file(matter: str, file_id: int) -> OpenFile:
    """A file of a matter that tells nothing of a person (the picture of an offer): no read is logged.

    Raises NotFound, KeyMissing.
    """
    found = KeptFile.objects.filter(pk=file_id, matter=matter, destroyed_at=None).first()
    if found is None:
        raise NotFound
    return _opened(found)


def open_file(act: Act, file_id: int, what: str) -> OpenFile:
    """A file with its content, after the room's own policy; someone else's is logged as a read.

    Raises NotFound, FileDestroyed, KeyMissing.
    """
    found = KeptFile.objects.filter(pk=file_id).first()
    if found is None:
        raise NotFound
    if found.destroyed_at is not None:
        raise FileDestroyed(date=found.destroyed_at.date().isoformat())
    note_read(act, found.subject_id, what, download=True)
    return _opened(found)


def _opened(found: KeptFile) -> OpenFile:
    return OpenFile(
        secrets.decrypt(found.name_sealed), found.content_type, secrets.unseal(found.content_sealed)
    )


def keep_files_until(matter: str, until: date | None) -> int:
    """Until when the files of a matter are kept, now that it is closed (None: it is open again);
    how many there are. Call it from a command."""
    return KeptFile.objects.filter(matter=matter, destroyed_at=None).update(until_date=until)


def erase_files(file_ids: Collection[int], at: datetime) -> int:
    """Destroy name and content of these files; how many there were. Call it from a command."""
    return KeptFile.objects.filter(pk__in=file_ids, destroyed_at=None).update(
        name_sealed="", content_sealed="", destroyed_at=at
    )


def erase_files_about(subject_id: int, at: datetime) -> int:
    """Destroy every file about someone; how many there were. Call it from a command."""
    about = KeptFile.objects.filter(subject_id=subject_id)
    return erase_files(list(about.values_list("pk", flat=True)), at)


def carry_files(from_id: int, to_id: int) -> int:
    """What was about a duplicate is about whom is kept. Call it from a command."""
    return KeptFile.objects.filter(subject_id=from_id).update(subject_id=to_id)


@command
def destroy_kept_files(act: Act) -> int:
    """Destroy the files whose time is over, some at a time; how many. Raises NoFileDue."""
    policies.can_destroy_kept_files(act).enforce()
    due = KeptFile.objects.filter(until_date__lt=act.today, destroyed_at=None).order_by("pk")
    ids = list(due.values_list("pk", flat=True)[:AT_ONCE])
    if not ids:
        raise NoFileDue
    # ---
    count = erase_files(ids, act.at)
    record(act, KeptFilesDestroyed(tuple(ids)))
    return count
