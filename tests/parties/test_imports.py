"""Files of organisations: what people send, looked at first, accepted once, resumable after a kill."""

import io
import tracemalloc
from dataclasses import replace
from pathlib import Path
from uuid import uuid5

import pytest
import xlsxwriter
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, strategies as st

import dure.domains.parties as room
from dure.domains.parties import commands, queries
from dure.domains.parties.models import Organisation, Party, PartyImport, SearchTerm
from dure.domains.parties.rules import imports as r, numbers
from dure.kernel.models import Deed
from dure.kernel.refusals import Denied, KeyReused, Refusal, SomeoneWasFaster
from dure.ui.files import open_table

pytestmark = pytest.mark.django_db
STAFF = "secretariat"
NETWORKS = Path(room.__file__).parent / "data" / "networks.csv"


def number(nine):
    return nine + str(numbers.business_check_digit(nine))


def csv(*lines, encoding="utf-8"):
    return "\n".join(lines).encode(encoding)


def look(act, data, name="조직.csv", publish=False):
    sheet = open_table(name, data)
    mapping = r.guess_mapping(sheet.head)
    return queries.preview_import(
        act(STAFF),
        r.chunks(sheet.rows, mapping),
        has_region="region_code" in mapping,
        publish=publish,
    )


def take(act, data, name="조직.csv", publish=False, size=r.CHUNK_ROWS, stop_after=None, kind=""):
    """Accept a file as the doors do; `stop_after` chunks the process dies."""
    sheet = open_table(name, data)
    mapping = r.guess_mapping(sheet.head)
    begun = queries.unfinished_import(act(STAFF), "d" * 64)
    if begun is None:
        made = commands.stage_import(
            act(STAFF), file_name=name, digest="d" * 64, mapping=mapping, publish=publish, kind=kind
        )
        import_id, skip = made.pk, 0
    else:
        import_id, skip = begun.id, begun.done_rows
    for at, chunk in enumerate(r.chunks(sheet.rows, mapping, skip=skip, size=size, kind=kind)):
        if at == stop_after:
            break
        commands.accept_import(act(STAFF), import_id=import_id, chunk=chunk)
    return queries.import_card(act(STAFF), import_id)


HEAD = "기관명,사업자등록번호,지역,전화,설립일,종사자수,유형"
GOOD = f'햇살돌봄,{number("124810099")},서울 광진구,02-123-4567,2019.3.2,"1,200명","사회적기업, 마을기업"'


def test_a_usual_file_is_looked_at_then_taken(act):
    data = csv(HEAD, GOOD, "달빛협동조합,,강원 원주시,033-734-1844,2020년 5월 1일,12,협동조합")
    seen = look(act, data)
    assert (seen.read, seen.new, seen.changed, seen.same, seen.rejected) == (2, 2, 0, 0, 0)
    assert not Party.objects.exists(), "a preview writes nothing"
    done = take(act, data)
    assert (done.new_count, done.state) == (2, "accepted")
    card = queries.organisation_in_full(act(STAFF), Party.objects.get(name="햇살돌봄").pk)
    assert (card.workers, str(card.founded_date), card.region) == (
        1200,
        "2019-03-02",
        "서울 광진구",
    )
    assert {d.kind for d in card.designations} == {"social_enterprise", "village_enterprise"}
    moon = Organisation.objects.get(party__name="달빛협동조합")
    assert moon.legal_form == "cooperative", "the name tells the form when no column does"


def test_the_same_file_twice_changes_nothing(act):
    data = csv(HEAD, GOOD, "달빛협동조합,,강원 원주시,033-734-1844,,,")
    take(act, data)
    before = [
        list(model.objects.order_by("pk").values()) for model in (Party, Organisation, SearchTerm)
    ]
    seen = look(act, data)
    assert (seen.new, seen.changed, seen.same) == (0, 0, 2)
    done = take(act, data)
    assert (done.new_count, done.changed_count, done.same_count) == (0, 0, 2)
    after = [
        list(model.objects.order_by("pk").values()) for model in (Party, Organisation, SearchTerm)
    ]
    assert before == after


def test_a_changed_file_changes_what_it_says_and_nothing_else(act):
    take(act, csv(HEAD, GOOD))
    one = Organisation.objects.get()
    commands.change_organisation(
        act(STAFF), organisation_id=one.pk, changes=(("email", "a@b.kr"), ("offers", "요양"))
    )
    data = csv(
        "이름,사업자번호,대표전화,이메일", f"(주)햇살돌봄,{number('124810099')},02-999-8888,"
    )
    seen = look(act, data)
    assert seen.changed == 1 and ("phone", "02-123-4567", "02-999-8888") in seen.changes[0][2]
    take(act, data)
    one.refresh_from_db()
    assert (one.phone, one.email, one.offers, one.party.name) == (
        "02-999-8888", "a@b.kr", "요양", "(주)햇살돌봄",
    )  # fmt: skip
    lines = queries.history_of(act(STAFF), one.pk)
    assert sum("받아들" in line.sentence or "taken in" in line.sentence for line in lines) >= 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_letters_of_every_office(act, encoding):
    done = take(act, csv(HEAD, GOOD, encoding=encoding))
    assert done.new_count == 1 and Party.objects.get().name == "햇살돌봄"


def test_excel_with_real_dates_and_numbers(act):
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["2026년 회원사 명단"])
    sheet.write_row(1, 0, HEAD.split(","))
    sheet.write_row(2, 0, ["햇살돌봄", int(number("124810099")), "서울 광진구", "02-123-4567"])
    sheet.write_number(2, 4, 43526, book.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write_number(2, 5, 12.0)
    sheet.write_formula(3, 0, "=1+1", None, "")
    book.close()
    seen = look(act, file.getvalue(), "명단.xlsx")
    assert (seen.read, seen.new) == (1, 1)
    given = seen.new_lines[0].given
    assert str(given["founded_date"]) == "2019-03-02" and given["workers"] == 12


@pytest.mark.parametrize(
    ("row", "cell", "words"),
    [
        ("햇살,124-81-00999,서울,,,,", "B2", "검사숫자"),
        ("햇살,12345,서울,,,,", "B2", "10자리"),
        (",,서울,,,,", "A2", "이름이 없습니다"),
        ("햇살,,서울 없는구,,,,", "C2", "지역"),
        ("햇살,,서울,전화없음,,,", "D2", "전화번호"),
        ("햇살,,서울,,2026-02-30,,", "E2", "2026-02-30"),
        ("햇살,,서울,,내일,,", "E2", "내일"),
        ("햇살,,서울,,,-3,", "F2", "-3"),
        ("햇살,,서울,,,열둘,", "F2", "열둘"),
        ("햇살,,서울,,,,마법사", "G2", "마법사"),
        ("=HYPERLINK(0),,서울,,,,", "A2", "수식"),
        ("@SUM(1),,서울,,,,", "A2", "수식"),
        ("+cmd|calc,,서울,,,,", "A2", "수식"),
        ("햇살 900101-1234567,,서울,,,,", "A2", "주민등록번호"),
        ("가" * 121 + ",,서울,,,,", "A2", "120"),
    ],
)
def test_every_wrong_cell_is_told_in_korean_with_its_address(act, settings, row, cell, words):
    from django.utils import translation

    with translation.override("ko"):
        seen = look(act, csv(HEAD, row))
    assert (seen.new, seen.rejected) == (0, 1)
    assert seen.rejected_cells[0].cell == cell and words in seen.rejected_cells[0].reason


def test_one_bad_row_does_not_stop_the_others(act):
    data = csv(HEAD, GOOD, "바람,124-81-00999,없는곳,x,,,", "구름,,부산,,,,")
    done = take(act, data)
    assert (done.read_count, done.new_count, done.rejected_count) == (3, 2, 1)
    cells = [(one.row, one.cell) for one in queries.rejected_rows(act(STAFF), done.id)]
    assert cells == [(3, "B3"), (3, "C3"), (3, "D3")]


def test_the_same_organisation_twice_in_one_file_counts_once(act):
    bn = number("124810099")
    data = csv(
        "기관명,사업자등록번호,지역",
        f"햇살,{bn},서울 광진구", f"햇살 본점,{bn},서울 성동구",
        "(사)달빛,,강원", "사단법인 달빛,,강원", "달빛,,강원", "사단법인 달빛,,강원 원주시",
    )  # fmt: skip
    seen = look(act, data)
    assert [(one.row, one.cell) for one in seen.rejected_cells] == [(3, "A3"), (5, "A5"), (7, "A7")]
    assert seen.new == 3


def test_namesakes_in_other_places_are_others(act):
    data = csv("기관명,지역", "행복마을,경기 수원시", "행복마을,경기 성남시", "행복마을,서울")
    assert take(act, data).new_count == 3
    assert take(act, data).same_count == 3


def test_a_vague_row_means_the_only_one_that_fits(act):
    take(act, csv("기관명,지역", "행복마을,경기 수원시"))
    seen = look(act, csv("기관명,지역,전화", "행복마을,경기,031-111-2222"))
    assert (seen.new, seen.changed) == (0, 1)
    assert ("sigungu_code", "41110", "") not in seen.changes[0][2]
    take(act, csv("기관명,지역", "행복마을,경기 성남시"))
    seen = look(act, csv("기관명,전화", "행복마을,031-111-2222"))
    assert seen.rejected == 1 and seen.rejected_cells[0].cell == "A2"


def test_markup_is_text(act, client):
    take(
        act,
        csv("기관명,소개", '<script>alert(1)</script>마을,"<b onclick=x>굵게</b>"'),
        publish=True,
    )
    page = client.get("/directory/").content.decode()
    assert "<script>alert(1)" not in page and "&lt;script&gt;" in page


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x01\x02\x03",
        b"PK\x03\x04broken",
        '이름,지역\n"열린 따옴표,서울\n'.encode(),
        b"<html><table></table></html>",
    ],
)
def test_broken_files_are_refused_by_name(act, data):
    with pytest.raises(Refusal):
        look(act, data)


def test_a_file_without_a_name_column(act):
    with pytest.raises(r.NoNameColumn):
        look(act, csv("지역,전화", "서울,02-111-2222"))
    with pytest.raises(r.FieldTwice):
        r.check_mapping(("name", "phone", "phone"))


def test_only_staff_brings_in_files(act):
    with pytest.raises(Denied):
        commands.stage_import(
            act("visitor"), file_name="x", digest="", mapping=("name",), publish=False
        )
    staged = commands.stage_import(
        act(STAFF), file_name="x", digest="", mapping=("name",), publish=False
    )
    chunk = r.Chunk(0, 0, (), (), True)
    for verb, wanted in (
        (commands.map_import, {"mapping": ("name",), "publish": True}),
        (commands.accept_import, {"chunk": chunk}),
        (commands.discard_import, {}),
    ):
        with pytest.raises(Denied):
            verb(act("visitor"), import_id=staged.pk, **wanted)
    commands.map_import(act(STAFF), import_id=staged.pk, mapping=("name", "phone"), publish=True)
    commands.discard_import(act(STAFF), import_id=staged.pk)
    for verb, wanted in (
        (commands.map_import, {"mapping": ("name",), "publish": True}),
        (commands.accept_import, {"chunk": chunk}),
        (commands.discard_import, {}),
    ):
        with pytest.raises(commands.ImportOver):
            verb(act(STAFF), import_id=staged.pk, **wanted)


def many(count):
    return csv("기관명,지역,사업내용", *(f"마을기업{i},서울 광진구,반찬 {i}" for i in range(count)))


def test_killed_and_started_again_ends_the_same(act):
    data = many(50)
    half = take(act, data, size=7, stop_after=3)
    assert (half.state, half.done_rows) == ("accepting", 21)
    with pytest.raises(commands.ImportUnderway):
        commands.map_import(act(STAFF), import_id=half.id, mapping=("name",), publish=True)
    done = take(act, data, size=7)
    assert done.id == half.id and (done.state, done.new_count) == ("accepted", 50)
    assert Party.objects.count() == 50


def test_a_chunk_happens_once_and_in_order(act):
    sheet = open_table("조직.csv", many(20))
    mapping = r.guess_mapping(sheet.head)
    staged = commands.stage_import(
        act(STAFF), file_name="조직.csv", digest="e", mapping=mapping, publish=False
    )
    chunks = list(r.chunks(sheet.rows, mapping, size=10))
    first = act(STAFF)
    first = replace(first, key=uuid5(first.key, "0"))
    commands.accept_import(first, import_id=staged.pk, chunk=chunks[0])
    commands.accept_import(first, import_id=staged.pk, chunk=chunks[0])
    assert Party.objects.count() == 10
    with pytest.raises(KeyReused):
        commands.accept_import(first, import_id=staged.pk, chunk=chunks[1])
    with pytest.raises(SomeoneWasFaster):
        commands.accept_import(act(STAFF), import_id=staged.pk, chunk=chunks[0])


def test_an_organisation_entered_meanwhile_is_not_entered_twice(act, monkeypatch):
    data = csv(HEAD, GOOD)
    take(act, data)
    unaware = lambda lines, **_asked: queries.imports.Judged(new=list(lines))  # noqa: E731
    with monkeypatch.context() as patch:
        patch.setattr("dure.domains.parties.commands.imports.judge", unaware)
        with pytest.raises(SomeoneWasFaster):
            take(act, data)
    assert take(act, data).same_count == 1 and Organisation.objects.count() == 1


def test_few_statements_however_many_rows(act, django_assert_max_num_queries):
    sheet = open_table("조직.csv", many(1000))
    mapping = r.guess_mapping(sheet.head)
    staged = commands.stage_import(
        act(STAFF), file_name="조직.csv", digest="e", mapping=mapping, publish=False
    )
    [chunk] = r.chunks(sheet.rows, mapping)
    with django_assert_max_num_queries(40):
        commands.accept_import(act(STAFF), import_id=staged.pk, chunk=chunk)
    assert Deed.objects.filter(name="parties.ImportChunkAccepted").count() == 1


def test_numbers_are_looked_up_by_their_index(act):
    count = 1500 if connection.vendor == "sqlite" else 2  # many tempt SQLite to begin elsewhere
    lines = [f"햇살{i},{number(f'1248{i:05d}')},서울,,,," for i in range(count)]
    data = csv(HEAD, *lines)
    with CaptureQueriesContext(connection) as asked:
        look(act, data)
    [question] = [q["sql"] for q in asked if '"business_number" IN' in q["sql"]]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            f"EXPLAIN {'QUERY PLAN' if connection.vendor == 'sqlite' else ''} {question}"
        )
        assert "organisation_business_number_once" in str(cursor.fetchall())


def test_reading_many_rows_needs_little_memory():
    class Rows:
        def __iter__(self):
            for i in range(60_000):
                yield Row(i)

    class Row:
        def __init__(self, i):
            self.number, self.cells = i + 2, (f"마을기업 {i}", "서울 광진구")

        def address(self, column):
            return f"A{self.number}"

    tracemalloc.start()
    count = sum(len(chunk.lines) for chunk in r.chunks(Rows(), ("name", "region_code")))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 60_000
    assert peak < 8_000_000 + 60_000 * 60, f"{peak:,} bytes"


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(1, 9)), max_size=60))
def test_fingerprints_are_kept_like_a_dictionary(pairs):
    marks, plain = r.Marks(), {}
    for mark, row in pairs * 40:
        mark = mark << 32 | row  # many fall on one place
        marks.put(mark, row)
        plain[mark] = row
        assert marks.get(mark) == row
    assert all(marks.get(mark) == row for mark, row in plain.items())
    assert marks.get(7) is None


def test_the_networks_of_korea(act):
    done = take(act, NETWORKS.read_bytes(), "networks.csv", publish=True, kind="network")
    assert (done.read_count, done.new_count, done.rejected_count) == (166, 166, 0)
    facets = queries.directory_facets(queries.DirectoryQuestion())
    assert [choice.count for choice in facets.sections] == [14, 46, 106]
    assert {choice.value: choice.count for choice in facets.openness} == {"O": 79, "X": 5, "-": 82}
    assert next(choice.count for choice in facets.kinds if choice.value == "network") == 166
    assert take(act, NETWORKS.read_bytes(), "networks.csv", publish=True).same_count == 166
    assert PartyImport.objects.count() == 2


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("사업자 등록번호", "business_number"), ("사업자등록번호(필수)", "business_number"),
        ("기업명", "name"), ("대표 전화", "phone"), ("소재지(도로명주소)", "address"),
        ("E-mail", "email"), ("홈페이지", "website"), ("인증유형", "designations"),
        ("가입 가능 여부", "openness"), ("설립연월일", "founded_date"), ("비고", ""), ("", ""),
    ],
)  # fmt: skip
def test_heads_are_recognised(head, field):
    assert r.guess_mapping((head,)) == (field,)


def test_our_own_export_comes_back(act):
    from dure.ui.files import csv_stream, xlsx_stream

    take(act, csv(HEAD, GOOD, "달빛협동조합,,강원 원주시,033-734-1844,2020년 5월 1일,12,협동조합"))
    for made, name in ((csv_stream, "a.csv"), (xlsx_stream, "a.xlsx")):
        data = b"".join(made(queries.own_heads(), queries.own_rows(act(STAFF))))
        seen = look(act, data, name)
        assert (seen.same, seen.rejected) == (2, 0), seen.rejected_cells


def test_the_exchange_file_has_seventeen_columns(act):
    take(act, csv(HEAD, GOOD), publish=True)
    [row] = queries.sse_rows(act(STAFF))
    assert len(queries.SSE_COLUMNS) == len(row) == 17
    told = dict(zip(queries.SSE_COLUMNS, row, strict=True))
    assert told["Identifier"].isalnum() and len(told["Identifier"]) < 15
    assert told["Companies House Number"] == number("124810099")
    assert (told["Region"], told["Locality"]) == ("서울특별시", "광진구")
