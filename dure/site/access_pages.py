"""The pages of coming in: log-in, invitation, second factor, sessions, tokens, and who read my data."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from allauth.account import views as account
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django import forms as django_forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import include, path, re_path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.parties import queries as parties
from dure.domains.parties.commands import access as commands
from dure.domains.parties.policies import access as policies
from dure.domains.parties.queries import access
from dure.kernel.acts import Act, Capacity
from dure.kernel.refusals import Denied, NotFound, Refusal
from dure.kernel.verdict import ALLOW, Verdict, deny
from dure.ui.doors import act_of, action, form_page, page, refused
from dure.ui.tables import Column, Table, ask, show

from . import forms, limits, login, queries

TOKEN_START = "dure_"
WITH_PROVIDERS = bool(settings.SOCIALACCOUNT_PROVIDERS)  # Kakao, Naver


class LetterNotOurs(NotFound):
    """The link of an invitation is damaged."""

    text = _("This link is not complete, or not from us.")
    remedy = _("Open it again from the letter, or ask the secretariat for a new one.")


def sign_up(request: HttpRequest) -> HttpResponse:
    """How to get an account: by invitation, or by applying for membership."""
    return page(request, "site/sign_up.html")


def accept_invitation(request: HttpRequest, letter: str) -> HttpResponse:
    """Open the account an invitation promises, and log in."""
    invitation_id = login.invitation_of(letter)
    card = access.invitation_card(invitation_id) if invitation_id else None
    if invitation_id is None or card is None:
        raise LetterNotOurs
    template, about = "site/accept_invitation.html", {"invitation": card}
    refusal: Refusal | None = None
    if card.used_at is not None:
        refusal = commands.InvitationUsed()
    elif request.at >= card.until_at:  # type: ignore[attr-defined]
        refusal = commands.InvitationOver(until=f"{card.until_at:%Y-%m-%d}")
    if refusal is not None and request.method != "POST":
        return refused(request, refusal)
    form = forms.AcceptInvitation(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return page(request, template, {**about, "form": form}, status=status)
    found = act_of(request)
    act = Act(
        card.person_id, found.at, found.key, "web", frozenset({Capacity("invited", invitation_id)})
    )
    try:
        opened = commands.accept_invitation(
            act,
            invitation_id=invitation_id,
            password_hash=make_password(form.cleaned_data["password"]),
        )
    except Refusal as told:
        return refused(request, told, template, {**about, "form": form})
    return login.enter(request, opened.pk, reverse("me"))


def security(request: HttpRequest) -> HttpResponse:
    """My password, second factor, sessions and tokens on one page."""
    person_id = _person(request)
    act = act_of(request)
    return page(
        request,
        "site/security.html",
        {
            "factors": list(
                Authenticator.objects.filter(user_id=request.user.pk)
                .exclude(type=Authenticator.Type.RECOVERY_CODES)
                .order_by("type", "pk")
                .values_list("type", flat=True)
            ),
            "joined": SocialAccount.objects.filter(user_id=request.user.pk).count()
            if WITH_PROVIDERS
            else None,
            "sessions": UserSession.objects.filter(user_id=request.user.pk).count(),
            "tokens": [token for token in access.tokens_of(act) if token.revoked_at is None],
            "reads": queries.reads(act, person_id).count(),
            "wants_second_factor": request.whole_standing.wants_second_factor,  # type: ignore[attr-defined]
        },
    )


# -- administrator sessions --------------------------------------------------------------------


def staff_session(request: HttpRequest) -> HttpResponse:
    """Open an administrator session for a reason, or see the one that is open."""
    _person(request)
    return form_page(
        request,
        form=forms.OpenStaffSession,
        template="site/open_staff_session.html",
        call=lambda act, given: commands.open_staff_session(act, **given),
        done=lambda session: "staff_session",
        said=lambda session: _now("You work as administrator now. Everything you do is logged."),
        may=policies.can_open_staff_session,
        context=lambda: {
            "session": request.staff_session,  # type: ignore[attr-defined]
            "sessions": access.staff_sessions(act_of(request), limit=50),
        },
    )


def close_staff_session(request: HttpRequest) -> HttpResponse:
    """End the administrator session now."""
    _person(request)
    session = request.staff_session  # type: ignore[attr-defined]
    return action(
        request,
        call=lambda act: commands.close_staff_session(act, session_id=session.id if session else 0),
        done=lambda closed: "home",
        said=_("You are no longer administrator."),
        back="staff_session",
    )


# -- tokens ------------------------------------------------------------------------------------


def new_token() -> tuple[str, str, str]:
    """A new token, its digest and the start by which people know it again."""
    token = TOKEN_START + secrets.token_urlsafe(32)
    return token, hashlib.sha256(token.encode()).hexdigest(), token[:12]


def issue_token(request: HttpRequest) -> HttpResponse:
    """Make a token for a program; it is shown once."""
    _person(request)
    act = act_of(request)
    form = forms.IssueToken(request.POST or None)
    about: dict[str, Any] = {"form": form, "tokens": access.tokens_of(act), "at": act.at}
    if request.method != "POST":
        return page(request, "site/issue_token.html", about)
    if not form.is_valid():
        return page(request, "site/issue_token.html", about, status=422)
    token, digest, prefix = new_token()
    given = form.cleaned_data
    try:
        commands.issue_token(
            act,
            account_id=request.user.pk or 0,
            name=given["name"],
            scopes=tuple(given["scopes"]),
            digest=digest,
            prefix=prefix,
            days=given["days"],
        )
    except Refusal as refusal:
        return refused(request, refusal, "site/issue_token.html", about)
    about |= {"token": token, "form": forms.IssueToken(), "tokens": access.tokens_of(act)}
    return page(request, "site/issue_token.html", about)


def revoke_token(request: HttpRequest, token_id: int) -> HttpResponse:
    """Make a token worthless."""
    _person(request)
    return action(
        request,
        call=lambda act: commands.revoke_token(act, token_id=token_id),
        said=_("The token opens nothing any more."),
        back="issue_token",
    )


# -- invitations -------------------------------------------------------------------------------


def invite_person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Invite a person to open an account."""
    card = parties.party_card(person_id)
    if card is None:
        raise NotFound
    return form_page(
        request,
        form=forms.InvitePerson,
        template="site/invite_person.html",
        call=lambda act, given: commands.invite_person(
            act, person_id=person_id, days=limits.invitation_days(act.today), **given
        ),
        done=lambda invitation: "home",
        said=_("The invitation is on its way."),
        may=policies.can_invite_person,
        context={"person": card, "account": access.account_of(person_id)},
    )


# -- logs --------------------------------------------------------------------------------------


class DeedFilters(django_forms.Form):
    kind = django_forms.CharField(label=_("Kind of deed"), required=False, max_length=60)


DEEDS = Table(
    id="deeds",
    title=_("Log of deeds"),
    columns=(
        Column("id", _("No."), "pk", kind="id"),
        Column("at", _("When"), kind="moment"),
        Column("who", _("Who")),
        Column("what", _("What")),
        Column("door", _("By which door"), queries.door),
        Column("name", _("Kind of deed"), "name", shown=False),
    ),
    filters=DeedFilters,
    searchable=False,
    exports=("csv", "xlsx"),
)


def can_read_deeds(act: Act) -> Verdict:
    if act.holds("secretariat", "administrator", "operator"):
        return ALLOW
    return deny(_("Only the secretariat reads the whole log."))


def deeds(request: HttpRequest) -> HttpResponseBase:
    """Everything that was done, the latest first."""
    can_read_deeds(act_of(request)).enforce()
    asked = ask(request, DEEDS)
    rows = queries.deeds(name=asked.given.get("kind") or "")
    return show(request, DEEDS, asked, rows, "site/deeds.html", dress=queries.deed_lines)


READS = Table(
    id="reads",
    title=_("Reads of personal data"),
    columns=(
        Column("at", _("When"), kind="moment"),
        Column("who", _("Who")),
        Column("whose", _("Whose data")),
        Column("what", _("What")),
        Column("count", _("How many people"), kind="number"),
        Column("door", _("By which door"), queries.door),
    ),
    searchable=False,
    exports=("csv", "xlsx"),
    empty_title=_("Nobody has read it yet."),
)


def reads(request: HttpRequest) -> HttpResponseBase:
    """Who read personal data, for administrators."""
    _person(request)
    act = act_of(request)
    if not act.holds("administrator"):
        raise Denied(
            _("Only an administrator reads this log. Everyone can see who read their own data.")
        )
    asked = ask(request, READS)
    return show(
        request, READS, asked, queries.reads(act, None), "site/reads.html", dress=queries.read_lines
    )


def my_reads(request: HttpRequest) -> HttpResponseBase:
    """Who read my data."""
    person_id = _person(request)
    asked = ask(request, READS)
    rows = queries.reads(act_of(request), person_id)
    return show(
        request, READS, asked, rows, "site/reads.html", {"mine": True}, dress=queries.read_lines
    )


def _person(request: HttpRequest) -> int:
    """The person logged in. Raises Denied, which leads a visitor to the log-in."""
    person_id: int | None = request.person_id  # type: ignore[attr-defined]
    if person_id is None:
        raise Denied(_("Log in to see this page."))
    return person_id


urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("signup/", sign_up, name="account_signup"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("confirm-email/", account.email_verification_sent, name="account_email_verification_sent"),
    re_path(
        r"^confirm-email/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"
    ),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
    path("invitation/<str:letter>/", accept_invitation, name="accept_invitation"),
    path("invite/<int:person_id>/", invite_person, name="invite_person"),
    path("security/", security, name="security"),
    path("security/", security, name="account_email"),
    path("administrator/", staff_session, name="staff_session"),
    path("administrator/close/", close_staff_session, name="close_staff_session"),
    path("tokens/", issue_token, name="issue_token"),
    path("tokens/<int:token_id>/revoke/", revoke_token, name="revoke_token"),
    path("reads/", my_reads, name="my_reads"),
    path("reads/all/", reads, name="reads"),
]
if WITH_PROVIDERS:
    from allauth.urls import build_provider_urlpatterns

    urlpatterns += [
        path("social/", include("allauth.socialaccount.urls")),
        *build_provider_urlpatterns(),
    ]
