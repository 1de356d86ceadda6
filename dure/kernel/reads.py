"""The log of reads of personal data: who saw whose, when, by which door (개인정보보호법)."""

from __future__ import annotations

from .acts import Act
from .models import Read


def note_read(act: Act, subject_id: int | None, what: str, count: int = 1) -> None:
    """Log that the actor reads personal data of someone else; one's own reads are not logged."""
    if act.actor_id is not None and subject_id == act.actor_id:
        return
    Read.objects.create(
        at=act.at,
        actor_id=act.actor_id,
        via=act.via,
        subject_id=subject_id,
        what=what[:200],
        count=count,
    )
