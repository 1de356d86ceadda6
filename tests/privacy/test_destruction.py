"""The yearly destruction: what is due, done in chunks, killed half-way, proved afterwards."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from dure.domains.ledger import commands as ledger
from dure.domains.ledger.rules import credit, debit
from dure.domains.memberships import commands as memberships, documents, queries as read
from dure.domains.memberships.models import Application, Membership
from dure.domains.parties import commands as parties, queries as people
from dure.domains.parties.models import Person
from dure.domains.privacy import commands, queries
from dure.domains.privacy.models import DestructionRun
from dure.kernel import seals
from dure.kernel.acts import Act, Capacity
from dure.kernel.models import Read
from dure.kernel.reads import note_read
from dure.kernel.refusals import Denied
from dure.site import health

SAYS = "동네 부엌을 함께 꾸리고 싶습니다."


def past(day: date) -> Act:
    at = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
    return Act(None, at, uuid4(), "cli", frozenset({Capacity("system"), Capacity("operator")}))


def left(name: str, day: date, paid: date | None = None) -> int:
    """Somebody who belonged and left; `paid`: has paid dues then."""
    joined = day - timedelta(days=200)
    person = parties.add_person(past(joined), name=name, email=f"m{uuid4().hex[:6]}@example.kr")
    member = memberships.enrol_member(
        past(joined), party_id=person.pk, member_class="person", joined_date=joined,
        decided_by="총회",
    )  # fmt: skip
    if paid:
        sides = (
            debit("1110", "general", 10_000, party_id=person.pk),
            credit("4010", "general", 10_000),
        )
        entry = ledger.post_entry(past(paid), date=paid, text="회비", sides=sides)
        ledger.reverse_entry(past(paid), entry_id=entry.pk, date=paid, reason="잘못")
    memberships.leave_membership(past(day), membership_id=member.pk, left_date=day)
    return int(person.pk)


@pytest.fixture
def old(cast):
    """Three who left long ago, an application of two years ago, an old log."""
    applied = memberships.apply_for_membership(
        past(date(2024, 3, 1)), member_class="person", kind="person", name="문바다",
        email="sea@example.kr", motivation=SAYS,
    )  # fmt: skip
    memberships.refuse_application(
        past(date(2024, 3, 9)),
        application_id=applied.pk,
        reason="정원이 찼습니다.",
        decided_by="운영위원회",
    )
    Membership.objects.count()
    note_read(past(date(2022, 5, 1)), cast.member, "memberships.member_card")
    return {
        "application": applied.pk,
        "gone": left("서가람", date(2022, 6, 30)),
        "books": left("남바람", date(2022, 6, 30), paid=date(2026, 3, 3)),
        "recent": left("한여름", date(2026, 6, 30)),
    }


def count_of(act, when=None):
    return {one.kind: one.count for one in queries.due_to_destroy(act, when or act.today)}


def test_what_is_due_is_found_by_its_rule(old, act):
    due = {one.kind: one for one in queries.due_to_destroy(act("secretariat"), date(2026, 11, 20))}
    assert {kind: one.count for kind, one in due.items()} == {
        "applications": 1, "mandates": 0, "contacts": 1, "people": 1, "reads": 1,
    }  # fmt: skip
    assert due["applications"].before == date(2025, 11, 20)
    assert "12" in due["applications"].asks and due["applications"].citation
    with pytest.raises(Denied):
        queries.due_to_destroy(act("member"), date(2026, 11, 20))


def test_it_is_done_in_chunks_and_certified(old, act):
    office, admin = act("secretariat"), act("administrator")
    with pytest.raises(Denied):
        commands.begin_destruction(office)
    run = commands.begin_destruction(admin)
    assert commands.begin_destruction(admin).pk == run.pk  # the same key
    with pytest.raises(commands.DestructionUnderWay):
        commands.begin_destruction(act("administrator"))
    turns = 0
    while not (card := queries.run_card(office, run.pk)).is_done:
        commands.destroy_next(act("administrator"), run_id=run.pk, most=1)
        turns += 1
    assert turns == 5 and card.destroyed == 4 and card.paper_id
    with pytest.raises(commands.DestructionAlreadyDone):
        commands.destroy_next(act("administrator"), run_id=run.pk)
    # what is gone
    application = Application.objects.get(pk=old["application"])
    assert (application.name, application.motivation, application.email) == ("—", "", "")
    assert people.party_name(old["gone"]) == "—"
    # what a law keeps apart: the name for the books, in no list and no search
    apart = Person.objects.get(pk=old["books"])
    assert people.party_name(old["books"]) == "남바람" and apart.apart_at and not apart.email
    assert not people.search_parties("남바람")
    assert not people.people_visible_to(office, search="남바람").exists()
    assert people.party_name(old["recent"]) == "한여름"
    assert people.search_parties("한여름")
    assert [one["count"] for one in card.kept][0] == 1
    # and the paper says so
    printed = read.printed(office, card.paper_id)
    assert printed.number.startswith("2026-파기-") and len(printed.content["destroyed"]) == 4
    assert documents.papers_pdf([printed]).startswith(b"%PDF")
    assert read.check_paper(printed.number).kind == "destruction"  # anybody can check it
    assert not any(count_of(act("secretariat")).values())
    assert queries.destruction_due(act("secretariat")) == 0
    with pytest.raises(commands.NothingToDestroy):
        commands.begin_destruction(act("administrator"))
    assert not Read.objects.filter(at__year=2022).exists()


def test_after_the_books_are_over_the_name_goes_too(old, act):
    later = act("administrator", days=365 * 11)
    run = commands.begin_destruction(later)
    while DestructionRun.objects.get(pk=run.pk).state == "running":
        commands.destroy_next(act("administrator", days=365 * 11), run_id=run.pk)
    assert people.party_name(old["books"]) == people.party_name(old["recent"]) == "—"


@pytest.mark.django_db(transaction=True)
def test_killed_half_way_nothing_is_lost_and_all_can_be_proved(old, act):
    seals.seal_books(act("operator"))
    run = commands.begin_destruction(act("administrator"))
    commands.destroy_next(act("administrator"), run_id=run.pk, most=1)
    broken = act("administrator")

    def kill(*_given):
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dure.domains.privacy.commands.destruction.record", kill)
        with pytest.raises(KeyboardInterrupt):
            commands.destroy_next(broken, run_id=run.pk, most=1)
    assert queries.run_card(act("secretariat"), run.pk).destroyed == 1
    for _turn in range(10):
        if queries.run_card(act("secretariat"), run.pk).is_done:
            break
        commands.destroy_next(act("administrator"), run_id=run.pk, most=1)
    assert queries.run_card(act("secretariat"), run.pk).destroyed == 4
    seals.seal_books(act("operator", days=1))
    assert health.all_findings() == []


def test_the_database_lets_go_only_of_an_old_log(cast, act):
    from django.db import DatabaseError, transaction

    note_read(act("secretariat"), cast.member, "parties.person")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_read")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_read SET what = ''")


def test_who_worked_for_the_network_keeps_the_name_and_loses_the_contact(cast, act):
    person = parties.add_person(past(date(2020, 1, 2)), name="옛사무", email="old@example.kr").pk
    parties.appoint_staff(
        past(date(2020, 1, 2)), person_id=person, office="bookkeeper",
        from_date=date(2020, 1, 2), decision="총회",
    )  # fmt: skip
    [held] = [one for one in people.staff_on(date(2020, 2, 1)) if one.person_id == person]
    parties.end_appointment(
        past(date(2021, 1, 2)), appointment_id=held.id, until_date=date(2021, 1, 2)
    )
    assert count_of(act("secretariat"))["contacts"] == 1
    run = commands.begin_destruction(act("administrator"))
    while DestructionRun.objects.get(pk=run.pk).state == "running":
        commands.destroy_next(act("administrator"), run_id=run.pk)
    kept = Person.objects.get(pk=person)
    assert people.party_name(person) == "옛사무" and kept.apart_at and kept.email == ""
