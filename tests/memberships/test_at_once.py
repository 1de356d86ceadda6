"""Two people at once, a run that is killed, ten thousand members."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dure.domains.ledger import commands as ledger_commands, queries as ledger
from dure.domains.memberships import commands, queries
from dure.domains.memberships.models import (
    Application,
    Charge,
    ClassSpell,
    DuesRun,
    Membership,
    Receipt,
    Series,
)
from dure.domains.parties import commands as parties
from dure.kernel.dates import Month
from tests.at_once import at_once
from tests.memberships.conftest import STARTED, Network

NOVEMBER = Month(2026, 11)


def one_wins(answers, refusal):
    won = [a for a in answers if not isinstance(a, Exception)]
    lost = [a for a in answers if isinstance(a, Exception)]
    assert len(won) == 1 and all(isinstance(a, refusal) for a in lost), answers


@pytest.fixture
def live(transactional_db, act):
    """The small network with real commits."""
    parties.found_network(act("system"), name="한울 네트워크", legal_form="association")
    ledger_commands.open_books(act("system"), first_date=STARTED)
    for code, name, who, may_vote in commands.STARTING_CLASSES:
        commands.add_member_class(act("system"), name=name, code=code, who=who, may_vote=may_vote)
    return Network(act)


def test_two_people_decide_one_application(live, act):
    application = commands.apply_for_membership(
        act("visitor"), member_class="person", kind="person", name="한새벽", email="h@example.kr"
    )
    answers = at_once(
        lambda: commands.admit_member(
            act("secretariat"), application_id=application.pk, decided_by="이사회"
        ),
        lambda: commands.refuse_application(
            act("secretariat"), application_id=application.pk, decided_by="이사회", reason="자격"
        ),
    )
    one_wins(answers, commands.ApplicationAlreadyDecided)
    assert Application.objects.get().state in ("admitted", "refused")


def test_two_people_match_one_receipt(live, act):
    live.plan("person", 10_000)
    ana, ben = live.person("가나다"), live.person("라마바")
    commands.bill_dues(act("bookkeeper"), month=NOVEMBER)
    receipt = commands.enter_receipt(
        act("bookkeeper"), receipt_date=date(2026, 11, 19), amount_won=10_000, payer="모름"
    )
    answers = at_once(
        *[
            lambda m=m: commands.match_receipt(
                act("bookkeeper"), receipt_id=receipt.pk, membership_id=m.pk
            )
            for m in (ana, ben)
        ]
    )
    one_wins(answers, commands.ReceiptAlreadyMatched)
    assert ledger.balance("1110", "general") == 10_000 and ledger.balance("2010", "general") == 0


def test_two_people_bill_one_month(live, act):
    live.plan("person", 10_000)
    for i in range(5):
        live.person(f"사람{i}")
    answers = at_once(*[lambda: commands.bill_dues(act("bookkeeper"), month=NOVEMBER)] * 2)
    assert sorted(run.count for run in answers) == [0, 5]
    assert ledger.balance("1110", "general") == 50_000


def test_members_admitted_at_once_have_numbers_without_gap(live, act):
    people = [parties.add_person(act("system"), name=f"사람{i}").pk for i in range(4)]
    answers = at_once(
        *[
            lambda pk=pk: commands.enrol_member(
                act("secretariat"),
                party_id=pk,
                member_class="person",
                joined_date=STARTED,
                decided_by="총회",
            )
            for pk in people
        ]
    )
    assert sorted(m.number for m in answers) == [1, 2, 3, 4]


class Killed(BaseException):
    """The process dies: nothing in the program may catch it."""


def many(network, act, count):
    """Members by the thousand, put there without their commands."""
    from django.apps import apps

    party_table = apps.get_model("parties.Party")
    at = act("system").at
    rows = party_table.objects.bulk_create(
        party_table(kind="person", name=f"회원{i:05}", name_key=f"회원{i:05}", created_at=at)
        for i in range(count)
    )
    person = apps.get_model("parties.Person")
    person.objects.bulk_create(person(party=p) for p in rows)
    members = Membership.objects.bulk_create(
        Membership(party=p, number=i, joined_date=STARTED) for i, p in enumerate(rows, 1)
    )
    kind = queries.member_class("person")
    ClassSpell.objects.bulk_create(
        ClassSpell(membership=m, member_class=kind, from_date=STARTED) for m in members
    )
    Series.objects.update_or_create(name="membership", defaults={"last": count})
    return members


def test_a_killed_run_leaves_nothing_and_the_next_does_all(network, act, monkeypatch):
    monkeypatch.setattr("dure.domains.memberships.commands.dues.PLAIN_CHUNK", 1_000)
    network.plan("person", 10_000)
    many(network, act, 2_500)
    key = uuid4()

    def dies(done, total, what):
        if done > 1_000:
            raise Killed

    with pytest.raises(Killed):
        commands.bill_dues(act("bookkeeper", key=key), month=NOVEMBER, progress=dies)
    assert not Charge.objects.exists() and not DuesRun.objects.exists()
    assert ledger.balance("1110", "general") == 0
    seen = []
    run = commands.bill_dues(
        act("bookkeeper", key=key), month=NOVEMBER, progress=lambda *told: seen.append(told[:2])
    )
    assert (run.count, run.sum_won) == (2_500, 25_000_000)
    assert seen == [(1_000, 2_500), (2_000, 2_500), (2_500, 2_500)]
    assert commands.bill_dues(act("bookkeeper"), month=NOVEMBER).count == 0


def test_ten_thousand_members_are_billed_set_by_set(network, act):
    network.plan("person", 10_000)
    many(network, act, 10_000)
    with CaptureQueriesContext(connection) as seen:
        run = commands.bill_dues(act("bookkeeper"), month=NOVEMBER)
    assert (run.count, run.sum_won) == (10_000, 100_000_000)
    assert ledger.balance("1110", "general") == 100_000_000
    # Django writes at most 76 rows of 12 columns per statement on SQLite: statements, not members
    assert len(seen) < 300, len(seen)
    assert Charge.objects.filter(entry=None).count() == 0


def test_lists_take_few_queries_whatever_their_length(
    client_of, cast, act, django_assert_max_num_queries
):
    network = Network(act)
    network.plan("person", 10_000)
    for i in range(60):
        network.person(f"사람{i:02}")
    for month in (9, 10, 11):
        commands.bill_dues(act("bookkeeper"), month=Month(2026, month))
    for i in range(30):
        commands.enter_receipt(
            act("bookkeeper"),
            receipt_date=date(2026, 11, 19),
            amount_won=10_000,
            payer=f"사람{i:02}",
        )
    run = DuesRun.objects.latest("pk")
    client = client_of("secretariat")
    member = f"/memberships/{cast.organisation_membership}/"
    for path in (
        "/memberships/",
        "/memberships/applications/",
        "/memberships/dues/",
        f"/memberships/dues/runs/{run.pk}/",
        "/memberships/arrears/",
        "/memberships/arrears/remind/",
        "/memberships/receipts/",
        "/memberships/receipts/waiting/",
        "/memberships/classes/",
        member,
    ):
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        own = [q for q in seen if "django_session" not in q["sql"]]
        most = {
            member: 20,  # gathers more than a list
            "/memberships/receipts/waiting/": 20,  # each room whose claims money may pay is asked
        }.get(path, 15)
        assert len(own) < most, (path, [q["sql"][:150] for q in own])
    assert Receipt.objects.count() == 30
