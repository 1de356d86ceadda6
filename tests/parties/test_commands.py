"""The verbs of the room: each granted and refused, the same key twice, history told."""

import json
from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from dure.domains.parties import commands, events, queries
from dure.domains.parties.models import (
    Account,
    BankAccount,
    NetworkProfile,
    Organisation,
    Party,
    SearchTerm,
)
from dure.domains.parties.rules import fields as f, numbers as n
from dure.kernel.models import Deed, PersonalText, Read
from dure.kernel.refusals import Denied, KeyReused, NotFound

pytestmark = pytest.mark.django_db
STAFF, NOBODY = "secretariat", "visitor"
TODAY = date(2026, 11, 20)


def deeds():
    return list(Deed.objects.order_by("-id").values_list("name", flat=True)[:3])


@pytest.fixture
def sun(act):
    return commands.add_organisation(
        act(STAFF), name="햇살돌봄 사회적협동조합", region_code="서울 광진구", offers="방문요양",
        phone="010-1234-5678", business_number="124-81-00998", is_published=True,
        designations=("social_enterprise", "social_cooperative"),
    )  # fmt: skip


@pytest.fixture
def ana(act):
    return commands.add_person(
        act(STAFF), name="김하늘", email="Sky@Example.kr", phone="01012345678"
    )


# -- organisations ---------------------------------------------------------------------------


def test_an_organisation_is_added_by_staff_only(act, sun):
    with pytest.raises(Denied, match=r"사무국|secretariat"):
        commands.add_organisation(act(NOBODY), name="바람")
    card = queries.organisation_in_full(act(STAFF), sun.pk)
    assert (card.region, card.business_number) == ("서울 광진구", "124-81-00998")
    assert {one.kind for one in card.designations} == {"social_enterprise", "social_cooperative"}
    assert deeds()[0] == "parties.OrganisationAdded"
    assert str(sun.name) in str(events.OrganisationAdded(sun.pk, sun.name).sentence())


def test_an_applicant_adds_an_organisation_that_is_not_public(act):
    made = commands.add_organisation(act("applicant"), name="바람", is_published=True)
    assert not Organisation.objects.get(pk=made.pk).is_published


def test_the_same_key_answers_with_the_first_result(act):
    key = uuid4()
    first = commands.add_organisation(act(STAFF, key=key), name="바람")
    again = commands.add_organisation(act(STAFF, key=key), name="바람")
    assert first == again and Party.objects.filter(name="바람").count() == 1
    with pytest.raises(KeyReused):
        commands.add_organisation(act(STAFF, key=key), name="구름")


def test_a_business_number_is_of_one_organisation(act, sun):
    with pytest.raises(commands.BusinessNumberTaken, match="햇살돌봄"):
        commands.add_organisation(act(STAFF), name="바람", business_number="1248100998")
    wind = commands.add_organisation(act(STAFF), name="바람")
    with pytest.raises(commands.BusinessNumberTaken):
        commands.change_organisation(
            act(STAFF), organisation_id=wind.pk, changes=(("business_number", "1248100998"),)
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=wind.pk).update(business_number="1248100998")


@pytest.mark.parametrize(
    ("bad", "refusal"),
    [
        ({"business_number": "124-81-00999"}, n.BusinessNumberCheckDigitWrong),
        ({"legal_form": "kingdom"}, f.NotOnTheList),
        ({"openness": "maybe"}, f.NotOnTheList),
        ({"description": "주민번호 900101-1234567"}, n.ResidentNumberRefused),
        ({"designations": ("wizard",)}, f.NotOnTheList),
    ],
)
def test_wrong_fields_are_refused_and_nothing_is_written(act, bad, refusal):
    with pytest.raises(refusal):
        commands.add_organisation(act(STAFF), name="바람", **bad)
    assert not Party.objects.exists()


def test_changing_tells_before_and_after(act, sun):
    commands.change_organisation(
        act(STAFF),
        organisation_id=sun.pk,
        changes=(("offers", "방문요양, 병원 동행"), ("name", "햇살")),
    )
    line = queries.history_of(act(STAFF), sun.pk)[0]
    assert "방문요양, 병원 동행" in line.sentence and "햇살" in line.sentence
    assert SearchTerm.objects.filter(organisation_id=sun.pk, term="동행").exists()
    with pytest.raises(commands.NothingChanged):
        commands.change_organisation(
            act(STAFF), organisation_id=sun.pk, changes=(("name", "햇살"),)
        )
    with pytest.raises(NotFound):
        commands.change_organisation(act(STAFF), organisation_id=0, changes=(("name", "x"),))


def test_a_representative_changes_the_own_contact_and_nothing_more(act, sun):
    own = ("representative",)
    commands.change_organisation(
        act(*own, of=sun.pk), organisation_id=sun.pk, changes=(("phone", "02-111-2222"),)
    )
    for changes in ((("name", "달빛"),), (("is_published", False),), (("business_number", ""),)):
        with pytest.raises(Denied):
            commands.change_organisation(
                act(*own, of=sun.pk), organisation_id=sun.pk, changes=changes
            )
    with pytest.raises(Denied):
        commands.change_organisation(
            act(*own, of=sun.pk + 1), organisation_id=sun.pk, changes=(("phone", "02-111-2223"),)
        )


def test_designations_have_dates_and_do_not_overlap(act, sun):
    made = commands.designate_organisation(
        act(STAFF), organisation_id=sun.pk, kind="village_enterprise", number="2024-1",
        from_date=date(2024, 1, 1), until_date=date(2025, 1, 1),
    )  # fmt: skip
    commands.designate_organisation(
        act(STAFF), organisation_id=sun.pk, kind="village_enterprise", from_date=date(2025, 1, 1)
    )
    with pytest.raises(commands.AlreadyDesignated):
        commands.designate_organisation(
            act(STAFF),
            organisation_id=sun.pk,
            kind="village_enterprise",
            from_date=date(2026, 1, 1),
        )
    with pytest.raises(commands.EndsBeforeItStarts):
        commands.designate_organisation(
            act(STAFF), organisation_id=sun.pk, kind="network", from_date=TODAY, until_date=TODAY
        )
    with pytest.raises(commands.AlreadyEnded):
        commands.end_designation(act(STAFF), designation_id=made.pk, until_date=TODAY)
    with pytest.raises(Denied):
        commands.designate_organisation(act(NOBODY), organisation_id=sun.pk, kind="network")


def test_a_designation_ends(act, sun):
    one = queries.organisation_in_full(act(STAFF), sun.pk).designations[0]
    with pytest.raises(Denied):
        commands.end_designation(act(NOBODY), designation_id=one.id, until_date=TODAY)
    ended = commands.end_designation(act(STAFF), designation_id=one.id, until_date=TODAY)
    assert ended.until_date == TODAY and deeds()[0] == "parties.DesignationEnded"


# -- people ----------------------------------------------------------------------------------


def test_a_person_is_kept_with_little(act, ana):
    with pytest.raises(Denied):
        commands.add_person(act(NOBODY), name="바람")
    card = queries.person_card(act(STAFF, actor_id=99), ana.pk)
    assert (card.email, card.phone) == ("sky@example.kr", "010-1234-5678")
    assert Read.objects.filter(subject_id=ana.pk, actor_id=99).count() == 1
    queries.person_card(act(actor_id=ana.pk), ana.pk)
    assert Read.objects.filter(subject_id=ana.pk).count() == 1, "one's own reads are not logged"
    with pytest.raises(Denied):
        queries.person_card(act("member", of=1, actor_id=77), ana.pk)


def test_a_person_changes_the_own_data(act, ana):
    commands.change_person(act(actor_id=ana.pk), person_id=ana.pk, phone="02-123-4567")
    with pytest.raises(Denied):
        commands.change_person(act(actor_id=ana.pk + 1), person_id=ana.pk, phone="02-123-4568")
    with pytest.raises(commands.NothingChanged):
        commands.change_person(act(STAFF), person_id=ana.pk)
    line = queries.history_of(act(STAFF), ana.pk)[0]
    assert "02-123-4567" in line.sentence


def test_where_a_person_lives_is_kept_moved_and_forgotten(act, ana):
    home = "서울 광진구 아차산로 400"
    twin = commands.add_person(act(STAFF), name="김하늘", address=f" {home} ")
    assert queries.person_card(act(STAFF), twin.pk).address == home
    commands.change_person(act(actor_id=twin.pk), person_id=twin.pk, address="")
    commands.change_person(act(actor_id=twin.pk), person_id=twin.pk, address=home)
    assert home in queries.history_of(act(STAFF), twin.pk)[0].sentence
    assert home in json.dumps(
        queries.personal_data(act(actor_id=twin.pk), twin.pk), ensure_ascii=False
    )
    commands.merge_parties(act(STAFF), kept_id=ana.pk, duplicate_id=twin.pk)
    assert queries.person_card(act(STAFF), ana.pk).address == home
    commands.erase_person(act("administrator"), person_id=ana.pk, reason="요청")
    assert queries.person_card(act(STAFF), ana.pk).address == ""
    assert not PersonalText.objects.filter(text__contains="아차산로").exists()


def test_names_of_people_lie_apart_from_the_log(act, ana):
    data = Deed.objects.get(name="parties.PersonAdded").data
    assert "김하늘" not in data
    assert PersonalText.objects.filter(subject_id=ana.pk, text="김하늘").exists()


def test_erasing_leaves_the_deeds_and_takes_the_texts(act, ana):
    commands.record_bank_account(
        act(STAFF), party_id=ana.pk, bank="국민", number="123456-01-123456"
    )
    commands.change_person(act(STAFF), person_id=ana.pk, name="김한울")
    with pytest.raises(Denied):
        commands.erase_person(act(STAFF), person_id=ana.pk, reason="본인 요청")
    before = Deed.objects.count()
    commands.erase_person(act("administrator"), person_id=ana.pk, reason="본인 요청")
    assert Deed.objects.filter(id__gt=0).count() > before, "no deed is ever taken away"
    assert not PersonalText.objects.filter(subject_id=ana.pk).exclude(text=None).exists()
    told = " ".join(line.sentence for line in queries.history_of(act("administrator"), ana.pk))
    assert "김하늘" not in told and "김한울" not in told and "본인 요청" in told
    assert queries.party_name(ana.pk) == "—"
    assert queries.search_parties("김하") == []
    with pytest.raises(NotFound):
        commands.change_person(act(STAFF), person_id=ana.pk, name="다시")


def test_who_is_in_office_is_not_erased(act, ana, sun):
    commands.name_representative(
        act(STAFF), organisation_id=sun.pk, person_id=ana.pk, from_date=TODAY
    )
    with pytest.raises(commands.StillInOffice):
        commands.erase_person(act("administrator"), person_id=ana.pk, reason="x")


def test_bank_accounts_are_encrypted_and_replace_each_other(act, ana):
    with pytest.raises(commands.AccountNumberMalformed):
        commands.record_bank_account(act(STAFF), party_id=ana.pk, bank="국민", number="abc")
    with pytest.raises(Denied):
        commands.record_bank_account(act(NOBODY), party_id=ana.pk, bank="국민", number="1234567")
    for number in ("123-456-7890", "99988877766"):
        commands.record_bank_account(act("bookkeeper"), party_id=ana.pk, bank="국민", number=number)
    kept = BankAccount.objects.get(party=ana, ended_at=None)
    assert "99988877766" not in kept.number_sealed and kept.last_digits == "7766"
    assert queries.bank_account_of(act("bookkeeper"), ana.pk).last_digits == "7766"


# -- representatives, offices, network -------------------------------------------------------


def test_representatives_have_terms_and_give_a_capacity(act, ana, sun):
    with pytest.raises(Denied):
        commands.name_representative(
            act(NOBODY), organisation_id=sun.pk, person_id=ana.pk, from_date=TODAY
        )
    one = commands.name_representative(
        act(STAFF), organisation_id=sun.pk, person_id=ana.pk, from_date=date(2026, 1, 1),
        until_date=date(2027, 1, 1), role="이사장",
    )  # fmt: skip
    with pytest.raises(commands.AlreadyRepresents):
        commands.name_representative(
            act(STAFF), organisation_id=sun.pk, person_id=ana.pk, from_date=TODAY, is_deputy=True
        )
    names = {(c.name, c.of) for c in queries.capacities_of(ana.pk, TODAY)}
    assert ("representative", sun.pk) in names
    assert queries.represented_by(ana.pk, date(2027, 1, 1)) == []
    assert [t.id for t in queries.terms_ending(date(2026, 12, 1), date(2027, 2, 1))] == [one.pk]
    commands.end_representative(act(STAFF), representative_id=one.pk, until_date=TODAY)
    assert queries.represented_by(ana.pk, TODAY) == []
    with pytest.raises(commands.AlreadyEnded):
        commands.end_representative(act(STAFF), representative_id=one.pk, until_date=TODAY)


def test_offices_are_given_in_an_administrator_session(act, ana):
    with pytest.raises(Denied):
        commands.appoint_staff(act(STAFF), person_id=ana.pk, office="bookkeeper", from_date=TODAY)
    made = commands.appoint_staff(
        act("administrator"),
        person_id=ana.pk,
        office="bookkeeper",
        from_date=TODAY,
        decision="이사회",
    )
    with pytest.raises(commands.AlreadyInOffice):
        commands.appoint_staff(
            act("administrator"), person_id=ana.pk, office="bookkeeper", from_date=TODAY
        )
    assert queries.offices_of(ana.pk, TODAY) == {"bookkeeper"}
    with pytest.raises(commands.EndsBeforeItStarts):
        commands.end_appointment(act("operator"), appointment_id=made.pk, until_date=TODAY)
    commands.end_appointment(act("operator"), appointment_id=made.pk, until_date=date(2027, 1, 1))
    assert queries.offices_of(ana.pk, date(2027, 1, 1)) == frozenset()


def test_the_last_administrator_stays(act, ana):
    made = commands.appoint_staff(
        act("operator"), person_id=ana.pk, office="administrator", from_date=date(2026, 1, 1)
    )
    assert not any(c.name == "administrator" for c in queries.capacities_of(ana.pk, TODAY))
    with pytest.raises(commands.LastAdministrator):
        commands.end_appointment(act("operator"), appointment_id=made.pk, until_date=TODAY)


def test_there_is_one_network(act):
    with pytest.raises(Denied):
        commands.found_network(act(STAFF), name="한울")
    commands.found_network(act("operator"), name="한울 네트워크", region_code="서울 광진구")
    with pytest.raises(commands.NetworkAlreadyFounded, match="한울"):
        commands.found_network(act("operator"), name="둘째")
    with pytest.raises(IntegrityError), transaction.atomic():
        NetworkProfile.objects.create(id=2, name="둘째", founded_at=act().at)
    commands.change_network(act(STAFF), changes=(("phone", "02-461-9390"),))
    assert queries.network_profile().phone == "02-461-9390"
    with pytest.raises(commands.NothingChanged):
        commands.change_network(act(STAFF), changes=(("phone", "02-461-9390"),))
    with pytest.raises(Denied):
        commands.change_network(act(NOBODY), changes=(("phone", "02-461-9391"),))


def test_consents_have_versions_and_can_be_withdrawn(act, ana):
    with pytest.raises(Denied):
        commands.publish_consent_text(
            act(NOBODY), purpose="privacy", title="개인정보", text="…", from_date=TODAY
        )
    for text in ("첫째 판", "둘째 판"):
        last = commands.publish_consent_text(
            act(STAFF), purpose="privacy", title="개인정보 수집·이용", text=text, from_date=TODAY
        )
    assert [(t.version, t.text) for t in queries.consent_texts(TODAY)] == [(2, "둘째 판")]
    given = commands.give_consent(act(actor_id=ana.pk), person_id=ana.pk, text_id=last.pk)
    with pytest.raises(commands.ConsentAlreadyGiven):
        commands.give_consent(act(actor_id=ana.pk), person_id=ana.pk, text_id=last.pk)
    with pytest.raises(Denied):
        commands.give_consent(act(actor_id=ana.pk + 1), person_id=ana.pk, text_id=last.pk)
    assert queries.has_consented(ana.pk, "privacy")
    with pytest.raises(Denied):
        commands.withdraw_consent(act(actor_id=ana.pk + 1), consent_id=given.pk)
    commands.withdraw_consent(act(actor_id=ana.pk), consent_id=given.pk)
    assert not queries.has_consented(ana.pk, "privacy")
    with pytest.raises(commands.ConsentAlreadyWithdrawn):
        commands.withdraw_consent(act(actor_id=ana.pk), consent_id=given.pk)
    commands.give_consent(act(actor_id=ana.pk), person_id=ana.pk, text_id=last.pk)
    assert len(queries.consents_of(act(actor_id=ana.pk), ana.pk)) == 2


def test_everything_about_a_person_can_be_taken_along(act, ana, sun):
    commands.name_representative(
        act(STAFF), organisation_id=sun.pk, person_id=ana.pk, from_date=TODAY
    )
    commands.record_bank_account(act(STAFF), party_id=ana.pk, bank="국민", number="1234567890")
    data = queries.personal_data(act(actor_id=ana.pk), ana.pk)
    text = json.dumps(data, ensure_ascii=False)
    assert "김하늘" in text and "햇살돌봄" in text and "1234567890" not in text
    with pytest.raises(Denied):
        queries.personal_data(act(actor_id=ana.pk + 1), ana.pk)


# -- duplicates ------------------------------------------------------------------------------


def test_duplicates_are_found_by_name_and_mail_but_not_by_phone(act, sun, ana):
    again = commands.add_organisation(act(STAFF), name="햇살돌봄(사협)", phone="010-1234-5678")
    other = commands.add_organisation(act(STAFF), name="달빛", phone="010-1234-5678")
    twin = commands.add_person(act(STAFF), name="김하늘 대표", email="sky@example.kr")
    groups = queries.duplicate_groups(act(STAFF))
    assert [{one.id for one in group.parties} for group in groups] == [
        {sun.pk, again.pk}, {ana.pk, twin.pk},
    ]  # fmt: skip
    assert other.pk not in {one.id for group in groups for one in group.parties}
    assert queries.duplicates_waiting() == 1
    assert queries.alike_organisations("햇살 돌봄")[0].id in (sun.pk, again.pk)
    with pytest.raises(Denied):
        queries.duplicate_groups(act(NOBODY))


def test_merging_keeps_everything(act, sun, ana):
    again = commands.add_organisation(
        act(STAFF),
        name="햇살돌봄",
        email="sun@example.kr",
        offers="도시락",
        designations=("network",),
    )
    commands.name_representative(
        act(STAFF), organisation_id=again.pk, person_id=ana.pk, from_date=TODAY
    )
    effect = queries.effect_of_merge(act(STAFF), sun.pk, again.pk)
    assert "email" in effect.filled and "offers" not in effect.filled
    with pytest.raises(Denied):
        commands.merge_parties(act(NOBODY), kept_id=sun.pk, duplicate_id=again.pk)
    commands.merge_parties(act(STAFF), kept_id=sun.pk, duplicate_id=again.pk)
    card = queries.organisation_in_full(act(STAFF), sun.pk)
    assert card.email == "sun@example.kr" and "network" in {d.kind for d in card.designations}
    assert queries.represented_by(ana.pk, TODAY) == [sun.pk]
    assert queries.resolve(again.pk) == sun.pk
    assert queries.party_card(again.pk).merged_into_id == sun.pk
    told = [line.sentence for line in queries.history_of(act(STAFF), sun.pk)]
    assert any("햇살돌봄" in sentence for sentence in told) and len(told) >= 3
    with pytest.raises(NotFound):
        commands.merge_parties(act(STAFF), kept_id=sun.pk, duplicate_id=again.pk)


def test_a_chain_of_merges_resolves(act):
    a, b, c = (commands.add_person(act(STAFF), name=f"이름{i}") for i in range(3))
    commands.merge_parties(act(STAFF), kept_id=b.pk, duplicate_id=a.pk)
    commands.merge_parties(act(STAFF), kept_id=c.pk, duplicate_id=b.pk)
    assert queries.resolve(a.pk) == c.pk
    assert len(queries.history_of(act(STAFF), c.pk)) >= 5


def test_what_cannot_be_merged(act, sun, ana):
    other = commands.add_organisation(act(STAFF), name="달빛", business_number="220-81-62517")
    with pytest.raises(commands.SameParty):
        commands.merge_parties(act(STAFF), kept_id=sun.pk, duplicate_id=sun.pk)
    with pytest.raises(commands.DifferentKinds):
        commands.merge_parties(act(STAFF), kept_id=sun.pk, duplicate_id=ana.pk)
    with pytest.raises(commands.BothHaveNumbers):
        commands.merge_parties(act(STAFF), kept_id=sun.pk, duplicate_id=other.pk)
    twin = commands.add_person(act(STAFF), name="쌍둥이")
    for number, party in enumerate((ana, twin)):
        Account.objects.create(email=f"a{number}@b.kr", person=party, created_at=act().at)
    with pytest.raises(commands.BothHaveAccounts):
        commands.merge_parties(act(STAFF), kept_id=ana.pk, duplicate_id=twin.pk)


def test_the_contact_of_a_duplicate_person_goes_into_history(act, ana):
    twin = commands.add_person(act(STAFF), name="김하늘", email="other@example.kr")
    text = commands.publish_consent_text(
        act(STAFF), purpose="news", title="소식", text="…", from_date=TODAY
    )
    for person in (ana, twin):
        commands.give_consent(act(STAFF), person_id=person.pk, text_id=text.pk)
    commands.merge_parties(act(STAFF), kept_id=ana.pk, duplicate_id=twin.pk)
    assert queries.person_card(act(STAFF), ana.pk).email == "sky@example.kr"
    assert PersonalText.objects.filter(text__contains="other@example.kr").exists()
    assert queries.duplicate_groups(act(STAFF)) == []


def test_a_picker_finds_by_beginning_and_by_word(act, sun, ana):
    assert [one.id for one in queries.search_parties("햇살")] == [sun.pk]
    assert [one.id for one in queries.search_parties("돌봄")] == [sun.pk]
    assert [one.id for one in queries.search_parties("김하", kind="person")] == [ana.pk]
    assert queries.search_parties("김하", kind="organisation") == []
    assert queries.search_parties("%") == [] and queries.search_parties("") == []
