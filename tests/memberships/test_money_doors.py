"""Bank files, debits and the ladder by page, API and command line."""

import json
import re
from uuid import uuid4

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile

from dure.domains.ledger import queries as ledger
from dure.domains.memberships import commands, queries
from dure.domains.memberships.cli import group
from dure.domains.memberships.models import (
    Charge,
    DebitLine,
    DebitRun,
    PayerAlias,
    Receipt,
    ReceiptImport,
)
from dure.kernel.dates import Month
from dure.ui.doors import set_cli_act
from tests.memberships.test_journeys import send

RENAMED = "우리 통장\n언제,누가,나감,들어옴,남음\n" + "".join(
    f"2026-11-0{day},{name},0,{won},{after}\n"
    for day, name, won, after in (
        (1, "햇살돌봄", 50_000, 50_000),
        (2, "모르는분", 7_000, 57_000),
        (3, "정마루", 1_000, 58_000),
    )
)


@pytest.fixture
def owing(cast, act):
    """햇살돌봄 owes 50,000 won of October."""
    commands.set_dues_plan(
        act("system"), member_class="organisation", name="월회비", period="month",
        amount_won=50_000, from_month=Month(2026, 1),
    )  # fmt: skip
    commands.bill_dues(act("system"), month=Month(2026, 10))
    return cast


def file(text, name="bank.csv"):
    return SimpleUploadedFile(name, text.encode("cp949"))


def test_an_unknown_file_by_the_pages(client_of, owing):
    keeper = client_of("bookkeeper")
    told = send(keeper, "/memberships/receipts/import/", {"file": file(RENAMED), "fund": "general"})
    place = told.headers["Location"]
    mapping = keeper.get(place)
    assert mapping.headers["Location"].endswith("/columns/")
    columns = mapping.headers["Location"]
    shown = keeper.get(columns).content.decode()
    assert "누가" in shown and 'value="1" selected' in shown  # the guess stands in the form
    wrong = send(keeper, columns, {"date": "0", "payer": "1", "amount": "2", "head_row": "2"})
    assert wrong.status_code == 422
    right = {"date": "0", "payer": "1", "amount": "3", "balance": "4", "head_row": "2"}
    assert send(keeper, columns, right).headers["Location"] == place
    look = keeper.get(place).content.decode()
    assert "확실" in look and "이름이 같아요" in look
    rows = re.findall(r'name="row" value="(\d+)"', look)
    assert len(rows) == 3
    done = send(keeper, place, {"row": rows, "match": "1"})
    assert done.status_code == 302 and Receipt.objects.count() == 3
    assert Charge.objects.get().open_won == 0


def test_ways_out_by_the_pages(client_of, owing, act):
    keeper = client_of("bookkeeper")
    receipt = commands.enter_receipt(
        act("bookkeeper"), receipt_date=act().today, amount_won=7_000, payer="모르는분"
    )
    page = f"/memberships/receipts/{receipt.pk}/"
    booked = send(keeper, f"{page}book/", {"purpose": "donation", "amount_won": "5,000"})
    assert booked.headers["Location"] == page and ledger.balance("4120", "general") == 5_000
    member = owing.member_membership
    kept = keeper.post(f"{page}keep/", {"membership": member, "key": str(uuid4())})
    assert kept.headers["Location"] == page and ledger.balance("2020", "general") == 2_000
    text = keeper.get(page).content.decode()
    assert "기부금" in text and "앞으로의 회비" in text
    told = send(
        keeper, f"/memberships/members/{member}/payers/", {"kind": "account", "text": "123-45"}
    )
    assert told.status_code == 302
    alias = PayerAlias.objects.get(kind="account")
    keeper.post(f"/memberships/payers/{alias.pk}/forget/", {"key": str(uuid4())})
    assert not PayerAlias.objects.filter(kind="account").exists()


def test_a_debit_by_the_pages(client_of, owing):
    keeper, member = client_of("bookkeeper"), owing.organisation_membership
    consent = {
        "bank": "국민은행", "account_number": "123-456-789012", "holder": "최다온",
        "consent_text": "동의합니다.", "evidence": "written", "from_date": "2026-01-01",
    }  # fmt: skip
    page = f"/memberships/members/{member}/mandates/"
    assert send(keeper, page, consent).status_code == 302
    assert "…9012" in keeper.get(page).content.decode()
    asked = send(
        keeper, "/memberships/debits/request/",
        {"collect_date": "2026-11-20", "layout": "csv", "fund": "general"},
    )  # fmt: skip
    run = DebitRun.objects.get()
    assert asked.headers["Location"] == f"/memberships/debits/{run.pk}/"
    sent = keeper.get(f"/memberships/debits/{run.pk}/file/")
    assert "123456789012" in sent.content.decode("utf-8-sig")
    line = DebitLine.objects.get()
    answer = f"참조번호,출금된금액,결과코드\n{queries.reference_of(line.pk)},50000,0000\n"
    done = send(keeper, f"/memberships/debits/{run.pk}/result/", {"file": file(answer)})
    assert done.status_code == 302 and Charge.objects.get().open_won == 0
    assert "50,000" in keeper.get(f"/memberships/debits/{run.pk}/").content.decode()


def test_the_ladder_by_the_pages(client_of, owing):
    office, member = client_of("secretariat"), owing.organisation_membership
    ladder = office.get("/memberships/arrears/ladder/").content.decode()
    assert "햇살돌봄" in ladder and "안내" in ladder
    page = f"/memberships/members/{member}/arrears/"
    assert "50,000" in office.get(page).content.decode()
    early = send(office, f"{page}review/", {"note": "심의"})
    assert early.status_code == 409 and "심의 전에 할 일" in early.content.decode()
    assert send(office, f"{page}talk/", {"note": "전화함"}).headers["Location"] == page
    agreed = send(
        office, f"{page}instalments/", {"monthly_won": "1만원", "first_date": "2026-12-01"}
    )
    assert agreed.headers["Location"] == page
    exempt = {"from_month": "2026-12", "until_month": "2027-02", "reason": "쉼", "kind": ""}
    assert send(office, f"/memberships/members/{member}/exempt/", exempt).status_code == 302
    text = office.get(page).content.decode()
    assert "전화함" in text and "지키는 중" in text and "쉼" in text
    assert office.post(f"{page}instalments/end/", {"key": str(uuid4())}).status_code == 302


def test_the_same_through_the_api(client_of, owing, act):
    keeper = client_of("bookkeeper")

    def post(path, data):
        return keeper.post(
            f"/api/v1/memberships/{path}", json.dumps(data), content_type="application/json",
            headers={"Idempotency-Key": str(uuid4())},
        )  # fmt: skip

    staged = keeper.post(
        "/api/v1/memberships/receipts/import", {"file": file(RENAMED)},
        headers={"Idempotency-Key": str(uuid4())},
    ).json()  # fmt: skip
    assert staged["state"] == "unmapped"
    told = post(
        f"receipts/import/{staged['id']}/columns",
        {"columns": {"date": 0, "payer": 1, "amount": 3}, "head_row": 2},
    )
    assert (told.status_code, told.json()["new_count"]) == (200, 3)
    piece = post(f"receipts/import/{staged['id']}/accept", {"most": 2}).json()
    assert (piece["state"], piece["entered_count"]) == ("staged", 2)
    assert post(f"receipts/import/{staged['id']}/accept", {}).json()["state"] == "accepted"
    assert post("receipts/match-sure", {}).json()["count"] == 1
    [row] = keeper.get("/api/v1/memberships/receipts/waiting").json()[:1]
    assert row["because"] == "" and row["sureness"] is None
    booked = post(f"receipts/{row['id']}/book", {"purpose": "other_income"})
    assert booked.status_code == 201
    assert post(f"receipts/{row['id']}/book", {"purpose": "x"}).status_code == 422
    assert keeper.get("/api/v1/memberships/arrears/ladder").json() == []


def test_the_same_on_the_command_line(owing, act, tmp_path):
    def dure(*words):
        set_cli_act(act("operator", via="cli"))
        return CliRunner().invoke(group, [*words, "--format", "json"], catch_exceptions=False)

    source = tmp_path / "bank.csv"
    source.write_text(RENAMED, "utf-8")
    with pytest.raises(commands.ColumnsUnknown):
        dure("receipts", "import", str(source), "--accept")
    waiting = str(ReceiptImport.objects.get().pk)
    columns = ("date=A", "payer=B", "amount=D", "balance=E")
    told = json.loads(dure("receipts", "columns", waiting, *columns, "--head-row", "2").output)
    assert told["new"] == 3
    done = json.loads(dure("receipts", "import", str(source), "--accept").output)
    assert (done["new"], done["matched"], done["gaps"]) == (3, 0, [])
    sure = json.loads(dure("receipts", "match-sure").output)
    assert (sure["matched"], sure["waiting"]) == (1, 2)
    consent = ("--bank", "국민", "--account", "1234567890", "--holder", "최", "--text", "동의")
    member = str(owing.organisation_membership)
    dure("debits", "mandate", member, *consent, "--evidence", "written")
    target = tmp_path / "ask.csv"
    with pytest.raises(commands.NobodyToDebit):
        dure("debits", "request", "--on", "2026-11-20", "--file", str(target))
    assert json.loads(dure("ladder", "list").output) == []
