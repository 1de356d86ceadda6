"""What happens here when parties become one below."""

from __future__ import annotations

from dure.kernel.acts import Act
from dure.kernel.deeds import command, record

from .. import policies
from ..events import LoansMoved
from ..models import Loan, LoanGuarantee

__all__ = ["move_loans"]


@command
def move_loans(act: Act, *, from_party_id: int, to_party_id: int) -> int:
    """The loans and guarantees of a duplicate are those of the party it was merged into; how many."""
    policies.can_move_loans(act).enforce()
    # ---
    count: int = Loan.objects.filter(party=from_party_id).update(party=to_party_id)
    count += LoanGuarantee.objects.filter(party=from_party_id).update(party=to_party_id)
    record(act, LoansMoved(to_party_id, from_party_id, count))
    return count
