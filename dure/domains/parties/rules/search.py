"""Finding organisations by Korean words: what is indexed of a text, and what a question asks for.

1. A text is cut into words; a word loses its particle (반찬을 → 반찬) if the sound before it allows
   that particle, and the ending of a verb made from a noun (청소하는 → 청소).
2. Names are written without blanks, so every ending of a word is indexed too: 한국돌봄 is found by
   한국, 돌봄. Long set expressions (사회적협동조합, 네트워크 …) are cut off first and indexed once.
3. A question is cut the same way. A word of it finds all index terms that begin with it. Plain verbs
   (만들어 주는) point to nouns (제조) and only help the order; words that say nothing (곳, 있는) are
   dropped unless nothing else is left.
4. An answer must have every noun of the question. Names count more than descriptions, beginnings of
   words more than endings, words as typed more than words that mean the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
TERM_MAX = 24
NOTHING: Mapping[str, tuple[str, ...]] = {}
WORDS_MAX = 8  # of one question
PREFIXES_MAX = 10  # of one word of it

NAME, OFFER, TEXT = (9, 7), (6, 4), (3, 2)  # weights of a word's beginning and of its endings
WHOLE = (
    2,
    0,
)  # an ending without weight is not indexed: regions and set words stand for themselves

_HEADS = (  # set expressions, longest first: they carry no ending of their own worth finding
    "소비자생활협동조합", "의료복지사회적협동조합", "사회적협동조합", "사회적경제", "사회연대경제",
    "사회적기업", "협동조합", "네트워크", "협의회", "연합회", "지원센터", "마을기업", "자활기업",
    "주식회사", "사단법인", "재단법인", "농업회사법인", "영농조합법인", "유한회사",
)  # fmt: skip
_HEAD = re.compile("|".join(sorted(_HEADS, key=len, reverse=True)))
_INNER = {
    "소비자생활협동조합": ("생활협동조합", "협동조합"),
    "의료복지사회적협동조합": ("의료", "복지", "사회적협동조합", "협동조합"),
    "사회적협동조합": ("협동조합",),
    "사회적경제": ("경제",),
    "사회연대경제": ("연대경제", "경제"),
    "사회적기업": ("기업",),
    "마을기업": ("기업",),
    "자활기업": ("기업",),
    "지원센터": ("센터",),
}
_WORD = re.compile(r"[가-힣]+|[a-z0-9][a-z0-9&+.\-]*|[㐀-鿿]+")

DESIGNATION_WORDS: Mapping[str, str] = {  # what a designation is called, whatever language is shown
    "social_enterprise": "사회적기업 인증",
    "pre_social_enterprise": "예비사회적기업",
    "cooperative": "협동조합",
    "social_cooperative": "사회적협동조합",
    "village_enterprise": "마을기업",
    "self_support_enterprise": "자활기업",
    "social_venture": "소셜벤처",
    "consumer_cooperative": "생협 소비자생활협동조합",
    "credit_union": "신협 신용협동조합",
    "non_profit": "비영리",
    "local_company": "지역기업",
    "rural_community_company": "농촌공동체회사",
    "public_institution": "공공기관",
    "support_centre": "지원센터",
    "network": "네트워크",
}

# -- particles and endings -------------------------------------------------------------------

_CLOSED = ("으로부터", "이라는", "이라도", "이라고", "으로서", "으로써", "으로는", "으로도", "으로",
           "이나", "이랑", "이란", "은", "이", "을", "과")  # after a final consonant  # fmt: skip
_OPEN = ("라는", "라고", "나", "랑", "란", "는", "가", "를", "와")  # after a vowel
_ANY = ("에서부터", "에게서", "에서는", "에서도", "에서의", "한테서", "만으로", "에서", "에게", "한테",
        "께서", "부터", "까지", "처럼", "같은", "보다", "마다", "조차", "마저", "밖에", "하고", "에는",
        "에도", "들에게", "들에", "들의", "들도", "들과", "들은", "들이", "들을", "들", "의", "에", "도",
        "만")  # fmt: skip
_SHORT = frozenset({"을", "를", "으로", "로", "에서", "에게"})  # may leave a single syllable
_LAST = frozenset(ending[-1] for ending in (*_CLOSED, *_OPEN, *_ANY, "로"))
_NOUNS = frozenset(  # words that only look as if they carried a particle or ending
    "어린이 고양이 원숭이 호랑이 지팡이 떡볶이 먹을거리 강의 회의 합의 동의 심의 주의 민주주의 마을 가을"
    " 노을 제도 지도 속도 경기도 제주도 도로 진로 철도 수도 휴가 국가 평가 작가 전문가 활동가 효과 성과"
    " 학과 제과 치과 한과 사과 결과 나이 놀이 종이 어르신들 세로 가로 바나나 만두 피아노 기타 안내 광고"
    " 보고 신고 창고 사고 참고 냉장고 학교 다문화 자가 상가 주가 문의 논의 협의 결의 정의 예의 건의"
    " 우리나라 하나 지하 이하 운하 부하 음악회 자연 인테리어 한국어 영어 외국어 언어 수어 싱어 단어 문어"
    " 육아 유아 영아 여아 보육 저녁 여행 경기 연기 전기 자기 이야기 먹기 악기 용기 화장지 복지 양지 토지"
    " 주차지 강아지 돼지 휴지 도시락 사회적 문화적 가게 정책 회사 사람 기관 센터".split()
)
_FROM_NOUN = re.compile(  # verbs made from nouns: 청소하는, 제공해드립니다, 운영되고
    r"(?:하|되|받|시키)(?:는|고|며|기|여|면|던|자|지|려는|려고|도록|거나|면서|는데)$"
    r"|(?:해|되어|돼)(?:서|야|도|요|주는|주는데|드리는|드립니다|줍니다|주세요|주고|줄|주실|드려요|줘요)?$"
    r"|(?:한|할|된|될|합니다|됩니다|했습니다|하였습니다|하려|한다|하다|되다|받을|받은|시킬)$"
    r"|(?:하실|하신|하시는|하셨|했던)$"
)
_VERB_END = re.compile(
    r"(?:어|아|여)?(?:주는|주고|줄|줍니다|주실|주세요|드리는|드립니다)$"
    r"|(?:는|고|며|기|면|던|려는|려고|도록|거나|면서|어|아|을|은|ㄹ|서|요|지|습니다|어서|아서|다)$"
)
_EMPTY = frozenset(
    "곳 것 거 데 수 등 및 그 이 저 좀 잘 더 어디 어떤 무슨 누가 누구 언제 우리 나 내 제 저희 있는 없는 있다"
    " 있나요 있을까 있을까요 있어요 있습니까 하는 하고 해주는 해 한 할 주는 주고 주실 줄 되는 된 될 찾는"
    " 찾기 찾고 찾습니다 찾아요 찾아주세요 알려주세요 알려줘 추천 추천해주세요 원하는 싶은 싶어요 싶다"
    " 가까운 근처 주변 좋은 위한 위해 대한 관한 통한 통해 함께하는 관련 관련된 부탁 업체 만한 그런 이런"
    " 받을 받는 받고 주나요 해주나요 주시나요 되나요 하나요 필요한 필요해요 필요합니다 필요한데 필요 하려면 하려고 사람 분 분들 사람들 드리는 드립니다 합니다".split()
)
_WEAK = frozenset(
    {"필요", "제공", "운영", "추천", "관련", "전문", "업체", "단체", "서비스", "활동", "사업"}
)


def _has_final(syllable: str) -> bool:
    return "가" <= syllable <= "힣" and (ord(syllable) - 0xAC00) % 28 != 0


def _final_is_l(syllable: str) -> bool:
    return "가" <= syllable <= "힣" and (ord(syllable) - 0xAC00) % 28 == 8


def without_particle(word: str) -> str:
    """The word without its particle: 반찬을 → 반찬; the word itself when it has none."""
    if len(word) < 2 or word[-1] not in _LAST or word in _NOUNS:
        return word
    for endings, closed in ((_CLOSED, True), (_ANY, None), (_OPEN, False)):
        for ending in endings:
            stem = word.removesuffix(ending)
            if stem == word or len(stem) < (1 if ending in _SHORT else 2):
                continue
            if closed is None or _has_final(stem[-1]) is closed:
                return stem
    stem = word[:-1]
    if (
        word.endswith("로")
        and len(stem) >= 2
        and (not _has_final(stem[-1]) or _final_is_l(stem[-1]))
    ):
        return stem
    return word


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 2 and word.endswith("들") and word not in _NOUNS else word


def stem_of(word: str) -> str:
    """The word without particle, or the noun inside a verb: 돌봄이 → 돌봄, 청소해주는 → 청소."""
    if word in _NOUNS:
        return word
    noun = _FROM_NOUN.sub("", word)
    if noun != word and len(noun) >= 2:
        return noun
    return _singular(without_particle(word))


def words_in(text: str) -> list[str]:
    """The words of a text in small letters, without punctuation."""
    found = _WORD.findall(unicodedata.normalize("NFKC", text).lower())
    return [word.rstrip(".-&+") or word for word in found]


def _pieces(word: str) -> Iterator[tuple[str, bool]]:
    """The word cut at set expressions: each piece, and whether it is one."""
    start = 0
    for match in _HEAD.finditer(word):
        if match.start() > start:
            yield word[start : match.start()], False
        yield match[0], True
        start = match.end()
    if start < len(word):
        yield word[start:], False


# -- the index -------------------------------------------------------------------------------


def index_terms(texts: Iterable[tuple[str, tuple[int, int]]]) -> dict[str, int]:
    """Term → weight over (text, (weight of a beginning, weight of an ending)) pairs."""
    terms: dict[str, int] = {}
    for text, (begin, inside) in texts:
        if text:
            for term, weight in _terms_in(text, begin, inside):
                if weight > terms.get(term, 0):
                    terms[term] = weight
    return terms


@lru_cache(maxsize=8_192)
def _terms_in(text: str, begin: int, inside: int) -> tuple[tuple[str, int], ...]:
    """The terms of one text with their weights; a file repeats its regions and kinds."""
    terms: list[tuple[str, int]] = []
    for word in words_in(text):
        if not "가" <= word[0] <= "힣":
            terms.append((word[:TERM_MAX], begin))
            continue
        stem = stem_of(word)
        if stem in _EMPTY:
            continue
        if stem != word and len(stem) > 1:
            terms.append((word[:TERM_MAX], begin))
        for number, (piece, is_head) in enumerate(_pieces(stem)):
            if number and not inside:
                continue
            terms.append((piece[:TERM_MAX], begin if number == 0 else inside))
            if not inside:
                continue
            if is_head:
                terms += [(inner, inside) for inner in _INNER.get(piece, ())]
            else:
                ends = range(1, len(piece) - 1)
                terms += [(piece[cut : cut + TERM_MAX], inside) for cut in ends]
    return tuple(terms)


# -- the question ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """One word of a question: terms beginning with one of `prefixes` answer it, those with one of
    `akin` answer it less well. A word that is not required only helps the order."""

    prefixes: tuple[str, ...]
    akin: tuple[str, ...] = ()
    is_required: bool = True


@cache
def _synonyms() -> Mapping[str, tuple[str, ...]]:
    lines = (DATA / "synonyms.tsv").read_text(encoding="utf-8").splitlines()
    return akin_words([line.split("\t") for line in lines if line.strip()])


def akin_words(groups: Iterable[Sequence[str]]) -> Mapping[str, tuple[str, ...]]:
    """For each word of groups that mean the same: the others."""
    found: dict[str, dict[str, None]] = {}
    for group in groups:
        for word in group:
            found.setdefault(word, {}).update(dict.fromkeys(one for one in group if one != word))
    return {word: tuple(others) for word, others in found.items()}


@cache
def _verbs() -> Mapping[str, str]:
    lines = (DATA / "verbs.tsv").read_text(encoding="utf-8").splitlines()
    return dict((line.split("\t")[0], line.split("\t")[1]) for line in lines if line.strip())


def _noun_of_verb(word: str) -> str:
    """제조 for 만들어, 만드는; "" when the word is no verb we know."""
    verbs = _verbs()
    bare = word
    for _ in range(3):
        cut = _VERB_END.sub("", bare)
        if cut == bare or not cut:
            break
        bare = cut
        if bare in verbs:
            return verbs[bare]
    return verbs.get(bare, "") if bare != word or len(word) > 1 else ""


def question(text: str, more: Mapping[str, tuple[str, ...]] = NOTHING) -> tuple[Asked, ...]:
    """What a question asks for; empty when there is no word in it. `more`: words that mean the same
    besides those that always do (`akin_words`)."""
    known = _synonyms()

    def akin(word: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*more.get(word, ()), *known.get(word, ()))))[:PREFIXES_MAX]

    words = words_in(text)[:40]
    asked: list[Asked] = []
    nouns = 0
    for word in words:
        if word in _EMPTY or (len(word) == 1 and len(words) > 1 and word in _EMPTY):
            continue
        if not "가" <= word[0] <= "힣":
            asked.append(Asked((word,)))
            nouns += 1
            continue
        noun = _noun_of_verb(word) if word not in _NOUNS and not akin(word) else ""
        stem = stem_of(word)
        if noun and not akin(stem):
            asked.append(Asked((noun,), akin(noun), is_required=False))
            continue
        if stem in _EMPTY and stem not in _WEAK:
            continue
        pieces = [piece for piece, _head in _pieces(stem)] or [stem]
        weak = stem in _WEAK
        for piece in pieces:
            asked.append(Asked((piece[:TERM_MAX],), akin(piece), is_required=not weak))
            nouns += not weak
    if not nouns:
        asked = [Asked(one.prefixes, one.akin) for one in asked]
    if not asked and words:
        asked = [Asked((stem_of(words[0])[:TERM_MAX],))]
    elif all(len(one.prefixes[0]) == 1 for one in asked if one.is_required):
        asked = [Asked(one.prefixes, one.akin) for one in asked]  # 집 고치는: both words matter
    return _merged(asked)[:WORDS_MAX]


def _merged(asked: list[Asked]) -> tuple[Asked, ...]:
    """Without repetitions; what is required comes first."""
    seen: dict[tuple[str, ...], Asked] = {}
    for one in sorted(asked, key=lambda one: not one.is_required):
        seen.setdefault(one.prefixes, one)
    return tuple(seen.values())


def prefix_range(prefix: str) -> tuple[str, str]:
    """[from, until) of all terms that begin with the prefix, by code point."""
    assert prefix
    return prefix, prefix[:-1] + chr(ord(prefix[-1]) + 1)
