"""Which column of a file is which field, and the words its cells use for our codes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from dure.kernel.refusals import InvalidInput
from dure.kernel.words import gettext_lazy as _

from ..codes import DESIGNATION_KINDS, LEGAL_FORMS, DesignationKind, Labels, LegalForm
from ..fields import LABELS, NotOnTheList


class NoNameColumn(InvalidInput):
    """No column was chosen for the name."""

    text = _("No column holds the name of the organisation.")
    remedy = _("Choose the column with the name.")


class FieldTwice(InvalidInput):
    """Two columns were chosen for one field."""

    text = _("Two columns are chosen for “%(field)s”.")


FIELDS: tuple[str, ...] = (
    "name", "legal_form", "designations", "business_number", "corporate_number", "region_code",
    "postcode", "address", "industry_section", "industry_text", "workers", "members",
    "founded_date", "phone", "fax", "email", "website", "description", "offers", "needs",
    "requirement", "openness", "section", "section_number", "category",
)  # fmt: skip

_HEADS: Mapping[str, str] = {
    "name": "name 이름 명칭 기관명 단체명 조직명 기업명 업체명 회사명 상호 상호명 법인명 조합명 네트워크명 회원명"
    " 사업장명 조직이름 단체이름 인증기업명 organisation organization",
    "legal_form": "legal_form 법적형태 법인형태 조직형태 법적지위 법인유형 법인구분 법인격 organisationalstructure",
    "designations": "designations 유형 조직유형 기업유형 인증유형 사회적경제유형 사회적경제조직유형 지정유형 인증구분"
    " 기업구분 지정인증",
    "business_number": "business_number 사업자등록번호 사업자번호 사업자 고유번호 사업자등록번호고유번호"
    " companieshousenumber",
    "corporate_number": "corporate_number 법인등록번호 법인번호",
    "region_code": "region region_code 지역 시도 시도시군구 시군구 소재지역 지역명 소속지역 행정구역 관할지역 소재지시도",
    "postcode": "postcode 우편번호",
    "address": "address 주소 소재지 도로명주소 사업장주소 소재지주소 본점소재지 소재지도로명주소 streetaddress",
    "industry_section": "industry_section 업종대분류 산업대분류 ksic 표준산업분류 산업분류 업종코드",
    "industry_text": "industry_text 업종 업태 종목 주요업종 산업 사업분야 분야 업종명 primaryactivity",
    "workers": "workers 종사자수 근로자수 직원수 고용인원 상시근로자수 인원 상근자수 종사자",
    "members": "members 조합원수 회원수 회원사수",
    "founded_date": "founded_date 설립일 설립일자 창립일 개업일 설립년월일 개업년월일 설립연월일",
    "phone": "phone 전화 전화번호 대표전화 연락처 대표번호 tel 사무실전화 대표연락처",
    "fax": "fax 팩스 팩스번호",
    "email": "email 이메일 전자우편 메일 이메일주소 대표이메일 메일주소",
    "website": "website 홈페이지 누리집 웹사이트 홈페이지주소 url 사이트",
    "description": "description 소개 설명 개요 기관소개 기업소개 비고설명",
    "offers": "offers 제공 제공할수있는것 사업내용 주요사업 주사업 주요제품 생산품 서비스 주요생산품 제품서비스"
    " 주요사업내용 주생산품 품목 활동 activities",
    "needs": "needs 필요 필요한것 필요사항 욕구 요청사항",
    "requirement": "requirement 가입요건 가입조건 회원자격 자격요건 가입자격",
    "openness": "open openness 가입가능여부 가입가능 가입여부 가입 개방여부 신규가입",
    "section": "section 절 구분절 디렉터리구분 대구분",
    "section_number": "no no. section_number 번호 연번 순번 일련번호",
    "category": "category 구분 분류 단위 카테고리",
}  # fmt: skip


def _bare_head(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"\(.*?\)|\[.*?\]", "", text)
    return re.sub(r"[^\w.]+", "", text).replace("_", "")


_BY_HEAD = {
    _bare_head(word): field for field, words in _HEADS.items() for word in words.split()
}  # fmt: skip


def guess_mapping(head: Sequence[str]) -> tuple[str, ...]:
    """A field (or "") for each column, by the names of the columns; no field twice."""
    found: list[str] = []
    ours = {_bare_head(str(label)): field for field, label in LABELS.items() if field in FIELDS}
    for text in head:
        bare = _bare_head(text)
        field = ours.get(bare) or _BY_HEAD.get(bare, "")
        if not field and len(bare) > 3:
            ends = [
                (len(word), f)
                for word, f in _BY_HEAD.items()
                if len(word) > 2 and bare.endswith(word)
            ]
            field = max(ends)[1] if ends else ""
        found.append(field if field and field not in found else "")
    return tuple(found)


def guess_kind(mapping: Sequence[str]) -> str:
    """What the rows are when no column says so: a list of who takes members is one of networks."""
    lists_networks = {"openness", "requirement", "section"} <= set(mapping)
    return DesignationKind.NETWORK.value if lists_networks and "designations" not in mapping else ""


def guess_publish(mapping: Sequence[str]) -> bool:
    """A file with the sections of a directory is made to be published."""
    return "section" in mapping


def check_mapping(mapping: Sequence[str]) -> None:
    """Raises NoNameColumn, FieldTwice, NotOnTheList."""
    chosen = [field for field in mapping if field]
    for field in chosen:
        if field not in FIELDS:
            raise NotOnTheList(given=field[:40], field=_("columns"))
        if chosen.count(field) > 1:
            raise FieldTwice(field=LABELS[field])
    if "name" not in chosen:
        raise NoNameColumn


# -- words of the lists ----------------------------------------------------------------------

_FORM_WORDS: Mapping[str, LegalForm] = {
    "일반협동조합": LegalForm.COOPERATIVE, "협동조합": LegalForm.COOPERATIVE,
    "협동조합일반": LegalForm.COOPERATIVE,
    "사회적협동조합": LegalForm.SOCIAL_COOPERATIVE, "사협": LegalForm.SOCIAL_COOPERATIVE,
    "협동조합연합회": LegalForm.FEDERATION, "연합회": LegalForm.FEDERATION,
    "이종협동조합연합회": LegalForm.FEDERATION, "사회적협동조합연합회": LegalForm.FEDERATION,
    "소비자생활협동조합": LegalForm.CONSUMER_COOPERATIVE, "생협": LegalForm.CONSUMER_COOPERATIVE,
    "신용협동조합": LegalForm.CREDIT_UNION, "신협": LegalForm.CREDIT_UNION,
    "사단법인": LegalForm.ASSOCIATION, "비영리사단법인": LegalForm.ASSOCIATION,
    "비영리법인": LegalForm.ASSOCIATION,
    "재단법인": LegalForm.FOUNDATION, "사회복지법인": LegalForm.FOUNDATION,
    "비영리민간단체": LegalForm.CIVIL_GROUP, "비영리단체": LegalForm.CIVIL_GROUP,
    "주식회사": LegalForm.COMPANY, "유한회사": LegalForm.COMPANY, "합자회사": LegalForm.COMPANY,
    "상법상회사": LegalForm.COMPANY, "회사": LegalForm.COMPANY, "유한책임회사": LegalForm.COMPANY,
    "합명회사": LegalForm.COMPANY, "주": LegalForm.COMPANY,
    "농업회사법인": LegalForm.FARM_CORPORATION, "영농조합법인": LegalForm.FARM_CORPORATION,
    "영어조합법인": LegalForm.FARM_CORPORATION, "농업법인": LegalForm.FARM_CORPORATION,
    "어업회사법인": LegalForm.FARM_CORPORATION,
    "개인사업자": LegalForm.SOLE_PROPRIETOR, "개인": LegalForm.SOLE_PROPRIETOR,
    "임의조직": LegalForm.UNINCORPORATED, "임의단체": LegalForm.UNINCORPORATED,
    "비법인": LegalForm.UNINCORPORATED, "공공기관": LegalForm.PUBLIC_BODY,
    "지방자치단체": LegalForm.PUBLIC_BODY, "기타": LegalForm.OTHER,
}  # fmt: skip

_KIND_WORDS: Mapping[str, DesignationKind] = {
    "사회적기업": DesignationKind.SOCIAL_ENTERPRISE, "인증사회적기업": DesignationKind.SOCIAL_ENTERPRISE,
    "사회적기업인증": DesignationKind.SOCIAL_ENTERPRISE,
    "예비사회적기업": DesignationKind.PRE_SOCIAL_ENTERPRISE,
    "지역형예비사회적기업": DesignationKind.PRE_SOCIAL_ENTERPRISE,
    "부처형예비사회적기업": DesignationKind.PRE_SOCIAL_ENTERPRISE,
    "예비": DesignationKind.PRE_SOCIAL_ENTERPRISE,
    "협동조합": DesignationKind.COOPERATIVE, "일반협동조합": DesignationKind.COOPERATIVE,
    "사회적협동조합": DesignationKind.SOCIAL_COOPERATIVE,
    "마을기업": DesignationKind.VILLAGE_ENTERPRISE, "예비마을기업": DesignationKind.VILLAGE_ENTERPRISE,
    "자활기업": DesignationKind.SELF_SUPPORT_ENTERPRISE,
    "소셜벤처": DesignationKind.SOCIAL_VENTURE, "소셜벤쳐": DesignationKind.SOCIAL_VENTURE,
    "생협": DesignationKind.CONSUMER_COOPERATIVE,
    "소비자생활협동조합": DesignationKind.CONSUMER_COOPERATIVE,
    "신협": DesignationKind.CREDIT_UNION, "신용협동조합": DesignationKind.CREDIT_UNION,
    "비영리": DesignationKind.NON_PROFIT, "비영리민간단체": DesignationKind.NON_PROFIT,
    "비영리단체": DesignationKind.NON_PROFIT, "비영리법인": DesignationKind.NON_PROFIT,
    "지역기업": DesignationKind.LOCAL_COMPANY, "향토기업": DesignationKind.LOCAL_COMPANY,
    "농촌공동체회사": DesignationKind.RURAL_COMMUNITY_COMPANY,
    "공공기관": DesignationKind.PUBLIC_INSTITUTION,
    "중간지원조직": DesignationKind.SUPPORT_CENTRE, "지원센터": DesignationKind.SUPPORT_CENTRE,
    "사회적경제지원센터": DesignationKind.SUPPORT_CENTRE,
    "네트워크": DesignationKind.NETWORK, "협의회": DesignationKind.NETWORK, "기타": DesignationKind.OTHER,
}  # fmt: skip


def _bare_word(text: str) -> str:
    return re.sub(r"[\s()·\-]+", "", unicodedata.normalize("NFKC", text)).lower()


def _code_of(word: str, labels: Labels) -> str:
    """The code whose label, in the language of the reader, is this word: our own exports come back."""
    return next((code for code, label in labels if _bare_word(str(label)) == word), "")


def read_legal_form(given: str) -> str:
    """A code of the list from its code or its Korean word. Raises NotOnTheList."""
    word = _bare_word(given)
    if word == "":
        return ""
    if word in set(LegalForm):
        return word
    if word in _FORM_WORDS:
        return _FORM_WORDS[word]
    if code := _code_of(word, LEGAL_FORMS):
        return code
    raise NotOnTheList(given=given[:40], field=LABELS["legal_form"])


def read_designations(given: str) -> tuple[str, ...]:
    """Codes from one cell with several words (사회적기업, 마을기업). Raises NotOnTheList."""
    text = re.sub(r"\(\s*예비\s*\)\s*", "예비", given)
    kinds: list[str] = []
    for part in re.split(r"[,;/+\n|]|\s및\s", text):
        word = _bare_word(part)
        if word in ("", "해당없음", "없음"):
            continue
        kind = word if word in set(DesignationKind) else _KIND_WORDS.get(word)
        kind = kind or _code_of(word, DESIGNATION_KINDS) or None
        if kind is None:
            raise NotOnTheList(given=part.strip()[:40], field=LABELS["designations"])
        if kind not in kinds:
            kinds.append(str(kind))
    return tuple(kinds)


def label(field: str) -> Any:
    """The field's name for people; "" for a column that is left out."""
    return LABELS.get(field, "")
