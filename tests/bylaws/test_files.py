"""A file with a typing error is refused with its line and reason, and the old rules stay."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from dure.domains.bylaws import commands, queries, rules
from dure.domains.bylaws.models import Article, Provision
from dure.domains.bylaws.rules import PackMalformed, read_pack
from dure.kernel.models import Deed

DAY = date(2026, 11, 20)
GOOD = """\
[pack]
name = "ours"
title = "우리 정관"
origin = "bylaws"

[[provision]]
key = "dues.full_member_won"
label = "정회원 월 회비"
kind = "won"
comparison = "at_least"

[[provision.value]]
from = 2024-01-01
value = "3만원"
document = "정관"
article = "제8조"

[[provision]]
key = "meetings.notice_days"
label = "총회 통지"
kind = "days"
comparison = "at_least"

[[provision.value]]
from = 2024-01-01
value = "14"
document = "정관"
article = "제14조"

[[article]]
document = "정관"
article = "제8조"
heading = "회비"
from = 2024-01-01
text = \"\"\"
정회원의 회비는 월 3만원 이상으로 한다.
[[provision]] 이라는 말이 글 속에 있어도 된다.
\"\"\"
"""


def wrong(old: str, new: str, line: int, reason: str):
    assert old in GOOD, old
    return pytest.param(GOOD.replace(old, new, 1), line, reason, id=reason)


WRONG = [
    wrong('label = "정회원', 'lable = "정회원', 8, "“lable” is unknown here"),
    wrong('title = "우리 정관"', 'title = "우리 정관"\nowner = "x"', 4, "“owner” is unknown here"),
    wrong('value = "3만원"', 'value = "3만원"\nunit = "won"', 15, "“unit” is unknown here"),
    wrong("[pack]", "[limits]\na = 1\n[pack]", 1, "“limits” is unknown here"),
    wrong('kind = "won"', 'kind = "won"\nfrom = 2024-01-01', 10, "“from” is unknown here"),
    wrong('heading = "회비"', 'title = "회비"', 33, "“title” is unknown here"),
    wrong('value = "3만원"', "value = 30000", 14, "“value” has the wrong kind of value"),
    wrong("from = 2024-01-01", 'from = "2024-01-01"', 13, "“from” has the wrong kind of value"),
    wrong("from = 2024-01-01", "from = 2024-01-01T09:00:00", 13, "“from” has the wrong kind"),
    wrong('label = "정회원 월 회비"', 'label = ""', 8, "“label” has the wrong kind of value"),
    wrong("from = 2024-01-01\n", "", 12, "“from” is missing"),
    wrong('document = "정관"\n', "", 12, "“document” is missing"),
    wrong('article = "제8조"\n', "", 12, "“article” is missing"),
    wrong('kind = "won"\n', "", 6, "“kind” is missing"),
    wrong('value = "3만원"\n', "", 12, "a value is needed"),
    wrong('value = "3만원"', 'value = "3만원"\nrepealed = true', 12, "a value is needed"),
    wrong('value = "3만원"', 'value = "삼만원쯤"', 14, "is not a value of the kind"),
    wrong('value = "14"', 'value = "-3"', 26, "is not a value of the kind"),
    wrong('kind = "won"', 'kind = "wonn"', 9, "“kind” must be one of won"),
    wrong('comparison = "at_least"', 'comparison = "atleast"', 10, "“comparison” must be one of"),
    wrong('comparison = "at_least"', 'comparison = "one_of"', 10, "cannot be compared"),
    wrong('"meetings.notice_days"', '"dues.full_member_won"', 18, "stands twice in the file"),
    wrong('"dues.full_member_won"', '"Dues Won"', 7, "“key” is written like"),
    wrong('"dues.full_member_won"', '"' + "a." * 40 + 'b"', 7, "“key” is written like"),
    wrong('origin = "bylaws"', 'origin = "law"', 1, "must be bylaws or regulation"),
    wrong('origin = "bylaws"', 'origin = "bylaws"\ninclude = ["privacy"]', 5, "“include” is unknown"),
    wrong("[[article]]", "[article]", 30, "double brackets"),
    wrong("[[provision]]", "[provision]", 18, "this is not TOML"),
    wrong('title = "우리 정관"', "title = 우리 정관", 3, "this is not TOML"),
    wrong('title = "우리 정관"', f'title = "{"길" * 200}"', 3, "longer than 120 letters"),
    wrong('article = "제8조"', f'article = "{"제" * 61}"', 16, "longer than 60 letters"),
    wrong('value = "14"', 'value = "3"', 24, "would loosen 민법 제71조"),
    wrong('kind = "days"', 'kind = "months"', 24, "is a rule of the kind"),
]  # fmt: skip


@pytest.fixture
def network(act, db):
    commands.adopt_legal_form(act("secretariat"), form="association", from_date=DAY)
    return queries.rules_on(DAY)


@pytest.mark.parametrize(("text", "line", "reason"), WRONG)
def test_what_is_wrong_is_told_with_its_line_and_the_old_rules_stay(
    act, network, text, line, reason
):
    before = Provision.objects.count(), Article.objects.count(), Deed.objects.count()
    with translation.override("en"), pytest.raises(PackMalformed) as refused:
        commands.import_provisions(act("secretariat"), file=text)
    assert refused.value.faults[0]["line"] == line, str(refused.value)
    assert reason in str(refused.value)
    assert (Provision.objects.count(), Article.objects.count(), Deed.objects.count()) == before
    assert queries.rules_on(DAY) == network


def test_the_right_file_lays_everything_down_once(act, network):
    commands.import_provisions(act("secretariat"), file=GOOD, decided_by="2023 총회 2호")
    book = queries.rules_on(DAY)
    assert book.number("dues.full_member_won") == 30_000
    assert book.number("meetings.notice_days") == 14
    assert "월 3만원 이상" in book.provision("dues.full_member_won").citation.text
    assert "[[provision]]" in queries.articles_on(DAY)["정관", "제8조"].text
    rows = Provision.objects.count()
    assert commands.import_provisions(act("secretariat"), file=GOOD) == 0
    assert Provision.objects.count() == rows


def test_all_faults_are_told_in_one_go():
    text = GOOD.replace('"3만원"', '"많이"').replace('"14"', '"x"').replace("heading", "titel")
    with pytest.raises(PackMalformed) as refused:
        read_pack(text)
    assert [fault["line"] for fault in refused.value.faults] == [14, 26, 33]
    assert str(refused.value).count(";") == 2


def test_two_values_of_one_day_contradict_each_other():
    value = GOOD[GOOD.index("[[provision.value]]") : GOOD.index('[[provision]]\nkey = "meet')]
    with pytest.raises(PackMalformed):
        read_pack(GOOD.replace(value, value + value, 1))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (GOOD.encode("cp949"), "UTF-8"),
        (GOOD.encode("utf-16"), "UTF-8"),
        (b"PK\x03\x04\x14\x00\xff\xfe", "UTF-8"),
        (GOOD.encode() + b"# " + b"x" * 1_000_000, "longer than any bylaws"),
    ],
    ids=["cp949", "utf-16", "a workbook", "1 MB"],
)
def test_what_is_no_text_of_ours_is_refused(content, reason):
    with translation.override("en"), pytest.raises(PackMalformed, match=reason):
        read_pack(rules.decoded(content))


@pytest.mark.parametrize("text", ["", "[pack]", "a = 1", "[[[", "=" * 1000, "[pack]\nname = 3"])
def test_rubbish_is_refused_and_crashes_nothing(text):
    with pytest.raises(PackMalformed):
        read_pack(text)


def test_a_mark_of_byte_order_and_windows_line_ends_are_read():
    assert read_pack(rules.decoded(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())) == (
        read_pack(GOOD)
    )
