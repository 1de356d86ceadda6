"""The ledger's pages: funds, statements, entries, periods, and the proof that all is sound."""

from __future__ import annotations

from django.urls import path

from .accounts import (
    account_ledger,
    accounts,
    add_account,
    party_ledger,
    project_ledger,
    projects,
    retire_account,
    revive_account,
)
from .business import lay_down_main_business, main_business, note_main_business_figure
from .entries import (
    approve_entry,
    draft_entries,
    entries,
    entry,
    post_entry,
    reverse_entry,
    withdraw_draft,
)
from .funds import (
    fund,
    funds,
    move_between_funds,
    open_books,
    open_fund,
    retire_fund,
    revive_fund,
    set_fund_rule,
)
from .periods import close_period, kept_statement, lock_period, periods, reopen_period
from .proof import check_books, seal_books, seals
from .statements import statement, statements

app_name = "ledger"

urlpatterns = [
    path("", funds, name="funds"),
    path("open/", open_books, name="open_books"),
    path("funds/open/", open_fund, name="open_fund"),
    path("funds/move/", move_between_funds, name="move_between_funds"),
    path("funds/<str:code>/", fund, name="fund"),
    path("funds/<str:code>/rule/", set_fund_rule, name="set_fund_rule"),
    path("funds/<str:code>/retire/", retire_fund, name="retire_fund"),
    path("funds/<str:code>/revive/", revive_fund, name="revive_fund"),
    path("statements/", statements, name="statements"),
    path("statements/<slug:kind>/", statement, name="statement"),
    path("accounts/", accounts, name="accounts"),
    path("accounts/add/", add_account, name="add_account"),
    path("accounts/<str:code>/", account_ledger, name="account_ledger"),
    path("accounts/<str:code>/retire/", retire_account, name="retire_account"),
    path("accounts/<str:code>/revive/", revive_account, name="revive_account"),
    path("parties/<int:party_id>/", party_ledger, name="party_ledger"),
    path("projects/", projects, name="projects"),
    path("projects/<str:project>/", project_ledger, name="project_ledger"),
    path("entries/", entries, name="entries"),
    path("entries/new/", post_entry, name="post_entry"),
    path("entries/drafts/", draft_entries, name="draft_entries"),
    path("entries/<int:pk>/", entry, name="entry"),
    path("entries/<int:pk>/approve/", approve_entry, name="approve_entry"),
    path("entries/<int:pk>/withdraw/", withdraw_draft, name="withdraw_draft"),
    path("entries/<int:pk>/reverse/", reverse_entry, name="reverse_entry"),
    path("periods/", periods, name="periods"),
    path("periods/<str:month>/close/", close_period, name="close_period"),
    path("periods/<str:month>/reopen/", reopen_period, name="reopen_period"),
    path("periods/<str:month>/lock/", lock_period, name="lock_period"),
    path("periods/<str:month>/kept/<int:pk>.<str:ending>", kept_statement, name="kept_statement"),
    path("main-business/", main_business, name="main_business"),
    path("main-business/lay-down/", lay_down_main_business, name="lay_down_main_business"),
    path("main-business/note/", note_main_business_figure, name="note_main_business_figure"),
    path("check/", check_books, name="check_books"),
    path("seals/", seals, name="seals"),
    path("seals/seal/", seal_books, name="seal_books"),
]
