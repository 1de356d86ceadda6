"""The monthly look at the log of reads."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from dure.domains.privacy import commands, queries
from dure.domains.privacy.models import ReadReason
from dure.domains.privacy.rules.reads import is_unusual, usual
from dure.kernel.dates import Month
from dure.kernel.models import Read
from dure.kernel.reads import note_read
from dure.kernel.refusals import Denied

OCTOBER = Month(2026, 10)


def reads(act, cast, month, people, download=False):
    at = datetime(2026, month, 15, 3, tzinfo=UTC)
    by = act("bookkeeper", actor_id=cast.bookkeeper, at=at)
    note_read(by, None, "memberships.members", people, download=download)


def test_what_is_usual_is_the_mean_of_the_months_with_reads():
    assert usual([]) == usual([0, 0]) == 0
    assert usual([0, 10, 20]) == 15
    assert not is_unusual(45, [15, 15], times=3, least=30)
    assert is_unusual(46, [15, 15], times=3, least=30)
    assert not is_unusual(30, [], times=3, least=30)
    assert is_unusual(31, [], times=3, least=30)


def test_a_month_is_looked_through_explained_and_confirmed(cast, act):
    for month in (7, 8, 9):
        reads(act, cast, month, 12)
    reads(act, cast, 10, 40)
    reads(act, cast, 10, 5, download=True)
    office = act("secretariat")
    with pytest.raises(Denied):
        queries.reads_of_month(act("bookkeeper"), OCTOBER)
    assert queries.month_to_check(office) == Month(2026, 7)
    log = queries.reads_of_month(office, OCTOBER)
    [reader] = log.readers
    assert (reader.name, reader.reads, reader.people, reader.downloads) == ("이보라", 2, 45, 1)
    assert (reader.usual, reader.is_unusual) == (12, True)
    with pytest.raises(commands.MonthNotOver):
        commands.confirm_reads(act("secretariat"), month=Month(2026, 11))
    with pytest.raises(commands.DownloadsUnexplained):
        commands.confirm_reads(act("secretariat"), month=OCTOBER, note="봤습니다.")
    keeper = act("bookkeeper", actor_id=cast.bookkeeper)
    [waiting] = queries.downloads_to_explain(keeper)
    with pytest.raises(Denied):
        commands.explain_download(
            act("member", actor_id=cast.member), read_id=waiting.read_id, reason="?"
        )
    with pytest.raises(commands.ReasonOfDownloadMissing):
        commands.explain_download(keeper, read_id=waiting.read_id, reason=" ")
    key = act("bookkeeper", actor_id=cast.bookkeeper)
    for _twice in range(2):
        commands.explain_download(key, read_id=waiting.read_id, reason="총회 명부를 인쇄하려고")
    assert ReadReason.objects.count() == 1
    with pytest.raises(commands.ReasonAlreadyGiven):
        commands.explain_download(
            act("bookkeeper", actor_id=cast.bookkeeper), read_id=waiting.read_id, reason="또"
        )
    with pytest.raises(commands.UnusualUnexplained):
        commands.confirm_reads(act("secretariat"), month=OCTOBER)
    check = commands.confirm_reads(
        act("secretariat"), month=OCTOBER, note="총회를 준비한 달이라 많습니다."
    )
    assert (check.reads, check.downloads, check.unusual) == (2, 1, 1)
    with pytest.raises(commands.ReadsAlreadyConfirmed):
        commands.confirm_reads(act("secretariat"), month=OCTOBER, note="다시")
    assert all(one.passed for one in queries.reads_of_month(office, OCTOBER).findings[:1])


def test_lists_taken_along_are_downloads(cast, client_of):
    office = client_of("secretariat")
    assert office.get("/parties/people/").status_code == 200
    assert not Read.objects.filter(is_download=True).exists()
    for address in ("/parties/people/?as=xlsx", reverse("memberships:members") + "?as=csv"):
        answer = office.get(address)
        assert b"".join(answer.streaming_content)
    assert Read.objects.filter(is_download=True).count() == 2
    assert "사유" in office.get("/desk/").content.decode()
