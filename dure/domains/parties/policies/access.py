"""Who may open accounts, hold tokens, and work as administrator."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

from ..models import Account, ApiToken, Invitation, StaffSession

OFFICE = ("system", "operator", "secretariat", "administrator")


def can_invite_person(act: Act, thing: None = None) -> Verdict:
    if act.holds(*OFFICE):
        return ALLOW
    return deny(_("Only the secretariat invites people to open an account."))


def can_accept_invitation(act: Act, invitation: Invitation) -> Verdict:
    if act.holds("invited", of=invitation.pk) or act.holds("system"):
        return ALLOW
    return deny(_("Only who holds the letter can use this invitation."))


def can_open_account(act: Act, thing: None = None) -> Verdict:
    if act.holds("system", "operator", "administrator"):
        return ALLOW
    return deny(_("Accounts are opened by invitation."))


def can_ask_email_change(act: Act, account: Account | None = None) -> Verdict:
    """By the person, in the browser: who holds a token must not take the account away."""
    if act.via == "api":
        return deny(_("An address is changed by its person, in the browser."))
    if account is None or (account.person_id is not None and account.person_id == act.actor_id):
        return ALLOW
    return deny(_("An address is changed by its person, in the browser."))


def can_change_email(act: Act, account: Account) -> Verdict:
    if act.holds("asked_email", of=account.pk) or act.holds("system", "operator"):
        return ALLOW
    return deny(_("Only who holds the letter can use this link."))


def can_close_account(act: Act, account: Account) -> Verdict:
    if act.holds("system", "operator", "administrator"):
        return ALLOW
    if account.person_id is not None and act.holds("person", of=account.person_id):
        return ALLOW
    return deny(_("Only an administrator or the person closes an account."))


def can_erase_account(act: Act, account: Account) -> Verdict:
    return can_close_account(act, account)


def can_issue_token(act: Act, account: Account) -> Verdict:
    if act.holds("operator"):
        return ALLOW
    if act.via == "api":
        return deny(_("A token cannot make another token. Log in with the browser."))
    if account.person_id is not None and account.person_id == act.actor_id:
        return ALLOW
    return deny(_("Tokens are made by the person in whose name they act."))


def can_revoke_token(act: Act, token: ApiToken) -> Verdict:
    if act.holds("operator", "administrator") or (
        token.account.person_id is not None and token.account.person_id == act.actor_id
    ):
        return ALLOW
    return deny(_("A token is revoked by its person or by an administrator."))


def can_open_staff_session(act: Act, thing: None = None) -> Verdict:
    if act.holds("appointed_administrator"):
        return ALLOW
    return deny(_("Only a person appointed as administrator can open an administrator session."))


def can_close_staff_session(act: Act, session: StaffSession) -> Verdict:
    if session.person_id == act.actor_id or act.holds("operator"):
        return ALLOW
    return deny(_("An administrator session is closed by whoever opened it."))
