"""What happens here when parties become one below."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import Refusal

from .. import policies
from ..events import FundPartiesMoved
from ..models import Participant, SelfHelpFund

__all__ = ["BothParticipate", "move_fund_parties"]


class BothParticipate(Refusal):
    """Two open participations in one fund cannot become one by merging their parties."""

    text = _("Both take part in “%(fund)s”.")
    remedy = _("End one of the participations first, then merge.")


@command
def move_fund_parties(act: Act, *, from_party_id: int, to_party_id: int) -> int:
    """What a duplicate has in self-help funds is the kept party's; how many. Raises BothParticipate."""
    policies.can_move_fund_parties(act).enforce()
    open_now = Participant.objects.filter(left_date=None).select_related("fund")
    kept = set(open_now.filter(party=to_party_id).values_list("fund", flat=True))
    both = open_now.filter(party=from_party_id, fund__in=kept).first()
    if both is not None:
        raise BothParticipate(fund=both.fund.name)
    # ---
    count = Participant.objects.filter(party=from_party_id).update(party=to_party_id)
    count += SelfHelpFund.objects.filter(association=from_party_id).update(association=to_party_id)
    record(act, FundPartiesMoved(to_party_id, from_party_id, count))
    return count
