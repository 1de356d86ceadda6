"""What is offered, and the laying down of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from dure.domains.ledger import queries as ledger
from dure.ui.doors import act_of, form_page, page

from .. import commands, forms, policies, queries


def loan_products(request: HttpRequest) -> HttpResponse:
    """Every version of every product, those offered today marked."""
    act = act_of(request)
    return page(
        request,
        "loans/loan_products.html",
        {
            "products": [(one, one.is_offered(act.today)) for one in queries.loan_products(act)],
            "keeps": bool(policies.can_lay_down_loan_product(act)),
        },
    )


def lay_down_loan_product(request: HttpRequest) -> HttpResponse:
    """Lay down a product, or its next version."""
    funds = [(one.code, one.name) for one in ledger.funds()] if ledger.books_are_open() else []
    return form_page(
        request,
        form=lambda *args, **given: forms.ProductForm(*args, funds=funds, **given),
        template="loans/form.html",
        may=policies.can_lay_down_loan_product,
        call=lambda act, given: commands.lay_down_loan_product(act, **given),
        done=lambda made: "loans:loan_products",
        said=_("The product is laid down. Loans signed before keep their terms."),
        initial={"from_date": act_of(request).today, "fund": "microloan"},
        context={
            "heading": _("Lay a loan product down"),
            "submit": _("Lay it down"),
            "back": reverse("loans:loan_products"),
        },
    )


def end_loan_product(request: HttpRequest, product_id: int) -> HttpResponse:
    """Offer a product no more."""
    act = act_of(request)
    card = queries.loan_product(act, product_id)
    return form_page(
        request,
        form=forms.EndProductForm,
        template="loans/form.html",
        may=policies.can_end_loan_product,
        call=lambda act, given: commands.end_loan_product(act, product_id=product_id, **given),
        done=lambda made: "loans:loan_products",
        said=_("It is offered no more from that day; loans that run go on."),
        initial={"until_date": act.today},
        context={
            "heading": _("Offer “%(name)s” no more") % {"name": card.name},
            "submit": _("End it"),
            "back": reverse("loans:loan_products"),
        },
    )


urlpatterns = [
    path("products/", loan_products, name="loan_products"),
    path("products/lay-down/", lay_down_loan_product, name="lay_down_loan_product"),
    path("products/<int:product_id>/end/", end_loan_product, name="end_loan_product"),
]
