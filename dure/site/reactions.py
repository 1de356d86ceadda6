"""What the doors do when a room's fact occurs."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from dure.domains.bylaws import commands as bylaws
from dure.domains.parties import queries as parties
from dure.domains.parties.events import NetworkChanged, PartiesMerged, PersonErased
from dure.domains.parties.events.access import AccountErased, AccountOpened, EmailChanged
from dure.kernel import files
from dure.kernel.acts import Act


def keep_address_of_account(act: Act, event: AccountOpened | EmailChanged) -> None:
    """The log-in keeps its own list of proven addresses: one that answered a letter is proven."""
    EmailAddress.objects.filter(user_id=event.account_id).exclude(email=str(event.email)).delete()
    EmailAddress.objects.update_or_create(
        user_id=event.account_id,
        email=str(event.email),
        defaults={"verified": True, "primary": True},
    )


def forget_login(act: Act, event: AccountErased) -> None:
    """The log-in's own rows about an erased account go with it."""
    for kept in (EmailAddress, Authenticator, SocialAccount, UserSession):
        kept.objects.filter(user_id=event.account_id).delete()


def carry_kept_files(act: Act, event: PartiesMerged) -> None:
    """What was handed in about a duplicate is about whom is kept."""
    files.carry_files(event.duplicate_id, event.party_id)


def erase_kept_files(act: Act, event: PersonErased) -> None:
    """What a person handed in goes with the person."""
    files.erase_files_about(event.party_id, act.at)


def follow_legal_form(act: Act, event: NetworkChanged) -> None:
    """The law of the form that the network's profile now names applies from today."""
    network = parties.network_profile()
    if "legal_form" in event.fields and network is not None:
        bylaws.adopt_legal_form(act, form=network.legal_form, from_date=act.today)
