"""Products: laid down within the rules, version after version, ended; refused and granted."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from dure.domains.bylaws.rules import RuleNotMet
from dure.domains.ledger import commands as ledger
from dure.domains.loans import commands, queries
from dure.domains.loans.models import LoanProduct
from dure.domains.loans.rules.schedules import TermsUnfit
from dure.domains.parties import commands as parties
from dure.kernel.models import Deed
from dure.kernel.refusals import KeyReused
from dure.kernel.verdict import Denied

from .conftest import FIRST, PRODUCT, TODAY


def test_a_product_is_laid_down_once_per_key_and_only_by_the_office(house, act):
    with pytest.raises(Denied):
        commands.lay_down_loan_product(act("member"), **PRODUCT)
    by = act("loan_officer")
    made = commands.lay_down_loan_product(by, **PRODUCT)
    assert commands.lay_down_loan_product(by, **PRODUCT).pk == made.pk
    with pytest.raises(KeyReused):
        commands.lay_down_loan_product(by, **{**PRODUCT, "name": "다른 이름"})
    assert (made.rate, made.late_rate) == (Fraction(3, 100), Fraction(45, 1000))
    assert [f["passed"] for f in made.findings] == [True] * 6
    card = queries.loan_product(act("member"), made.pk)
    assert card.is_offered(TODAY) and not card.is_offered(date(2024, 1, 31))
    with pytest.raises(Denied):
        queries.loan_products(act())
    said = Deed.objects.filter(name="loans.LoanProductLaidDown").count()
    assert said == LoanProduct.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "article"),
    [
        ({"rate": (4, 100)}, "제56조제4항"),
        ({"late_rate": (46, 1000)}, "제56조제5항"),
        ({"late_rate": (21, 100)}, "이자제한법"),
        ({"most_won": 10_000_001}, "제56조제3항"),
        ({"fund": "general"}, "시행령 제22조제4항|제56조제8항"),
    ],
)
def test_what_the_bylaws_and_the_law_ask_is_asked_of_the_product(house, wrong, article):
    with pytest.raises(RuleNotMet, match=article):
        house.product(**wrong)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"code": "가"}, commands.LoanProductCodeUnreadable),
        ({"most_won": 10**15}, commands.LoanSumAbsurd),
        ({"rate": (1, 12_345)}, commands.LoanRateTooFine),
        ({"article": " "}, commands.LoanProductArticleMissing),
        ({"least_won": 0}, commands.LoanProductRangeImpossible),
        ({"least_won": 10_000_001}, commands.LoanProductRangeImpossible),
        ({"grace_months": 36}, commands.LoanProductRangeImpossible),
        ({"longest_months": 601}, TermsUnfit),
    ],
)
def test_what_makes_no_product_is_refused(house, wrong, refusal):
    with pytest.raises(refusal):
        house.product(**wrong)


def test_versions_follow_each_other_and_end(house, act):
    first = house.product()
    with pytest.raises(commands.LoanProductLaterKnown):
        house.product(name="같은 날")
    second = house.product(from_date=date(2026, 7, 1), most_won=5_000_000)
    first.refresh_from_db()
    assert first.until_date == second.from_date
    offered = queries.loan_products(act("member"), on=TODAY)
    assert [one.id for one in offered] == [second.pk]
    assert len(queries.loan_products(act("member"))) == 2
    with pytest.raises(commands.LoanProductEndedBefore):
        commands.end_loan_product(
            act("loan_officer"), product_id=first.pk, until_date=TODAY, decided_by="이사회"
        )
    with pytest.raises(commands.LoanProductRangeImpossible):
        commands.end_loan_product(
            act("loan_officer"), product_id=second.pk, until_date=FIRST, decided_by="이사회"
        )
    with pytest.raises(Denied):
        commands.end_loan_product(
            act("member"), product_id=second.pk, until_date=TODAY, decided_by="이사회"
        )
    commands.end_loan_product(
        act("loan_officer"), product_id=second.pk, until_date=TODAY, decided_by="이사회 3호"
    )
    assert queries.loan_products(act("member"), on=TODAY) == []


def test_an_ordinary_cooperative_may_not_lend_and_is_told_by_what_rule(db, act):
    parties.found_network(act("system"), name="한울", legal_form="cooperative")
    ledger.open_books(act("system"), first_date=FIRST)
    with pytest.raises(commands.LoansNotAllowed, match="제45조제3항"):
        commands.lay_down_loan_product(act("loan_officer"), **PRODUCT)
