"""Consents: what a withdrawal does is shown before, and is really done."""

from __future__ import annotations

import pytest
from django.urls import reverse

from dure.domains.memberships import commands as memberships
from dure.domains.parties import commands as parties, queries as people
from dure.domains.privacy import commands, queries
from dure.kernel.refusals import Denied


def publish(act, purpose, title="동의", **given):
    return parties.publish_consent_text(
        act("secretariat"), purpose=purpose, title=title, text="동의합니다.",
        from_date=act("secretariat").today, **given,
    )  # fmt: skip


def centre(act):
    return publish(
        act, "third_party_centre", "지원센터에 알리기", recipient="한울 지원센터",
        items=("name", "email"), kept_text="사업이 끝난 날부터 1년",
    )  # fmt: skip


def agree(act, person_id, text):
    return parties.give_consent(
        act("person", actor_id=person_id), person_id=person_id, text_id=text.pk
    )


def withdraw(act, person_id, consent):
    return parties.withdraw_consent(act("person", actor_id=person_id), consent_id=consent.pk)


def test_giving_to_others_is_a_consent_of_its_own(cast, act):
    for given, refusal in (
        ({"recipient": "시청"}, parties.ThirdPartyIncomplete),
        (
            {"recipient": "시청", "items": ("blood",), "kept_text": "1년"},
            parties.ThirdPartyIncomplete,
        ),
        ({"items": ("name",)}, parties.ThirdPartyIncomplete),
        (
            {"recipient": "시청", "items": ("name",), "kept_text": "1년", "is_required": True},
            parties.ThirdPartyRequired,
        ),
    ):
        with pytest.raises(refusal):
            publish(act, "third_party_city", **given)
    text = centre(act)
    assert people.consent_text(text.pk).items == ("name", "email")


def test_refusing_an_optional_one_blocks_nothing(cast, act):
    required = publish(act, "privacy", is_required=True)
    for purpose in ("newsletter", "photos"):
        publish(act, purpose)
    centre(act)
    made = memberships.apply_for_membership(
        act("visitor"), member_class="person", kind="person", name="문바다",
        email="sea@example.kr", consents=(required.pk,),
    )  # fmt: skip
    assert made.reference


def test_a_withdrawal_ends_the_list_at_once_and_its_effect_is_shown_before(cast, act, client_of):
    text = publish(act, "newsletter", "소식 받기")
    given = agree(act, cast.member, text)
    assert [one.pk for one in queries.agreeing(act("secretariat"), text.pk)] == [cast.member]
    client = client_of("member")
    address = reverse("withdraw_my_consent", args=[given.pk])
    page = client.get(address).content.decode()
    effect = people.withdrawal_effect(act("person", actor_id=cast.member), given.pk).purpose
    for said in (effect.rests, effect.stops, effect.stays):
        assert str(said) in page
    assert people.has_consented(cast.member, "newsletter")  # only looked
    assert client.post(address).status_code == 302
    assert not queries.agreeing(act("secretariat"), text.pk).exists()
    assert queries.withdrawals_open(act("secretariat")) == []  # nothing left to do by hand
    with pytest.raises(Denied):
        queries.agreeing(act("member", actor_id=cast.member), text.pk)


def test_what_dure_cannot_end_itself_waits_for_somebody(cast, act):
    text = publish(act, "photos", "사진 싣기")
    withdraw(act, cast.member, agree(act, cast.member, text))
    [waiting] = queries.withdrawals_open(act("secretariat"))
    assert waiting.name == "정마루" and waiting.what
    with pytest.raises(commands.SettlingUnsaid):
        commands.settle_withdrawal(act("secretariat"), withdrawal_id=waiting.id, note=" ")
    with pytest.raises(Denied):
        commands.settle_withdrawal(act("member"), withdrawal_id=waiting.id, note="내림")
    commands.settle_withdrawal(
        act("secretariat"), withdrawal_id=waiting.id, note="사진 두 장을 내림"
    )
    assert queries.withdrawals_open(act("secretariat")) == []
    with pytest.raises(commands.SettledAlready):
        commands.settle_withdrawal(act("secretariat"), withdrawal_id=waiting.id, note="또")


def test_only_those_who_agree_are_given_to_others_and_who_withdraws_is_gone(cast, act, client_of):
    text, plain = centre(act), publish(act, "newsletter")
    office = act("secretariat")
    with pytest.raises(commands.NotForOthers):
        commands.hand_over_data(act("secretariat"), text_id=plain.pk)
    with pytest.raises(commands.NobodyAgrees):
        commands.hand_over_data(act("secretariat"), text_id=text.pk)
    early = agree(act, cast.representative, text)
    withdraw(act, cast.representative, early)
    assert queries.withdrawals_open(office) == []  # never given: nobody to ask
    given = agree(act, cast.member, text)
    agree(act, cast.representative, text)
    made = commands.hand_over_data(act("secretariat"), text_id=text.pk, note="2026 사업")
    client = client_of("secretariat")
    answer = client.get(reverse("privacy:handover", args=[made.pk]) + "?as=csv")
    taken = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "정마루" in taken and "member@example.kr" in taken
    assert taken.splitlines()[0].count(",") == 1  # the two items agreed to, and no other
    withdraw(act, cast.member, given)
    [waiting] = queries.withdrawals_open(office)
    assert waiting.recipient == "한울 지원센터"
    page = client.get(reverse("privacy:handover", args=[made.pk])).content.decode()
    assert "정마루" not in page and "최다온" in page
    # a new version says something else: who agreed to the old one is asked again
    renewed = centre(act)
    assert not queries.agreeing(office, renewed.pk).exists()
    held = client_of("member").get("/me/data/").content.decode()
    assert "한울 지원센터" in held
