"""The contract, the statement and the certificates of a loan; the same on pages."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dure.domains.loans import commands, documents, queries
from dure.domains.loans.models import Loan
from dure.domains.memberships.models import IssuedPaper
from dure.domains.memberships.queries import check_paper
from dure.kernel.refusals import NotFound
from dure.kernel.verdict import Denied

from .conftest import TODAY
from .test_pages import product

__all__ = ["product"]


def test_contract_statement_and_certificates(house, act):
    for n in range(3):
        member = house.person(f"회원{n}", shares=1000)
    house.fund()
    first = house.product()
    early = house.apply(member, first)
    with pytest.raises(commands.LoanNotPaidOut):
        commands.issue_loan_paper(act("loan_officer"), loan_id=early.pk, kind="loan_balance")
    commands.withdraw_loan_application(act(actor_id=member.party_id), loan_id=early.pk)
    loan = house.lend(member, first)
    contract = IssuedPaper.objects.get(kind="loan_contract")
    assert (loan.paper_id, contract.amount_won, loan.on_paper) == (contract.pk, 3_000_000, False)
    found = check_paper(str(contract))
    assert found is not None and found.kind_label == "소액대출 약정서"
    commands.repay_loan(act("bookkeeper"), loan_id=loan.pk, won=254_081)
    own, issue = act(actor_id=member.party_id), {"loan_id": loan.pk}
    with pytest.raises(Denied):
        commands.issue_loan_paper(act("member"), kind="loan_balance", **issue)
    with pytest.raises(commands.LoanYearImpossible):
        commands.issue_loan_paper(own, kind="loan_interest", year=2025, **issue)
    with pytest.raises(commands.LoanPaperUnknown):
        commands.issue_loan_paper(own, kind="share_certificate", **issue)
    balance = commands.issue_loan_paper(own, kind="loan_balance", **issue)
    assert commands.issue_loan_paper(own, kind="loan_balance", **issue) == balance
    card = queries.loan_card(own, loan.pk)
    paid = IssuedPaper.objects.get(
        pk=commands.issue_loan_paper(act(actor_id=member.party_id), kind="loan_interest", **issue)
    )
    assert IssuedPaper.objects.get(pk=balance).amount_won == card.left_won
    assert paid.amount_won == queries.interest_paid(card, 2026)[0] == 7_500
    first_print = documents.statement_pdf(card, "동행", own.at)
    assert first_print == documents.statement_pdf(card, "동행", own.at)
    assert b"".join(documents.statement_book(card, "동행", own.at))[:2] == b"PK"


def test_on_pages_from_the_desk_to_the_contract(cast, client_of, product, act):
    office, member = client_of("secretariat"), client_of("member")
    who = {"number": 2, "name": "정 마루"}
    sent = office.post("/loans/desk/", who)
    assert sent["Location"] == f"/loans/apply/{cast.member_membership}/"
    assert office.post("/loans/desk/", {**who, "name": "다른 이"}).status_code == 404
    assert member.get("/loans/desk/").status_code == 403
    product = commands.lay_down_loan_product(
        act("loan_officer"), code="papers", name="서류 대출", article="규정 제6조", decided_by="이사회",
        from_date=TODAY, least_won=100_000, most_won=5_000_000, longest_months=24, rate=(3, 100),
        late_rate=(4, 100), papers=("소득 증빙",), guarantors=1,
    )  # fmt: skip
    loan = commands.apply_for_loan(
        act("secretariat"), membership_id=cast.member_membership, product_id=product.pk,
        won=1_000_000, months=12,
    )  # fmt: skip
    assert loan.wish_on_paper
    at = f"/loans/{loan.pk}/"
    assert "아직 안 냄" in member.get(at).content.decode()
    file = SimpleUploadedFile("명세.pdf", b"%PDF-1.4 1")
    handed = member.post(f"{at}hand-in/", {"title": "소득 증빙", "file": file})
    assert handed.status_code == 302
    [paper] = [one for one in queries.review_card(act("secretariat"), loan.pk).papers if one.id]
    opened = office.get(f"/loans/papers/{paper.id}/")
    assert opened.content == b"%PDF-1.4 1" and opened["Content-Type"].endswith("octet-stream")
    assert client_of("bookkeeper").get(f"/loans/papers/{paper.id}/").status_code == 403
    note = {
        "kind": "interview",
        "on_date": TODAY.isoformat(),
        "people": "담당",
        "text": "사정 설명",
    }
    assert office.post(f"{at}note/", note).status_code == 302
    assert "사정 설명" in member.get(at).content.decode()
    assert "사정 설명" not in client_of("bookkeeper").get(at).content.decode()
    day = TODAY.isoformat()
    given = {"decided_by": "심사위원회", "decided_date": day, "conditions": "통장 사본\n"}
    assert member.get(f"{at}contract/").status_code == 409
    assert office.post(f"{at}approve/", given).status_code == 302
    draft = member.get(f"{at}contract/").content.decode()
    assert "초안" in draft and "심사위원회" in draft and "통장 사본" in draft
    waits = member.post(f"{at}sign/")
    assert waits.status_code in (302, 409) and Loan.objects.get(pk=loan.pk).state == "approved"
    [condition] = queries.review_card(act("secretariat"), loan.pk).conditions
    assert office.post(f"{at}conditions/{condition.id}/met/").status_code == 302
    statement = member.get(f"{at}statement/")
    assert statement["Content-Type"] == "application/pdf"
    with pytest.raises(NotFound):
        queries.loan_paper(act("secretariat"), paper.id + 1)
