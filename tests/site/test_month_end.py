"""A month's end: every step looks before it acts, and the run goes on wherever it was left."""

from __future__ import annotations

from datetime import date

import pytest

from dure.domains.ledger import commands as ledger
from dure.domains.ledger import queries as books
from dure.domains.memberships import commands as memberships
from dure.kernel.dates import Month
from dure.site import month_end

pytestmark = pytest.mark.django_db
OCTOBER = Month(2026, 10)


def states(act):
    return {
        step.key: str(month_end.look_at_month(act, OCTOBER, step.key).of(step).state)
        for step in month_end.RUN
    }


@pytest.fixture
def network(cast, act):
    memberships.set_dues_plan(
        act("secretariat"),
        name="월 회비",
        member_class="organisation",
        period="month",
        amount_won=30_000,
        from_month=Month(2026, 10),
    )
    for month in range(1, 10):
        ledger.close_period(act("secretariat"), month=f"2026-{month:02}")
    return cast


def test_months_are_closed_one_after_another(cast, act):
    ledger.mark_period_step(act("secretariat"), month="2026-10", step="bank")
    closing = month_end.look_at_month(act("secretariat"), OCTOBER, "close").of(
        month_end.step_of("close")
    )
    assert closing.state == "waits" and "/month-end/2026-01/" in closing.links[0].url


def test_the_run_goes_from_the_statement_to_the_closed_books(network, act):
    office = act("secretariat")
    assert states(office)["bank"] == "waits"
    ledger.mark_period_step(act("secretariat"), month="2026-10", step="bank")
    assert states(office)["bank"] == "done"
    assert states(office)["dues"] == "to_do"
    month_end.do_step(act("secretariat"), month_end.step_of("dues"), OCTOBER)
    assert states(office)["dues"] == "done"
    assert states(office)["close"] == "to_do"
    month_end.do_step(act("secretariat"), month_end.step_of("close"), OCTOBER)
    assert set(states(office).values()) <= {"done", "nothing"}
    assert books.period("2026-10").state == "closed"


def test_a_mark_is_taken_back_until_the_month_is_closed(network, act):
    ledger.mark_period_step(act("secretariat"), month="2026-10", step="bank", note="국민 10월")
    ledger.unmark_period_step(act("secretariat"), month="2026-10", step="bank")
    with pytest.raises(ledger.StepNotMarked):
        ledger.unmark_period_step(act("secretariat"), month="2026-10", step="bank")
    ledger.close_period(act("secretariat"), month="2026-10")
    with pytest.raises(ledger.PeriodNotOpen):
        ledger.mark_period_step(act("secretariat"), month="2026-10", step="bank")


def test_the_same_act_does_a_step_once(network, act):
    one = act("secretariat")
    step = month_end.step_of("dues")
    assert month_end.do_step(one, step, OCTOBER) == month_end.do_step(one, step, OCTOBER)


def test_the_month_is_read_in_words_with_what_looks_odd(network, act):
    memberships.enter_receipt(
        act("secretariat"), receipt_date=date(2026, 10, 5), amount_won=77_000, payer="모르는 사람"
    )
    reading = month_end.read_month(act("secretariat"), OCTOBER)
    assert any("77,000" in line for line in reading.warnings)


@pytest.mark.parametrize("role", ["secretariat", "bookkeeper"])
def test_the_page_shows_the_step_that_is_next(network, client_of, role):
    answer = client_of(role).get("/month-end/2026-10/")
    assert answer.status_code == 200
    assert 'aria-current="step"' in answer.content.decode()


def test_others_do_not_see_it(network, client_of):
    assert client_of("member").get("/month-end/2026-10/").status_code == 403


def test_the_terminal_goes_the_same_way_and_stops_where_a_person_is_needed(network, act):
    from click.testing import CliRunner

    from dure.kernel.acts import Act
    from dure.site.cli.closing import StepNeedsAPerson, close
    from dure.ui import doors
    from tests.conftest import NOW

    def run(*given: str):
        operator = act("operator", via="cli")
        doors.set_cli_act(Act(None, NOW, operator.key, "cli", operator.standing))
        return CliRunner().invoke(close, ["2026-10", "--yes", *given])

    stopped = run()
    assert isinstance(stopped.exception, StepNeedsAPerson)
    ledger.mark_period_step(act("secretariat"), month="2026-10", step="bank")
    done = run("--format", "json")
    assert done.exit_code == 0, done.exception
    assert '"outcome": "marked"' in done.stdout
    assert books.period("2026-10").state == "closed"
    assert run().exit_code == 0  # again: nothing is left to do
