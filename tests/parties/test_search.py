"""Korean search: inflected questions find plain nouns, in names without blanks too.

The corpus is invented but worded as such organisations word themselves. Recall and precision over
all questions are asserted, so that a change of the rules shows what it costs.
"""

import pytest
from hypothesis import given, strategies as st

from dure.domains.parties import commands, queries
from dure.domains.parties.rules import search

CORPUS = {  # name: (what it offers, description)
    "햇살돌봄 사회적협동조합": ("어르신 방문요양, 병원 동행", "돌봄이 필요한 이웃을 찾아갑니다"),
    "한국돌봄사회적협동조합": ("돌봄 종사자 교육", ""),
    "우리동네반찬가게": ("밑반찬 제조와 배달", "매일 아침 반찬을 만들어 이웃에게 전합니다"),
    "도담도시락": ("도시락 제조, 단체급식", ""),
    "맑은손 청소": ("입주청소, 학교 화장실 청소", "자활기업"),
    "튼튼집수리협동조합": ("집수리, 도배, 장판", "낡은 집을 고쳐 드립니다"),
    "두꺼비주거복지": ("주거환경 개선, 보일러 수리", ""),
    "느린빵집": ("우리밀 빵, 쿠키", "천천히 굽는 동네 빵집"),
    "제빵소 나눔": ("제과제빵, 케이크", ""),
    "들녘꾸러미 영농조합법인": ("제철 채소 꾸러미, 친환경 농산물", ""),
    "한살림광진": ("친환경 농산물 판매", "생활협동조합"),
    "책읽는마을": ("작은도서관 운영, 독서 모임", ""),
    "배움터길": ("청소년 방과후 교육, 진로 강의", "아이들을 가르칩니다"),
    "코딩놀이터": ("어린이 코딩 교육", ""),
    "새활용공방": ("폐목재 새활용 가구, 목공 체험", ""),
    "되살림가게": ("헌옷 수거와 판매, 자원순환", ""),
    "봄날꽃집": ("꽃다발, 화분 대여", ""),
    "느티나무의료복지사회적협동조합": ("가정의학과 진료, 방문 진료", ""),
    "마을극장": ("연극 공연, 공간 대여", ""),
    "소리숲": ("음악 공연, 녹음", ""),
    "햇빛발전협동조합": ("태양광 발전", "시민이 함께 만드는 햇빛 발전소"),
    "바른먹거리": ("식품 가공, 장류 제조", ""),
    "장맛나는집": ("된장, 고추장을 담급니다", ""),
    "달팽이이사": ("소형 이사, 짐 보관", ""),
    "이음교통": ("장애인 이동 지원, 휠체어 차량", ""),
    "손끝인쇄": ("명함, 책자 인쇄, 현수막", ""),
    "글꼴디자인": ("편집 디자인, 로고", ""),
    "온마을카페": ("커피, 마을 카페 운영", ""),
    "커피나무": ("원두 볶기, 바리스타 교육", ""),
    "동네세탁소 뽀송": ("이불 빨래, 세탁물 수거", ""),
    "함께걸음": ("발달장애인 자립 지원", ""),
    "다문화이웃": ("통번역, 이주여성 상담", ""),
    "마음상담소": ("심리 상담", ""),
    "청년공간 이룸": ("청년 창업 공간, 코워킹", ""),
    "고양이를 부탁해": ("길고양이 돌봄", ""),
    "고양시민신문": ("지역 신문 발행", ""),
    "한옥스테이": ("한옥 숙박, 여행 체험", ""),
    "길따라여행": ("공정여행 상품", ""),
    "바느질공방": ("한복, 천가방 제작", ""),
    "새벽두부": ("손두부 생산", ""),
    "이웃금융": ("소액대출 상담", ""),
    "영상마을": ("동영상 촬영, 라이브 커머스", ""),
    "그린컴퓨터": ("중고 컴퓨터 판매와 수리", ""),
    "마을방송국": ("팟캐스트 제작", ""),
    "광진사회적경제네트워크": ("", "광진구 사회적경제 조직의 네트워크"),
    "원주협동사회경제네트워크": ("", ""),
    "서울청년지원주택": ("청년 임대주택", ""),
    "은빛일자리": ("어르신 일자리, 시니어 택배", ""),
}

QUESTIONS = {  # question: who should be found
    "돌봄": {"햇살돌봄 사회적협동조합", "한국돌봄사회적협동조합", "고양이를 부탁해"},
    "돌봄이 필요한": {"햇살돌봄 사회적협동조합", "한국돌봄사회적협동조합", "고양이를 부탁해"},
    "어르신을 돌보는 곳": {"햇살돌봄 사회적협동조합", "은빛일자리"},
    "반찬을 만들어 주는 곳": {"우리동네반찬가게"},
    "반찬": {"우리동네반찬가게"},
    "도시락을 배달해 주나요": {"도담도시락"},
    "청소해 주는 업체": {"맑은손 청소"},
    "청소하는 데를 찾습니다": {"맑은손 청소"},
    "집 고치는 곳": {"튼튼집수리협동조합", "두꺼비주거복지"},
    "집수리": {"튼튼집수리협동조합"},
    "빵을 굽는": {"느린빵집", "제빵소 나눔"},
    "빵": {"느린빵집", "제빵소 나눔"},
    "농산물을 파는 곳": {"들녘꾸러미 영농조합법인", "한살림광진"},
    "채소": {"들녘꾸러미 영농조합법인"},
    "한살림": {"한살림광진"},
    "아이들을 가르치는": {"배움터길", "코딩놀이터"},
    "코딩을 배우고 싶어요": {"코딩놀이터"},
    "청소년": {"배움터길"},
    "목공": {"새활용공방"},
    "헌옷을": {"되살림가게"},
    "자원순환": {"되살림가게", "새활용공방"},
    "꽃": {"봄날꽃집"},
    "의료": {"느티나무의료복지사회적협동조합"},
    "진료를 받을": {"느티나무의료복지사회적협동조합"},
    "공연하는 단체": {"마을극장", "소리숲"},
    "공간을 빌려주는": {"마을극장", "청년공간 이룸"},
    "태양광": {"햇빛발전협동조합"},
    "된장": {"장맛나는집"},
    "고추장 담그는": {"장맛나는집"},
    "이사": {"달팽이이사"},
    "장애인을 위한": {"이음교통", "함께걸음"},
    "휠체어": {"이음교통"},
    "명함을 인쇄": {"손끝인쇄"},
    "디자인": {"글꼴디자인"},
    "커피를": {"온마을카페", "커피나무"},
    "카페": {"온마을카페", "커피나무"},
    "빨래": {"동네세탁소 뽀송"},
    "세탁": {"동네세탁소 뽀송"},
    "이주여성": {"다문화이웃"},
    "상담해 주는": {"다문화이웃", "마음상담소", "이웃금융"},
    "청년들이 창업할": {"청년공간 이룸"},
    "고양이": {"고양이를 부탁해"},
    "여행을": {"길따라여행", "한옥스테이"},
    "두부": {"새벽두부"},
    "대출": {"이웃금융"},
    "컴퓨터 수리": {"그린컴퓨터"},
    "컴퓨터를 고쳐": {"그린컴퓨터"},
    "광진": {"광진사회적경제네트워크", "한살림광진"},
    "원주": {"원주협동사회경제네트워크"},
    "사회적협동조합": {
        "햇살돌봄 사회적협동조합", "한국돌봄사회적협동조합", "느티나무의료복지사회적협동조합",
    },
    "네트워크": {"광진사회적경제네트워크", "원주협동사회경제네트워크"},
    "어르신 일자리": {"은빛일자리"},
    "학교 화장실": {"맑은손 청소"},
    "도서관": {"책읽는마을"},
    "숙박": {"한옥스테이"},
    "동영상을 찍어": {"영상마을"},
    "임대주택": {"서울청년지원주택"},
}  # fmt: skip


@pytest.fixture
def corpus(db, act):
    for name, (offers, description) in CORPUS.items():
        commands.add_organisation(
            act("secretariat"), name=name, offers=offers, description=description, is_published=True
        )


def found(text, limit=50):
    rows = queries.directory(queries.DirectoryQuestion(search=text))[:limit]
    return [one.name for one in queries.directory_entries(list(rows))]


def test_recall_and_precision_over_all_questions(corpus, record_property):
    wanted_all = found_all = right_all = 0
    misses = []
    for text, wanted in QUESTIONS.items():
        answers = set(found(text))
        wanted_all, found_all = wanted_all + len(wanted), found_all + len(answers)
        right_all += len(answers & wanted)
        if answers != wanted:
            misses.append((text, wanted - answers, answers - wanted))
    recall, precision = right_all / wanted_all, right_all / found_all
    record_property("recall", recall)
    record_property("precision", precision)
    told = "\n".join(f"{text}: missing {less}, too many {more}" for text, less, more in misses)
    print(told, f"recall {recall:.3f} precision {precision:.3f}")
    assert recall >= 0.95, f"recall {recall:.3f} precision {precision:.3f}\n{told}"
    assert precision >= 0.85, f"recall {recall:.3f} precision {precision:.3f}\n{told}"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("돌봄", {"햇살돌봄 사회적협동조합", "한국돌봄사회적협동조합"}),
        ("어르신을 돌보는 곳", {"햇살돌봄 사회적협동조합"}),
        ("반찬을 만들어 주는 곳", {"우리동네반찬가게"}),
        ("고양이", {"고양이를 부탁해"}),
        ("컴퓨터를 고쳐", {"그린컴퓨터"}),
    ],
)
def test_the_best_answer_stands_first(corpus, text, first):
    assert found(text)[0] in first


def test_all_words_are_wanted(corpus):
    assert found("광진 돌봄") == []
    assert found("방문 진료")[0] == "느티나무의료복지사회적협동조합"
    assert len(found("방문 진료")) < len(found("방문")) + len(found("진료"))


@pytest.mark.parametrize(
    "text", ["", "   ", "!!!", "없는낱말입니다", "%", "_", "'; drop table", "🌻", "\\"]
)
def test_odd_questions_do_no_harm(corpus, text):
    answers = found(text, 100)
    assert answers == [] or not text.strip()


@pytest.mark.parametrize(
    ("typed", "stem"),
    [
        ("반찬을", "반찬"), ("돌봄이", "돌봄"), ("청소해주는", "청소"), ("운영합니다", "운영"),
        ("마을에서", "마을"), ("마을", "마을"), ("어린이", "어린이"), ("회의", "회의"), ("제주의", "제주"),
        ("네트워크와", "네트워크"), ("전문가", "전문가"), ("집을", "집"), ("서울로", "서울"),
        ("아이들을", "아이"), ("조합원들에게", "조합원"), ("먹거리는", "먹거리"), ("협동조합과", "협동조합"),
        ("교육하는", "교육"), ("고양이", "고양이"), ("도로", "도로"),
    ],
)  # fmt: skip
def test_stems(typed, stem):
    assert search.stem_of(typed) == stem


@given(st.text(max_size=40))
def test_any_text_gives_a_bounded_question(text):
    asked = search.question(text)
    assert len(asked) <= search.WORDS_MAX
    for one in asked:
        assert one.prefixes and all(one.prefixes)
        for prefix in (*one.prefixes, *one.akin):
            low, high = search.prefix_range(prefix)
            assert low < high


@given(st.text("가나다라마바사아자차을를이가에서는은 돌봄반찬", max_size=30))
def test_every_indexed_word_finds_itself(text):
    terms = search.index_terms([(text, search.NAME)])
    for word in search.words_in(text):
        stem = search.stem_of(word)
        if stem in search._EMPTY:
            continue
        for piece, _head in search._pieces(stem):
            assert any(term.startswith(piece[: search.TERM_MAX]) for term in terms)


@given(st.text(max_size=200))
def test_terms_are_short(text):
    terms = search.index_terms([(text, search.OFFER)])
    assert all(1 <= len(term) <= search.TERM_MAX for term in terms)
