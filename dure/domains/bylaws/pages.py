"""The rules on the screen: in force on any day, how each came about, and the forms that change them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.dates import format_date
from dure.kernel.refusals import InvalidInput, Refusal
from dure.ui.doors import act_of, form_page, page, refused
from dure.ui.tables import Column, Table, taken_along

from . import commands, forms, policies, queries, rules


def asked_owner(request: HttpRequest) -> str:
    """Whose rules the address asks about: the network's, where it names nobody. Raises Http404."""
    owner = (request.GET.get("owner") or "")[:40]
    if owner and owner not in queries.owners():
        raise Http404
    return owner


def asked_rules(request: HttpRequest) -> tuple[forms.RulesAsked, queries.RulesShown]:
    """The rules that the address asks for; today's, all of them, where it asks nothing."""
    today = act_of(request).today
    first = forms.RulesAsked(
        request.GET, areas=tuple((code, str(label)) for code, label in rules.AREAS.items())
    )
    given = first.cleaned_data if first.is_valid() else {}
    shown = queries.rules_shown(
        given.get("on") or today,
        area=given.get("area", ""),
        origin=given.get("origin", ""),
        owner=asked_owner(request),
    )
    asked = {**request.GET.dict(), "on": request.GET.get("on") or today.isoformat()}
    form = forms.RulesAsked(asked, areas=shown.areas)
    form.is_valid()
    return form, shown


RULES = Table(
    id="rules",
    title=_("Rules in force"),
    columns=(
        Column("area", _("Area")),
        Column("label", _("Rule"), "rule.label"),
        Column("shown", _("Value"), "rule.shown"),
        Column("origin", _("Origin")),
        Column("document", _("Document"), "rule.citation.document"),
        Column("article", _("Article"), "rule.citation.article"),
        Column("text", _("Text"), "rule.citation.text"),
        Column("from_date", _("From"), "rule.from_date", kind="day"),
        Column("key", _("Key"), "rule.key", kind="id"),
    ),
)


def rules_of(shown: queries.RulesShown) -> list[queries.RuleShown]:
    """Every rule that is shown, in the order of the documents."""
    return [
        one
        for document in shown.documents
        for article in document.articles
        for one in article.rules
    ]


def rules_in_force(request: HttpRequest) -> HttpResponseBase:
    """Every rule of a day, article beside provision."""
    form, shown = asked_rules(request)
    if file := taken_along(request, RULES, rules_of(shown)):
        return file
    act = act_of(request)
    asked = {
        name: value
        for name in ("on", "area", "origin", "owner")
        if (value := request.GET.get(name, "")) and name not in form.errors
    }
    return page(
        request,
        "bylaws/rules_in_force.html",
        {
            "form": form,
            "shown": shown,
            "query": urlencode(asked),
            "lays_down": bool(policies.can_adopt_provision(act)),
        },
    )


def rule(request: HttpRequest, rule_key: str) -> HttpResponse:
    """One rule: what holds, how it came about, and a value to try."""
    act = act_of(request)
    key = rule_key
    laid = queries.history(key)
    if not laid:
        raise Http404
    on = act.today
    layers = queries.rule_shown(key, on)
    held = next((one for one in layers if one.instead is None), None)
    may = bool(policies.can_adopt_provision(act))
    names = request.names_of({one.actor_id for one in laid}) if may else {}  # type: ignore[attr-defined]
    tried = forms.TryValue(request.GET if "value" in request.GET else None)
    context: dict[str, Any] = {
        "key": key,
        "held": held,
        "layers": layers,
        "laid": [(one, names.get(one.actor_id, "")) for one in laid],
        "label": laid[0].rule.label,
        "is_ratio": laid[0].rule.kind == rules.Kind.RATIO,
        "example": rules.EXAMPLES[laid[0].rule.kind],
        "tried": tried,
        "lays_down": may,
        "may_repeal": any(one.rule.origin in rules.OWN for one in layers),
        "on": on,
    }
    if held and tried.is_bound and tried.is_valid():
        try:
            whole = tried.cleaned_data["whole"]
            finding = queries.rules_on(on).check_text(key, tried.cleaned_data["value"], of=whole)
            context["findings"] = (finding,)
        except InvalidInput as refusal:
            return refused(request, refusal, "bylaws/rule.html", context)
    return page(request, "bylaws/rule.html", context)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a form would do, in a sentence, with the rows that it touches."""

    words: str
    rows: tuple[tuple[str, str, str], ...] = ()
    more: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.words


def _asks_now(key: str, on: date, owner: str = "") -> str:
    held = queries.rules_on(on, owner).provisions.get(key)
    return f"{held.asks} ({held.citation})" if held else _now("nothing yet")


def _rules_of_owner(owner: str) -> str:
    return f"{reverse('bylaws:rules_in_force')}?{urlencode({'owner': owner})}"


def adopt_provision(request: HttpRequest) -> HttpResponse:
    """Lay down a value of a rule that is known (?key=…), or a rule that no law knows."""
    key, owner = (request.GET.get("key") or "")[:60], asked_owner(request)
    laid = (queries.rows_of(key, owner) or queries.rows_of(key)) if key else ()
    form = forms.AdoptProvision if laid else forms.AdoptNewProvision

    def wanted(given: dict[str, Any]) -> dict[str, Any]:
        """The form's own `key` is the act's, so a rule's is named otherwise there."""
        rest = {name: value for name, value in given.items() if name not in ("rule_key", "area")}
        named = given.get("rule_key") or (
            queries.free_key(given["area"]) if "area" in given else key
        )
        return {"key": named, "owner": owner, **rest}

    def preview(act: Act, given: dict[str, Any]) -> Effect:
        asked = wanted(given)
        asked.pop("decided_by")
        found = queries.provision_of(**asked)
        return Effect(
            _now("From %(date)s: %(label)s, %(asks)s. Until then: %(before)s.")
            % {
                "date": format_date(found.from_date),
                "label": found.label,
                "asks": found.asks,
                "before": _asks_now(found.key, found.from_date, owner),
            }
        )

    def call(act: Act, given: dict[str, Any]) -> str:
        asked = wanted(given)
        commands.adopt_provision(act, **asked)
        return str(asked["key"])

    return form_page(
        request,
        form=form,
        template="bylaws/adopt_provision.html",
        may=policies.can_adopt_provision,
        preview=preview,
        call=call,
        done=lambda kept: _rules_of_owner(owner) if owner else ("bylaws:rule", kept),
        said=_("The rule was laid down."),
        context={
            "key": key if laid else "",
            "label": laid[-1].label if laid else "",
            "now": _asks_now(key, act_of(request).today, owner) if laid else "",
            "owner_name": queries.owner_name(owner),
            "kinds": [(label, rules.EXAMPLES[kind]) for kind, label in rules.KINDS],
            "by_meeting": not policies.can_adopt_provision(
                act_of(request), rules.Origin.BYLAWS, owner
            ),
        },
    )


def repeal_provision(request: HttpRequest, rule_key: str) -> HttpResponse:
    """End a rule of the network's own; what stands above holds again."""
    key = rule_key
    own = [row for row in queries.rows_of(key) if row.origin in rules.OWN]
    last = own[-1] if own else None
    return form_page(
        request,
        form=forms.RepealProvision,
        template="bylaws/repeal_provision.html",
        may=policies.can_repeal_provision,
        initial={"document": last.citation.document, "origin": last.origin} if last else {},
        call=lambda act, given: commands.repeal_provision(act, key=key, **given),
        done=lambda _row: ("bylaws:rule", key),
        said=_("The rule was repealed."),
        context={"key": key, "label": last.label if last else key},
    )


def write_article(request: HttpRequest) -> HttpResponse:
    """The words of an article, to be read beside its rules."""
    wanted = ("document", "article", "heading")
    return form_page(
        request,
        form=forms.WriteArticle,
        template="bylaws/write_article.html",
        may=policies.can_write_article,
        initial={name: request.GET[name] for name in wanted if name in request.GET},
        call=lambda act, given: commands.write_article(act, **given),
        done=lambda _row: "bylaws:rules_in_force",
        said=_("The article was written."),
    )


def import_provisions(request: HttpRequest) -> HttpResponse:
    """Rules from a file: shown first, each beside what holds now."""

    def preview(act: Act, given: dict[str, Any]) -> Effect:
        pack = rules.read_pack(given["file"])
        found = queries.imported(pack)
        words = queries.not_written(pack.articles)
        return Effect(
            _now("%(title)s: %(count)d rules and %(articles)d articles.")
            % {"title": pack.title, "count": len(found), "articles": len(words)},
            tuple(
                (f"{one.label} ({one.citation})", held.asks if held else "", one.asks)
                for one, held in found
            ),
        )

    template, about = "bylaws/import_provisions.html", {"example": _example()}
    upload = request.FILES.get("upload")
    if upload is not None:
        try:
            given = request.POST.copy()
            given["file"] = rules.decoded(upload.read(rules.LONGEST_FILE + 1))
            request.POST = given  # type: ignore[assignment]
        except Refusal as refusal:
            form = forms.ImportProvisions(request.POST)
            return refused(request, refusal, template, {**about, "form": form})
    if request.method == "POST":  # a browser sends line ends of its own
        given = request.POST.copy()
        given["file"] = given.get("file", "").replace("\r\n", "\n")
        request.POST = given  # type: ignore[assignment]
    return form_page(
        request,
        form=forms.ImportProvisions,
        template=template,
        may=policies.can_import_provisions,
        preview=preview,
        call=lambda act, given: commands.import_provisions(act, **given),
        done=lambda _count: "bylaws:rules_in_force",
        said=lambda count: _("%(count)d rules were laid down.") % {"count": count},
        context=about,
    )


def _example() -> str:
    return queries.example("donghaeng")


def adopt_legal_form(request: HttpRequest) -> HttpResponse:
    """Another legal form from a day, with what that changes."""

    def preview(act: Act, given: dict[str, Any]) -> Effect:
        found = queries.change_of_form(given["form"], given["from_date"])
        late = _now("%(own)s is looser than %(law)s, which will hold instead: %(asks)s")
        return Effect(
            _now("From %(date)s: %(form)s. %(count)d rules change.")
            % {
                "date": format_date(found.from_date),
                "form": found.form_title,
                "count": len(found.changes),
            },
            found.changes,
            tuple(
                late % {"own": own.citation, "law": law.citation, "asks": law.asks}
                for own, law in found.outgrown
            ),
        )

    return form_page(
        request,
        form=forms.AdoptLegalForm,
        template="bylaws/adopt_legal_form.html",
        may=policies.can_adopt_legal_form,
        preview=preview,
        call=lambda act, given: commands.adopt_legal_form(act, **given),
        done=lambda _spell: "bylaws:rules_in_force",
        said=_("The legal form was taken on."),
        context=lambda: {
            "spells": [(since, queries.form_title(form)) for since, form in queries.form_spells()]
        },
    )


urlpatterns = [
    path("", rules_in_force, name="rules_in_force"),
    path("adopt/", adopt_provision, name="adopt_provision"),
    path("import/", import_provisions, name="import_provisions"),
    path("form/", adopt_legal_form, name="adopt_legal_form"),
    path("article/", write_article, name="write_article"),
    path("<str:rule_key>/", rule, name="rule"),
    path("<str:rule_key>/repeal/", repeal_provision, name="repeal_provision"),
]
