"""The page for taking everything along: asked for, written by the worker, fetched, deleted; all logged."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from dure.domains.parties.models import Account
from dure.kernel import clock, outbox
from dure.kernel.models import Deed, News, Read
from dure.site.clockwork import JOBS
from dure.site.home import Home
from dure.site.moving import fetching, travels
from tests.cast import Cast
from tests.conftest import NOW, MakeAct

ClientOf = Callable[[str], Client]


@pytest.fixture(autouse=True)
def folder(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Home:
    home = Home(tmp_path / "home")
    home.folder.mkdir()
    monkeypatch.setattr(fetching, "home", lambda: home)
    return home


def test_an_administrator_asks_the_worker_writes_and_it_is_fetched_and_goes(
    cast: Cast, client_of: ClientOf, folder: Home, act: MakeAct, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, client = reverse("export_network"), client_of("open_administrator")
    assert client.post(page, {"reason": "", "form": "csv"}).status_code == 422
    assert client.post(page, {"reason": "이사회 결정", "form": "jsonl"}).status_code == 302
    shown = client.get(page)
    assert "이사회 결정" in shown.content.decode()
    deed = Deed.objects.get(name="site.NetworkExported")
    fetch = reverse("download_export", args=[deed.pk])
    assert fetch not in shown.content.decode() and client.get(fetch).status_code == 404
    outbox.tell_due(NOW, limit=500)
    assert News.objects.get(kind="network_export").state == "done"
    assert fetch in client.get(page).content.decode()
    answer = client.get(fetch)
    assert answer["Content-Disposition"].startswith(
        "attachment; filename*=utf-8''%ED%95%9C%EC%9A%B8"
    )
    with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as package:
        assert "tables/kernel_deed.jsonl" in package.namelist()
    assert (
        Read.objects.filter(what="site.download_export", actor_id=cast.administrator).count() == 1
    )
    assert client_of("secretariat").get(fetch).status_code == 403
    assert [path.suffix for path in (folder.folder / "exports").iterdir()] == [".zip"]
    assert (folder.folder / "exports").stat().st_mode & 0o077 == 0
    job = next(job for job in JOBS if job.name == "remove_exports")
    job.run(act("system", at=clock.now()))
    assert client.get(fetch).status_code == 200
    later = NOW + timedelta(days=400)
    job.run(act("system", at=later))
    assert client.get(fetch).status_code == 404
    assert fetch not in client.get(page).content.decode()


def test_a_failed_writing_is_told_and_tried_again(
    cast: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, client = reverse("export_network"), client_of("open_administrator")
    client.post(page, {"reason": "이사", "form": "csv"})

    def stop(*args: Any, **given: Any) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(fetching, "write_export", stop)
        outbox.tell_due(NOW, limit=500)
    assert News.objects.get(kind="network_export").error == "OSError: disk full"
    outbox.tell_due(NOW + timedelta(minutes=2), limit=500)
    deed = Deed.objects.get(name="site.NetworkExported")
    assert reverse("download_export", args=[deed.pk]) in client.get(page).content.decode()


def test_what_one_worker_still_writes_another_leaves_alone(
    cast: Cast, client_of: ClientOf, folder: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    client_of("open_administrator").post(
        reverse("export_network"), {"reason": "이사", "form": "csv"}
    )
    written = []

    def meanwhile(*args: Any, **given: Any) -> None:
        """In the middle of the writing the outbox has waited long enough and asks another."""
        written.append(1)
        outbox.tell_due(NOW + timedelta(minutes=11), limit=500)
        assert "StillWritten" in News.objects.get(kind="network_export").error
        write_export(*args, **given)

    write_export = fetching.write_export
    monkeypatch.setattr(fetching, "write_export", meanwhile)
    outbox.tell_due(NOW, limit=500)
    outbox.tell_due(NOW + timedelta(hours=3), limit=500)
    assert News.objects.get(kind="network_export").state == "done"
    assert written == [1]


def test_whoever_arrived_without_a_password_sets_one_by_letter(cast: Cast) -> None:
    Account.objects.filter(pk=cast.accounts["secretariat"]).update(password=travels.UNUSABLE)
    mail.outbox.clear()
    Client().post(reverse("account_reset_password"), {"email": "secretariat@example.kr"})
    assert "/password/reset/key/" in mail.outbox[0].body
