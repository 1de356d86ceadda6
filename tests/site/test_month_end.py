"""A month's end: every step looks before it acts, and the run goes on wherever it was left."""

from __future__ import annotations

import re
from datetime import date
from uuid import uuid4

import pytest
from django.core import mail

from dure.domains.bylaws import commands as bylaws
from dure.domains.governance import commands as governance
from dure.domains.ledger import commands as ledger, queries as books
from dure.domains.memberships import commands as memberships, queries
from dure.kernel import outbox
from dure.kernel.dates import Month
from dure.kernel.refusals import NotFound
from dure.site import month_end
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
OCTOBER = Month(2026, 10)


def states(act):
    return {
        step.key: str(month_end.look_at_step(act, OCTOBER, step).state) for step in month_end.RUN
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
    closing = look(act, "close")
    assert closing.state == "waits" and "/month-end/2026-01/" in closing.links[0].url


def test_the_run_goes_from_the_statement_to_the_closed_books(network, act, client_of):
    office = act("secretariat")
    assert states(office)["bank"] == "waits"
    ledger.mark_period_step(act("secretariat"), month="2026-10", step="bank")
    assert states(office)["bank"] == "done"
    assert states(office)["dues"] == "to_do"
    page = client_of("secretariat").get("/month-end/2026-10/").content.decode()
    assert "/month-end/2026-10/dues/do/" in page
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


def late_organisation(act):
    memberships.set_dues_plan(
        act("system"),
        name="밀린 회비",
        member_class="organisation",
        period="month",
        amount_won=10_000,
        from_month=Month(2026, 9),
        due_day=10,
    )
    return memberships.bill_dues(act("secretariat"), month=Month(2026, 9))


def look(act, key):
    return month_end.look_at_step(act("secretariat"), OCTOBER, month_end.step_of(key))


def test_direct_debits_are_asked_for_and_their_result_is_waited_for(cast, act):
    late_organisation(act)
    assert (look(act, "debits").state, look(act, "results").state) == ("nothing", "nothing")
    member = next(iter(queries.members_on(act("secretariat"), date(2026, 10, 31))))
    memberships.give_mandate(
        act("secretariat"),
        membership_id=member.pk,
        bank="국민",
        account_number="123-45-678901",
        holder="햇살",
        consent_text="매달 출금에 동의합니다.",
        evidence="written",
        from_date=date(2026, 9, 1),
    )
    assert look(act, "debits").state == "waits"
    run = memberships.request_debits(act("secretariat"), collect_date=date(2026, 10, 25))
    assert (look(act, "debits").state, look(act, "results").state) == ("done", "waits")
    assert f"/{run.pk}/result/" in look(act, "results").links[0].url
    line = queries.reference_of(queries.debit_lines(act("secretariat"), run.pk).get().pk)
    memberships.take_debit_result(
        act("secretariat"),
        run_id=run.pk,
        filename="결과.csv",
        content=f"참조번호,출금된금액,결과코드\n{line},10000,0000\n".encode(),
    )
    done = look(act, "results")
    assert done.state == "done" and "10,000" in done.warnings[0]


def test_letters_are_sent_from_the_run_but_never_without_a_person(cast, act):
    late_organisation(act)
    step = month_end.step_of("arrears")
    assert look(act, "arrears").state == "to_do" and step.asks
    month_end.do_step(act("secretariat"), step, OCTOBER)
    assert look(act, "arrears").state != "to_do"


def spread_dues(act):
    """A rule of the network spreads dues over their months; yearly dues of the members are billed."""
    bylaws.adopt_provision(
        act("secretariat"), key="dues.defer_to_months", value="yes", document="회계규정",
        article="제4조", from_date=date(2026, 1, 1), origin="regulation", decided_by="운영위원회",
    )  # fmt: skip
    memberships.set_dues_plan(
        act("secretariat"),
        name="연회비",
        member_class="organisation",
        period="year",
        amount_won=120_000,
        from_month=Month(2026, 1),
        proration="full",
    )
    memberships.bill_dues(act("secretariat"), month=OCTOBER)


def test_dues_of_later_months_wait_for_them_once_and_can_be_taken_back(cast, act, client_of):
    assert look(act, "accruals").state == "nothing"
    spread_dues(act)
    found = look(act, "accruals")
    assert found.state == "to_do" and found.lines and not found.undoable
    step = month_end.step_of("accruals")
    month_end.do_step(act("secretariat"), step, OCTOBER)
    assert look(act, "accruals").state == "done" and look(act, "accruals").undoable
    month_end.do_step(act("secretariat"), step, OCTOBER)  # again: nothing is left to book
    page = client_of("bookkeeper").get("/month-end/2026-10/?step=accruals").content.decode()
    assert "/month-end/2026-10/accruals/undo/" in page
    month_end.undo_step(act("secretariat"), step, OCTOBER, "규칙을 잘못 읽음")
    assert look(act, "accruals").state == "to_do"
    with pytest.raises(NotFound):
        month_end.undo_step(act("secretariat"), month_end.step_of("dues"), OCTOBER, "까닭")


def test_a_closed_month_is_opened_again_and_every_step_can_be_done_anew(network, act, client_of):
    for step in ("bank", "balance"):
        ledger.mark_period_step(act("secretariat"), month="2026-10", step=step)
    for key in ("dues", "close"):
        month_end.do_step(act("secretariat"), month_end.step_of(key), OCTOBER)
    asked = client_of("secretariat").post(
        "/month-end/2026-10/close/undo/", {"reason": "늦게 온 통장", "key": str(uuid4())}
    )
    assert asked.status_code == 302 and books.period("2026-10").state == "open"
    memberships.enter_receipt(
        act("secretariat"), receipt_date=date(2026, 10, 30), amount_won=5_000, payer="늦은 사람"
    )
    assert states(act("secretariat"))["rest"] == "waits"
    ledger.mark_period_step(act("secretariat"), month="2026-10", step="rest")
    month_end.do_step(act("secretariat"), month_end.step_of("close"), OCTOBER)
    assert books.period("2026-10").state == "closed"
    assert {one.revision for one in books.kept_statements("2026-10")} == {2}


def test_the_closed_month_is_sent_out_and_its_statements_are_one_click_away(
    network, act, client_of, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    body = governance.add_body(
        act("system"), name="운영위원회", kind="steering_committee", from_date=date(2026, 1, 1)
    )
    seat = governance.add_seat(act("system"), body_id=body.pk, kind="elected")
    governance.fill_seat(
        act("system"), seat_id=seat.pk, person_id=network.member, from_date=date(2026, 1, 1)
    )
    outbox.tell_due(NOW, 500)
    mail.outbox.clear()
    ledger.close_period(act("secretariat"), month="2026-10")
    outbox.tell_due(NOW)
    to = {letter.to[0] for letter in mail.outbox}
    assert to == {"secretariat@example.kr", "bookkeeper@example.kr", "member@example.kr"}
    report = client_of("member").get("/month-end/2026-10/report.pdf")
    assert report.content[:5] == b"%PDF-" and "report.pdf" in mail.outbox[0].body
    assert client_of("visitor").get("/month-end/2026-10/report.pdf").status_code in (302, 403)
    assert "2026년 10월" in mail.outbox[0].subject
    [link] = re.findall(r"http://[^/]+(/ledger/\S+\.pdf)", mail.outbox[0].body)[:1]
    page = client_of("bookkeeper").get("/month-end/2026-10/").content.decode()
    assert link in page and link.replace(".pdf", ".xlsx") in page
    assert client_of("bookkeeper").get(link).content[:5] == b"%PDF-"


def test_programs_read_the_run_and_mark_its_steps(network, client_of):
    office = client_of("secretariat")
    found = office.get("/api/v1/month_end/2026-10").json()
    assert (found["current"], found["over"], found["is_closed"]) == ("bank", 0, False)
    steps = {one["key"]: one for one in found["steps"]}
    assert steps["dues"]["operation"] == "bill_dues"
    assert not steps["dues"]["can_be_marked"]

    def send(step, deed, **given):
        return office.post(
            f"/api/v1/month_end/2026-10/steps/{step}/{deed}", given, content_type="application/json"
        )

    assert send("bank", "mark", note="국민 10월").json() == {"step": "bank", "note": "국민 10월"}
    assert office.get("/api/v1/month_end/2026-10").json()["current"] == "dues"
    assert send("dues", "mark").status_code == 404  # only facts can
    assert send("bank", "unmark").json() == {"step": "bank", "state": "waits"}
    assert send("bank", "unmark").json()["title"] == "StepNotMarked"
    assert client_of("member").get("/api/v1/month_end/2026-10").status_code == 403


@pytest.mark.parametrize(("order", "waiting"), [(("dues", "sure"), 0), (("sure", "dues"), 1)])
def test_billed_first_money_finds_what_it_pays(network, act, order, waiting):
    """Why dues stand before matching in the run: see the decision of that name."""
    member = queries.members_on(act("secretariat"), date(2026, 10, 31)).get(
        class_code="organisation"
    )
    memberships.enter_receipt(
        act("secretariat"),
        receipt_date=date(2026, 10, 20),
        amount_won=30_000,
        payer=member.party.name,
    )
    for key in order:
        month_end.do_step(act("secretariat"), month_end.step_of(key), OCTOBER)
    assert queries.unmatched_summary(act("secretariat"), OCTOBER.end_date).count == waiting
