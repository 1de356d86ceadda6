"""Another address to log in with: asked for, proven by a letter, told to the old one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core import mail, signing
from django.core.cache import cache
from django.test import Client

from dure.domains.parties import commands as parties
from dure.domains.parties.commands import access, emails
from dure.kernel import outbox
from dure.kernel.acts import Act
from dure.kernel.models import News
from dure.kernel.refusals import Denied
from dure.site import login
from tests.at_once import at_once
from tests.cast import PASSWORD, Cast
from tests.conftest import NOW, ClientOf, MakeAct

NEW = "maru@example.kr"


def email_of(account_id: int) -> str:
    return str(get_user_model()._default_manager.get(pk=account_id))


def come_in(browser: Client, email: str = "member@example.kr") -> bool:
    browser.post("/account/login/", {"login": email, "password": PASSWORD})
    return "_auth_user_id" in browser.session


@pytest.fixture
def browser(client_of: ClientOf) -> Client:
    cache.clear()
    browser = client_of("visitor")
    assert come_in(browser)
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    outbox.tell_due(NOW, limit=500)
    mail.outbox.clear()
    return browser


def letters() -> dict[str, Any]:
    outbox.tell_due(NOW)
    sent = {letter.to[0]: letter for letter in mail.outbox}
    mail.outbox.clear()
    return sent


def link_in(letter: Any) -> str:
    found = next(word for word in letter.body.split() if "/account/email/" in word)
    return str(found.removeprefix("http://localhost:8000"))


def test_the_letter_is_answered_at_another_computer_and_the_old_address_is_told(
    cast: Cast, browser: Client
) -> None:
    account = cast.accounts["member"]
    assert browser.post("/account/email/", {"email": NEW.upper()}).status_code == 302
    sent = letters()
    assert list(sent) == [NEW] and email_of(account) == "member@example.kr"
    assert not any("example.kr" in news.payload for news in News.objects.all())
    link = link_in(sent[NEW])
    elsewhere = Client()
    assert NEW in elsewhere.get(link).content.decode()
    assert email_of(account) == "member@example.kr", "looking changes nothing"
    assert elsewhere.post(link).status_code == 302
    assert email_of(account) == NEW
    assert list(letters()) == ["member@example.kr"]
    [kept] = EmailAddress.objects.filter(user_id=account)
    assert (kept.email, kept.verified, kept.primary) == (NEW, True, True)
    again = elsewhere.post(link)
    assert again.status_code == 409 and "이미" in again.content.decode()
    assert come_in(Client(), NEW) and not come_in(Client())


def test_taken_and_same_addresses_are_refused_by_name(browser: Client) -> None:
    for email, status, said in (
        ("bookkeeper@example.kr", 409, "계정이 이미"),
        ("Member@Example.kr", 422, "이미"),
        ("no address", 422, ""),
    ):
        answer = browser.post("/account/email/", {"email": email})
        assert answer.status_code == status and said in answer.content.decode(), email
    assert letters() == {}


def test_the_password_is_asked_again_and_nothing_typed_is_lost(
    cast: Cast, client_of: ClientOf
) -> None:
    cache.clear()
    browser = client_of("member")
    answer = browser.post("/account/email/", {"email": NEW})
    assert answer.status_code == 302 and "/account/reauthenticate/" in answer["Location"]
    assert letters() == {}
    browser.post(answer["Location"], {"password": PASSWORD})
    assert list(letters()) == [NEW]


def test_letters_are_limited(browser: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"manage_email": "2/h/user"}
    tried = [
        browser.post("/account/email/", {"email": f"a{n}@example.kr"}).status_code for n in range(3)
    ]
    assert tried == [302, 302, 429]


def test_a_damaged_or_old_link_changes_nothing(
    cast: Cast, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.post("/account/email/", {"email": NEW})
    link = link_in(letters()[NEW])
    assert Client().post(link[:-2] + "x/").status_code == 404
    assert Client().get(login.email_link(1)).status_code == 404, "another kind of deed"
    late = signing.time.time() + timedelta(days=login.EMAIL_DAYS, minutes=1).total_seconds()
    monkeypatch.setattr(signing.time, "time", lambda: late)
    assert Client().post(link).status_code == 404
    assert email_of(cast.accounts["member"]) == "member@example.kr"


def test_neither_a_token_nor_another_person_nor_an_erased_one_changes_it(
    act: MakeAct, cast: Cast, browser: Client
) -> None:
    account = cast.accounts["member"]
    browser.post("/account/email/", {"email": NEW})
    link = link_in(letters()[NEW])
    for other in (
        act(actor_id=cast.secretary),
        Act(cast.member, NOW, act("member").key, "api"),
    ):
        with pytest.raises(Denied):
            emails.ask_email_change(other, account_id=account, email="x@example.kr")
    with pytest.raises(Denied):
        emails.change_email(act(actor_id=cast.member), account_id=account, email="x@example.kr")
    access.erase_account(act("operator"), account_id=account)
    assert Client().post(link).status_code in (404, 409)
    assert email_of(account).startswith("erased-")


def test_the_operator_changes_it_and_the_old_address_is_told(
    act: MakeAct, cast: Cast, browser: Client
) -> None:
    key = act("operator")
    for _twice in range(2):
        emails.change_email(key, account_id=cast.accounts["member"], email=NEW)
    assert list(letters()) == ["member@example.kr"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_want_one_address_one_gets_it(act: MakeAct) -> None:
    parties.found_network(act("operator"), name="한울")
    accounts = [access.open_account(act("system"), email=f"a{n}@example.kr").pk for n in range(3)]
    answers = at_once(
        *(
            lambda pk=pk: emails.change_email(act("operator"), account_id=pk, email=NEW)
            for pk in accounts
        )
    )
    lost = [one for one in answers if isinstance(one, Exception)]
    assert [type(one) for one in lost] == [access.AccountExists] * 2
    assert sorted(email_of(pk) == NEW for pk in accounts) == [False, False, True]
