"""The same deeds through the API and the command line."""

import json
from uuid import uuid4

import pytest
from click.testing import CliRunner

from dure.domains.ledger import queries as ledger
from dure.domains.memberships import commands
from dure.domains.memberships.cli import group
from dure.domains.memberships.models import Charge, DuesRun, Receipt
from dure.kernel.dates import Month
from dure.ui.doors import set_cli_act

BANK = '거래내역조회\n계좌번호,100-200\n거래일,적요,출금액,입금액,거래후잔액\n2026-11-19,햇살돌봄,,"30,000",1000000\n2026-11-19,관리비,50000,,950000\n2026-13-40,이상한날,,1000,951000\n'


def post(client, path, data, key=None):
    return client.post(
        f"/api/v1/memberships/{path}",
        json.dumps(data),
        content_type="application/json",
        headers={"Idempotency-Key": str(key or uuid4())},
    )


def test_the_journey_through_the_api(client_of, cast, act):
    commands.set_dues_plan(
        act("system"),
        member_class="organisation",
        name="월회비",
        period="month",
        amount_won=30_000,
        from_month=Month(2026, 1),
    )
    visitor, staff, keeper = client_of("visitor"), client_of("secretariat"), client_of("bookkeeper")
    sent = post(
        visitor,
        "apply",
        {
            "member_class": "organisation",
            "kind": "organisation",
            "name": "새벽빵집",
            "email": "b@example.kr",
        },
    )
    assert sent.status_code == 201 and set(sent.json()) == {"reference", "state", "status_path"}
    again = post(
        visitor,
        "apply",
        {
            "member_class": "organisation",
            "kind": "organisation",
            "name": "새벽빵집",
            "email": "b@example.kr",
        },
    )
    assert (again.status_code, again.json()["title"]) == (409, "AlreadyApplied")
    assert visitor.get("/api/v1/memberships/applications").status_code == 401
    [waiting] = staff.get("/api/v1/memberships/applications?state=waiting").json()
    refused = post(keeper, f"applications/{waiting['id']}/admit", {"decided_by": "이사회"})
    assert refused.status_code == 403
    admitted = post(staff, f"applications/{waiting['id']}/admit", {"decided_by": "이사회"})
    assert admitted.status_code == 201
    key = uuid4()
    run = post(keeper, "dues/runs", {"month": "2026-11"}, key)
    assert (run.status_code, run.json()["count"], run.json()["sum_won"]) == (201, 2, 60_000)
    assert post(keeper, "dues/runs", {"month": "2026-11"}, key).json() == run.json()
    assert post(keeper, "dues/runs", {"month": "2026-10"}, key).status_code == 409
    receipt = post(
        keeper,
        "receipts",
        {
            "receipt_date": "2026-11-20",
            "amount_won": 30_000,
            "payer": "새벽빵집",
        },
    ).json()
    matched = post(
        keeper, f"receipts/{receipt['id']}/match", {"membership_id": admitted.json()["id"]}
    )
    assert matched.json()["open_won"] == 0
    assert ledger.balance("1110", "general") == 30_000
    card = keeper.get(f"/api/v1/memberships/members/{admitted.json()['id']}").json()
    assert (card["paid_won"], card["open_won"]) == (30_000, 0)
    assert len(keeper.get("/api/v1/memberships/members").json()["items"]) == 3
    mine = client_of("representative").get("/api/v1/memberships/mine").json()
    assert [m["open_won"] for m in mine] == [30_000]
    assert [
        m["name"]
        for m in client_of("representative").get("/api/v1/memberships/members").json()["items"]
    ] == ["햇살돌봄 사회적협동조합"]


@pytest.fixture
def dure(cast, act):
    def run(*words):
        set_cli_act(act("operator", via="cli"))
        return CliRunner().invoke(group, [*words], catch_exceptions=False)

    return run


def test_the_command_line_bills_lists_and_imports(dure, act, tmp_path):
    dure(
        "set-dues-plan",
        "--class",
        "organisation",
        "--name",
        "월회비",
        "--amount",
        "3만원",
        "--from",
        "2026-01",
    )
    preview = json.loads(
        dure("bill", "--period", "2026-11", "--preview", "--format", "json").output
    )
    assert (preview["count"], preview["sum_won"]) == (1, 30_000) and not DuesRun.objects.exists()
    billed = json.loads(dure("bill", "--period", "2026년 11월", "--format", "json").output)
    assert (billed["count"], billed["sum_won"]) == (1, 30_000)
    assert json.loads(dure("bill", "--period", "2026-11", "--format", "json").output)["count"] == 0
    assert Charge.objects.count() == 1
    rows = json.loads(dure("list", "--on", "2026-11-20", "--format", "json").output)
    assert [r["open_won"] for r in rows] == [30_000, 0]
    assert json.loads(dure("list", "--on", "2025-12-31", "--format", "json").output) == []
    file = tmp_path / "은행.csv"
    file.write_bytes(BANK.encode("cp949"))
    look = json.loads(dure("receipts", "import", str(file), "--format", "json").output)
    assert (look["new"], look["same"], look["sure"], look["passed_over"]) == (1, 0, 1, 1)
    assert look["rejected"][0]["cell"] == "A6" and not Receipt.objects.exists()
    done = json.loads(
        dure("receipts", "import", str(file), "--accept", "--match", "--format", "json").output
    )
    assert (done["new"], done["matched"]) == (1, 1)
    twice = json.loads(
        dure("receipts", "import", str(file), "--accept", "--match", "--format", "json").output
    )
    assert (twice["new"], twice["same"]) == (0, 1)
    assert ledger.balance("1010", "general") == 30_000
    assert ledger.balance("1110", "general") == 0
    assert json.loads(dure("arrears", "--on", "2026-12-31", "--format", "json").output) == []
