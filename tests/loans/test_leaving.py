"""The borrower is expelled, leaves, changes organisation or is to be forgotten while a loan runs: by the
contract, and what is due is set off against the shares."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dure.domains.bylaws import commands as bylaws
from dure.domains.ledger import queries as ledger
from dure.domains.loans import commands, policies, queries
from dure.domains.loans.models import Loan
from dure.domains.memberships import commands as memberships
from dure.domains.memberships.commands import members
from dure.domains.parties import commands as parties
from dure.site.desk.loans import left_with_loans
from dure.site.standing import of_person

from .conftest import TODAY

WON = 1_200_000


@pytest.fixture
def lent(house, act):
    """A loan under a rule for leaving or expulsion, laid down before the contract."""
    house.fund(30_000_000)
    house.person("다라", 3000)

    def lend(**rules):
        for name, choice in rules.items():
            kind = "yes_no" if choice in ("yes", "no") else "choice"
            bylaws.adopt_provision(
                act("secretariat"), key=name.replace("__", "."), value=choice, kind=kind,
                comparison="exactly" if kind == "yes_no" else "one_of", label=name,
                document="규정", article="제11조", from_date=date(2026, 1, 1), decided_by="총회",
            )  # fmt: skip
        return house.lend(house.person("가나", 1800), house.product(), WON)

    return lend


def leave(act, loan, reason="ineligible", days=10):
    left = TODAY + timedelta(days=days)
    return memberships.leave_membership(
        act("secretariat", days=days), membership_id=loan.membership_id, left_date=left,
        reason=reason, decided_by="총회 3호",
    )  # fmt: skip


def sound():
    return ledger.check_books() == [] == queries.check_loans()


def test_an_expulsion_calls_the_loan_due_as_its_contract_says(lent, act, monkeypatch):
    loan = lent()
    assert loan.contract["on_expulsion"] == "call_due" and loan.contract["on_leaving"] == "keep"
    assert "loans.on_expulsion" in [one["key"] for one in loan.contract["provisions"]]
    bylaws.adopt_provision(  # of contracts to come
        act("secretariat"), key="loans.on_expulsion", value="keep", kind="choice",
        comparison="one_of", label="제명", document="규정", article="제11조", from_date=TODAY,
        decided_by="총회",
    )  # fmt: skip
    monkeypatch.setattr(members, "_is_expelled", lambda *_given: True)
    leave(act, loan, "expelled")
    change = loan.changes.get()
    assert (change.kind, change.decided_by) == ("called_due", "총회 3호")
    card = queries.loan_card(act("loan_officer", days=10), loan.pk)
    assert card.next_due.due_date == TODAY + timedelta(days=24)  # two weeks of notice
    assert left_with_loans(act("loan_officer", days=11)) is None and sound()


def test_the_committee_is_asked_where_the_contract_says_so(lent, house, act, monkeypatch):
    loan = lent(loans__on_expulsion="ask")
    waiting = house.apply(house.person("마바", 1800), loan.product)
    monkeypatch.setattr(members, "_is_expelled", lambda *_given: True)
    leave(act, loan, "expelled")
    leave(act, waiting, "resigned")
    waiting.refresh_from_db()
    assert waiting.state == "withdrawn" and not loan.changes.exists()
    told = left_with_loans(act("loan_officer", days=11))
    assert told is not None and "가나" in told.steps[0].text
    commands.reschedule_loan(
        act("secretariat", days=11), loan_id=loan.pk, months=6, decided_by="위원회"
    )
    assert left_with_loans(act("loan_officer", days=11)) is None


def test_leaving_waits_where_the_contract_says_so(lent, act):
    loan = lent(loans__on_leaving="refuse_leaving")
    with pytest.raises(commands.LoanKeepsMember, match="120만|1,200,000"):
        leave(act, loan, "resigned")
    commands.pay_off_loan(act("bookkeeper", days=9), loan_id=loan.pk)
    assert leave(act, loan, "resigned").left_reason == "resigned"


def test_what_is_due_is_set_off_against_the_shares_and_the_rest_paid_back(lent, act):
    loan = lent(loans__on_leaving="call_due", refund__set_off="yes")
    leave(act, loan, days=30)
    by = act("bookkeeper", days=42)  # the next fiscal year; the loan is due in two days
    claim = memberships.ask_share_refund(by, membership_id=loan.membership_id)
    memberships.approve_share_refund(
        act("operator", days=42), claim_id=claim.pk, decided_by="총회 4호",
        decided_date=TODAY + timedelta(days=42), members_total=2, members_present=2, votes_for=2,
    )  # fmt: skip
    with pytest.raises(memberships.DebtsRemain):
        memberships.pay_share_refund(act("bookkeeper", days=42), claim_id=claim.pk)
    with pytest.raises(memberships.SetOffNotDue, match="제492조"):
        memberships.pay_share_refund(act("bookkeeper", days=42), claim_id=claim.pk, set_off_won=WON)
    later = {"days": 50}
    owed = queries.loan_card(act("loan_officer", **later), loan.pk).pay_off_won
    assert owed > WON
    with pytest.raises(memberships.DebtsRemain):  # the interest, too
        memberships.pay_share_refund(act("bookkeeper", **later), claim_id=claim.pk, set_off_won=WON)
    paid = memberships.pay_share_refund(
        act("bookkeeper", **later), claim_id=claim.pk, set_off_won=owed
    )
    receipt = paid.payouts.get(receipt__isnull=False).receipt
    memberships.match_receipt(
        act("bookkeeper", **later), receipt_id=receipt.pk, membership_id=loan.membership_id,
        payable=queries.payable_key(loan.pk),
    )  # fmt: skip
    loan.refresh_from_db()
    assert (paid.state, loan.state) == ("paid", "repaid")
    assert ledger.balance(ledger.account_for("suspense"), "general") == 0 and sound()


def test_who_owes_or_stands_for_a_loan_is_not_erased(lent, house, act):
    loan, stands = lent(), parties.add_person(act("system"), name="마바")
    loan.guarantees.create(
        party_id=stands.pk, most_won=1_000, state="signed", signed_date=TODAY,
        asked_at=loan.applied_at,
    )  # fmt: skip
    for party_id in (loan.party_id, stands.pk):
        with pytest.raises(commands.LoanIsOpen, match=str(loan.pk)):
            parties.erase_person(act("administrator"), person_id=party_id, reason="요청")
    commands.pay_off_loan(act("bookkeeper"), loan_id=loan.pk)
    gone = parties.erase_person(act("administrator"), person_id=stands.pk, reason="요청")
    assert gone.pk == stands.pk


def test_a_loan_stays_with_who_borrowed_when_people_change_organisations(lent, house, act):
    """A person's loan goes along; an organisation's stays, and its former speaker sees it no more."""
    loan = lent()
    club = parties.add_organisation(act("system"), name="두레사랑방")
    speaks = parties.name_representative(
        act("system"), organisation_id=club.pk, person_id=loan.party_id, from_date=date(2025, 1, 1)
    )
    of_club, own = Loan(party_id=club.pk), Loan(party_id=loan.party_id)

    def sees(days):
        at = act(days=days).at
        who = replace(
            act(), actor_id=loan.party_id, standing=of_person(0, loan.party_id, at).capacities
        )
        return bool(policies.can_see_loan(who, of_club)), bool(policies.can_see_loan(who, own))

    assert sees(0) == (True, True)
    parties.end_representative(act("system"), representative_id=speaks.pk, until_date=TODAY)
    assert sees(1) == (False, True)
    loan.refresh_from_db()
    assert loan.state == "running" and sound()
