"""The demonstration as it stands in the database: built once for all of these tests."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import takewhile

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from dure.domains.ledger import queries as ledger
from dure.domains.loans import queries as loans
from dure.domains.memberships import queries as memberships
from dure.domains.parties import commands as party_commands, queries as parties
from dure.kernel import seals, triggers
from dure.kernel.acts import SEOUL, system_act
from dure.kernel.dates import Month
from dure.kernel.deeds import sentences_of
from dure.kernel.models import Deed
from dure.site.demo.building import (
    Builder,
    DemoUnderway,
    OtherDemoHere,
    RealNetworkHere,
    State,
    TooEarly,
    _alone,
    build_demo,
    empty,
    state,
)
from dure.site.demo.history import imagine
from dure.site.demo.logins import LOGINS, PASSWORD

TODAY = date(2026, 11, 21)
MORNING = datetime(2026, 11, 21, 9, tzinfo=SEOUL)
pytestmark = pytest.mark.django_db


def take_until(day: date, seed: int = 1) -> Builder:
    """The steps of the history before a day."""
    builder = Builder(imagine(seed, TODAY))
    for at, step in takewhile(lambda each: each[0].date() < day, builder.history.steps()):
        builder.take(at, step)
    return builder


def forget() -> None:
    connection.check_constraints()  # PostgreSQL empties no table with checks still to come
    with triggers.suspended(connection):
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def told() -> list[tuple[int, int, str]]:
    return []


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker, told) -> Iterator[object]:
    """Broken off first, then built in earnest, with real commits."""
    with django_db_blocker.unblock():
        take_until(date(2015, 7, 2))
        assert state() == State.BROKEN_OFF
        yield build_demo(today=TODAY, seed=1, progress=lambda *said: told.append(said))
        forget()


@pytest.fixture
def act():
    return system_act(MORNING)


def test_it_says_how_far_it_is(told):
    assert len(told) > 100
    assert [done for done, _total, _what in told] == sorted(done for done, _total, _what in told)
    assert told[-1][0] == told[-1][1]


def test_the_members_are_as_many_as_in_the_case():
    counts = {c.code: n for c, n in memberships.counts_by_class(TODAY)}
    assert counts == {"organisation": 69, "person": 22, "supporter": 31, "associate": 0}
    at_founding = {c.code: n for c, n in memberships.counts_by_class(date(2015, 6, 11))}
    assert at_founding["organisation"] == 16


def test_the_public_directory_holds_the_166_networks():
    assert parties.published_count() == 166
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT section, count(*) FROM parties_organisation WHERE is_published GROUP BY section"
        )
        assert sorted(n for _section, n in cursor.fetchall()) == [14, 46, 106]
        cursor.execute(
            "SELECT openness, count(*) FROM parties_organisation WHERE is_published GROUP BY openness"
        )
        assert dict(cursor.fetchall()) == {"O": 79, "X": 5, "": 82}


def test_the_cooperative_fund_holds_about_200_million():
    assert 199_990_000 <= ledger.balance("1010", "cooperative") <= 200_000_000
    assert ledger.balance("1500", "cooperative") == 0  # what the general account borrowed is back
    assert ledger.balance("4020", "cooperative", date(2015, 7, 31)) == 21_140
    of_2022 = [ledger.balance("4020", "cooperative", date(y, 12, 31)) for y in (2021, 2022)]
    assert of_2022[1] - of_2022[0] == 8_000_000
    assert ledger.balance("1010", "general") > 0


def test_about_95_in_a_hundred_of_the_dues_are_paid():
    last = Month.of(TODAY).plus(-1)
    found = memberships.payment_rate(last)
    assert 92 <= 100 * found.paid_won / (found.charged_won - found.waived_won) <= 98
    members, won = memberships.arrears_total(TODAY)
    assert 4 <= members <= 15 and won > 0


def test_something_waits_for_everybody(act):
    count, _oldest = memberships.applications_summary(act)
    assert count == 5
    assert memberships.unmatched_count()[0] == 5
    assert 2 <= len(parties.terms_ending(TODAY, TODAY + timedelta(days=60)))
    assert ledger.is_open(date(2026, 10, 31)) and not ledger.is_open(date(2026, 9, 30))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_entry WHERE number IS NULL")
        assert cursor.fetchone() == (2,)


def test_the_days_of_the_loans_are_run_up_to_yesterday():
    assert loans.loan_day_to_run(TODAY - timedelta(days=1)) is None
    assert loans.loan_day_to_run(TODAY) == TODAY


def test_the_deeds_read_like_history():
    moments = list(Deed.objects.order_by("id").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert moments[0].astimezone(SEOUL).date() == date(2015, 6, 11)
    assert moments[-1] <= MORNING
    by_people = Deed.objects.exclude(actor_id=None).count()
    assert by_people > 0.8 * len(moments)
    for deed, sentence in sentences_of(list(Deed.objects.order_by("id"))[:: len(moments) // 200]):
        assert sentence and "%(" not in sentence, deed.name


def test_it_is_sound():
    assert ledger.check_books() == []
    found = seals.verify()
    assert found.flaws == () and found.seals > 100 and found.unsealed <= 1
    assert triggers.differences(connection) == []


def test_one_won_changed_behind_its_back_is_named():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.id, e.number FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id"
            " WHERE e.number = 5000 ORDER BY l.id LIMIT 1"
        )
        line, number = cursor.fetchone()
        with triggers.suspended(connection):
            cursor.execute(
                "UPDATE ledger_line SET amount_won = amount_won + 1 WHERE id = %s", [line]
            )
    findings = [str(finding) for finding in ledger.check_books()]
    assert any(str(number) in text for text in findings), findings
    flaws = seals.verify().flaws
    assert any(str(number) in flaw.where for flaw in flaws), flaws


def test_it_is_left_alone_when_it_is_there():
    before = Deed.objects.count()
    assert state() == State.FINISHED
    assert build_demo(today=TODAY, seed=1).password == PASSWORD
    with pytest.raises(OtherDemoHere):
        build_demo(today=TODAY, seed=2)
    assert Deed.objects.count() == before
    with pytest.raises(AssertionError):
        empty()


def test_one_builds_at_a_time():
    with _alone(), pytest.raises(DemoUnderway):
        build_demo(today=TODAY, seed=1)


@pytest.mark.parametrize("login", LOGINS, ids=lambda login: login.role)
def test_everybody_can_log_in(login):
    client = Client()
    assert client.login(email=login.email, password=PASSWORD)
    assert client.get("/", follow=True).status_code == 200


def test_a_real_network_is_not_touched():
    forget()
    party_commands.found_network(system_act(MORNING), name="진짜 네트워크")
    assert state() == State.REAL
    before = Deed.objects.count()
    with pytest.raises(RealNetworkHere) as refused:
        build_demo(today=TODAY)
    assert "진짜 네트워크" in str(refused.value)
    assert Deed.objects.count() == before


def test_no_history_before_there_is_one():
    forget()
    with pytest.raises(TooEarly):
        build_demo(today=date(2020, 1, 1))


def test_the_same_seed_gives_the_same_books():
    read = (
        "SELECT number, booked_date, text FROM ledger_entry ORDER BY number",
        "SELECT account_id, fund_id, party_id, amount_won FROM ledger_line ORDER BY id",
        "SELECT id, kind, name FROM parties_party ORDER BY id",
        "SELECT party_id, number, joined_date, left_date FROM memberships_membership ORDER BY number",
        "SELECT reference, state FROM memberships_application ORDER BY id",
        "SELECT name, at, actor_id, key FROM kernel_deed ORDER BY id",
    )
    found = []
    for seed in (1, 1, 2):
        forget()
        take_until(date(2015, 10, 20), seed)
        with connection.cursor() as cursor:
            rows = []
            for statement in read:
                cursor.execute(statement)
                rows.append(cursor.fetchall())
        found.append(rows)
    assert found[0] == found[1]
    assert found[0] != found[2]
