"""Every page tried by every role, against one table. A page that is not in the table fails.

The roles: V visitor, M member in person, R representative of a member organisation, S secretariat,
B bookkeeper, A appointed administrator outside a session, O administrator in an open session.
A page is open to a role when it answers; it is closed when it says no (403), leads to the log-in,
or does not admit that the thing exists (404). What only posts is tried by an empty post, undone at
once; what is closed must be closed to posts as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver

from dure.domains.memberships import queries
from dure.site import guide, login
from tests.cast import Cast
from tests.furniture import Furniture
from tests.site.role_table import OPEN_TO

ClientOf = Callable[[str], Client]

ROLES = {
    "V": "visitor",
    "M": "member",
    "R": "representative",
    "S": "secretariat",
    "B": "bookkeeper",
    "A": "administrator",
    "O": "open_administrator",
}
# Between them these see every page. Whom a policy lets in, no engine has a say in: where that has been
# tried, each page is opened once, by the first of these it is open to.
ON_EVERY_ENGINE = "OSMRV"
COUNTED = "SO"  # whose questions to the database are counted, when a page was opened once before
LIST_QUERIES = 15
PAGE_QUERIES = 24  # six of them find out who asks
PROOF_QUERIES = 64
NOT_COUNTED = frozenset(
    {
        "ledger:check_books",  # reads the whole books, on purpose
        "download_my_data",  # every row of every table, and what others read and did
        "governance:checks",  # recomputes every decision, on purpose
    }
)
PROOFS = frozenset(  # a resolution, recomputed from every record it rests on, on purpose
    {"governance:resolution", "governance:resolution_pdf", "governance:resolution_roll"}
)


class _Undone(Exception):
    """Rolls back what a post did."""


def addresses() -> Iterator[tuple[str, tuple[str, ...]]]:
    """(name, parameters) of every page; the API has tests of its own."""

    def walk(
        resolver: URLResolver, space: str, words: tuple[str, ...]
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        for found in resolver.url_patterns:
            all_words = (*words, *found.pattern.regex.groupindex)
            if isinstance(found, URLResolver):
                inner = f"{space}{found.namespace}:" if found.namespace else space
                yield from walk(found, inner, all_words)
            else:
                yield f"{space}{found.name}", all_words

    seen: set[str] = set()
    for name, words in walk(get_resolver(), "", ()):
        if not name.startswith("api:") and name not in seen:
            seen.add(name)
            yield name, words


def things(cast: Cast, furniture: Furniture) -> Callable[[str, str], Any]:
    """What an address names: by the parameter's word, with exceptions for some pages."""
    by_word = {
        "party_id": cast.organisation,
        "paper": furniture.paper,
        "effect": "memberships.expel_member",
        "demand_id": furniture.demand_id,
        "organisation_id": cast.organisation,
        "person_id": cast.member,
        "membership_id": cast.organisation_membership,
        "application_id": furniture.application_id,
        "procedure_id": furniture.procedure_id,
        "letter": queries.status_letter(furniture.stepwise_id),
        "plan_id": furniture.plan_id,
        "run_id": furniture.run_id,
        "charge_id": furniture.charge_id,
        "receipt_id": furniture.receipt_id,
        "alias_id": furniture.alias_id,
        "mandate_id": furniture.mandate_id,
        "import_id": furniture.party_import_id,
        "text_id": furniture.text_id,
        "case_id": furniture.case_id,
        "term_id": furniture.term_id,
        "drafting_id": furniture.drafting_id,
        "version": furniture.version,
        "consent_id": furniture.consent_id,
        "appointment_id": furniture.appointment_id,
        "designation_id": furniture.designation_id,
        "relation_id": furniture.relation_id,
        "representative_id": furniture.representative_id,
        "kept_id": cast.organisation,
        "duplicate_id": furniture.other_organisation_id,
        "token_id": furniture.token_id,
        "token": "x",
        "scope": "own",
        "news_id": furniture.news_id,
        "deed_id": 999_999,
        "body_id": furniture.body_id,
        "seat_id": furniture.seat_id,
        "seat_term_id": furniture.seat_term_id,
        "competence_id": furniture.competence_id,
        "quota_id": furniture.quota_id,
        "meeting_id": furniture.meeting_id,
        "year": 2026,
        "notice_id": furniture.notice_id,
        "proxy_id": furniture.proxy_id,
        "written_id": furniture.written_id,
        "item_id": furniture.item_id,
        "issue_id": furniture.issue_id,
        "action_id": furniture.action_id,
        "part_id": furniture.part_id,
        "version_id": furniture.version_id,
        "vote_id": furniture.vote_id,
        "option_id": furniture.option_id,
        "resolution_id": furniture.resolution_id,
        "loan_id": furniture.loan_id,
        "loan_paper_id": furniture.loan_paper_id,
        "guarantee_id": furniture.guarantee_id,
        "condition_id": furniture.condition_id,
        "letter_id": furniture.letter_id,
        "change_id": furniture.change_id,
        "payment_id": 1,
        "aid_plan_id": furniture.aid_plan_id,
        "enrolment_id": furniture.aid_enrolment_id,
        "aid_claim_id": furniture.aid_claim_id,
        "aid_file_id": furniture.aid_file_id,
        "aid_campaign_id": furniture.aid_campaign_id,
        "aid_gift_id": furniture.aid_gift_id,
        "aid_grant_id": furniture.aid_grant_id,
        "grant_file_id": furniture.grant_file_id,
        "aid_receipt_id": 1,
        "deal_id": furniture.deal_id,
        "listing_id": furniture.listing_id,
        "photo_id": furniture.photo_id,
        "staged_id": furniture.staged_id,
        "order_id": furniture.order_id,
        "deed": "decline",
        "recurring_id": furniture.recurring_id,
        "recurring_deed": "end",
        "deal_paper_id": 1,
        "use_id": furniture.fund_use_id,
        "use_deed": "give-up",
        "round_id": furniture.round_id,
        "pool_part_id": furniture.pool_part_id,
        "pool_move_id": 1,
        "bar_id": furniture.bar_id,
        "buy_id": furniture.buy_id,
        "bill_id": furniture.bill_id,
        "bundle_id": furniture.bundle_id,
        "number": 1,
        "settlement_id": 1,
        "rule_id": furniture.contribution_id,
        "contribution_id": 1,
        "fund_id": furniture.self_help_fund_id,
        "participant_id": furniture.participant_id,
        "product_id": furniture.loan_product_id,
        "placement_id": furniture.placement_id,
        "breach_id": furniture.breach_id,
        "read_id": furniture.read_id,
        "handover_id": furniture.handover_id,
        "withdrawal_id": furniture.withdrawal_id,
        "paper_id": furniture.paper_id,
        "subscription_id": furniture.subscription_id,
        "movement_id": furniture.movement_id,
        "claim_id": furniture.claim_id,
        "given": "2026-연간-0001",
        "code": "general",
        "month": furniture.month,
        "kind": "trial-balance",
        "slug": "start",
        "pk": furniture.entry_id,
        "ending": "pdf",
        "name": "x.png",
        "project": "장터",
        "uidb36": "1",
        "key": "x",
        "rule_key": "dues.reminder_after_days",
        "step": "bank",
    }
    special = {
        ("governance:plan", "plan_id"): furniture.network_plan_id,
        ("governance:revise_plan", "plan_id"): furniture.network_plan_id,
        ("governance:item_paper", "paper_id"): furniture.item_paper_id,
        ("do_month_step", "step"): "dues",
        ("undo_month_step", "step"): "accruals",
        ("governance:mark_ballot", "vote_id"): furniture.election_id,
        ("governance:open_run_off", "vote_id"): furniture.election_id,
        ("ledger:approve_entry", "pk"): furniture.draft_id,
        ("ledger:withdraw_draft", "pk"): furniture.draft_id,
        ("ledger:account_ledger", "code"): "1010",
        ("ledger:retire_account", "code"): "1010",
        ("ledger:revive_account", "code"): "1010",
        ("ledger:close_period", "month"): "2026-02",
        ("ledger:kept_statement", "pk"): furniture.kept_id,
        ("memberships:set_member_class", "code"): "organisation",
        ("memberships:class_terms", "code"): "organisation",
        ("memberships:lay_down_class_term", "code"): "organisation",
        ("memberships:conduct_letter", "kind"): "notice",
        **{
            (f"memberships:{page}", "application_id"): furniture.stepwise_id
            for page in ("note_step", "sign_pledge", "sponsor_application", "decide_application")
        },
        ("memberships:complete_admission", "application_id"): furniture.approved_id,
        ("memberships:appeal_refusal", "application_id"): furniture.appealed_id,
        ("memberships:decide_appeal", "application_id"): furniture.appealed_id,
        ("memberships:note_step", "step"): "papers",
        ("memberships:change_procedure_step", "step"): "papers",
        ("memberships:remove_procedure_step", "step"): "papers",
        ("memberships:move_procedure_step", "step"): "pledge",
        ("memberships:sign_pledge", "step"): "pledge",
        ("memberships:sign_own_pledge", "step"): "pledge",
        ("memberships:sponsor_application", "step"): "sponsors",
        ("memberships:sponsor_own", "letter"): queries.sponsors_letter(furniture.stepwise_id),
        ("memberships:accept_receipts", "import_id"): furniture.receipt_import_id,
        ("memberships:discard_receipts", "import_id"): furniture.receipt_import_id,
        ("memberships:map_receipts", "import_id"): furniture.receipt_import_id,
        ("memberships:debit_run", "run_id"): furniture.debit_run_id,
        ("memberships:debit_request_file", "run_id"): furniture.debit_run_id,
        ("memberships:take_debit_result", "run_id"): furniture.debit_run_id,
        ("memberships:settle_debit_run", "run_id"): furniture.debit_run_id,
        ("privacy:hand_over_data", "text_id"): furniture.centre_text_id,
        ("privacy:reads_of_month", "month"): "2026-10",
        ("privacy:confirm_reads", "month"): "2026-10",
        ("privacy:destruction_run", "run_id"): furniture.destruction_id,
        ("privacy:destroy_next", "run_id"): furniture.destruction_id,
        ("parties:erase_person", "person_id"): furniture.other_person_id,
        ("accept_invitation", "letter"): login.invitation_link(999).split("/")[-2],
    }
    return lambda page, word: special.get((page, word), by_word.get(word))


def closed(answer: Any) -> bool:
    if answer.status_code == 302:
        return answer.headers["Location"].startswith(reverse("account_login"))
    return answer.status_code in {403, 404}


def tried(client: Client, url: str) -> tuple[bool, str]:
    """Whether the page is open, and how it answered."""
    kept = client.cookies.copy()
    answers: dict[str, Any] = {}
    for method in ("get", "post"):
        try:
            with transaction.atomic():
                answer = getattr(client, method)(url)
                raise _Undone
        except _Undone:
            pass
        finally:
            client.cookies = kept.copy()
        assert answer.status_code < 500, (url, answer.status_code)
        if answer.status_code != 405:
            answers[method] = answer
    assert answers, url
    told = "/".join(str(answer.status_code) for answer in answers.values())
    leads_on = "get" in answers and answers["get"].status_code == 302
    if leads_on and "post" in answers:  # a GET that only leads to another page opens nothing
        return not closed(answers["post"]), told
    return not all(closed(answer) for answer in answers.values()), told


def first_to_open(name: str) -> str:
    return next((one for one in ON_EVERY_ENGINE if one in OPEN_TO.get(name, "")), "")


@pytest.mark.parametrize(
    "letter",
    [
        letter if letter in ON_EVERY_ENGINE else pytest.param(letter, marks=pytest.mark.any_engine)
        for letter in ROLES
    ],
)
def test_every_page_is_open_to_whom_it_should_be(
    letter: str,
    cast: Cast,
    furniture: Furniture,
    client_of: ClientOf,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "start.md").write_text("# 시작\n")
    monkeypatch.setattr(guide, "FOLDER", tmp_path)
    client, named = client_of(ROLES[letter]), things(cast, furniture)
    wrong, too_many = [], []
    for name, parameters in addresses():
        if connection.vendor == "postgresql" and letter != first_to_open(name):
            continue
        words = {word: named(name, word) for word in parameters}
        missing = [word for word, value in words.items() if value is None]
        assert not missing, f"{name}: what is {missing}? Say it in `things`."
        url = reverse(name, kwargs=words)
        is_open, told = tried(client, url)
        if name not in OPEN_TO:
            wrong.append(f"{name} is not in the table (answered {told})")
        elif is_open != (letter in OPEN_TO[name]):
            wrong.append(f"{name} should be {'closed' if is_open else 'open'}: {told}")
        if letter in COUNTED and connection.vendor == "sqlite" and name not in NOT_COUNTED:
            too_many += asked_too_often(client, name, url)
    assert not wrong, f"\n{ROLES[letter]}:\n" + "\n".join(wrong)
    assert not too_many, "asks the database too often:\n" + "\n".join(too_many)


def asked_too_often(client: Client, name: str, url: str) -> list[str]:
    """Lists stay under LIST_QUERIES whatever their length, pages of one thing under PAGE_QUERIES."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(url)
    is_list = "listing" in (answer.context or {})
    most = LIST_QUERIES if is_list else PAGE_QUERIES
    return (
        [f"{name}: {len(asked)}"]
        if len(asked) >= (PROOF_QUERIES if name in PROOFS else most)
        else []
    )


def test_the_table_has_no_page_that_is_gone() -> None:
    assert not OPEN_TO.keys() - {name for name, _words in addresses()}
