"""The style guide: every part once, with invented content, for those who build pages and for the
tests that look at them. Shown by developers' servers only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest

from dure.kernel.refusals import Refusal
from dure.ui import charts
from dure.ui.fields import DateField, MonthField, RatioField, WonField
from dure.ui.navigation import MenuItem, NavGroup, NavItem
from dure.ui.tables import Asked, Column, Listing, Table, listing

MONTHS = tuple(f"{n}월" for n in range(1, 13))
BILLED = (
    5_980_000,
    6_040_000,
    6_040_000,
    6_120_000,
    6_120_000,
    6_200_000,
    6_200_000,
    6_310_000,
    6_310_000,
    6_310_000,
    6_390_000,
    6_390_000,
)
PAID = (
    5_710_000,
    5_890_000,
    5_640_000,
    6_000_000,
    5_960_000,
    6_080_000,
    5_870_000,
    6_100_000,
    6_150_000,
    6_020_000,
    5_480_000,
    3_150_000,
)
FUND = tuple(48_000_000 + n * 2_350_000 for n in range(12))


class LoanTooLong(Refusal):
    """The loan would run longer than the bylaws allow."""

    text = "소액대출의 기간은 %(most)s년까지입니다."
    remedy = "기간을 줄이거나, 이사회에 예외를 안건으로 올려 주세요."
    checks = (
        {
            "article": "소액대출 규정 제7조",
            "asked": "기간 3년 이하",
            "found": "4년",
            "passed": False,
        },
        {
            "article": "소액대출 규정 제5조",
            "asked": "회원 가입 6개월 이상",
            "found": "2년 3개월",
            "passed": True,
        },
    )


class Sample(forms.Form):
    """Fields of every kind."""

    name = forms.CharField(label="받는 조직", max_length=40)
    amount_won = WonField(label="금액", help_text="12만원, 120,000처럼 적을 수 있어요.")
    day = DateField(label="날짜", help_text="2026.11.20도 괜찮아요.")
    period = MonthField(label="몇 월분", required=False)
    ratio = RatioField(label="적립 비율", required=False, help_text="2% 또는 1/3처럼 적어 주세요.")
    kind = forms.ChoiceField(label="분야", choices=[("care", "돌봄"), ("food", "먹거리")])
    way = forms.ChoiceField(
        label="내는 방법",
        choices=[("auto", "자동이체"), ("hand", "직접 이체")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="메모", required=False, widget=forms.Textarea, help_text="받는 조직에도 보여요."
    )
    agreed = forms.BooleanField(label="정관과 윤리 서약에 동의합니다")


@dataclass(frozen=True)
class Seen:
    pk: int
    name: str
    region: str
    paid_won: int
    state: str
    day: str


ORGANISATIONS = tuple(
    Seen(number, name, region, won, state, f"2026-11-{21 - number:02}")
    for number, (name, region, won, state) in enumerate(
        [
            ("햇살돌봄협동조합", "광진구 중곡동", 66_560_000, "검토 중"),
            ("두레생협", "광진구 자양동", 18_160_000, "완료"),
            ("마을밥상", "광진구 구의동", 66_800_000, "기한 지남"),
            ("초록에너지사회적협동조합", "광진구 화양동", 32_420_000, "임시 저장"),
            ("함께일터", "광진구 군자동", 35_400_000, "곧 마감"),
            ("누리자활센터", "광진구 광장동", -2_790_000, "완료"),
        ],
        1,
    )
)
TONES = {
    "검토 중": "info",
    "완료": "ok",
    "기한 지남": "bad",
    "임시 저장": "plain",
    "곧 마감": "warn",
}
TABLE = Table(
    id="organisations",
    title="조직",
    sort="pk",
    columns=(
        Column("name", "조직", sort="name", link=lambda row: f"#org{row.pk}"),
        Column("region", "지역", sort="region"),
        Column("paid_won", "금액(원)", kind="won", sort="paid_won"),
        Column("state", "상태", tone=lambda row: TONES[row.state]),
        Column("day", "등록일", sort="day"),
    ),
    per_page=4,
)


def shown(request: HttpRequest) -> dict[str, Any]:
    """All the guide shows."""
    wrong = Sample(
        {"name": "", "amount_won": "열두 개", "day": "2026-02-30", "kind": "care", "way": "auto"}
    )
    wrong.is_valid()
    return {
        "form": wrong,
        "refusal": LoanTooLong(most=3),
        "listing": _listing(request),
        "dues": charts.bars(
            "월별 회비",
            MONTHS,
            [
                charts.Series("청구", BILLED),
                charts.Series("납부", PAID, tuple("#entry" for _n in PAID)),
            ],
        ),
        "stack": charts.bars(
            "월별 수입과 지출",
            MONTHS,
            [
                charts.Series("회비", PAID),
                charts.Series("후원금", FUND_GIFTS),
                charts.Series("지출", SPENT),
            ],
            stacked=True,
            lines=[charts.Series("남은 돈", LEFT)],
        ),
        "fund": charts.line(
            "협동기금 잔액",
            MONTHS,
            [
                charts.Series("협동기금", FUND),
                charts.Series("소액대출", tuple(n // 3 for n in FUND)),
            ],
        ),
        "regions": charts.rows(
            "지역별 조직",
            [
                charts.Part("중곡동", 18, "#a"),
                charts.Part("자양동", 14),
                charts.Part("구의동", 11),
                charts.Part("화양동", 6),
            ],
            won=False,
            unit="곳",
        ),
        "sources": charts.share(
            "수입의 출처",
            [
                charts.Part("회비", 72_300_000),
                charts.Part("협동기금 적립", 21_400_000),
                charts.Part("후원금", 9_800_000),
                charts.Part("보조금", 30_000_000),
            ],
        ),
        "spark": charts.sparkline(FUND_GIFTS),
        "nav": NAV,
        "network": {"name": "광진 사회적경제 네트워크"},
        "account": {
            "name": "김두레",
            "roles": "사무국",
            "items": [MenuItem("내 정보", "#me"), MenuItem("로그아웃", "#out", posts=True)],
        },
        "search_url": "#search",
    }


FUND_GIFTS = (
    320_000,
    410_000,
    380_000,
    290_000,
    700_000,
    640_000,
    510_000,
    820_000,
    450_000,
    610_000,
    930_000,
    1_200_000,
)
SPENT = tuple(
    -n
    for n in (
        4_100_000,
        3_900_000,
        5_800_000,
        4_400_000,
        4_000_000,
        7_200_000,
        4_300_000,
        4_100_000,
        4_600_000,
        4_200_000,
        5_100_000,
        2_000_000,
    )
)
LEFT = tuple(a + b + c for a, b, c in zip(PAID, FUND_GIFTS, SPENT, strict=True))
NAV = (
    NavGroup(
        "",
        (
            NavItem("데스크", "#desk", "desk", 7, current=True),
            NavItem("조직", "#organisations", "organisation"),
            NavItem("회원", "#members", "member"),
        ),
    ),
    NavGroup(
        "돈",
        (
            NavItem("회비", "#dues", "receipt", 3),
            NavItem("장부", "#ledger", "ledger"),
            NavItem("기금", "#funds", "fund"),
            NavItem("결산과 보고", "#reports", "chart"),
        ),
    ),
    NavGroup(
        "운영", (NavItem("사람과 권한", "#people", "people"), NavItem("설정", "#settings", "gear"))
    ),
)


def _listing(request: HttpRequest) -> Listing:
    asked = Asked(TABLE, "", {}, None, "pk", "", 1, "")
    return listing(
        request,
        TABLE,
        asked,
        ORGANISATIONS,
        totals={"paid_won": sum(o.paid_won for o in ORGANISATIONS)},
    )
