"""The journey by the pages, without JavaScript; the letters it sends."""

import re
from datetime import date
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail

from dure.domains.memberships import commands
from dure.domains.memberships.models import Application, Charge, DuesRun, Membership, Receipt
from dure.domains.parties import commands as parties
from dure.kernel import outbox
from dure.kernel.dates import Month
from dure.kernel.models import News
from tests.conftest import NOW


def send(client, path, data, confirm=True):
    """Fill in a form as a browser does: with its key, and once more when the effect was shown."""
    page = client.get(path).content.decode()
    key = re.search(r'name="key" value="([0-9a-f-]{36})"', page)[1]
    answer = client.post(path, {**data, "key": key})
    seal = re.search(r'name="confirmed" value="(\w+)"', answer.content.decode())
    if confirm and answer.status_code == 200 and seal:
        answer = client.post(path, {**data, "key": key, "confirmed": seal[1]})
    return answer


def test_from_the_public_form_to_a_paid_month(client_of, cast, act):
    text = parties.publish_consent_text(
        act("secretariat"),
        purpose="membership",
        title="개인정보 수집·이용",
        text="…",
        from_date=date(2026, 1, 1),
        is_required=True,
    )
    visitor, office, keeper = (
        client_of("visitor"),
        client_of("secretariat"),
        client_of("bookkeeper"),
    )
    form = "/memberships/apply/?class=organisation"
    given = {"name": "새벽빵집 협동조합", "contact_name": "한새벽", "email": "bread@example.kr"}
    assert "단체회원" in visitor.get("/memberships/apply/").content.decode()
    refused = send(visitor, form, given)
    assert refused.status_code == 422 and "동의가 없으면" in refused.content.decode()
    assert "새벽빵집 협동조합" in refused.content.decode()  # nothing typed is lost
    given[f"consent_{text.pk}"] = "on"
    shown = send(visitor, form, given, confirm=False)
    assert "가입을 신청합니다" in shown.content.decode() and not Application.objects.exists()
    sent = send(visitor, form, given)
    assert sent.status_code == 302 and "/apply/status/" in sent["Location"]
    application = Application.objects.get()

    listed = office.get("/memberships/applications/?state=waiting").content.decode()
    assert "새벽빵집 협동조합" in listed
    base = f"/memberships/applications/{application.pk}"
    assert (
        send(
            office,
            f"{base}/interview/",
            {
                "visit_date": "2026.11.19",
                "form": "visit",
                "interviewers": "김하늘",
                "opinion": "favourable",
            },
        ).status_code
        == 302
    )
    shown = send(office, f"{base}/admit/", {"decided_by": "", "member_class": "organisation"})
    assert shown.status_code == 422
    done = send(
        office,
        f"{base}/admit/",
        {
            "decided_by": "이사회 제5차",
            "decided_date": "2026-11-20",
            "joined_date": "2026년 11월 20일",
            "member_class": "organisation",
        },
    )
    member = Membership.objects.get(application=application)
    assert done["Location"] == f"/memberships/{member.pk}/"

    assert (
        send(
            office,
            "/memberships/dues/plans/add/",
            {
                "member_class": "organisation",
                "name": "월회비",
                "period": "month",
                "amount_won": "3만원",
                "from_month": "2026-11",
                "due_day": "25",
                "starts_in_month": "1",
                "fund": "general",
                "kind": "regular",
                "joining_month_counts": "on",
                "proration": "months",
            },
        ).status_code
        == 302
    )
    shown = send(keeper, "/memberships/dues/bill/", {"month": "2026-11"}, confirm=False)
    assert (
        "2명에게 60,000원이 청구됩니다" in shown.content.decode() and not DuesRun.objects.exists()
    )
    assert send(keeper, "/memberships/dues/bill/", {"month": "2026-11"}).status_code == 302
    assert (
        send(
            keeper,
            "/memberships/receipts/enter/",
            {
                "receipt_date": "2026-11-20",
                "amount_won": "삼만원",
                "payer": "새벽빵집",
                "fund": "general",
            },
        ).status_code
        == 422
    )
    assert (
        send(
            keeper,
            "/memberships/receipts/enter/",
            {
                "receipt_date": "2026-11-20",
                "amount_won": "3만원",
                "payer": "새벽빵집",
                "fund": "general",
            },
        ).status_code
        == 302
    )
    waiting = keeper.get("/memberships/receipts/waiting/").content.decode()
    assert "이름이 같아요" in waiting
    receipt = Receipt.objects.get()
    matched = keeper.post("/memberships/receipts/match/", {"pair": f"{receipt.pk}-{member.pk}"})
    assert matched.status_code == 302
    assert Charge.objects.get(membership=member).open_won == 0
    again = keeper.post("/memberships/receipts/match/", {"pair": f"{receipt.pk}-{member.pk}"})
    assert again.status_code == 409 and "연결할 수 없습니다" in again.content.decode()
    for paper in ("statement/?as=pdf", "notice/"):
        answer = keeper.get(f"/memberships/{member.pk}/{paper}")
        assert answer["Content-Type"] == "application/pdf" and answer.content[:5] == b"%PDF-"


def test_a_bank_file_by_the_pages(client_of, cast, act):
    from django.core.files.uploadedfile import SimpleUploadedFile

    keeper = client_of("bookkeeper")
    broken = SimpleUploadedFile("사진.csv", b"\x00\x01\xff")
    answer = keeper.post("/memberships/receipts/import/", {"file": broken, "fund": "general"})
    assert answer.status_code == 422 and "읽을 수 없는 글자" in answer.content.decode()
    content = "거래일,적요,입금액\n2026-11-19,햇살돌봄,30000\n2026-11-19,<b>x</b>,77\n".encode(
        "cp949"
    )
    sent = keeper.post(
        "/memberships/receipts/import/",
        {"file": SimpleUploadedFile("11월.csv", content), "fund": "general"},
    )
    page = keeper.get(sent["Location"]).content.decode()
    assert "햇살돌봄" in page and "&lt;b&gt;x&lt;/b&gt;" in page
    done = keeper.post(sent["Location"], {"row": ["2"], "match": "1"})
    assert done.status_code == 302
    assert [r.payer_text for r in Receipt.objects.all()] == ["햇살돌봄"]


@pytest.fixture
def posted(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    def tell():
        outbox.tell_due(NOW)
        letters = [(m.to[0], m.subject, m.body) for m in mail.outbox]
        mail.outbox.clear()
        return letters

    return tell


def test_letters_in_korean_and_nothing_personal_in_the_outbox(cast, act, posted):
    application = commands.apply_for_membership(
        act("visitor"), member_class="person", kind="person", name="한 & 새벽", email="h@example.kr"
    )
    [(to, subject, body)] = posted()
    assert to == "h@example.kr" and "가입 신청을 받았습니다" in subject and "한 & 새벽" in body
    commands.refuse_application(
        act("secretariat"), application_id=application.pk, decided_by="이사회", reason="정관 제10조"
    )
    [(to, subject, body)] = posted()
    assert "심사 결과" in subject and "정관 제10조" in body
    other = commands.apply_for_membership(
        act("visitor"), member_class="person", kind="person", name="한새벽", email="s@example.kr"
    )
    commands.admit_member(act("secretariat"), application_id=other.pk, decided_by="이사회")
    letters = posted()
    assert ["환영합니다" in subject for _to, subject, _body in letters] == [False, True]
    commands.set_dues_plan(
        act("system"),
        member_class="person",
        name="월회비",
        period="month",
        amount_won=10_000,
        from_month=Month(2026, 10),
        due_day=10,
    )
    commands.bill_dues(act("bookkeeper"), month=Month(2026, 10))
    assert posted() == []  # nobody is told unless it was asked for
    commands.bill_dues(act("bookkeeper"), month=Month(2026, 11), notify=True)
    letters = posted()
    assert {to for to, _s, _b in letters} == {"member@example.kr", "s@example.kr"}
    assert all("10,000원" in body for _t, _s, body in letters)
    late = tuple(Membership.objects.values_list("pk", flat=True))
    commands.remind_arrears(act("bookkeeper"), membership_ids=late)
    letters = {to: body for to, _s, body in posted()}
    assert "20,000원" in letters["member@example.kr"] and "10,000원" in letters["s@example.kr"]
    for news in News.objects.all():
        assert "example.kr" not in news.payload and "새벽" not in news.payload


def test_a_bill_to_many_has_a_piece_of_news_for_each_and_a_bad_address_holds_up_nobody(
    cast, act, posted, monkeypatch
):
    from django.core.mail import EmailMessage

    commands.set_dues_plan(
        act("system"),
        member_class="person",
        name="월회비",
        period="month",
        amount_won=10_000,
        from_month=Month(2026, 10),
        due_day=10,
    )
    for i in range(4):
        person = parties.add_person(act("system"), name=f"사람{i}", email=f"p{i}@example.kr")
        commands.enrol_member(
            act("system"),
            party_id=person.pk,
            member_class="person",
            joined_date=date(2026, 1, 1),
            decided_by="창립총회",
        )
    posted()
    sends = EmailMessage.send

    def refuse(letter, *given):
        if letter.to == ["p1@example.kr"]:
            raise SMTPRecipientsRefused({"p1@example.kr": (550, b"no such user")})
        return sends(letter, *given)

    commands.bill_dues(act("bookkeeper"), month=Month(2026, 11), notify=True)
    with monkeypatch.context() as away:
        away.setattr(EmailMessage, "send", refuse)
        first = sorted(to for to, _s, _b in posted())
    assert first == ["member@example.kr", "p0@example.kr", "p2@example.kr", "p3@example.kr"]
    [waiting] = News.objects.filter(state=News.State.WAITING)
    assert "SMTPRecipientsRefused" in waiting.error and "p1@example.kr" not in waiting.error
    outbox.tell_due(NOW + outbox.RETRY_AFTER[0])
    assert [letter.to for letter in mail.outbox] == [["p1@example.kr"]]
