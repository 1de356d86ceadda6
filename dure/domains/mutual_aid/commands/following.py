"""What happens here when parties become one below."""

from __future__ import annotations

from dure.kernel.acts import Act
from dure.kernel.deeds import command, record

from .. import policies
from ..events import AidMoved
from ..models import AidEnrolment

__all__ = ["move_aid"]


@command
def move_aid(act: Act, *, from_party_id: int, to_party_id: int) -> int:
    """The contracts of a duplicate are those of the party it was merged into; how many."""
    policies.can_move_aid(act).enforce()
    # ---
    count = AidEnrolment.objects.filter(party=from_party_id).update(party=to_party_id)
    record(act, AidMoved(to_party_id, from_party_id, count))
    return count
