"""The address one logs in with: asked for, proven by a letter, changed."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.personal import Personal
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from ..events import access as facts
from ..models import Account
from ..policies import access as policies
from .access import AccountExists, _address


class SameEmail(InvalidInput):
    """The address is the one the account has."""

    text = _("%(email)s is the address you log in with already.")


class EmailChangedMeanwhile(Refusal):
    """The letter was written for another address than the account has now."""

    text = _("This link has already been used, or your address was changed after it.")
    remedy = _("Log in and ask for the change again.")


@command
def ask_email_change(act: Act, *, account_id: int, email: str) -> Account:
    """Ask to log in with another address; nothing changes before its letter is answered.

    Raises NotFound, NotAnEmail, SameEmail, AccountExists (the address is taken).
    """
    account = _open_account(account_id)
    policies.can_ask_email_change(act, account).enforce()
    address = _free_address(account, email)
    # ---
    record(act, facts.EmailChangeAsked(account.pk, account.person_id, *_told(account, address)))
    return account


@command
def change_email(act: Act, *, account_id: int, email: str, before: str = "") -> Account:
    """Log in with another address from now on. `before`: the address it was asked for from.

    Raises NotFound, NotAnEmail, EmailChangedMeanwhile, SameEmail, AccountExists.
    """
    account = _open_account(account_id)
    policies.can_change_email(act, account).enforce()
    if before and before != account.email:
        raise EmailChangedMeanwhile
    address = _free_address(account, email)
    fact = facts.EmailChanged(account.pk, account.person_id, *_told(account, address))
    # ---
    account.email = address
    try:
        with transaction.atomic():
            account.save(update_fields=["email"])
    except IntegrityError as error:
        raise AccountExists(email=address) from error
    record(act, fact)
    return account


def _open_account(account_id: int) -> Account:
    """The account, locked until the end of the command. Raises NotFound."""
    account = Account.objects.select_for_update().filter(pk=account_id, is_active=True).first()
    if account is None:
        raise NotFound
    return account


def _free_address(account: Account, email: str) -> str:
    address = _address(email)
    if address == account.email.lower():
        raise SameEmail(email=address)
    if Account.objects.filter(email__iexact=address).exists():
        raise AccountExists(email=address)
    return address


def _told(account: Account, address: str) -> tuple[Personal, Personal]:
    return (
        Personal(account.email, account.person_id, account.matter),
        Personal(address, account.person_id, account.matter),
    )
