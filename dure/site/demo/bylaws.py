"""The rules that the invented network gave itself over the years, stricter than the law. Pure."""

from __future__ import annotations

from datetime import date

from .steps import SECRETARIAT, Diary

BYLAWS, DUES_RULES = "정관", "회비규정"


def note_rules(diary: Diary) -> None:
    """Its bylaws call meetings earlier than the law asks; its rules on dues are the networks' own."""

    def adopt(
        day: date, meeting: str, document: str, article: str, text: str, **given: str
    ) -> None:
        origin = "bylaws" if document == BYLAWS else "regulation"
        diary.note(
            day, SECRETARIAT, "bylaws.adopt_provision", rank=80, document=document, article=article,
            text=text, from_date=day, decided_by=meeting, origin=origin, **given,
        )  # fmt: skip

    adopt(
        date(2016, 3, 18), "2016 정기총회 3호", BYLAWS, "제14조",
        "총회는 개최 14일 전까지 회의목적과 안건, 일시와 장소를 알린다.",
        key="meetings.notice_days", value="14",
    )  # fmt: skip
    adopt(
        date(2016, 3, 18), "2016 정기총회 3호", BYLAWS, "제9조제2항",
        "조합원 1인의 출자는 총 출자좌수의 100분의 20을 넘지 못한다.",
        key="shares.cap_ratio", value="100분의 20",
    )  # fmt: skip
    adopt(
        date(2018, 3, 16), "2018 정기총회 4호", DUES_RULES, "제3조제2항",
        "후원회원의 회비는 월 1만원 이상으로 한다.",
        key="dues.supporter_won", value="1만원", kind="won", comparison="at_least",
        label="후원회원 월 회비",
    )  # fmt: skip
    adopt(
        date(2022, 3, 18), "2022 정기총회 2호", BYLAWS, "제14조",
        "총회는 개최 10일 전까지 회의목적과 안건, 일시와 장소를 알린다.",
        key="meetings.notice_days", value="10",
    )  # fmt: skip
