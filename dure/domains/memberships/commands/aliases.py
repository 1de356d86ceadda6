"""Under which names and accounts members pay: said by a person, or learned; and forgotten again."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.personal import Personal
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies
from ..events import PayerForgotten, PayerNoted
from ..models import Membership, PayerAlias
from ..rules.matching import keys_of

__all__ = ["AccountTaken", "PayerUnreadable", "forget_payer", "note_payer"]


class PayerUnreadable(InvalidInput):
    """A payer text has letters, a virtual account has digits."""

    text = _("Type the payer as the bank names it, or the number of the virtual account.")


class AccountTaken(Refusal):
    """A virtual account belongs to one member."""

    text = _("The virtual account %(account)s is member no. %(number)d's.")


@command
def note_payer(act: Act, *, membership_id: int, text: str, kind: str = "name") -> PayerAlias:
    """Money under this payer text, or to this virtual account (`kind` account), is the member's.

    Raises PayerUnreadable, AccountTaken.
    """
    membership: Membership = Membership.objects.hold(membership_id)
    policies.can_note_payer(act, membership).enforce()
    text = clean_text(text, 120, _("Payer"))
    keys = keys_of(text) if kind == "name" else (re.sub(r"\D", "", text)[:40],)
    if kind not in PayerAlias.Kind.values or not keys or not keys[-1]:
        raise PayerUnreadable
    taken = PayerAlias.objects.filter(kind="account", key=keys[-1]).exclude(membership=membership)
    if kind == "account" and (other := taken.select_related("membership").first()):
        raise AccountTaken(account=text, number=other.membership.number)
    # ---
    alias, _created = PayerAlias.objects.update_or_create(
        membership=membership,
        kind=kind,
        key=keys[-1],
        defaults={"shown": text, "is_learned": False, "noted_date": act.today},
    )
    told = Personal(text, membership.party_id)
    record(act, PayerNoted(membership.pk, membership.party_id, membership.number, kind, told))
    return alias


@command
def forget_payer(act: Act, *, alias_id: int) -> int:
    """Money under this text is no longer taken for the member's; the membership's id."""
    alias: PayerAlias = PayerAlias.objects.hold(alias_id)
    membership = alias.membership
    policies.can_forget_payer(act, alias).enforce()
    # ---
    alias.delete()
    record(act, PayerForgotten(membership.pk, membership.party_id, membership.number))
    return int(membership.pk)
