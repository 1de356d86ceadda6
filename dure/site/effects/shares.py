"""Paying back the shares of those who left."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.governance.queries.effects import Decided, Effect, Place, Setting, type_data
from dure.domains.memberships import commands as memberships
from dure.domains.memberships.queries import shares
from dure.kernel.acts import Act
from dure.kernel.money import format_won

from .choosing import Choosing


class RefundShares(Choosing):
    about = "claim_id"
    claim_id = forms.TypedChoiceField(label=_("Claim"), coerce=int)
    waiting = staticmethod(shares.claim_choices)


def claim_before_vote(data: type_data, place: Place) -> Setting:
    return Setting(concerned=frozenset({shares.claim_for_vote(int(data["claim_id"]))}))


def approve_refund(act: Act, data: type_data, decided: Decided) -> str:
    claim = memberships.approve_share_refund(
        act, claim_id=int(data["claim_id"]), decided_by=decided.reference,
        decided_date=decided.on_date, members_total=decided.roll, members_present=decided.present,
        votes_for=decided.yes, resolved=decided.counted,
    )  # fmt: skip
    return _now("The refund is due: %(amount)s.") % {"amount": format_won(claim.amount_won)}


EFFECTS = {
    "memberships.approve_share_refund": Effect(
        _("Refund a leaver's shares"), "share_refund", RefundShares, approve_refund,
        claim_before_vote, names_people=True,
    ),
}  # fmt: skip
