"""Letters to those who are late: step by step, each once, to the guarantors where they hear of it; they
stop when it is paid. What was called due or promised no longer is told too."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from hypothesis import given, strategies as st

from dure.domains.loans import commands, queries
from dure.domains.loans.commands import daily, letters
from dure.domains.loans.models import LoanLetter
from dure.domains.loans.rules.ladder import Ladder, Step, next_step
from dure.domains.memberships import commands as memberships
from dure.domains.parties import commands as parties
from dure.kernel import clock, outbox
from dure.kernel.verdict import Denied
from dure.site.desk.loans import letters_on_paper

from .conftest import TODAY

DUE = date(2026, 12, 21)  # of the first instalment
LADDER = Ladder({Step.REMINDER: 5, Step.DEMAND: 30, Step.CALLING: 60}, 14, 0, frozenset(), 14)


@given(st.lists(st.integers(0, 120), max_size=30))
def test_steps_follow_each_other_apart_and_once(days):
    """However often and whenever somebody looks: in order, each once, never two close together."""
    sent: dict[str, date] = {}
    for late in sorted(days):
        on = DUE + timedelta(days=late)
        if step := next_step(LADDER, DUE, on, sent):
            assert step not in sent and late >= LADDER.days[step]
            assert all((on - day).days >= LADDER.apart_days for day in sent.values())
            sent[step] = on
    assert list(sent) == list(Step)[: len(sent)]
    assert next_step(LADDER, DUE, DUE + timedelta(days=200), {}) is Step.REMINDER


@pytest.fixture
def loan(house):
    house.fund(30_000_000)
    house.person("다라", 1800)
    return house.lend(house.person("가나", 1800), house.product(), 1_200_000)


def day_of_late(act, late, office="bookkeeper"):
    """The office's act so many days after the first due day, the days before it run."""
    days = (DUE - TODAY).days + late
    daily.run_until(act("bookkeeper", days=days), TODAY + timedelta(days=days - 1))
    return act(office, days=days)


def send(act, late):
    """Which step was sent that day, if any; the clock comes twice."""
    before = LoanLetter.objects.count()
    for _twice in range(2):
        letters.send_every_letter(day_of_late(act, late, "system"))
    outbox.tell_due(clock.now() + timedelta(days=400))
    steps = [one.step for one in LoanLetter.objects.order_by("pk")]
    return steps[before:]


def test_each_step_once_until_it_is_paid_and_after_it_is_owed_again(loan, house, act):
    named = house.person("마바", 100)
    with pytest.raises(Denied):
        commands.send_loan_letters(act("bookkeeper"))
    guarantee = loan.guarantees.create(
        party_id=named.party_id, most_won=500_000, state="signed", signed_date=TODAY,
        asked_at=loan.applied_at,
    )  # fmt: skip
    assert [send(act, late) for late in (1, 4, 5, 6)] == [[], [], ["reminder"], []]
    assert len(mail.outbox) == 1 and "상환이 늦어지고" in mail.outbox[0].subject
    assert f"대출{loan.pk}" in mail.outbox[0].body
    assert send(act, 30) == ["demand"]
    assert len(mail.outbox) == 3  # the guarantor hears of it
    assert guarantee.party.name in mail.outbox[2].body and "가나" in mail.outbox[2].body
    line = queries.loans_late(act("loan_officer", days=70))[0]
    assert (line.last_letter, line.letter_date) == ("독촉", DUE + timedelta(days=30))
    owed = queries.loan_card(act("loan_officer", days=92), loan.pk).due_won
    paid = commands.repay_loan(day_of_late(act, 61), loan_id=loan.pk, won=owed)
    assert send(act, 62) == []  # nothing is late
    commands.undo_loan_payment(
        day_of_late(act, 63), payment_id=paid.pk, reason="은행이 도로 가져감"
    )
    assert send(act, 64) == ["calling"]  # what was sent before is not sent again
    told = queries.letters_of(loan.pk)
    assert [one.days for one in told] == [64, 30, 5]
    assert told[0].until_date == DUE + timedelta(days=64 + 14) and told[0].guarantors_hear
    assert send(act, 90) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        LoanLetter.objects.update(won=1)
    facts = queries.loan_letter_facts(act(actor_id=loan.party_id), LoanLetter.objects.first().pk)
    assert [one.name for one in facts] == ["가나"]  # of the guarantors only the office reads
    with pytest.raises(Denied):
        queries.loan_letter_facts(act(actor_id=named.party_id), LoanLetter.objects.first().pk)


def test_a_ladder_nobody_climbed_begins_at_its_foot(loan, act):
    assert [send(act, late) for late in (70, 71, 84, 98)] == [
        ["reminder"], [], ["demand"], ["calling"],
    ]  # fmt: skip


def test_told_once_that_all_is_called_due_and_that_a_promise_lapsed(loan, house, act):
    by = day_of_late(act, 6, "secretariat")
    commands.call_loan_due(
        by, loan_id=loan.pk, due_date=by.today + timedelta(days=14), decided_by="이사회 8호",
        reason="연체",
    )  # fmt: skip
    outbox.tell_due(clock.now() + timedelta(days=400))
    assert "연체" in mail.outbox[0].body and "2027" in mail.outbox[0].body
    called = (by.today - DUE).days + 14
    assert [send(act, called + late) for late in (5, 40, 90)] == [["reminder"], ["demand"], []]
    mail.outbox.clear()
    asked = house.apply(house.person("사아", 1800), loan.product, 500_000)
    commands.approve_loan(act("loan_officer"), loan_id=asked.pk, decided_by="이사회")
    commands.lapse_loan_promises(act("system", days=100))
    outbox.tell_due(clock.now() + timedelta(days=400))
    assert len(mail.outbox) == 1 and "500,000" in mail.outbox[0].body.replace("50만", "500,000")


def test_nobody_writes_to_the_dead(loan, act):
    memberships.leave_membership(
        day_of_late(act, 3, "secretariat"), membership_id=loan.membership_id, reason="died",
        left_date=DUE + timedelta(days=2),
    )  # fmt: skip
    assert [send(act, late) for late in (40, 120)] == [[], []]


def test_who_has_no_address_for_mail_gets_the_letter_by_post(loan, act):
    parties.change_person(act("secretariat"), person_id=loan.party_id, email="")
    assert send(act, 5) == ["reminder"] and not mail.outbox
    office = day_of_late(act, 5)
    [one] = queries.letters_on_paper(office, 7)
    assert (one.name, one.sent_date) == ("가나", DUE + timedelta(days=5))
    waiting = letters_on_paper(office)
    assert waiting is not None and "1" in waiting.title
    assert letters_on_paper(day_of_late(act, 20)) is None  # posted long ago
    with pytest.raises(Denied):
        queries.letters_on_paper(act("member", actor_id=loan.party_id), 7)
    commands.pay_off_loan(office, loan_id=loan.pk)
    assert queries.letters_on_paper(office, 7) == []
