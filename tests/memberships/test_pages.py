"""Every page tried by every role; lists stay under fifteen queries; the journey by hand."""

from datetime import date

import pytest
from django.urls import reverse

from dure.domains.memberships import commands
from dure.kernel.dates import Month

STAFF = ("secretariat", "bookkeeper", "open_administrator")
NOVEMBER = Month(2026, 11)


@pytest.fixture
def things(cast, act):
    """One of everything a page can show."""
    system = act("system")
    commands.set_dues_plan(
        system,
        member_class="organisation",
        name="월회비",
        period="month",
        amount_won=30_000,
        from_month=Month(2026, 1),
        is_minimum=True,
    )
    commands.bill_dues(act("system"), month=Month(2026, 10))
    run = commands.bill_dues(act("system"), month=NOVEMBER)
    application = commands.apply_for_membership(
        act("visitor"),
        member_class="organisation",
        kind="organisation",
        name="새벽빵집 협동조합",
        contact_name="한새벽",
        email="bread@example.kr",
    )
    receipt = commands.enter_receipt(
        act("system"),
        receipt_date=date(2026, 11, 18),
        amount_won=30_000,
        payer="햇살돌봄",
    )
    staged = commands.upload_receipts(
        act("system"),
        filename="11월.csv",
        content="거래일,적요,출금액,입금액,잔액\n2026-11-19,햇살돌봄,,30000,1000000\n".encode(
            "cp949"
        ),
    )
    return {
        "membership_id": cast.organisation_membership,
        "application_id": application.pk,
        "receipt_id": receipt.pk,
        "import_id": staged.pk,
        "run_id": run.pk,
        "plan_id": run.charges.first().plan_id,
        "charge_id": run.charges.first().pk,
        "code": "organisation",
    }


OFFICE = {
    "set_dues_plan": (),
    "change_member_class": ("membership_id",),
    "applications": (),
    "application": ("application_id",),
    "note_interview": ("application_id",),
    "admit_member": ("application_id",),
    "refuse_application": ("application_id",),
    "enrol_member": (),
    "add_member_class": (),
    "set_member_class": ("code",),
}
MONEY = {
    "members": (),
    "member_classes": (),
    "dues": (),
    "bill_dues": (),
    "dues_run": ("run_id",),
    "arrears": (),
    "remind_arrears": (),
    "receipts": (),
    "unmatched_receipts": (),
    "enter_receipt": (),
    "receipt": ("receipt_id",),
    "match_receipt": ("receipt_id",),
    "unmatch_receipt": ("receipt_id",),
    "refund_receipt": ("receipt_id",),
    "upload_receipts": (),
    "accept_receipts": ("import_id",),
    "waive_charge": ("charge_id",),
    "agree_member_dues": ("membership_id",),
}
OWN = {
    "member": ("membership_id",),
    "statement": ("membership_id",),
    "dues_notice": ("membership_id",),
}
LEAVING = {"leave_membership": ("membership_id",)}
PUBLIC = {"apply_for_membership": ()}


def address(name, wanted, things):
    return reverse(f"memberships:{name}", kwargs={key: things[key] for key in wanted})


@pytest.mark.parametrize(
    "role",
    ["visitor", "member", "representative", "secretariat", "bookkeeper", "open_administrator"],
)
def test_every_page_by_every_role(client_of, things, role):
    client = client_of(role)
    for pages, allowed in (
        (OFFICE, ("secretariat", "open_administrator")),
        (MONEY, STAFF),
        (OWN, (*STAFF, "representative")),
        (LEAVING, ("secretariat", "open_administrator", "representative")),
        (PUBLIC, ("visitor", "member", "representative", *STAFF)),
    ):
        for name, wanted in pages.items():
            answer = client.get(address(name, wanted, things))
            if role in allowed:
                assert answer.status_code == 200, (name, role, answer.status_code)
            else:
                assert answer.status_code in (302, 403), (name, role, answer.status_code)
