"""What the doors do when a room's fact occurs."""

from __future__ import annotations

from allauth.account.models import EmailAddress

from dure.domains.parties.events.access import AccountOpened
from dure.kernel.acts import Act


def keep_address_of_account(act: Act, event: AccountOpened) -> None:
    """The log-in keeps its own list of proven addresses: an invited one is proven."""
    EmailAddress.objects.update_or_create(
        user_id=event.account_id,
        email=str(event.email),
        defaults={"verified": True, "primary": True},
    )
