"""Changing the bylaws: one rule, or several at once, each with its article and its day.

Where the form's law asks for it, a change has no force before the authority approved it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.bylaws import commands as bylaws, queries as rules
from dure.domains.bylaws.rules import Origin
from dure.domains.bylaws.rules.choices import area_label, area_of
from dure.domains.governance.queries.effects import (
    Decided,
    Effect,
    EffectUnfit,
    Place,
    Setting,
    Undoing,
    type_data,
)
from dure.kernel import clock
from dure.kernel.acts import Act, system_act
from dure.kernel.dates import parse_date
from dure.kernel.refusals import Refusal
from dure.ui.fields import DateField

LINE = re.compile(r"([^=]+?) *= *(.+?) *\(([^()]+)\) *(\d{4}-\d{2}-\d{2})?")
SOME_DAY = "2000-01-01"  # a line is read the same on any day
APPROVAL = "bylaws.change_approval"


def _rules_now() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every rule in force by its area, each with what it asks now."""
    book = rules.rules_on(system_act(clock.now()).today)
    found: dict[str, list[tuple[str, str]]] = {}
    for key, one in book.provisions.items():
        found.setdefault(area_label(area_of(key)), []).append((key, f"{one.label}: {one.asks}"))
    return sorted((area, sorted(listed, key=lambda row: row[1])) for area, listed in found.items())


class AdoptProvision(forms.Form):
    rule = forms.ChoiceField(label=_("Rule"), help_text=_("With what it asks now."))
    value = forms.CharField(label=_("New value"), max_length=200)
    document = forms.CharField(label=_("Document"), max_length=80, initial="정관")
    article = forms.CharField(label=_("Article"), max_length=80)
    from_date = DateField(label=_("In force from"))
    text = forms.CharField(
        label=_("Wording"), required=False, max_length=4000, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        self.fields["rule"].choices = _rules_now()  # type: ignore[attr-defined]


class AdoptProvisions(forms.Form):
    document = forms.CharField(label=_("Document"), max_length=80, initial="정관")
    from_date = DateField(label=_("In force from"))
    lines = forms.CharField(
        label=_("Rules"),
        max_length=8000,
        widget=forms.Textarea({"rows": 8}),
        help_text=_(
            "One on each line: rule = value (article), with a day of its own behind it where it has one. Such as: 총회 소집을 알리는 기간 = 10 (제28조) 2027-07-01"
        ),
    )

    def clean_lines(self) -> str:
        text = str(self.cleaned_data["lines"])
        try:
            list(_read({"lines": text, "document": "", "from_date": SOME_DAY}))
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from refusal
        return text


def _read(data: type_data) -> Iterator[dict[str, Any]]:
    """Each line as what is to be laid down. Raises EffectUnfit with the line that cannot be read."""
    book = rules.rules_on(parse_date(str(data["from_date"])))
    keys = {one.label: key for key, one in book.provisions.items()}
    for number, line in enumerate(str(data["lines"]).splitlines(), 1):
        if not line.strip():
            continue
        found = LINE.fullmatch(line.strip())
        if found is None:
            why = _now("Line %(number)d is not “rule = value (article)”: %(line)s")
            raise EffectUnfit(why=why % {"number": number, "line": line[:80]})
        named, value, article, day = found.groups()
        yield {
            "key": keys.get(named, named),
            "value": value,
            "document": data["document"],
            "article": article,
            "from_date": parse_date(day or str(data["from_date"])),
        }


def _one(data: type_data) -> list[dict[str, Any]]:
    given = {**data, "key": data["rule"], "from_date": parse_date(str(data["from_date"]))}
    return [{name: value for name, value in given.items() if name != "rule"}]


def _wanted(data: type_data) -> list[dict[str, Any]]:
    found = list(_read(data)) if "lines" in data else _one(data)
    if not found:
        raise EffectUnfit(why=_now("There is no rule in it."))
    return found


def rules_before_vote(data: type_data, place: Place) -> Setting:
    for given in _wanted(data):
        if rules.provision_of(**given).from_date < place.day:
            raise EffectUnfit(why=_now("A rule is not in force before it was decided on."))
    return Setting()


def adopt_rules(act: Act, data: type_data, decided: Decided) -> str:
    said = []
    for given in _wanted(data):
        first = max(given["from_date"], decided.approval_date or decided.on_date)
        row = bylaws.adopt_provision(
            act, **{**given, "from_date": first}, decided_by=decided.reference
        )
        said.append(
            _now("%(rule)s is %(value)s from %(date)s.")
            % {"rule": row.label, "value": given["value"], "date": row.from_date.isoformat()}
        )
    if len(said) == 1:
        return said[0]
    return _now("%(count)d rules were laid down. %(first)s") % {
        "count": len(said),
        "first": said[0],
    }


def withdraw_rules(act: Act, data: type_data, undoing: Undoing) -> str:
    """What is not in force yet is withdrawn from its first day. Raises EffectUnfit."""
    rows = [
        [row for row in rules.rows_of(given["key"]) if row.origin == Origin.BYLAWS][-1]
        for given in _wanted(data)
    ]
    for row in rows:
        if row.value is None or row.from_date <= act.today:
            raise EffectUnfit(
                why=_now("“%(rule)s” has been in force since %(date)s: decide on what holds now.")
                % {"rule": row.label, "date": row.from_date.isoformat()}
            )
    for row in rows:
        bylaws.repeal_provision(
            act, key=row.key, from_date=row.from_date, document=row.citation.document,
            article=row.citation.article, decided_by=undoing.reason[:120],
        )  # fmt: skip
    return _now("The rule is withdrawn before it came into force.")


EFFECTS = {
    "bylaws.adopt_provision": Effect(
        _("Change a rule of the bylaws"), "bylaws_change", AdoptProvision, adopt_rules,
        rules_before_vote, undo=withdraw_rules, approval=APPROVAL,
    ),
    "bylaws.adopt_provisions": Effect(
        _("Change several rules of the bylaws"), "bylaws_change", AdoptProvisions, adopt_rules,
        rules_before_vote, undo=withdraw_rules, approval=APPROVAL,
    ),
}  # fmt: skip
