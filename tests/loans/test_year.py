"""Weeks of a small network, told day by day from a seed; the books are proved every night."""

from __future__ import annotations

from dure.domains.loans.models import Loan

from .year import Year


def test_six_weeks_of_twenty_members(house, act):
    year = Year(house, act, seed=57)
    year.begin(20)
    year.tell(45)
    assert year.wrong == []
    assert Loan.objects.filter(state="running").count() > 3
    assert year.told["on time"] and any(": " in what for what in year.told)
