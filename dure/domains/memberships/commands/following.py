"""What happens here when parties change below: duplicates become one, a person is forgotten."""

from __future__ import annotations

from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import Refusal

from .. import policies
from ..events import MemberDataErased, MembershipsMoved
from ..models import (
    Allocation,
    Application,
    Charge,
    InterviewNote,
    Membership,
    Receipt,
    ShareMovement,
)

ERASED = "—"


class BothAreMembers(Refusal):
    """Two open memberships cannot become one by merging their parties."""

    text = _(
        "%(kept)s (no. %(kept_number)s) and %(duplicate)s (no. %(duplicate_number)s) are both members."
    )
    remedy = _("End one of the memberships first, then merge.")


class StillBelongs(Refusal):
    """A person who is a member, owes dues or has shares cannot be erased."""

    text = _("%(name)s is still a member, owes dues or has shares.")
    remedy = _("End the membership and settle dues and shares first.")


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
    Application.objects.filter(party=from_party_id).update(party=to_party_id)
    record(act, MembershipsMoved(to_party_id, from_party_id, len(moving)))
    return len(moving)


@command
def erase_member_data(act: Act, *, party_id: int) -> int:
    """Forget what a former member wrote or was written about; numbers and sums stay. How many rows.

    Raises StillBelongs.
    """
    policies.can_erase_member_data(act).enforce()
    own = Membership.objects.filter(party=party_id)
    owes = Charge.objects.filter(membership__in=own, amount_won__gt=F("paid_won") + F("waived_won"))
    shares = ShareMovement.objects.filter(membership__in=own).aggregate(won=Sum("amount_won"))[
        "won"
    ]
    if own.filter(left_date=None).exists() or owes.exists() or shares:
        raise StillBelongs(name=parties.party_name(party_id))
    # ---
    applications = Application.objects.filter(party=party_id)
    notes = InterviewNote.objects.filter(application__in=applications).update(text="")
    erased = applications.update(
        name=ERASED,
        contact_name="",
        email="",
        phone="",
        registration_number="",
        motivation="",
        answers={},
    )
    receipts = Allocation.objects.filter(charge__membership__party=party_id).values("receipt")
    paid = Receipt.objects.filter(pk__in=receipts).update(payer_text=ERASED, payer_key="", memo="")
    record(act, MemberDataErased(party_id, erased + notes + paid))
    return erased + notes + paid
