"""What the kernel itself does, as facts."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .deeds import Event
from .refusals import type_text


@dataclass(frozen=True, slots=True)
class KeptFilesDestroyed(Event):
    file_ids: tuple[int, ...]

    def sentence(self) -> type_text:
        return _("%(count)d files that people handed in were destroyed, their time being over.") % {
            "count": len(self.file_ids)
        }


@dataclass(frozen=True, slots=True)
class BooksSealed(Event):
    seals: tuple[int, ...]
    rows: int

    def sentence(self) -> type_text:
        return _("%(rows)d rows were sealed.") % {"rows": self.rows}
