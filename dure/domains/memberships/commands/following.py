"""What happens here when parties become one below."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import Refusal

from .. import policies
from ..events import MembershipsMoved
from ..models import Application, Membership, ReceiptUse, ShareClaim

__all__ = ["BothAreMembers", "move_memberships"]


class BothAreMembers(Refusal):
    """Two open memberships cannot become one by merging their parties."""

    text = _(
        "%(kept)s (no. %(kept_number)s) and %(duplicate)s (no. %(duplicate_number)s) are both members."
    )
    remedy = _("End one of the memberships first, then merge.")


@command
def move_memberships(act: Act, *, from_party_id: int, to_party_id: int) -> int:
    """The memberships of a duplicate are those of the party it was merged into; how many.

    The ledger itself carries over what stands on its name in the books. Raises BothAreMembers.
    """
    policies.can_move_memberships(act).enforce()
    rows = (
        Membership.objects.select_for_update()
        .filter(party__in=(from_party_id, to_party_id))
        .order_by("pk")
    )
    every = list(rows)
    moving = [m for m in every if m.party_id == from_party_id]
    both = [m for m in every if m.left_date is None]
    if len(both) > 1:
        numbers = {m.party_id: m.number for m in both}
        raise BothAreMembers(
            kept=parties.party_name(to_party_id),
            kept_number=numbers[to_party_id],
            duplicate=parties.party_name(from_party_id),
            duplicate_number=numbers[from_party_id],
        )
    # ---
    Membership.objects.filter(party=from_party_id).update(party=to_party_id)
    ReceiptUse.objects.filter(donor=from_party_id).update(donor=to_party_id)
    ShareClaim.objects.filter(heir=from_party_id).update(heir=to_party_id)
    for field in ("party", "contact"):
        Application.objects.filter(**{field: from_party_id}).update(**{field: to_party_id})
    record(act, MembershipsMoved(to_party_id, from_party_id, len(moving)))
    return len(moving)
