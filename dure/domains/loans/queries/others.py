"""What is lent out of funds run for others, fund by fund: for their desk and their statements."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Count, F, Q, Sum

from dure.domains.self_help.queries import Lending

from ..models import Loan, LoanInstalment

__all__ = ["lending_of"]


def lending_of(funds: Collection[str], on: date) -> Mapping[str, Lending]:
    """Fund → how many loans run and wait, what is left of them, what of it is late."""
    found = (
        Loan.objects.filter(product__fund__in=funds)
        .order_by()
        .values_list("product__fund")
        .annotate(
            running=Count("pk", filter=Q(state=Loan.State.RUNNING)),
            waiting=Count("pk", filter=Q(state__in=("applied", "approved", "signed"))),
            left=Sum("committed_won", filter=Q(state=Loan.State.RUNNING)),
        )
    )
    open_won = (
        F("principal_won") + F("interest_won") - F("paid_principal_won") - F("paid_interest_won")
    )
    late = {
        fund: (count, won)
        for fund, count, won in LoanInstalment.objects.filter(
            loan__product__fund__in=funds, loan__state=Loan.State.RUNNING, due_date__lt=on
        )
        .annotate(open_won=open_won)
        .filter(open_won__gt=0)
        .order_by()
        .values_list("loan__product__fund")
        .annotate(loans=Count("loan", distinct=True), won=Sum("open_won"))
    }
    return {
        fund: Lending(running, waiting, left or 0, *late.get(fund, (0, 0)))
        for fund, running, waiting, left in found
    }
