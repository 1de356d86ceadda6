"""Names compared, texts cleaned, regions and industries read."""

import pytest
from hypothesis import given, strategies as st

from dure.domains.parties.rules import industries, names, regions, texts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("(사)광진나눔", "사단법인 광진나눔"),
        ("사)광진나눔", "사단법인광진나눔"),
        ("㈜햇살", "주식회사 햇살"),
        ("햇살 (주)", "햇살주식회사"),
        ("(사협)더불업", "사회적협동조합 더불업"),
        ("Youth See", "youthsee"),
    ],
)
def test_ways_of_writing_one_name(one, other):
    assert names.name_identity(one) == names.name_identity(other)
    assert names.name_key(one) == names.name_key(other)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("햇살돌봄 사회적협동조합", "햇살돌봄"),
        ("사회적협동조합 파인트리", "파인트리"),
        ("(준)전국광역센터", "전국광역센터"),
        ("농업회사법인 (주) 들녘", "들녘"),
        ("사회적협동조합", "사회적협동조합"),
        ("한국의료복지사회적협동조합연합회", "한국의료복지사회적협동조합연합회"),
    ],
)
def test_the_key_has_no_legal_form(name, key):
    assert names.name_key(name) == key


@given(st.text(max_size=60))
def test_keys_are_stable(text):
    assert names.name_key(names.name_key(text)) == names.name_key(text)
    assert len(names.name_key(text)) <= names.NAME_MAX


def test_different_forms_are_alike_but_not_the_same():
    assert names.similarity("햇살 협동조합", "햇살 사회적협동조합") == 90
    assert names.similarity("햇살돌봄", "햇살돌봄") == 100
    assert names.similarity("햇살돌봄센터", "햇살돌봄마을센터") > 50
    assert names.similarity("햇살", "바람") == 0


def test_the_name_tells_its_form():
    assert names.legal_form_in("사단법인 강북구사회적경제협의회") == "association"
    assert names.legal_form_in("시민발전이종협동조합연합회") == "federation"
    assert names.legal_form_in("광진사회적경제네트워크") == ""


@pytest.mark.parametrize("bad", ["", "   ", "—", "()", "\u200b"])
def test_a_name_has_letters(bad):
    with pytest.raises(texts.NameMissing):
        names.clean_name(bad)


def test_long_names_and_markup():
    with pytest.raises(texts.TextTooLong):
        names.clean_name("가" * 121)
    assert names.clean_name(" <b>햇살</b>\n돌봄 ") == "<b>햇살</b> 돌봄"


@given(st.text(max_size=50))
def test_clean_text_is_one_line_or_refused(text):
    try:
        clean = texts.clean_text(text, 40, "x")
    except texts.InvalidInput:
        return
    assert clean == clean.strip() and "\n" not in clean and "\x00" not in clean
    assert texts.clean_text(clean, 40, "x") == clean


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("02)797-2017", "02-797-2017"),
        ("0221234567", "02-2123-4567"),
        ("01012345678", "010-1234-5678"),
        ("062-453-0940, 0941", "062-453-0940, 0941"),
        ("+82 2 123 4567", "+82 2 123 4567"),
        ("-", ""),
    ],
)
def test_phones(typed, read):
    assert texts.read_phone(typed, "전화") == read


@pytest.mark.parametrize("typed", ["없음", "12", "<script>", "=1+1"])
def test_no_phones(typed):
    with pytest.raises(texts.PhoneMalformed):
        texts.read_phone(typed, "전화")


def test_mobiles_are_masked_and_offices_are_not():
    assert texts.mask_mobile("010-3997-4662") == "010-****-4662"
    assert texts.mask_mobile("010 399 4662 / 02-123-4567") == "010-***-4662 / 02-123-4567"
    assert texts.mask_mobile("02-332-4252") == "02-332-4252"


@pytest.mark.parametrize(("typed", "read"), [("1,200명", 1200), ("12.0", 12), ("", None), (5, 5)])
def test_counts(typed, read):
    assert texts.read_count(typed) == read


@pytest.mark.parametrize("typed", ["-3", "많음", "1e9", "99999999999"])
def test_no_counts(typed):
    with pytest.raises(texts.CountUnreadable):
        texts.read_count(typed)


def test_mail_and_web():
    assert texts.read_email(" Name@Example.KR ", "메일") == "name@example.kr"
    assert texts.read_website("example.kr/소개", "누리집") == "https://example.kr/소개"
    for bad in ("a@b", "a b@c.kr", "@x.kr"):
        with pytest.raises(texts.EmailMalformed):
            texts.read_email(bad, "메일")
    for bad in ("javascript:alert(1)", "ftp://x.kr", "그냥 글"):
        with pytest.raises(texts.WebsiteMalformed):
            texts.read_website(bad, "누리집")
    assert texts.read_postcode("5029") == "05029"


def test_all_of_korea_is_there():
    assert len(regions.sidos()) == 17
    assert len([r for r in regions.regions() if len(r.code) == 5]) == 229
    assert len({r.code for r in regions.regions()}) == 17 + 229
    assert len(regions.sigungus("11")) == 25 and len(regions.sigungus("41")) == 31


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("서울 광진구", ("11", "11215")),
        ("광진구", ("11", "11215")),
        ("원주", ("51", "51130")),
        ("강원도 원주시 단구동", ("51", "51130")),
        ("전라북도", ("52", "")),
        ("경남 고성군", ("48", "48820")),
        ("세종특별자치시 조치원읍", ("36", "36110")),
        ("11215", ("11", "11215")),
        ("1121510100", ("11", "11215")),
        ("", ("", "")),
    ],
)
def test_regions_are_read(typed, codes):
    assert regions.read_region(typed) == codes


@pytest.mark.parametrize("typed", ["고성군", "중구", "아틀란티스", "99"])
def test_unclear_regions_are_refused(typed):
    with pytest.raises(regions.UnknownRegion):
        regions.read_region(typed)


@pytest.mark.parametrize("region", regions.regions(), ids=lambda r: r.code)
def test_every_region_reads_back_from_its_own_name(region):
    sido, sigungu = regions.read_region(regions.region_name(region.code))
    assert (sigungu or sido) == region.code


def test_industries():
    assert len(industries.industry_sections()) == 21
    for typed in ("C", "c28", "제조업", "C. 제조업"):
        assert industries.read_industry(typed) == "C"
    assert industries.read_industry("") == ""
    with pytest.raises(industries.UnknownIndustry):
        industries.read_industry("마법")
