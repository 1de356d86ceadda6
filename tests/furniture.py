"""What a network at work has lying about: an application, dues and their charges, receipts, drafts.

One of everything that an address can name, so that every page can be opened.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import count
from uuid import NAMESPACE_DNS, uuid5

from dure.domains.bylaws import commands as bylaws
from dure.domains.governance import commands as governance
from dure.domains.governance.commands import actions, items, plans
from dure.domains.governance.models import (
    Competence,
    Item,
    Meeting,
    Notice,
    PlanLine,
    Proxy,
    Resolution,
    WrittenVote,
)
from dure.domains.ledger import commands as ledger, rules as entries
from dure.domains.ledger.models import PeriodStatement
from dure.domains.ledger.rules import Source, credit, debit
from dure.domains.loans import commands as loans
from dure.domains.loans.models import LoanChange, LoanCondition, LoanLetter
from dure.domains.memberships import commands as memberships
from dure.domains.memberships.models import Charge
from dure.domains.mutual_aid import commands as aid
from dure.domains.mutual_aid.rules.promises import Promised
from dure.domains.parties import commands as parties
from dure.domains.parties.commands import access
from dure.domains.parties.models import Appointment, Representative
from dure.domains.privacy import commands as privacy
from dure.domains.privacy.models import Withdrawal
from dure.domains.self_help import commands as self_help
from dure.domains.trade import commands as trade
from dure.domains.trade.models import GroupBuyBill
from dure.domains.trade.rules.group_buying import Article, Offer, Supplier, Terms
from dure.domains.trade.rules.listings import About
from dure.kernel import seals
from dure.kernel.acts import Act, Capacity
from dure.kernel.dates import Month
from dure.kernel.models import Deed, News, Read
from dure.kernel.reads import note_read
from tests.cast import Cast


@dataclass(slots=True)
class Furniture:
    """Ids by the words that addresses use for them."""

    paper_id: int = 0
    paper: str = "activity"
    application_id: int = 0
    procedure_id: int = 0
    stepwise_id: int = 0  # an application under a procedure
    approved_id: int = 0
    appealed_id: int = 0
    case_id: int = 0
    term_id: int = 0
    drafting_id: int = 0
    version: int = 0
    plan_id: int = 0
    run_id: int = 0
    charge_id: int = 0
    receipt_id: int = 0
    receipt_import_id: int = 0
    alias_id: int = 0
    mandate_id: int = 0
    debit_run_id: int = 0
    entry_id: int = 0
    draft_id: int = 0
    month: str = "2026-01"
    text_id: int = 0
    consent_id: int = 0
    other_person_id: int = 0
    other_organisation_id: int = 0
    party_import_id: int = 0
    designation_id: int = 0
    relation_id: int = 0
    representative_id: int = 0
    appointment_id: int = 0
    token_id: int = 0
    kept_id: int = 0
    subscription_id: int = 0
    movement_id: int = 0
    claim_id: int = 0
    news_id: int = 0
    body_id: int = 0
    seat_id: int = 0
    seat_term_id: int = 0
    competence_id: int = 0
    quota_id: int = 0
    meeting_id: int = 0
    demand_id: int = 0
    notice_id: int = 0
    proxy_id: int = 0
    written_id: int = 0
    item_id: int = 0
    issue_id: int = 0
    action_id: int = 0
    part_id: int = 0
    version_id: int = 0
    network_plan_id: int = 0
    item_paper_id: int = 0
    vote_id: int = 0
    option_id: int = 0
    election_id: int = 0
    resolution_id: int = 0
    breach_id: int = 0
    read_id: int = 0
    destruction_id: int = 0
    centre_text_id: int = 0
    handover_id: int = 0
    withdrawal_id: int = 0
    loan_product_id: int = 0
    loan_id: int = 0
    aid_plan_id: int = 0
    aid_enrolment_id: int = 0
    aid_claim_id: int = 0
    aid_file_id: int = 0
    aid_campaign_id: int = 0
    aid_gift_id: int = 0
    aid_grant_id: int = 0
    grant_file_id: int = 0
    placement_id: int = 0
    listing_id: int = 0
    photo_id: int = 0
    staged_id: int = 0
    deal_id: int = 0
    order_id: int = 0
    buy_id: int = 0
    bill_id: int = 0
    bundle_id: int = 0
    recurring_id: int = 0
    fund_use_id: int = 0
    round_id: int = 0
    pool_part_id: int = 0
    bar_id: int = 0
    contribution_id: int = 0
    loan_paper_id: int = 0
    letter_id: int = 0
    change_id: int = 0
    guarantee_id: int = 0
    condition_id: int = 0
    self_help_fund_id: int = 0  # of the organisation that is spoken for
    participant_id: int = 0


def furnish(cast: Cast, at: datetime) -> Furniture:
    """Put one of everything into the network of the cast."""
    numbers = count(1)

    def act(actor_id: int | None = None) -> Act:
        key = uuid5(NAMESPACE_DNS, f"furniture-{next(numbers)}")
        return Act(actor_id, at, key, "cli", frozenset({Capacity("system"), Capacity("operator")}))

    found = Furniture()
    today = date(2026, 11, 20)
    found.text_id = parties.publish_consent_text(
        act(), purpose="newsletter", title="소식지 받기", text="소식지를 받습니다.", from_date=today
    ).pk
    found.consent_id = parties.give_consent(act(), person_id=cast.member, text_id=found.text_id).pk
    found.application_id = memberships.apply_for_membership(
        act(), member_class="organisation", kind="organisation", name="새싹협동조합",
        contact_name="오새싹", email="sprout@example.kr", motivation="함께 하고 싶습니다.",
        consents=(found.text_id,),
    ).pk  # fmt: skip
    _admissions(found, act, cast.member)
    found.case_id = memberships.open_conduct_case(
        act(), membership_id=cast.member_membership, kind="warning", ground="bylaw_reason",
        article="정관 제13조", reason="장터 규정을 어겼습니다.",
    ).pk  # fmt: skip
    memberships.note_conduct_notice(
        act(), case_id=found.case_id, notice_date=today, way="post", meeting_date=date(2026, 12, 1)
    )
    found.term_id = memberships.lay_down_class_term(
        act(), member_class="organisation", kind="benefit", use="fund", text="협동기금 이용",
        article="협동기금 규정 제5조", from_date=date(2026, 1, 1),
    ).pk  # fmt: skip
    found.drafting_id = memberships.start_code_drafting(act(), title="윤리강령 고치기").pk
    memberships.note_drafting_stage(
        act(), drafting_id=found.drafting_id, kind="workshop", on_date=today, topic="노동", people=9
    )
    found.version = memberships.adopt_ethics_code(
        act(), title="윤리강령", text="## 함께\n- 서로 돕습니다.", body="steering_committee",
        adopted_date=today, minutes="운영위원회 제1호",
    ).version  # fmt: skip
    found.loan_product_id = loans.lay_down_loan_product(
        act(), code="bridge", name="이음 대출", article="소액대출 규정 제5조", decided_by="이사회",
        from_date=today, least_won=100_000, most_won=5_000_000, longest_months=24, rate=(3, 100),
        late_rate=(4, 100), fund=ledger.open_fund(act(), code="microloan").code,
        papers=("신분증 사본",),
    ).pk  # fmt: skip
    found.loan_id = loans.apply_for_loan(
        act(), membership_id=cast.organisation_membership, product_id=found.loan_product_id,
        won=1_000_000, months=12,
    ).pk  # fmt: skip
    _aid(found, act, cast.organisation_membership, today)
    _campaign(found, act, cast, today)
    ledger.post_entry(
        act(), date=today, text="상호부조회비", source=Source("tests.Furniture", 1),
        sides=(debit("1010", "mutual_aid", 900_000), credit("4030", "mutual_aid", 900_000)),
    )  # fmt: skip
    found.placement_id = aid.place_reserve(
        act(), institution="국민은행", kind="deposit", won=500_000, rate=(3, 100),
        matures_date=date(2027, 11, 20), decided_by="이사회",
    ).pk  # fmt: skip
    _trade(found, cast, act, today)
    found.loan_paper_id = loans.hand_in_loan_paper(
        act(), loan_id=found.loan_id, title="신분증 사본", name="신분증.pdf", content=b"%PDF-1.4"
    ).pk
    found.guarantee_id = loans.name_guarantor(
        act(), loan_id=found.loan_id, membership_id=cast.member_membership
    ).pk
    found.letter_id = LoanLetter.objects.create(
        loan_id=found.loan_id, step="reminder", sent_date=today, oldest_date=today, won=1_000
    ).pk
    found.change_id = LoanChange.objects.create(
        loan_id=found.loan_id, kind="waived", changed_date=today, won=1_000, decided_by="사무국"
    ).pk
    found.condition_id = LoanCondition.objects.create(loan_id=found.loan_id, text="통장 사본").pk
    found.plan_id = memberships.set_dues_plan(
        act(), member_class="organisation", name="월회비", period="month", amount_won=50_000,
        from_month=Month(2026, 1),
    ).pk  # fmt: skip
    run = memberships.bill_dues(act(), month=Month(2026, 10))
    found.run_id = run.pk
    found.receipt_id = memberships.enter_receipt(
        act(), receipt_date=today, amount_won=70_000, payer="알수없음"
    ).pk
    found.receipt_import_id = memberships.upload_receipts(
        act(),
        filename="bank.csv",
        content="거래일자,입금액,보낸분\n2026-11-19,50000,햇살돌봄\n".encode(),
    ).pk
    found.mandate_id = memberships.give_mandate(
        act(), membership_id=cast.organisation_membership, bank="국민은행",
        account_number="123456789012", holder="최다온", consent_text="동의합니다.", evidence="written",
    ).pk  # fmt: skip
    found.debit_run_id = memberships.request_debits(act(), collect_date=date(2026, 11, 20)).pk
    found.alias_id = memberships.note_payer(
        act(), membership_id=cast.organisation_membership, text="이대표"
    ).pk
    sides = (
        entries.debit("5210", "general", 30_000),
        entries.credit("1010", "general", 30_000),
    )
    found.entry_id = ledger.post_entry(act(), date=today, text="사무용품", sides=sides).pk
    found.draft_id = ledger.draft_entry(
        act(cast.bookkeeper), date=today, text="행사비", sides=sides
    ).pk
    found.other_person_id = parties.add_person(act(), name="윤겨울").pk
    found.other_organisation_id = parties.add_organisation(act(), name="햇살돌봄").pk
    found.self_help_fund_id = self_help.take_on_self_help_fund(
        act(), code="angels", name="천사금고", association_id=cast.organisation,
        legal_form="social_cooperative", contract="위탁운영계약 1호", from_date=today,
        fee_of="income", fee_share=(1, 10),
    ).pk  # fmt: skip
    found.participant_id = self_help.enter_participant(
        act(), fund_id=found.self_help_fund_id, party_id=found.other_organisation_id
    ).pk
    found.designation_id = parties.designate_organisation(
        act(), organisation_id=cast.organisation, kind="social_enterprise", from_date=today
    ).pk
    content = "이름,지역\n다온협동조합,서울\n".encode()
    found.party_import_id = parties.stage_import(
        act(), file_name="조직.csv", digest=sha256(content).hexdigest(), mapping=("name", ""),
        publish=False, content=content,
    ).pk  # fmt: skip
    found.charge_id = Charge.objects.order_by("pk").values_list("pk", flat=True)[0]
    found.relation_id = parties.declare_relation(
        act(), person_id=cast.member, other_id=cast.bookkeeper, kind="near_relative",
        from_date=date(2027, 5, 1),
    ).pk  # fmt: skip
    found.representative_id = Representative.objects.values_list("pk", flat=True)[0]
    found.appointment_id = Appointment.objects.order_by("pk").values_list("pk", flat=True)[0]
    ledger.close_period(act(), month="2026-01")
    found.kept_id = PeriodStatement.objects.values_list("pk", flat=True)[0]
    mine = Act(cast.member, at, uuid5(NAMESPACE_DNS, "token"), "web", frozenset())
    found.token_id = access.issue_token(
        mine, account_id=cast.accounts["member"], name="엑셀", scopes=("me:read",),
        digest="0" * 64, prefix="dure_0000000",
    ).pk  # fmt: skip
    _furnish_shares(found, cast, act)
    _furnish_meetings(found, cast, act, at)
    found.news_id = News.objects.create(
        deed_id=Deed.objects.order_by("pk").values_list("pk", flat=True)[0],
        kind="invitation", payload='{"invitation_id":0}', next_at=at, state=News.State.GIVEN_UP,
    ).pk  # fmt: skip
    found.paper_id = memberships.issue_paper(
        act(), kind="yearly_statement", membership_id=cast.organisation_membership
    ).pk
    _furnish_privacy(found, cast, act, at)
    seals.seal_books(act())
    return found


def _furnish_privacy(found: Furniture, cast: Cast, act: Callable[..., Act], at: datetime) -> None:
    """A breach, a list the bookkeeper took along, a log so old that it is destroyed."""
    found.breach_id = privacy.record_breach(
        act(), what="명단을 잘못 보냈습니다.", found_at=at, kinds=("name",), people_count=1
    ).pk
    privacy.name_breached_people(act(), breach_id=found.breach_id, person_ids=(cast.member,))
    found.centre_text_id = parties.publish_consent_text(
        act(), purpose="third_party_centre", title="지원센터에 알리기", text="지원센터에 알립니다.",
        from_date=at.date(), recipient="한울 지원센터", items=("name", "email"), kept_text="1년",
    ).pk  # fmt: skip
    given = parties.give_consent(act(), person_id=cast.member, text_id=found.centre_text_id)
    found.handover_id = privacy.hand_over_data(act(), text_id=found.centre_text_id).pk
    parties.withdraw_consent(act(), consent_id=given.pk)
    found.withdrawal_id = Withdrawal.objects.values_list("pk", flat=True)[0]
    parties.give_consent(act(), person_id=cast.member, text_id=found.centre_text_id)
    note_read(act(cast.bookkeeper), None, "memberships.members", 2, download=True)
    found.read_id = Read.objects.order_by("-pk").values_list("pk", flat=True)[0]
    note_read(replace(act(), at=at.replace(year=2021)), cast.member, "parties.person")
    found.destruction_id = privacy.begin_destruction(act()).pk


PROCEDURE = """
[procedure]
title = "시험 절차"
document = "회원 규정"
article = "제3조"
[[step]]
kind = "papers"
title = "서류"
papers = ["가입신청서"]
[[step]]
kind = "pledge"
title = "윤리강령"
version = "1"
wording = "함께 지키겠습니다."
[[step]]
kind = "sponsors"
title = "추천"
[[step.way]]
by = "members"
value = "1"
[[step]]
kind = "decision"
title = "의결"
body = "운영위원회"
[step.majority]
comparison = "more_than"
value = "1/2"
[[step]]
kind = "shares"
title = "출자"
[step.within]
value = "30"
[[step]]
kind = "appeal"
title = "이의"
body = "총회"
[step.within]
value = "30"
"""


def _admissions(found: Furniture, act: Callable[..., Act], sponsor_id: int) -> None:
    """Three applications under a procedure: begun, approved and not paid, refused and appealed."""
    memberships.add_member_class(
        act(), name="조합원", code="shareholder", who="person", share_minimum_won=10_000
    )
    found.procedure_id = memberships.load_procedure(
        act(), member_class="shareholder", from_date=date(2026, 1, 1), file=PROCEDURE
    ).pk

    def applied(name: str) -> int:
        made = memberships.apply_for_membership(
            act(), member_class="shareholder", kind="person", name=name,
            email="new@example.kr", consents=(found.text_id,),
        )  # fmt: skip
        return int(made.pk)

    def decided(application_id: int, in_favour: int) -> None:
        memberships.decide_application(
            act(), application_id=application_id, seats=3, present=3, in_favour=in_favour,
            against=3 - in_favour, minutes="1차 회의", reason="시험",
        )  # fmt: skip

    found.stepwise_id, found.approved_id = applied("하나"), applied("두리")
    found.appealed_id = applied("서이")
    one = found.approved_id
    memberships.note_step(act(), application_id=one, step="papers", item="가입신청서")
    memberships.sign_pledge(act(), application_id=one, step="pledge", name="두리")
    memberships.sponsor_application(
        act(), application_id=one, step="sponsors", party_id=sponsor_id, on_paper=True
    )
    decided(one, 2)
    decided(found.appealed_id, 1)
    memberships.appeal_refusal(act(), application_id=found.appealed_id, text="다시 보아 주세요.")


def _furnish_shares(found: Furniture, cast: Cast, act: Callable[..., Act]) -> None:
    """Bylaws with shares, half of them paid, and one asked back."""
    for key, value, kind, label in (
        ("shares.held", "yes", "", ""),
        ("shares.reduction_allowed", "yes", "", ""),
        ("shares.unit_won", "10,000", "won", "출자 1좌의 금액"),
    ):
        bylaws.adopt_provision(
            act(), key=key, value=value, kind=kind, comparison="exactly" if kind else "",
            label=label, document="정관", article="제13조", from_date=date(2026, 1, 1),
            decided_by="창립총회",
        )  # fmt: skip
    found.subscription_id = memberships.subscribe_shares(
        act(), membership_id=cast.organisation_membership, shares=10
    ).pk
    found.movement_id = memberships.pay_shares(
        act(), subscription_id=found.subscription_id, amount_won=50_000
    ).pk
    found.claim_id = memberships.reduce_shares(
        act(), membership_id=cast.organisation_membership, shares=1
    ).pk


def _furnish_meetings(found: Furniture, cast: Cast, act: Callable[..., Act], at: datetime) -> None:
    """A general meeting in session: one item decided, one being voted on, one to come."""
    found.body_id = governance.add_body(act(), name="총회", kind="general_meeting").pk
    found.demand_id = governance.demand_meeting(
        act(), body_id=found.body_id, party_id=cast.member, purpose="예산을 다시 살핍니다."
    ).pk
    found.seat_id = governance.add_seat(
        act(), body_id=found.body_id, kind="elected", title="의장", is_chair=True
    ).pk
    found.competence_id = Competence.objects.values_list("pk", flat=True)[0]
    found.quota_id = governance.lay_down_quota(
        act(), body_id=found.body_id, group="여성", count=1, article="정관 제40조"
    ).pk
    section = governance.add_body(
        act(), name="놀이분과", kind="section", from_date=date(2026, 1, 1)
    ).pk
    held = governance.add_seat(act(), body_id=section, kind="appointed").pk
    governance.add_seat(
        act(), body_id=section, kind="by_organisation", organisation_id=cast.organisation
    )
    found.seat_term_id = governance.fill_seat(
        act(), seat_id=held, person_id=cast.member, from_date=date(2026, 1, 1)
    ).pk
    found.meeting_id = governance.plan_meeting(
        act(), body_id=found.body_id, title="정기총회", starts_at=at, place="마을회관"
    ).pk
    found.issue_id = governance.raise_issue(
        act(), title="마을 공유부엌", body_id=found.body_id, party_id=cast.organisation
    ).pk
    items = [
        governance.add_item(act(), meeting_id=found.meeting_id, title=title).pk
        for title in ("사업보고", "사업계획", "예산", "장터 날짜")
    ]
    for item in items[2:]:
        for text in ("첫째 토요일", "셋째 토요일"):
            governance.add_option(act(), item_id=item, text=text)
    Meeting.objects.filter(pk=found.meeting_id).update(state=Meeting.State.CONVENED)
    Item.objects.filter(meeting=found.meeting_id).update(was_told=True)
    for party_id in (cast.organisation, cast.member):
        governance.check_in(act(), meeting_id=found.meeting_id, party_id=party_id)
    governance.open_meeting(
        act(), meeting_id=found.meeting_id, chair_id=cast.member, chair_reason="elected"
    )
    told = {"meeting_id": found.meeting_id, "party_id": cast.organisation}
    found.notice_id = Notice.objects.create(**told, way="mail", noted_at=at).pk
    found.proxy_id = Proxy.objects.create(
        **told, person_id=cast.representative, paper="위임장 1", given_at=at
    ).pk
    governance.keep_proxy_paper(
        act(), proxy_id=found.proxy_id, name="위임장.pdf", content=b"%PDF-1.7 proxy"
    )
    found.written_id = WrittenVote.objects.create(
        item_id=items[2], party_id=cast.organisation, choice="yes", paper="서면 1", noted_at=at
    ).pk
    decided, found.vote_id = (
        governance.open_vote(act(), item_id=item, method="named").pk for item in items[:2]
    )
    found.item_id = items[2]
    found.option_id = Item.objects.get(pk=found.item_id).options.order_by("pk")[0].pk
    found.election_id = governance.open_vote(
        act(), item_id=items[3], method="named", form="choice"
    ).pk
    governance.close_vote(act(), vote_id=decided)
    found.resolution_id = Resolution.objects.values_list("pk", flat=True)[0]
    _furnish_agenda(found, cast, act)


def _furnish_agenda(found: Furniture, cast: Cast, act: Callable[..., Act]) -> None:
    """A paper and something to do with an item; a plan with a draft of its change."""
    paper = items.add_item_paper(act(), item_id=found.item_id, name="예산.pdf", content=b"%PDF-1")
    found.item_paper_id = paper.pk
    found.action_id = actions.add_action(
        act(), meeting_id=found.meeting_id, item_id=found.item_id, text="견적 받기",
        owner_id=cast.organisation, due_date=act().today,
    ).pk  # fmt: skip
    draft = plans.add_plan(act(), title="5개년계획", from_year=2026, until_year=2030)
    found.version_id, found.network_plan_id = draft.pk, draft.plan_id
    project = plans.PlanRow(
        "협력", "되살림", "거점매장", owner_id=cast.organisation, budgets=((2026, 10_000_000),),
        indicators=(plans.Indicator("매장", "곳", 0, 6_000),),
    )  # fmt: skip
    plans.import_plan(act(), version_id=draft.pk, rows=[project])
    found.part_id = PlanLine.objects.get(title="거점매장").part_id


def _trade(found: Furniture, cast: Cast, act: Callable[..., Act], today: date) -> None:
    """A deal that waits for the organisation, a settled round of clearing."""
    shop = parties.add_organisation(act(), name="새참상회").pk
    found.deal_id = trade.record_deal(
        act(), party_id=shop, other_id=cast.organisation, sells=True, what="떡 한 말",
        won=110_000, dealt_date=today,
    ).pk  # fmt: skip
    found.order_id = trade.propose_order(
        act(), party_id=shop, other_id=cast.organisation, sells=True,
        lines=[("떡", 3, "말", 110_000, "free")],
    ).pk  # fmt: skip
    found.recurring_id = trade.propose_recurring_deal(
        act(), party_id=shop, other_id=cast.organisation, sells=True, what="청소", won=220_000,
        month_day=31, from_date=today,
    ).pk  # fmt: skip
    third = parties.add_organisation(act(), name="너른들").pk
    for seller, buyer, won in (
        (shop, cast.organisation, 120_000), (cast.organisation, shop, 90_000),
        (cast.organisation, third, 30_000),
    ):  # fmt: skip
        made = trade.record_deal(
            act(), party_id=seller, other_id=buyer, sells=True, what="콩 한 말", won=won,
            dealt_date=today, due_date=today,
        )  # fmt: skip
        trade.confirm_deal(act(), deal_id=made.pk, on_paper="거래명세서")
    lunch = About("두레 도시락", kind="goods", category="food", tax="taxed", price_won=9_000)
    found.listing_id = trade.add_listing(
        act(), party_id=cast.organisation, side="offer", about=lunch
    ).pk
    found.staged_id = trade.stage_listings(
        act(), party_id=cast.organisation, side="offer", file_name="팔것.csv", head=("이름", "값"),
        rows=((2, ("김밥", "4천원")), (3, ("", "많음"))),
    ).pk  # fmt: skip
    found.photo_id = trade.add_listing_photo(
        act(), listing_id=found.listing_id, name="도시락.jpg", content=b"\xff\xd8\xff\xd9-"
    )
    found.round_id, found.pool_part_id = _round_with_pool(cast, act, today, shop, third)
    found.bar_id = trade.bar_from_clearing(
        act(), party_id=third, ground="seizure", from_date=today, paper="2026타채77 압류명령"
    ).pk
    _together(found, cast, act, today, shop)
    found.contribution_id = trade.lay_down_contribution(
        act(), name="상호거래 적립", article="협동기금 규정 제3조", decided_by="총회",
        basis="sale", bearer="seller", ratio=(2, 100), every="month",
        from_date=today.replace(day=1), fund="cooperative",
    ).pk  # fmt: skip
    ledger.post_entry(
        act(), date=today, text="기부",
        sides=(debit("1010", "cooperative", 900_000), credit("4120", "cooperative", 900_000)),
    )  # fmt: skip
    found.fund_use_id = trade.decide_fund_use(
        act(), what="공동 배송차", won=500_000, decided_by="이사회 3호"
    ).pk


def _round_with_pool(
    cast: Cast, act: Callable[..., Act], today: date, shop: int, third: int
) -> tuple[int, int]:
    """A settled round: a ring of two, and a chain down which the pool lends; what it lent."""
    fund = ledger.open_fund(act(), code="cooperative").code
    sides = (debit("1010", fund, 200_000), credit("4020", fund, 200_000, party_id=shop))
    ledger.post_entry(act(), date=today, text="적립금", sides=sides)
    trade.open_pool(
        act(), won=50_000, member_won=50_000, repay_days=30, until_date=date(today.year + 1, 1, 1),
        decided_by="이사회",
    )  # fmt: skip
    held = trade.open_clearing(act(), with_pool=True)
    for party, borrows_won in ((shop, 0), (cast.organisation, 0), (third, 30_000)):
        trade.agree_to_clearing(
            act(), round_id=held.pk, party_id=party, on_paper="상계 동의서", borrows_won=borrows_won
        )
    trade.settle_clearing(act(), round_id=held.pk)
    return held.pk, held.pool_parts.get(how="lent").pk


def _together(
    found: Furniture, cast: Cast, act: Callable[..., Act], today: date, shop: int
) -> None:
    """A group buy that came and is billed, a bundle."""
    terms = Terms(
        (Article("감귤", 4),), (Supplier("새참상회", 0, 3_000, shop),),
        (Offer("감귤", "새참상회", ((1, 12_000), (10, 10_000))),),
    )  # fmt: skip
    found.buy_id = trade.open_group_buy(
        act(), organiser_id=shop, name="겨울 감귤", terms=terms, drops=["두레회관"],
        closes_at=act().at + timedelta(days=1),
    ).pk  # fmt: skip
    trade.wish_in_group_buy(
        act(), buy_id=found.buy_id, party_id=cast.organisation, wishes={"감귤": (4, 0)}
    )
    trade.close_group_buy(act(), buy_id=found.buy_id)
    trade.deliver_group_buy(act(), buy_id=found.buy_id, came=[])
    trade.settle_group_buy(act(), buy_id=found.buy_id)
    found.bill_id = GroupBuyBill.objects.get().pk
    found.bundle_id = trade.make_bundle(
        act(), name="명절 꾸러미", price_won=30_000,
        parts=[(cast.organisation, "쿠키", 10_000), (cast.organisation, "차", 20_000)],
    ).pk  # fmt: skip


def _campaign(found: Furniture, act: Callable[..., Act], cast: Cast, today: date) -> None:
    """A campaign that a member and another decide in, a gift, an application."""
    found.aid_campaign_id = aid.open_aid_campaign(
        act(), name="우애 나눔", purpose="문을 닫은 가게를 돕습니다", article="상호부조 규정 제12조",
        decided_by="이사회", from_date=today, until_date=date(today.year + 1, 1, 1), fund="crisis",
        rest_to="mutual_aid", per_person_won=500_000, needed=2,
        deciders=(cast.member, parties.add_person(act(), name="다른 결정자").pk),
    ).pk  # fmt: skip
    found.aid_gift_id = aid.receive_aid_gift(
        act(), campaign_id=found.aid_campaign_id, won=400_000, name="이웃"
    ).pk
    found.aid_grant_id = aid.ask_for_aid_grant(
        act(), campaign_id=found.aid_campaign_id, membership_id=cast.organisation_membership,
        need="income", about="가게를 닫았습니다", asked_won=300_000, consented=True,
    ).pk  # fmt: skip
    found.grant_file_id = aid.add_aid_grant_evidence(
        act(), grant_id=found.aid_grant_id, name="폐업.pdf", content=b"%PDF-1.7 closed"
    )


def _aid(found: Furniture, act: Callable[..., Act], membership_id: int, today: date) -> None:
    """A plan, a contract that runs, a claim with its evidence."""
    bylaws.adopt_provision(
        act(), key="mutual_aid.allowed", value="yes", kind="yes_no", comparison="exactly",
        label="회원 상호부조", document="정관", article="제40조", from_date=today,
        decided_by="총회",
    )  # fmt: skip
    found.aid_plan_id = aid.lay_down_aid_plan(
        act(), code="helping", name="두레 상호부조", article="상호부조 규정 제4조",
        decided_by="이사회", from_date=today, monthly_won=10_000, waiting_months=0,
        per_person_won=3_000_000, benefits=(Promised("death", "parent", 500_000),),
        fund=ledger.open_fund(act(), code="mutual_aid").code,
    ).pk  # fmt: skip
    found.aid_enrolment_id = aid.apply_for_aid(
        act(), membership_id=membership_id, plan_id=found.aid_plan_id
    ).pk
    aid.approve_aid_enrolment(
        act(), enrolment_id=found.aid_enrolment_id, decided_by="심사위원회 1호"
    )
    aid.sign_aid_contract(act(), enrolment_id=found.aid_enrolment_id)
    found.aid_claim_id = aid.file_aid_claim(
        act(), enrolment_id=found.aid_enrolment_id, event="death", relation="parent",
        event_date=today, about="아버지가 돌아가셨습니다.", consented=True,
    ).pk  # fmt: skip
    found.aid_file_id = aid.add_aid_evidence(
        act(), claim_id=found.aid_claim_id, name="사망진단서.jpg", content=b"\xff\xd8\xff-"
    )
