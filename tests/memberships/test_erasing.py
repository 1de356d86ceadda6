"""Forgetting people: afterwards no table knows the name, the address or the number."""

from datetime import date

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection

from dure.domains.memberships import commands, queries
from dure.domains.memberships.models import Application
from dure.domains.parties import commands as parties
from dure.domains.parties.commands import access
from dure.domains.parties.models import Person
from dure.kernel.dates import Month
from dure.kernel.refusals import Denied
from dure.kernel.seals import seal_books, verify
from tests.memberships.conftest import STARTED

NAME, EMAIL, PHONE = "한새벽", "saebyeok@example.kr", "010-2345-6789"
WROTE, FOUND, WHY = "새벽마다 시장에 나갑니다", "성실한 사람", "출자 여력이 없음"
PERSONAL = (NAME, EMAIL, PHONE, WROTE, FOUND, WHY)


def known(*texts):
    """Where in the whole database any of the texts stands: table and column."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    if isinstance(value, memoryview | bytes):
                        value = bytes(value).decode(errors="replace")
                    told = str(value)
                    found |= {(table, column) for text in texts if text in told}
    return found


@pytest.fixture
def sound(act):
    """Seal before; what was erased afterwards must still be proved."""

    def check():
        seal_books(act("system"))
        assert not verify().flaws

    return check


def applied(act, **given):
    application = commands.apply_for_membership(
        act("visitor"),
        **{
            "member_class": "person",
            "kind": "person",
            "name": NAME,
            "email": EMAIL,
            "phone": PHONE,
            "motivation": WROTE,
            "answers": (("어디서 들으셨나요?", f"{NAME}의 친구"),),
            **given,
        },
    )
    commands.note_interview(
        act("secretariat"),
        application_id=application.pk,
        visit_date=date(2026, 11, 19),
        interviewers="김하늘",
        opinion="favourable",
        text=FOUND,
    )
    return application


def refused(act, **given):
    application = applied(act, **given)
    return commands.refuse_application(
        act("secretariat"), application_id=application.pk, decided_by="이사회", reason=WHY
    )


def test_a_member_who_left_is_forgotten_from_the_application_on(network, act, sound):
    network.plan("person", 10_000)
    application = applied(act)
    member = commands.admit_member(
        act("secretariat"),
        application_id=application.pk,
        decided_by="이사회",
        joined_date=STARTED,
        reason=WHY,
    )
    access.invite_person(act("secretariat"), email=EMAIL, days=14)
    account = access.open_account(
        act("system"),
        email=EMAIL,
        person_id=member.party_id,
        password_hash=make_password("산들바람이 부는 언덕"),
    )
    commands.bill_dues(act("bookkeeper"), month=Month(2026, 11))
    receipt = commands.enter_receipt(
        act("bookkeeper"), receipt_date=date(2026, 11, 19), amount_won=10_000, payer=NAME
    )
    commands.match_receipt(act("bookkeeper"), receipt_id=receipt.pk, membership_id=member.pk)
    twin = parties.add_person(act("system"), name=f"{NAME} ", phone=PHONE)
    parties.merge_parties(act("secretariat"), kept_id=member.party_id, duplicate_id=twin.pk)
    with pytest.raises(commands.StillBelongs):
        parties.erase_person(act("administrator"), person_id=member.party_id, reason="본인 요청")
    commands.leave_membership(
        act("secretariat"), membership_id=member.pk, left_date=date(2026, 11, 20), note=WHY
    )
    sound()
    assert known(NAME) and known(EMAIL) and known(PHONE)
    parties.erase_person(act("administrator"), person_id=member.party_id, reason="본인 요청")
    assert known(*PERSONAL) == set()
    sound()
    account.refresh_from_db()
    assert not account.is_active
    assert Application.objects.get().reference == application.reference


def test_the_contact_of_an_organisation_is_forgotten_and_the_organisation_stays(
    network, act, sound
):
    application = applied(
        act, name="두레빵집", kind="organisation", member_class="organisation", contact_name=NAME
    )
    commands.admit_member(act("secretariat"), application_id=application.pk, decided_by="이사회")
    application.refresh_from_db()
    assert application.contact_id != application.party_id
    representation = Person.objects.get(pk=application.contact_id).representations.get()
    parties.end_representative(
        act("secretariat"), representative_id=representation.pk, until_date=date(2026, 11, 21)
    )
    parties.change_organisation(
        act("secretariat"), organisation_id=application.party_id, changes=(("phone", ""),)
    )
    parties.erase_person(act("administrator"), person_id=application.contact_id, reason="본인 요청")
    application.refresh_from_db()
    assert (application.contact_name, application.email, application.phone) == ("", "", "")
    assert (application.name, application.motivation) == ("두레빵집", WROTE)
    sound()


def test_an_applicant_who_never_belonged_is_forgotten_on_request(network, act, sound):
    waiting = applied(act)
    with pytest.raises(commands.ApplicationStillWaits):
        commands.erase_application(
            act("administrator"), application_id=waiting.pk, reason="본인 요청"
        )
    commands.withdraw_application(act("secretariat"), application_id=waiting.pk)
    gone = refused(act)
    sound()
    with pytest.raises(Denied):
        commands.erase_application(act("secretariat"), application_id=gone.pk, reason="본인 요청")
    for application in (waiting, gone):
        key = act("administrator")
        for _twice in range(2):
            done = commands.erase_application(
                key, application_id=application.pk, reason="본인 요청"
            )
        assert done.erased_at == key.at
    assert known(*PERSONAL) == set()
    with pytest.raises(commands.ApplicationAlreadyErased):
        commands.erase_application(act("administrator"), application_id=gone.pk, reason="또")
    sound()
    card = queries.application_card(act("secretariat"), gone.pk)
    assert (card.name, card.decision_reason, card.may_be_erased) == ("—", "—", False)


def test_a_member_is_forgotten_in_the_register_not_by_the_application(network, act):
    application = applied(act)
    commands.admit_member(act("secretariat"), application_id=application.pk, decided_by="이사회")
    with pytest.raises(commands.ApplicantWasAdmitted):
        commands.erase_application(
            act("administrator"), application_id=application.pk, reason="본인 요청"
        )


def test_nobody_is_forgotten_while_the_own_application_waits(network, act):
    person = parties.add_person(act("system"), name=NAME, email=EMAIL)
    commands.apply_for_membership(
        act(actor_id=person.pk), member_class="person", kind="person", name="", party_id=person.pk
    )
    with pytest.raises(commands.ApplicationStillWaits):
        parties.erase_person(act("administrator"), person_id=person.pk, reason="본인 요청")


def test_the_page_shows_the_effect_first_and_is_for_administrators(cast, act, client_of):
    gone = refused(act)
    page = f"/memberships/applications/{gone.pk}/"
    office, administrator = client_of("secretariat"), client_of("open_administrator")
    assert f"{page}erase/" not in office.get(page).text
    assert office.get(f"{page}erase/").status_code == 403
    assert f"{page}erase/" in administrator.get(page).text
    shown = administrator.post(f"{page}erase/", {"reason": "본인 요청"})
    assert "영구히" in shown.text and known(NAME)


def test_what_was_learned_and_noted_of_a_payer_is_forgotten_too(network, act, sound):
    """The name at the bank, the talk about late dues, the exemption; not while money waits for them."""
    network.plan("person", 10_000)
    member = network.person(NAME)
    for month in (8, 9):
        commands.bill_dues(act("bookkeeper"), month=Month(2026, month))
    commands.note_arrears_talk(act("bookkeeper"), membership_id=member.pk, note=FOUND)
    commands.exempt_member(
        act("secretariat"), membership_id=member.pk, from_month=Month(2026, 10),
        until_month=Month(2026, 12), reason=WHY,
    )  # fmt: skip
    receipt = commands.enter_receipt(
        act("bookkeeper"), receipt_date=date(2026, 11, 19), amount_won=30_000, payer="새벽상회"
    )
    commands.match_receipt(
        act("bookkeeper"), receipt_id=receipt.pk, membership_id=member.pk, keep_rest=True
    )
    assert ("memberships_payeralias", "shown") in known("새벽상회")
    commands.leave_membership(
        act("secretariat"), membership_id=member.pk, left_date=date(2026, 11, 20)
    )
    with pytest.raises(commands.StillBelongs):  # 10,000 won of theirs wait
        parties.erase_person(act("administrator"), person_id=member.party_id, reason="요청")
    commands.unmatch_receipt(act("bookkeeper"), receipt_id=receipt.pk, reason="나감")
    commands.match_receipt(act("bookkeeper"), receipt_id=receipt.pk, membership_id=member.pk)
    commands.refund_receipt(act("bookkeeper"), receipt_id=receipt.pk, reason="나감")
    parties.erase_person(act("administrator"), person_id=member.party_id, reason="요청")
    assert known(NAME, "새벽상회", FOUND, WHY) == set()
    sound()
