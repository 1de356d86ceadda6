"""The standard chart of accounts and funds of a Korean network: data, not law of this program.

A network adds accounts of its own; those with a role are known to the other rooms by that role.
"""

from __future__ import annotations

from dataclasses import dataclass

ASSET, LIABILITY, NET_ASSET, INCOME, EXPENSE = (
    "asset",
    "liability",
    "net_asset",
    "income",
    "expense",
)
KINDS = (ASSET, LIABILITY, NET_ASSET, INCOME, EXPENSE)
DEBIT_KINDS = (ASSET, EXPENSE)  # accounts that grow by debits

DUE_FROM, DUE_TO = "due_from_funds", "due_to_funds"
DUE_ROLES = (DUE_FROM, DUE_TO)


@dataclass(frozen=True, slots=True)
class ChartAccount:
    code: str
    name: str
    kind: str
    role: str = ""
    is_control: bool = False  # each line names its party
    is_money: bool = False  # cash and bank: what a fund can pay with


STANDARD_CHART: tuple[ChartAccount, ...] = (
    ChartAccount("1010", "보통예금", ASSET, "cash", is_money=True),
    ChartAccount("1020", "현금", ASSET, "petty_cash", is_money=True),
    ChartAccount("1030", "정기예금", ASSET, "time_deposit", is_money=True),
    ChartAccount("1040", "국공채", ASSET, "public_bonds"),
    ChartAccount("1110", "미수회비", ASSET, "dues_receivable", is_control=True),
    ChartAccount("1120", "자동이체 정산 중", ASSET, "debits_under_way"),
    ChartAccount("1190", "기타 미수금", ASSET, "other_receivable"),
    ChartAccount("1310", "회원 대여금", ASSET, "member_loans", is_control=True),
    ChartAccount("1320", "대출 미수이자", ASSET, "loan_interest_receivable"),
    ChartAccount("1390", "대출 대손충당금", ASSET, "loan_loss_allowance"),
    ChartAccount("1500", "다른 기금에서 받을 돈", ASSET, DUE_FROM),
    ChartAccount("2010", "가수금", LIABILITY, "suspense"),
    ChartAccount("2020", "선수회비", LIABILITY, "dues_in_advance", is_control=True),
    ChartAccount("2030", "선수수익(회비)", LIABILITY, "dues_deferred"),
    ChartAccount("2100", "예수금", LIABILITY, "withheld"),
    ChartAccount("2190", "미지급금", LIABILITY, "payable"),
    ChartAccount("2200", "환급할 출자금", LIABILITY, "share_refunds_due", is_control=True),
    ChartAccount("2500", "다른 기금에 줄 돈", LIABILITY, DUE_TO),
    ChartAccount("3010", "출자금", NET_ASSET, "share_capital", is_control=True),
    ChartAccount("3020", "감자차손익", NET_ASSET, "capital_reduction"),
    ChartAccount("3110", "이월 순자산", NET_ASSET, "carried_forward"),
    ChartAccount("4010", "회비 수입", INCOME, "dues_income"),
    ChartAccount("4020", "협동기금 적립금 수입", INCOME, "fund_contribution_income"),
    ChartAccount("4030", "상호부조회비 수입", INCOME, "aid_contribution_income"),
    ChartAccount("4110", "후원금", INCOME, "sponsorship_income"),
    ChartAccount("4120", "기부금", INCOME, "donation_income"),
    ChartAccount("4210", "보조금 수입", INCOME, "grant_income"),
    ChartAccount("4310", "대출이자 수입", INCOME, "loan_interest_income"),
    ChartAccount("4910", "이자·기타 수입", INCOME, "other_income"),
    ChartAccount("5010", "사업비", EXPENSE, "programme_expense"),
    ChartAccount("5110", "인건비", EXPENSE, "staff_expense"),
    ChartAccount("5210", "운영비", EXPENSE, "running_expense"),
    ChartAccount("5310", "회의비", EXPENSE, "meeting_expense"),
    ChartAccount("5410", "교육비", EXPENSE, "training_expense"),
    ChartAccount("5510", "지원금·보조 지급", EXPENSE, "support_paid"),
    ChartAccount("5520", "상호부조금", EXPENSE, "aid_benefits"),
    ChartAccount("5530", "상호부조회비 환급", EXPENSE, "aid_refunds"),
    ChartAccount("5610", "회비 감면·대손", EXPENSE, "dues_written_off"),
    ChartAccount("5620", "대출 대손상각비", EXPENSE, "loan_loss_expense"),
    ChartAccount("5910", "기타 비용", EXPENSE, "other_expense"),
)


@dataclass(frozen=True, slots=True)
class ChartFund:
    code: str
    name: str
    purpose: str
    restriction: str


UNRESTRICTED, RESTRICTED, EARMARKED = "unrestricted", "restricted", "earmarked"
ENTRUSTED = "entrusted"  # held for others: no entry touches it and another fund

STANDARD_FUNDS: tuple[ChartFund, ...] = (
    ChartFund("general", "일반회계", "네트워크의 운영과 일반 사업", UNRESTRICTED),
    ChartFund(
        "cooperative", "협동기금", "상호거래 적립금으로 회원의 협동사업을 돕습니다", EARMARKED
    ),
    ChartFund("microloan", "소액대출", "회원에게 소액을 빌려줍니다", RESTRICTED),
    ChartFund(
        "mutual_aid", "상호부조", "혼례·사망·질병 등의 사유가 생긴 회원을 돕습니다", RESTRICTED
    ),
    ChartFund("grant", "보조금 사업", "보조금으로 정해진 사업을 합니다", RESTRICTED),
)

GENERAL = STANDARD_FUNDS[0]
