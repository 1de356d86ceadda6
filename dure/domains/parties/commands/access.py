"""How people come in: invitations, accounts, tokens, sessions of administrators.

Passwords and tokens never enter a command: it gets the hash that the door has made, because the
input of every command is hashed and its result kept for a repeated call.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.personal import Personal, erase_matters
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from ..events import access as facts
from ..models import Account, ApiToken, Invitation, Party, StaffSession
from ..policies import access as policies

TOKEN_DAYS_MAX = 366
STAFF_SESSION_MINUTES_MAX = 120
SCOPE = re.compile(r"[a-z_]{2,30}:(read|write)")


class NotAnEmail(InvalidInput):
    """The text is not an e-mail address."""

    text = _("“%(given)s” is not an e-mail address. Type it like name@example.kr.")


class AccountExists(Refusal):
    """The address or the person already has an account."""

    text = _("There is already an account for %(email)s.")
    remedy = _("Log in with it, or ask for a new password.")


class InvitationUsed(Refusal):
    """An invitation opens one account."""

    text = _("This invitation has already been used.")
    remedy = _("Log in with your e-mail address.")


class InvitationOver(Refusal):
    """The invitation is too old."""

    text = _("This invitation was open until %(until)s.")
    remedy = _("Ask the secretariat for a new one.")


class NotAScope(InvalidInput):
    """The scope is not room:read or room:write."""

    text = _("“%(given)s” is not a scope. A scope is a room and read or write: ledger:read.")


class TokenLifeTooLong(InvalidInput):
    """Tokens live at most a year."""

    text = _("A token lives 1 to %(max)d days, not %(given)d.")


class TokenAlreadyRevoked(Refusal):
    """The token was revoked before."""

    text = _("This token has already been revoked.")


class ReasonMissing(InvalidInput):
    """An administrator session needs a reason that others can read."""

    text = _("Say in a few words why you need administrator rights.")


class StaffSessionTooLong(InvalidInput):
    """Administrator sessions are short."""

    text = _("An administrator session lasts 1 to %(max)d minutes, not %(given)d.")


class StaffSessionAlreadyOpen(Refusal):
    """The person already works as administrator."""

    text = _("You already work as administrator, until %(until)s.")


class StaffSessionAlreadyClosed(Refusal):
    """The session is over."""

    text = _("This administrator session is already over.")


class AccountAlreadyClosed(Refusal):
    """The account is closed."""

    text = _("This account is already closed.")


@command
def invite_person(act: Act, *, email: str, days: int, person_id: int | None = None) -> Invitation:
    """Invite someone by e-mail to open an account, once, within `days`.

    Raises NotAnEmail, AccountExists, NotFound (no such person).
    """
    policies.can_invite_person(act).enforce()
    address = _address(email)
    _no_account_yet(address, person_id)
    if person_id is not None and not Party.objects.filter(pk=person_id, kind="person").exists():
        raise NotFound
    assert 1 <= days <= 90, days
    # ---
    invitation = Invitation.objects.create(
        email=address,
        person_id=person_id,
        invited_by_id=act.actor_id,
        created_at=act.at,
        until_at=act.at + timedelta(days=days),
    )
    told = Personal(address, person_id, invitation.matter)
    record(act, facts.PersonInvited(invitation.pk, person_id, told))
    return invitation


@command
def accept_invitation(act: Act, *, invitation_id: int, password_hash: str) -> Account:
    """Open the account that the invitation promises.

    `password_hash` as Django stores it. Raises NotFound, InvitationUsed, InvitationOver,
    AccountExists.
    """
    invitation = Invitation.objects.select_for_update().filter(pk=invitation_id).first()
    if invitation is None:
        raise NotFound
    policies.can_accept_invitation(act, invitation).enforce()
    if invitation.used_at is not None:
        raise InvitationUsed
    if act.at >= invitation.until_at:
        raise InvitationOver(until=f"{invitation.until_at:%Y-%m-%d}")
    _no_account_yet(invitation.email, invitation.person_id)
    # ---
    invitation.used_at = act.at
    invitation.save(update_fields=["used_at"])
    return _open(act, invitation.email, invitation.person_id, password_hash, invitation.pk)


@command
def open_account(
    act: Act, *, email: str, person_id: int | None = None, password_hash: str = ""
) -> Account:
    """Open an account without an invitation: the first one, and those of the demonstration.

    Without a password hash nobody can log in until a new password is asked for by e-mail.
    Raises NotAnEmail, AccountExists.
    """
    policies.can_open_account(act).enforce()
    address = _address(email)
    _no_account_yet(address, person_id)
    # ---
    return _open(act, address, person_id, password_hash, None)


@command
def close_account(act: Act, *, account_id: int, reason: str = "") -> Account:
    """Nobody logs in with it any more; its tokens are revoked. Raises AccountAlreadyClosed."""
    account = Account.objects.select_for_update().filter(pk=account_id).first()
    if account is None:
        raise NotFound
    policies.can_close_account(act, account).enforce()
    if not account.is_active:
        raise AccountAlreadyClosed
    # ---
    account.is_active = False
    account.save(update_fields=["is_active"])
    ApiToken.objects.filter(account=account, revoked_at=None).update(revoked_at=act.at)
    record(act, facts.AccountClosed(account.pk, account.person_id, reason[:200]))
    return account


@command
def erase_account(act: Act, *, account_id: int) -> Account:
    """Close it and forget its address: for a person who is erased by law. Raises NotFound."""
    account = Account.objects.select_for_update().filter(pk=account_id).first()
    if account is None:
        raise NotFound
    policies.can_erase_account(act, account).enforce()
    # ---
    _forget_invitations(account.email, act.at)
    erase_matters([account.matter], act.at)
    account.email = f"erased-{account.pk}@example.invalid"
    account.is_active = False
    account.set_unusable_password()
    account.save(update_fields=["email", "is_active", "password"])
    ApiToken.objects.filter(account=account, revoked_at=None).update(revoked_at=act.at)
    record(act, facts.AccountErased(account.pk, account.person_id))
    return account


@command
def issue_token(
    act: Act,
    *,
    account_id: int,
    name: str,
    scopes: tuple[str, ...],
    digest: str,
    prefix: str,
    days: int = 90,
) -> ApiToken:
    """Let a program act in the account's name, within `scopes`, for `days`.

    `digest` is the SHA-256 of the token, which only its holder knows. Raises NotAScope,
    TokenLifeTooLong.
    """
    account = Account.objects.filter(pk=account_id, is_active=True).first()
    if account is None:
        raise NotFound
    policies.can_issue_token(act, account).enforce()
    for scope in scopes:
        if not SCOPE.fullmatch(scope):
            raise NotAScope(given=scope[:40])
    if not scopes:
        raise NotAScope(given="")
    if not 1 <= days <= TOKEN_DAYS_MAX:
        raise TokenLifeTooLong(given=days, max=TOKEN_DAYS_MAX)
    assert len(digest) == 64, "a digest, never the token"
    # ---
    token = ApiToken.objects.create(
        account=account,
        name=name.strip()[:80] or prefix,
        prefix=prefix,
        digest=digest,
        scopes=list(scopes),
        created_at=act.at,
        expires_at=act.at + timedelta(days=days),
    )
    record(act, facts.TokenIssued(token.pk, account.person_id, token.name, scopes, days))
    return token


@command
def revoke_token(act: Act, *, token_id: int) -> ApiToken:
    """The token opens nothing any more. Raises TokenAlreadyRevoked."""
    token = (
        ApiToken.objects.select_for_update(of=("self",))
        .select_related("account")
        .filter(pk=token_id)
        .first()
    )
    if token is None:
        raise NotFound
    policies.can_revoke_token(act, token).enforce()
    if token.revoked_at is not None:
        raise TokenAlreadyRevoked
    # ---
    token.revoked_at = act.at
    token.save(update_fields=["revoked_at"])
    record(act, facts.TokenRevoked(token.pk, token.account.person_id, token.name))
    return token


@command
def open_staff_session(act: Act, *, reason: str, minutes: int = 30) -> StaffSession:
    """Work as administrator for `minutes`, for a reason that stays in the log.

    Raises ReasonMissing, StaffSessionTooLong, StaffSessionAlreadyOpen.
    """
    policies.can_open_staff_session(act).enforce()
    assert act.actor_id is not None
    if len(reason.strip()) < 2:
        raise ReasonMissing
    if not 1 <= minutes <= STAFF_SESSION_MINUTES_MAX:
        raise StaffSessionTooLong(given=minutes, max=STAFF_SESSION_MINUTES_MAX)
    Party.objects.select_for_update().get(pk=act.actor_id)  # one session at a time
    running = StaffSession.objects.filter(
        Q(until_at__gt=act.at), person_id=act.actor_id, closed_at=None
    ).first()
    if running is not None:
        raise StaffSessionAlreadyOpen(until=f"{running.until_at:%H:%M} UTC")
    # ---
    session = StaffSession.objects.create(
        person_id=act.actor_id,
        reason=reason.strip()[:200],
        opened_at=act.at,
        until_at=act.at + timedelta(minutes=minutes),
    )
    record(act, facts.StaffSessionOpened(session.pk, act.actor_id, session.reason, minutes))
    return session


@command
def close_staff_session(act: Act, *, session_id: int) -> StaffSession:
    """Work as an ordinary person again. Raises StaffSessionAlreadyClosed."""
    session = StaffSession.objects.select_for_update().filter(pk=session_id).first()
    if session is None:
        raise NotFound
    policies.can_close_staff_session(act, session).enforce()
    if session.closed_at is not None or session.until_at <= act.at:
        raise StaffSessionAlreadyClosed
    # ---
    session.closed_at = act.at
    session.save(update_fields=["closed_at"])
    record(act, facts.StaffSessionClosed(session.pk, session.person_id))
    return session


def _forget_invitations(email: str, at: datetime) -> None:
    """Empty the invitations that went to an address, and their texts in the log."""
    sent = Invitation.objects.filter(email__iexact=email)
    erase_matters([invitation.matter for invitation in sent], at)
    sent.update(email="erased@example.invalid")


def _address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise NotAnEmail(given=email[:80]) from error
    return address


def _no_account_yet(email: str, person_id: int | None) -> None:
    taken = Q(email__iexact=email)
    if person_id is not None:
        taken |= Q(person_id=person_id)
    if Account.objects.filter(taken).exists():
        raise AccountExists(email=email)


def _open(
    act: Act, email: str, person_id: int | None, password_hash: str, invitation_id: int | None
) -> Account:
    account = Account(email=email, person_id=person_id, created_at=act.at)
    if password_hash:
        account.password = password_hash
    else:
        account.set_unusable_password()
    account.save()
    told = Personal(email, person_id, account.matter)
    record(act, facts.AccountOpened(account.pk, person_id, told, invitation_id))
    return account
