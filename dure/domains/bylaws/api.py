"""The rules over the JSON API: everyone may read them and hold a value against them."""

from __future__ import annotations

from datetime import date as Date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import AfterValidator, Field

from dure.kernel.refusals import NotFound
from dure.ui.api import act_of_api

from . import commands, queries, rules

router = Router(tags=["bylaws"])


def _storable(text: str) -> str:
    """Without what no database keeps: NUL and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


Storable = AfterValidator(_storable)
Key = Annotated[str, Field(max_length=60, examples=["shares.cap_ratio"])]
Day = Annotated[Date, Field(ge=Date(1900, 1, 1), le=Date(2200, 12, 31))]
Label = Annotated[str, Field(max_length=120), Storable]
Value = Annotated[str, Field(max_length=200), Storable]
Whole = Annotated[str, Field(max_length=40), Storable]
Article = Annotated[str, Field(max_length=60), Storable]
Words = Annotated[str, Field(max_length=5000), Storable]


class RuleOut(Schema):
    key: str
    label: str
    area: str
    origin: str
    kind: str
    comparison: str
    value: str = Field(description="canonical text; empty where the rule was repealed")
    asks: str = Field(description="the value as people read it")
    of: str
    mandatory: bool
    document: str
    article: str
    text: str
    quoted: bool
    note: str
    from_date: Date
    read_later: bool = Field(description="on that day it was read in a later text of the law")


class LaidOut(RuleOut):
    decided_by: str
    applies: bool = Field(description="of the network's legal form, or its own")


class RulesOut(Schema):
    on_date: Date
    form: str
    rules: list[RuleOut]


class FindingOut(Schema):
    key: str
    label: str
    origin: str
    document: str
    article: str
    text: str
    kind: str
    comparison: str
    required: str
    actual: str
    of: int | None
    passed: bool
    sentence: str


@router.get("/rules", operation_id="rules_in_force", response=RulesOut, auth=None)
def rules_in_force(
    request: HttpRequest, on: Day | None = None, area: Key = "", origin: Key = "", owner: Key = ""
) -> Any:
    """Every rule in force on a day, in the order of their names; the network's, or another owner's."""
    day = on or act_of_api(request).today
    queries.owner_name(owner)
    book = queries.rules_on(day, owner)
    found = [
        queries.rule_out(rule, day)
        for rule in book.provisions.values()
        if area in ("", rules.area_of(rule.key)) and origin in ("", rule.origin)
    ]
    return {"on_date": day, "form": queries.legal_form_on(day, owner), "rules": found}


@router.get("/rules/{key}", operation_id="rule_history", response=list[LaidOut], auth=None)
def rule_history(request: HttpRequest, key: Key) -> Any:
    """Everything laid down about one rule, latest day first."""
    day = act_of_api(request).today
    found = queries.history(key)
    if not found:
        raise NotFound
    return [queries.laid_out(one, day) for one in found]


@router.get("/check/{key}", operation_id="check_value", response=FindingOut, auth=None)
def check_value(
    request: HttpRequest, key: Key, value: Value, of: Whole = "", on: Day | None = None
) -> Any:
    """Hold a value against a rule: which article, what it asks, passed or not."""
    book = queries.rules_on(on or act_of_api(request).today)
    if key not in book:
        raise NotFound
    return queries.finding_out(book.check_text(key, value, of=of))


class ProvisionIn(Schema):
    key: Key
    value: Value
    document: Label
    article: Article
    from_date: Day
    origin: str = "bylaws"
    kind: str = Field("", description="of a rule that is not known yet")
    comparison: str = ""
    label: Label = ""
    of: Whole = ""
    text: Words = ""
    decided_by: Label = ""
    owner: Key = Field("", description="whose rules; the network's own where none is named")


class RepealIn(Schema):
    key: Key
    from_date: Day
    document: Label
    article: Article
    origin: str = "bylaws"
    decided_by: Label = ""
    owner: Key = ""


class ArticleIn(Schema):
    document: Label
    article: Article
    text: Words
    from_date: Day
    heading: Label = ""
    decided_by: Label = ""


class FileIn(Schema):
    file: Annotated[str, Field(max_length=500_000)] = Field(description="TOML")
    decided_by: Label = ""
    owner: Key = ""


class FormIn(Schema):
    form: Annotated[str, Field(max_length=30)]
    from_date: Day
    owner: Key = ""


class LaidDownOut(Schema):
    count: int


class KeptOut(Schema):
    id: int


@router.post("/provisions", operation_id="adopt_provision", response=KeptOut)
def adopt_provision(request: HttpRequest, given: ProvisionIn) -> Any:
    """Lay down a value of the network's own, by a decision; what is mandatory is never loosened."""
    return {"id": commands.adopt_provision(act_of_api(request), **given.dict()).pk}


@router.post("/provisions/repeal", operation_id="repeal_provision", response=KeptOut)
def repeal_provision(request: HttpRequest, given: RepealIn) -> Any:
    """End a rule of the network's own; what stands above it holds again."""
    return {"id": commands.repeal_provision(act_of_api(request), **given.dict()).pk}


@router.post("/articles", operation_id="write_article", response=KeptOut)
def write_article(request: HttpRequest, given: ArticleIn) -> Any:
    """Write the words of an article as they read from a day on."""
    return {"id": commands.write_article(act_of_api(request), **given.dict()).pk}


@router.post("/files", operation_id="import_provisions", response=LaidDownOut)
def import_provisions(request: HttpRequest, given: FileIn) -> Any:
    """Take over a file of rules: all of it, or nothing."""
    return {"count": commands.import_provisions(act_of_api(request), **given.dict())}


@router.post("/forms", operation_id="adopt_legal_form", response=KeptOut)
def adopt_legal_form(request: HttpRequest, given: FormIn) -> Any:
    """Let the law of a legal form apply from a day."""
    return {"id": commands.adopt_legal_form(act_of_api(request), **given.dict()).pk}


@router.post("/packs", operation_id="load_packs", response=LaidDownOut)
def load_packs(request: HttpRequest) -> Any:
    """Lay down what this version of Dure brings that is not laid down yet."""
    return {"count": commands.load_packs(act_of_api(request))}
