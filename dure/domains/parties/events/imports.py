"""Facts about files of parties on their way in."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class ImportStaged(Event):
    import_id: int
    file_name: str
    digest: str

    def sentence(self) -> type_text:
        return _now("The file %(file)s was laid out for import.") % {"file": self.file_name}


@dataclass(frozen=True, slots=True)
class ImportChunkAccepted(Event):
    """Some rows of the file were written. `digest` is over the rows; ids lie in their tables."""

    import_id: int
    from_row: int
    until_row: int
    new: int
    changed: int
    same: int
    rejected: int
    changed_ids: tuple[int, ...]

    def sentence(self) -> type_text:
        return _now(
            "Rows %(from)d to %(until)d were taken in: %(new)d new, %(changed)d changed, "
            "%(same)d unchanged, %(rejected)d rejected."
        ) % {
            "from": self.from_row,
            "until": self.until_row - 1,
            "new": self.new,
            "changed": self.changed,
            "same": self.same,
            "rejected": self.rejected,
        }


@dataclass(frozen=True, slots=True)
class ImportAccepted(Event):
    import_id: int
    file_name: str
    read: int
    new: int
    changed: int
    same: int
    rejected: int

    def sentence(self) -> type_text:
        return _now(
            "The file %(file)s was taken in: of %(read)d rows %(new)d new, %(changed)d changed, "
            "%(same)d unchanged, %(rejected)d rejected."
        ) % {
            "file": self.file_name,
            "read": self.read,
            "new": self.new,
            "changed": self.changed,
            "same": self.same,
            "rejected": self.rejected,
        }


@dataclass(frozen=True, slots=True)
class ImportDiscarded(Event):
    import_id: int
    file_name: str

    def sentence(self) -> type_text:
        return _now("The file %(file)s was discarded.") % {"file": self.file_name}
