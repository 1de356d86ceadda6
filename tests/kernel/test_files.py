"""Files that were handed in: sealed at rest, opened by the room's leave, destroyed by schedule."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from dure.domains.parties import commands as parties
from dure.kernel import files, secrets
from dure.kernel.models import Deed, KeptFile, Read
from dure.kernel.refusals import Denied, NotFound
from dure.site import keys

PDF = b"%PDF-1.7\n" + "진단-마루".encode()
MATTER = "trial.Claim:7"


@pytest.fixture
def kept(cast, act):
    return files.keep_file(
        act("secretariat"), subject_id=cast.member, matter=MATTER, name=r"C:\집\진단-마루.pdf",
        content=PDF,
    )  # fmt: skip


def test_name_and_content_lie_sealed_and_open_only_logged(kept, cast, act):
    [line] = files.files_of(MATTER).values()
    assert (line.name, line.size) == ("진단-마루.pdf", len(PDF))
    for model in apps.get_models():
        for row in model._default_manager.values():
            assert "진단-마루" not in str(row), model._meta.label
    seen = files.open_file(act("secretariat"), kept.pk, "trial.file")
    assert (seen.content, seen.content_type) == (PDF, "application/pdf")
    files.open_file(act(actor_id=cast.member), kept.pk, "trial.file")
    [read] = Read.objects.all()
    assert (read.subject_id, read.is_download) == (cast.member, True)
    with pytest.raises(NotFound):
        files.open_file(act("secretariat"), kept.pk + 1, "trial.file")


@pytest.mark.parametrize(
    "content", [b"", b"MZ\x90\x00", b"<html>", b"PK\x03\x04", b"%PDF-" + b"0" * files.FILE_BYTES]
)
def test_what_is_no_paper_and_no_picture_is_not_taken(cast, act, content):
    with pytest.raises(files.FileUnfit, match="payslip.pdf"):
        files.keep_file(
            act("member"), subject_id=cast.member, matter=MATTER, name="payslip.pdf",
            content=content,
        )  # fmt: skip


def test_the_same_file_once_and_not_too_many(kept, cast, act, monkeypatch):
    given = {"subject_id": cast.member, "matter": MATTER, "name": "둘.pdf"}
    with pytest.raises(files.FileThereAlready):
        files.keep_file(act("member"), content=PDF, **given)
    monkeypatch.setattr(files, "FILES_MAX", 1)
    with pytest.raises(files.TooManyFiles):
        files.keep_file(act("member"), content=PDF + b"2", **given)


def test_after_its_day_a_file_is_destroyed_and_stays_so(kept, act):
    by = act("system")
    with pytest.raises(files.NoFileDue):
        files.destroy_kept_files(by)
    assert files.keep_files_until(MATTER, by.today - timedelta(days=1)) == 1
    with pytest.raises(Denied):
        files.destroy_kept_files(act("secretariat"))
    assert files.destroy_kept_files(by) == files.destroy_kept_files(by) == 1
    assert Deed.objects.filter(name="kernel.KeptFilesDestroyed").count() == 1
    with pytest.raises(files.FileDestroyed):
        files.open_file(by, kept.pk, "trial.file")
    [line] = files.files_of(MATTER).values()
    assert (line.name, line.size) == ("", len(PDF)) and line.destroyed_at == by.at
    for change in ({"content_sealed": "x"}, {"size": 1}):
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            KeptFile.objects.update(**change)
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        KeptFile.objects.all().delete()


def test_files_follow_the_person_and_the_key(kept, cast, act, settings, tmp_path):
    file = tmp_path / "encryption.key"
    file.write_text("\n".join(secrets.keys()) + "\n")
    settings.DURE_ENCRYPTION_KEY_FILE = file
    keys.rotate(act("operator"))
    assert files.open_file(act("secretariat"), kept.pk, "trial.file").content == PDF
    other = parties.add_person(act("secretariat"), name="정마루 둘")
    files.carry_files(cast.member, other.pk)
    parties.erase_person(act("administrator"), person_id=other.pk, reason="요청")
    assert files.files_of(MATTER)[kept.pk].destroyed_at is not None
