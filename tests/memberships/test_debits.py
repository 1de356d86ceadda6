"""Direct debit: consent, request, result, the sum that comes in; nothing twice."""

from datetime import date

import pytest

from dure.domains.ledger import queries as ledger
from dure.domains.memberships import commands, queries
from dure.domains.memberships.models import Charge, DebitLine, Mandate, Membership, Receipt
from dure.domains.memberships.rules.debits import LayoutMalformed, ResultUnreadable, read_layout
from dure.kernel import secrets
from dure.kernel.dates import Month
from dure.kernel.refusals import Denied

DAY = date(2026, 11, 20)


@pytest.fixture
def owing(network, act):
    """Three members owe 30,000 of October each; the first two gave a mandate."""
    network.plan("organisation", 30_000)
    members = [network.organisation(name) for name in ("햇살돌봄", "새벽빵집", "느린책방")]
    commands.bill_dues(act("bookkeeper"), month=Month(2026, 10))
    for member, account in zip(members, ("123-456-789012", "999-888-777666"), strict=False):
        give(act, member, account)
    return members


def give(act, member, account="110-222-333444", **given):
    values = {
        "bank": "국민은행", "account_number": account, "holder": "대표",
        "consent_text": "출금에 동의합니다.", "evidence": "written", "from_date": date(2026, 1, 1),
    }  # fmt: skip
    return commands.give_mandate(act("bookkeeper"), membership_id=member.pk, **{**values, **given})


def result(run, rows):
    lines = list(DebitLine.objects.filter(run=run).order_by("pk"))
    text = "참조번호,출금된금액,결과코드\n" + "".join(
        f"{queries.reference_of(lines[i].pk)},{won},{code}\n" for i, won, code in rows
    )
    return text.encode("cp949")


def books():
    codes = {"cash": "1010", "way": "1120", "suspense": "2010", "owed": "1110"}
    return {name: ledger.balance(code, "general") for name, code in codes.items()}


def test_a_consent_is_kept_with_its_text_and_its_account_encrypted(owing, act):
    kept = Mandate.objects.get(membership=owing[0])
    assert "789012" not in kept.account_secret and kept.account_tail == "9012"
    assert secrets.decrypt(kept.account_secret) == "123456789012"
    with pytest.raises(commands.MandateStands):
        give(act, owing[0])
    with pytest.raises(commands.MandateUnreadable):
        give(act, owing[2], account="12")
    with pytest.raises(commands.ConsentFormNotAllowed):
        give(act, owing[2], evidence="by word of mouth")
    with pytest.raises(Denied):
        commands.give_mandate(
            act("member", of=1), membership_id=owing[2].pk, bank="x", account_number="1234567",
            holder="x", consent_text="x", evidence="written",
        )  # fmt: skip
    commands.end_mandate(act("bookkeeper"), mandate_id=kept.pk, until_date=DAY)
    with pytest.raises(commands.MandateHasEnded):
        commands.end_mandate(act("bookkeeper"), mandate_id=kept.pk)
    assert [one.membership_id for one in queries.debit_candidates(DAY)] == [owing[1].pk]


def test_accounts_are_forgotten_when_the_rules_let_them_go(owing, act):
    old = Mandate.objects.get(membership=owing[0])
    Mandate.objects.filter(pk=old.pk).update(
        from_date=date(2019, 1, 1), until_date=date(2021, 10, 20)
    )
    with pytest.raises(Denied):
        commands.destroy_mandates(act("bookkeeper"))
    assert commands.destroy_mandates(act("secretariat")) == 1
    old.refresh_from_db()
    assert (old.account_secret, old.account_tail, old.holder) == ("", "", "")
    assert old.consent_text and old.destroyed_at
    assert Mandate.objects.get(membership=owing[1]).account_secret


def test_what_is_under_way_is_not_asked_for_twice(owing, act):
    preview = queries.debit_preview(act("bookkeeper"), DAY)
    assert (preview.count, preview.sum_won, preview.without_mandate) == (2, 60_000, 1)
    with pytest.raises(Denied):
        commands.request_debits(act("member", of=1), collect_date=DAY)
    with pytest.raises(commands.LayoutUnknown):
        commands.request_debits(act("bookkeeper"), collect_date=DAY, layout="x")
    once = act("bookkeeper")
    run = commands.request_debits(once, collect_date=DAY)
    assert commands.request_debits(once, collect_date=DAY).pk == run.pk  # the same key
    assert (run.count, run.sum_won) == (2, 60_000)
    with pytest.raises(commands.NobodyToDebit):
        commands.request_debits(act("bookkeeper"), collect_date=DAY)
    name, content = queries.request_file(act("bookkeeper"), run)
    text = content.decode("utf-8-sig")
    assert name.endswith(".csv") and "123456789012" in text and "30000" in text
    with pytest.raises(Denied):
        queries.request_file(act("member", of=1), run)


def test_results_are_booked_once_and_failures_stay_owed(owing, act):
    run = commands.request_debits(act("bookkeeper"), collect_date=DAY)
    content = result(run, [(0, 20_000, "0000"), (1, 0, "0021")])
    with pytest.raises(Denied):
        commands.take_debit_result(
            act("member", of=1), run_id=run.pk, filename="r", content=content
        )
    with pytest.raises(ResultUnreadable):
        commands.take_debit_result(
            act("bookkeeper"), run_id=run.pk, filename="r.csv", content="가,나\n1,2\n".encode()
        )
    run = commands.take_debit_result(
        act("bookkeeper"), run_id=run.pk, filename="r.csv", content=content
    )
    first, second = DebitLine.objects.filter(run=run).order_by("pk")
    assert (first.state, first.paid_won, second.state) == ("partly", 20_000, "failed")
    assert second.reason == "잔액이 모자랍니다"
    assert (run.state, run.paid_count, run.failed_count) == ("answered", 1, 1)
    before = books()
    assert before == {"cash": 0, "way": 20_000, "suspense": 0, "owed": 70_000}
    again = commands.take_debit_result(
        act("bookkeeper"), run_id=run.pk, filename="r.csv", content=content
    )
    assert books() == before and again.paid_won == 20_000 and Receipt.objects.count() == 1
    assert {m for (m,) in queries.arrears(act("bookkeeper")).values_list("pk")} == {
        m.pk for m in owing
    }
    retry = commands.request_debits(act("bookkeeper"), collect_date=DAY)
    assert (retry.count, retry.sum_won) == (2, 40_000)  # what was not paid is asked for again
    assert not queries.check_memberships() and not ledger.check_books()


def test_rows_that_do_not_fit_are_not_booked(owing, act):
    run = commands.request_debits(act("bookkeeper"), collect_date=DAY)
    lines = [one.pk for one in DebitLine.objects.order_by("pk")]
    text = (
        "참조번호,출금된금액,결과코드\n"
        f"{queries.reference_of(lines[0])},99000,0000\n"  # more than was asked for
        "D000099999,30000,0000\n"  # nobody's
        f"{queries.reference_of(lines[1])},30000,0000\n"
        f"{queries.reference_of(lines[1])},30000,0000\n"  # twice
        "합계,,\n"
    )
    done = commands.take_debit_result(
        act("bookkeeper"), run_id=run.pk, filename="r.csv", content=text.encode()
    )
    assert (done.state, done.paid_count, done.paid_won) == ("requested", 1, 30_000)
    assert books()["way"] == 30_000


def test_the_sum_that_comes_in_is_settled_not_counted_twice(owing, act):
    run = commands.request_debits(act("bookkeeper"), collect_date=DAY)
    content = result(run, [(0, 30_000, "0000"), (1, 30_000, "0000")])
    commands.take_debit_result(act("bookkeeper"), run_id=run.pk, filename="r.csv", content=content)
    lump = commands.enter_receipt(
        act("bookkeeper"), receipt_date=DAY, amount_won=60_000, payer="금융결제원"
    )
    assert books() == {"cash": 60_000, "way": 60_000, "suspense": 60_000, "owed": 30_000}
    with pytest.raises(Denied):
        commands.settle_debit_run(act("member", of=1), run_id=run.pk, receipt_id=lump.pk)
    commands.settle_debit_run(act("bookkeeper"), run_id=run.pk, receipt_id=lump.pk)
    assert books() == {"cash": 60_000, "way": 0, "suspense": 0, "owed": 30_000}
    with pytest.raises(commands.NothingToSettle):
        commands.settle_debit_run(act("bookkeeper"), run_id=run.pk, receipt_id=lump.pk)
    commands.unmatch_receipt(act("bookkeeper"), receipt_id=lump.pk, reason="다른 돈")
    assert books()["way"] == 60_000
    assert not queries.check_memberships()


def test_a_member_asked_for_all_pays_all(owing, act):
    commands.bill_dues(act("bookkeeper"), month=Month(2026, 11))
    run = commands.request_debits(act("bookkeeper"), collect_date=date(2026, 11, 20))
    assert run.sum_won == 60_000  # November is due on the 25th
    commands.take_debit_result(
        act("bookkeeper"), run_id=run.pk, filename="r.csv", content=result(run, [(0, "", "성공")])
    )
    paid = Charge.objects.filter(membership=owing[0]).order_by("due_date")
    assert [c.open_won for c in paid] == [0, 30_000]
    assert Membership.objects.filter(left_date=None).count() == 3


def test_layouts_are_read_strictly():
    good = queries.debit_layouts()["csv"]
    assert good.paid and ("계좌번호", "account") in good.request
    text = (
        '[layout]\nname="x"\ntitle="x"\nencoding="utf-8"\ndelimiter=","\n'
        '[[request]]\nhead="a"\nvalue="reference"\n[[request]]\nhead="b"\nvalue="account"\n'
        '[[request]]\nhead="c"\nvalue="amount"\n'
        '[result]\nreference=["a"]\namount=["b"]\ncode=["c"]\n'
        '[codes]\npaid=["0"]\n[codes.failed]\n"1"="없음"\n'
    )
    assert read_layout(text, "x").failed == {"1": "없음"}
    for wrong in (
        text.replace("[result]", "[results]"),
        text.replace('value="amount"', 'value="amuont"'),
        text.replace('encoding="utf-8"', 'encoding="ebcdic"'),
        text.replace("paid=", "payed="),
        text + '"0"="doppelt"\n',
        text.replace('title="x"\n', ""),
        text + "]",
    ):
        with pytest.raises(LayoutMalformed):
            read_layout(wrong, "x")
