"""A member asks on the page, is told why not and then why yes; the officer decides and pays out."""

from __future__ import annotations

from datetime import date

import pytest

from dure.domains.governance.queries.effects import Decided, Place
from dure.domains.loans import commands
from dure.domains.loans.models import Loan
from dure.site.effects import EFFECTS

from .conftest import TODAY

WISH = {"won": "300만원", "months": "12", "grace_months": "", "purpose": "living"}


@pytest.fixture
def product(cast, act):
    from dure.domains.ledger import commands as ledger

    ledger.open_fund(act("system"), code="microloan")
    return commands.lay_down_loan_product(
        act("loan_officer"), code="bridge", name="이음 대출", article="소액대출 규정 제5조",
        decided_by="이사회", from_date=date(2026, 1, 1), least_won=100_000, most_won=5_000_000,
        longest_months=24, rate=(3, 100), late_rate=(4, 100), fund="microloan",
    )  # fmt: skip


def test_three_million_won_why_not_and_then_why_yes(cast, client_of, product):
    member = client_of("member")
    mine = member.get("/loans/mine/")
    assert "이음 대출" in mine.content.decode() and "대출 신청" in mine.content.decode()
    address = f"/loans/apply/{cast.member_membership}/"
    assert member.get(address).status_code == 200
    no = member.post(address, {**WISH, "product_id": product.pk, "months": "36"})
    told = no.content.decode()
    assert no.status_code == 409 and "가장 긴 기간" in told and "소액대출 규정 제5조" in told
    assert 'value="300만원"' in told or 'value="3,000,000"' in told
    yes = member.post(address, {**WISH, "product_id": product.pk})
    told = yes.content.decode()
    assert yes.status_code == 200 and "모든 규칙에 맞습니다" in told and "254,081" in told
    assert not Loan.objects.exists()
    seal = told.split('name="confirmed" value="')[1].split('"')[0]
    sent = member.post(address, {**WISH, "product_id": product.pk, "confirmed": seal})
    loan = Loan.objects.get()
    assert sent.status_code == 302 and sent["Location"] == f"/loans/{loan.pk}/"
    assert client_of("representative").get(f"/loans/{loan.pk}/").status_code == 403
    assert member.post(address, {**WISH, "product_id": "", "won": "많이"}).status_code == 422


def test_the_officer_decides_and_pays_out_on_pages(cast, client_of, product, act):
    loan = commands.apply_for_loan(
        act(actor_id=cast.member), membership_id=cast.member_membership, product_id=product.pk,
        won=1_000_000, months=12,
    )  # fmt: skip
    office, member = client_of("secretariat"), client_of("member")
    assert "정마루" in office.get("/loans/").content.decode()
    day = TODAY.isoformat()
    refused = office.post(f"/loans/{loan.pk}/approve/", {"decided_by": "", "decided_date": day})
    assert refused.status_code == 422
    office.post(f"/loans/{loan.pk}/approve/", {"decided_by": "심사위원회", "decided_date": day})
    assert member.post(f"/loans/{loan.pk}/sign/").status_code == 302
    short = office.post(f"/loans/{loan.pk}/pay-out/", {"paid_date": day})
    assert "1,000,000원" in short.content.decode()
    seal = short.content.decode().split('name="confirmed" value="')[1].split('"')[0]
    told = office.post(f"/loans/{loan.pk}/pay-out/", {"paid_date": day, "confirmed": seal})
    assert told.status_code == 409 and "기금" in told.content.decode()
    loan.refresh_from_db()
    assert loan.state == "signed"
    assert member.post(f"/loans/{loan.pk}/withdraw/").status_code == 302


@pytest.mark.parametrize(("adopted", "state"), [(True, "approved"), (False, "refused")])
def test_a_resolution_lends_or_not(cast, act, product, adopted, state):
    loan = commands.apply_for_loan(
        act(actor_id=cast.member), membership_id=cast.member_membership, product_id=product.pk,
        won=1_000_000, months=12,
    )  # fmt: skip
    effect = EFFECTS["loans.approve_loan"]
    form = effect.form()
    assert [pk for pk, _text in form.fields["loan_id"].choices] == [loan.pk]
    data = {"loan_id": str(loan.pk)}
    setting = effect.setting(data, Place(1, "board", TODAY))
    assert setting.concerned == {cast.member} and all(one.passed for one in setting.findings)
    given = dict.fromkeys(Decided.__dataclass_fields__)
    given |= {
        "body_kind": "board", "body": "이사회", "adopted": adopted, "on_date": TODAY,
        "reference": "결의 제7호(이사회)", "roll": 5, "present": 5, "yes": 4, "no": 1, "abstain": 0,
    }  # fmt: skip
    effect.run(act("resolution"), data, Decided(**given))
    loan.refresh_from_db()
    assert (loan.state, loan.decided_by) == (state, "결의 제7호(이사회)")
