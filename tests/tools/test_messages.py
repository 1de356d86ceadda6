"""The translation tool: it finds every string that Django would look up, and lets none slip."""

import gettext
from pathlib import Path

import polib
import pytest

from tools import messages

PYTHON = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext as many, pgettext
from django.utils import translation

title = gettext_lazy("Ledger")
long = _("One part, " "and another")
added = _("left" + " right")
month = pgettext("calendar", "May")
count = many("%(n)d member", "%(n)d members", n) % {"n": n}
noop = translation.gettext_noop("Marked")
later = _(title)
underscore = other("Not ours")
"""

TEMPLATE = """
{% load i18n %}
{% translate "Save" %} {% trans 'It''s' as x %} {% translate "May" context "calendar" %}
{% translate "100% sure" %}
{# {% translate "commented" %} #}{% comment %}{% translate "hidden" %}{% endcomment %}
{{ _("In a variable") }} {% include "x.html" with label=_("In a tag") %}
{% blocktranslate trimmed with name=member.name %}
  Hello {{ name }},
  100% welcome.
{% endblocktranslate %}
{% blocktranslate count n=members|length context "roll" %}one member{% plural %}{{ n }} members{% endblocktranslate %}
"""


def keys(found):
    return {(message.context, message.text, message.plural) for message in found}


def test_strings_of_python_are_found():
    assert keys(messages.in_python(PYTHON, "x.py")) == {
        (None, "Ledger", None),
        (None, "One part, and another", None),
        (None, "left right", None),
        ("calendar", "May", None),
        (None, "%(n)d member", "%(n)d members"),
        (None, "Marked", None),
    }


def test_an_f_string_is_refused():
    with pytest.raises(messages.Unreadable, match="x.py:1: an f-string"):
        list(messages.in_python('gettext(f"{name} has left")', "x.py"))


def test_strings_of_templates_are_found():
    assert keys(messages.in_template(TEMPLATE, "x.html")) == {
        (None, "Save", None),
        (None, "It", None),
        ("calendar", "May", None),
        (None, "100%% sure", None),
        (None, "In a variable", None),
        (None, "In a tag", None),
        (None, "Hello %(name)s, 100%% welcome.", None),
        ("roll", "one member", "%(n)s members"),
    }


@pytest.mark.parametrize(
    "template",
    [
        "{% blocktranslate %}{{ member.name }}{% endblocktranslate %}",
        "{% blocktranslate %}{% if x %}{% endif %}{% endblocktranslate %}",
        "{% blocktranslate %}never closed",
    ],
)
def test_what_django_could_not_look_up_is_refused(template):
    with pytest.raises(messages.Unreadable, match="x.html:1"):
        list(messages.in_template(template, "x.html"))


@pytest.fixture
def root(tmp_path):
    app = tmp_path / "dure/domains/ledger"
    (app / "templates/ledger").mkdir(parents=True)
    (app / "__init__.py").touch()
    (app / "pages.py").write_text(
        "from django.utils.translation import gettext, ngettext\n"
        'gettext("Balance")\n'
        'ngettext("%(n)d entry", "%(n)d entries", 2)\n'
        'gettext("{amount} won")\n'
    )
    (app / "templates/ledger/fund.html").write_text('{% translate "Fund" %}')
    return tmp_path


def catalogue(root: Path) -> Path:
    return root / "dure/domains/ledger" / messages.CATALOGUE


def translate(root: Path, **korean: str) -> None:
    path = catalogue(root)
    po = polib.pofile(str(path))
    for entry in po:
        text = korean.get(entry.msgid.split()[-1].lower(), "")
        if entry.msgid_plural:
            entry.msgstr_plural = {0: text}
        else:
            entry.msgstr = text
    po.save()


COMPLETE = {"balance": "잔액", "entry": "기장 %(n)d건", "won": "{amount}원", "fund": "기금"}


def check(root, capsys):
    code = messages.main(["check"], root)
    return code, capsys.readouterr().out


def test_update_then_check(root, capsys):
    code, said = check(root, capsys)
    assert code == 1 and said.count("missing from the catalogue") == 4
    assert messages.main(["update"], root) == 0
    code, said = check(root, capsys)
    assert code == 1 and said.count("no Korean") == 4
    translate(root, **COMPLETE)
    assert check(root, capsys) == (0, "every string has its Korean\n")
    before = catalogue(root).read_text()
    assert messages.main(["update", "dure/domains/ledger"], root) == 0
    assert catalogue(root).read_text() == before


def test_update_keeps_the_korean_and_drops_what_is_unused(root, capsys):
    messages.main(["update"], root)
    translate(root, **COMPLETE)
    (root / "dure/domains/ledger/templates/ledger/fund.html").write_text("")
    code, said = check(root, capsys)
    assert code == 1 and said.endswith("dure/domains/ledger: no longer used: 'Fund'\n")
    messages.main(["update"], root)
    kept = {entry.msgid: entry.msgstr for entry in polib.pofile(str(catalogue(root)))}
    assert kept == {"%(n)d entry": "", "Balance": "잔액", "{amount} won": "{amount}원"}
    assert check(root, capsys)[0] == 0


@pytest.mark.parametrize(
    "broken", [{"entry": "기장 %(count)d건"}, {"entry": "기장"}, {"won": "{sum}원"}, {"won": "원"}]
)
def test_a_translation_with_other_placeholders_fails(root, capsys, broken):
    messages.main(["update"], root)
    translate(root, **COMPLETE | broken)
    code, said = check(root, capsys)
    assert code == 1 and "placeholders differ" in said


def test_a_fuzzy_translation_fails(root, capsys):
    messages.main(["update"], root)
    translate(root, **COMPLETE)
    po = polib.pofile(str(catalogue(root)))
    po.find("Balance").flags.append("fuzzy")
    po.save()
    code, said = check(root, capsys)
    assert code == 1 and "fuzzy: 'Balance'" in said


def test_two_apps_may_not_translate_one_string_differently(root, capsys):
    messages.main(["update"], root)
    translate(root, **COMPLETE)
    other = root / "dure/ui"
    other.mkdir()
    (other / "words.py").write_text('gettext("Balance")')
    messages.main(["update"], root)
    po = polib.pofile(str(other / messages.CATALOGUE))
    assert po.find("Balance").msgstr == "잔액"  # taken over
    assert check(root, capsys)[0] == 0
    po.find("Balance").msgstr = "잔고"
    po.save()
    code, said = check(root, capsys)
    assert code == 1 and "one string, two translations: 'Balance'" in said


def test_what_is_compiled_can_be_read(root):
    messages.main(["update"], root)
    translate(root, **COMPLETE)
    assert messages.main(["compile", "--quiet"], root) == 0
    compiled = catalogue(root).with_suffix(".mo")
    with compiled.open("rb") as file:
        korean = gettext.GNUTranslations(file)
    assert korean.gettext("Balance") == "잔액"
    assert korean.ngettext("%(n)d entry", "%(n)d entries", 1) == "기장 %(n)d건"
    catalogue(root).unlink()
    messages.main(["compile", "--quiet"], root)
    assert not compiled.exists()
