"""Account numbers under a key outside the database: replaced, stopped half-way, missing, wrong."""

from __future__ import annotations

import re

import pytest
from cryptography.fernet import Fernet
from django.apps import apps

from dure.domains.parties import commands as parties
from dure.kernel import secrets
from dure.kernel.models import Deed
from dure.kernel.refusals import Denied
from dure.kernel.secrets import KeyMissing, KeysUnreadable
from dure.site import commands, keys

NUMBER = "110-234-567890"


@pytest.fixture
def key_file(settings, tmp_path):
    file = tmp_path / "encryption.key"
    file.write_text(Fernet.generate_key().decode() + "\n")
    settings.DURE_ENCRYPTION_KEY_FILE = file
    return file


@pytest.fixture
def account(cast, act, key_file):
    return parties.record_bank_account(
        act("secretariat"), party_id=cast.member, bank="신한은행", number=NUMBER, holder="정마루"
    )


def _number(account):
    account.refresh_from_db()
    return re.sub(r"\D", "", secrets.decrypt(account.number_sealed))


def test_a_key_is_replaced_and_only_the_operator_may(account, key_file, act):
    old = key_file.read_text()
    with pytest.raises(Denied):
        keys.rotate(act("secretariat"))
    assert key_file.read_text() == old
    before = account.number_sealed
    assert keys.rotate(act("operator")).rows == 1
    assert key_file.read_text() != old and len(secrets.keys()) == 1
    assert _number(account) == "110234567890" and account.number_sealed != before
    assert key_file.stat().st_mode & 0o077 == 0
    assert Deed.objects.filter(name__endswith="KeysRotated").count() == 1


def test_stopped_half_way_both_keys_stay_and_the_next_run_ends_it(
    account, key_file, act, monkeypatch
):
    old = secrets.keys()[0]

    def stop(column):
        raise RuntimeError("stopped")

    with monkeypatch.context() as broken, pytest.raises(RuntimeError):
        broken.setattr(secrets, "reseal", stop)
        keys.rotate(act("operator"))
    new, kept = secrets.keys()
    assert kept == old and _number(account) == "110234567890"
    with pytest.raises(commands.RotationUnfinished):
        commands.rotate_keys(act("operator"), rows=0, waiting=secrets.waiting(keys.SEALED[0]))
    assert keys.rotate(act("operator")).rows == 1
    assert secrets.keys() == [new] and _number(account) == "110234567890"


def test_codes_of_the_second_step_are_sealed_anew(key_file):
    column = next(one for one in keys.SEALED if one.model == "mfa.Authenticator")
    value = {"seed": secrets.encrypt("씨"), "used_mask": 3}
    key_file.write_text(Fernet.generate_key().decode() + "\n" + key_file.read_text())
    anew = secrets._anew(value, column.names, Fernet(secrets.keys()[0]))
    key_file.write_text(secrets.keys()[0])
    assert secrets.decrypt(anew["seed"]) == "씨" and anew["used_mask"] == 3


def test_a_missing_damaged_or_wrong_key_file_is_named(account, key_file):
    key_file.write_text(Fernet.generate_key().decode())
    with pytest.raises(KeyMissing, match=re.escape(str(key_file))):
        secrets.decrypt(account.number_sealed)
    for text in ("", "no key"):
        key_file.write_text(text)
        with pytest.raises(KeysUnreadable):
            secrets.encrypt("1")
    key_file.unlink()
    with pytest.raises(KeysUnreadable, match=re.escape(str(key_file))):
        secrets.decrypt(account.number_sealed)


def test_no_table_holds_the_plain_number(account):
    digits = "110234567890"
    for model in apps.get_models():
        for row in model._default_manager.values():
            text = re.sub(r"[-\s]", "", str(row))
            assert digits not in text, model._meta.label


def test_every_sealed_column_is_rotated():
    sealed = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.name.endswith(("_sealed", "_secret")) and model._meta.app_label != "socialaccount"
    }
    assert sealed == {(one.model, one.column) for one in keys.SEALED if not one.names}
