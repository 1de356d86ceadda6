"""Coming in: invitation, password, second factor, administrator sessions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.test import Client

from dure.domains.parties import commands as parties
from dure.domains.parties.commands import access as commands
from dure.domains.parties.queries import access
from dure.kernel import clock, outbox
from dure.kernel.acts import Capacity
from dure.kernel.refusals import Denied
from dure.site import login, standing
from tests.cast import PASSWORD, Cast
from tests.conftest import NOW, MakeAct

ClientOf = Callable[[str], Client]


def invited(act: MakeAct, name: str = "한새벽", email: str = "new@example.kr") -> Any:
    person = parties.add_person(act("secretariat"), name=name, email=email)
    return commands.invite_person(act("secretariat"), email=email, person_id=person.pk, days=14)


def test_an_invitation_opens_one_account_and_logs_in(act: MakeAct, client_of: ClientOf) -> None:
    invitation = invited(act)
    address = login.invitation_link(invitation.pk)
    browser = client_of("visitor")
    assert "new@example.kr" in browser.get(address).content.decode()
    answer = browser.post(address, {"password": "맑은 물 한 바가지", "again": "맑은 물 한 바가지"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/me/")
    account = access.account_by_email("NEW@example.kr")
    assert account is not None and account.person_id == invitation.person_id
    assert EmailAddress.objects.get(user_id=account.id).verified
    again = Client().get(address)
    assert again.status_code == 409


def test_passwords_that_differ_or_are_weak_come_back_at_the_field(
    act: MakeAct, client_of: ClientOf
) -> None:
    address = login.invitation_link(invited(act).pk)
    browser = client_of("visitor")
    for password, again in (
        ("맑은 물 한 바가지", "흐린 물 한 바가지"),
        ("short", "short"),
        ("1234567890", "1234567890"),
    ):
        answer = browser.post(address, {"password": password, "again": again})
        assert answer.status_code == 422
    assert access.account_by_email("new@example.kr") is None


def test_a_letter_that_is_not_ours_or_too_old_is_refused(
    act: MakeAct, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    invitation = invited(act)
    browser = client_of("visitor")
    assert browser.get("/account/invitation/damaged/").status_code == 404
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=15))
    assert browser.get(login.invitation_link(invitation.pk)).status_code == 409
    letter = login.invitation_link(invitation.pk)
    answer = browser.post(letter, {"password": "맑은 물 한 바가지", "again": "맑은 물 한 바가지"})
    assert answer.status_code == 409


def test_only_the_secretariat_invites(act: MakeAct, cast: Cast) -> None:
    with pytest.raises(Denied):
        commands.invite_person(
            act("member", of=1, actor_id=cast.member), email="x@example.kr", days=14
        )
    commands.invite_person(act("secretariat"), email="x@example.kr", days=14)
    with pytest.raises(commands.AccountExists):
        commands.invite_person(act("secretariat"), email="MEMBER@example.kr", days=14)
    with pytest.raises(commands.NotAnEmail):
        commands.invite_person(act("secretariat"), email="<b>@", days=14)


def test_the_invitation_is_sent_by_mail_with_a_link_that_works(
    act: MakeAct, client_of: ClientOf
) -> None:
    client_of("visitor")
    invited(act)
    assert outbox.tell_due(NOW) == 1
    (letter,) = mail.outbox
    assert letter.to == ["new@example.kr"]
    assert "한울 사회연대경제 네트워크" in letter.subject
    link = next(word for word in letter.body.split() if "/account/invitation/" in word)
    assert Client().get(link.removeprefix("http://localhost:8000")).status_code == 200


def test_log_in_with_email_and_password_in_korean(client_of: ClientOf) -> None:
    browser = client_of("visitor")
    page = browser.get("/account/login/").content.decode()
    assert 'lang="ko"' in page and "<h1>" in page
    wrong = browser.post("/account/login/", {"login": "member@example.kr", "password": "no"})
    assert wrong.status_code == 200 and "_auth_user_id" not in browser.session
    right = browser.post("/account/login/", {"login": "Member@Example.kr", "password": PASSWORD})
    assert right.status_code == 302 and "_auth_user_id" in browser.session


def test_guessing_is_stopped(client_of: ClientOf, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/m/ip,3/5m/key"}
    browser = client_of("visitor")
    for _try in range(5):
        answer = browser.post("/account/login/", {"login": "member@example.kr", "password": "no"})
    right = browser.post("/account/login/", {"login": "member@example.kr", "password": PASSWORD})
    assert "_auth_user_id" not in browser.session, (answer.status_code, right.status_code)


def test_a_closed_account_does_not_come_in(act: MakeAct, cast: Cast, client_of: ClientOf) -> None:
    commands.close_account(act("operator"), account_id=cast.accounts["member"], reason="퇴사")
    browser = client_of("visitor")
    browser.post("/account/login/", {"login": "member@example.kr", "password": PASSWORD})
    assert "_auth_user_id" not in browser.session
    with pytest.raises(commands.AccountAlreadyClosed):
        commands.close_account(act("operator"), account_id=cast.accounts["member"])


def test_staff_without_a_second_factor_hold_no_office(cast: Cast, settings: Any) -> None:
    account, person = cast.accounts["secretariat"], cast.secretary
    settings.DURE_STAFF_MFA_REQUIRED = True
    found = standing.of_person(account, person, NOW)
    assert found.wants_second_factor
    assert Capacity("secretariat") not in found.capacities
    Authenticator.objects.create(user_id=account, type="totp", data={"secret": "x"})
    found = standing.of_person(account, person, NOW)
    assert not found.wants_second_factor
    assert Capacity("secretariat") in found.capacities
    settings.DURE_STAFF_MFA_REQUIRED = True
    member = standing.of_person(cast.accounts["member"], cast.member, NOW)
    assert not member.wants_second_factor
    assert member.capacities == {
        Capacity("person", cast.member),
        Capacity("member", cast.member_membership),
    }


def test_a_representative_speaks_for_the_organisation_and_its_membership(cast: Cast) -> None:
    found = standing.of_person(cast.accounts["representative"], cast.representative, NOW)
    assert Capacity("representative", cast.organisation) in found.capacities
    assert Capacity("member", cast.organisation_membership) in found.capacities


def test_an_administrator_is_one_only_in_an_open_session(
    act: MakeAct, cast: Cast, client_of: ClientOf
) -> None:
    account, person = cast.accounts["administrator"], cast.administrator
    before = standing.of_person(account, person, NOW)
    assert Capacity("administrator") not in before.capacities
    assert Capacity("appointed_administrator") in before.capacities
    with pytest.raises(Denied):
        commands.open_staff_session(act("secretariat", actor_id=cast.secretary), reason="왜냐하면")
    mine = act("appointed_administrator", actor_id=person)
    with pytest.raises(commands.ReasonMissing):
        commands.open_staff_session(mine, reason=" ")
    with pytest.raises(commands.StaffSessionTooLong):
        commands.open_staff_session(mine, reason="임명 정리", minutes=600)
    opened = commands.open_staff_session(mine, reason="임명 정리")
    with pytest.raises(commands.StaffSessionAlreadyOpen):
        commands.open_staff_session(
            act("appointed_administrator", actor_id=person), reason="또 한 번"
        )
    assert Capacity("administrator") in standing.of_person(account, person, NOW).capacities
    later = NOW + timedelta(minutes=30)
    assert Capacity("administrator") not in standing.of_person(account, person, later).capacities
    commands.close_staff_session(act(actor_id=person), session_id=opened.pk)
    assert Capacity("administrator") not in standing.of_person(account, person, NOW).capacities


def test_the_session_is_opened_and_closed_in_the_browser(client_of: ClientOf) -> None:
    browser = client_of("administrator")
    assert browser.get("/account/reads/all/").status_code == 403
    opened = browser.post("/account/administrator/", {"reason": "열람 기록 점검", "minutes": "30"})
    assert opened.status_code == 302
    page = browser.get("/account/reads/all/")
    assert page.status_code == 200 and "열람 기록 점검" in page.content.decode()
    browser.post("/account/administrator/close/")
    assert browser.get("/account/reads/all/").status_code == 403


def test_passwords_never_lie_in_the_deeds(act: MakeAct, cast: Cast) -> None:
    from dure.kernel.models import Deed, Key

    texts = [
        *Deed.objects.values_list("data", flat=True),
        *Key.objects.values_list("result", flat=True),
    ]
    hashes = [user.password for user in get_user_model()._default_manager.all()]
    assert all(hashes) and not any(one in text for text in texts for one in hashes)
    assert make_password(PASSWORD) not in hashes
