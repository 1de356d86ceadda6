"""Provisions as they were laid down, and the legal form whose law applies. Both only ever grow.

A change of a rule is a new row; the row that holds on a day is found by `rules.in_force`.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .rules import COMPARISONS, KINDS, ORIGINS


class FormSpell(models.Model):
    """From this day the network has a legal form, so the packs named for it apply."""

    form = models.CharField(max_length=30)
    owner = models.CharField(max_length=40, blank=True, default="")  # "" for the network itself
    packs = models.JSONField(default=list)  # the names of the packs that apply, this form's first
    from_date = models.DateField()
    laid_down_at = models.DateTimeField()
    laid_down_by = models.UUIDField()  # the key of the act: tells apart what ids alone may not

    class Meta:
        ordering = ("from_date", "pk")


class Provision(models.Model):
    """One dated value of one rule, as laid down. An empty value repeals the rule in its layer."""

    key = models.CharField(max_length=60)
    origin = models.CharField(max_length=12, choices=ORIGINS)
    pack = models.CharField(max_length=30, blank=True)  # "" for the network's own, or its owner's
    owner = models.CharField(max_length=40, blank=True, default="")  # whose rule: "" the network's
    kind = models.CharField(max_length=8, choices=KINDS)
    comparison = models.CharField(max_length=10, choices=COMPARISONS)
    value = models.CharField(max_length=200, blank=True)
    of = models.CharField(max_length=40, blank=True)
    label = models.CharField(max_length=120)
    mandatory = models.BooleanField(default=False)
    document = models.CharField(max_length=120)
    article = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    quoted = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    from_date = models.DateField()
    decided_by = models.CharField(max_length=200, blank=True)  # 2026 정기총회 제3호 안건
    laid_down_at = models.DateTimeField()
    laid_down_by = models.UUIDField()  # the key of the act: tells apart what ids alone may not

    class Meta:
        ordering = ("key", "from_date", "pk")
        indexes = [models.Index(fields=("key", "from_date"), name="provision_by_key")]
        constraints = [
            models.CheckConstraint(
                condition=Q(pack="", origin__in=("bylaws", "regulation"))
                | (~Q(pack="") & Q(origin__in=("law", "standard"))),
                name="provision_pack_iff_shipped",
            ),
            models.CheckConstraint(
                condition=Q(pack="") | Q(owner=""), name="provision_shipped_for_all"
            ),
            models.CheckConstraint(
                condition=~Q(document="") & ~Q(article=""), name="provision_has_citation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.from_date}"


class Article(models.Model):
    """The words of one article or paragraph from a day on, for reading beside its provisions."""

    document = models.CharField(max_length=120)
    article = models.CharField(max_length=60)
    heading = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    quoted = models.BooleanField(default=True)
    pack = models.CharField(max_length=30, blank=True)  # "" for the network's own
    from_date = models.DateField()
    decided_by = models.CharField(max_length=200, blank=True)
    laid_down_at = models.DateTimeField()
    laid_down_by = models.UUIDField()

    class Meta:
        ordering = ("document", "article", "from_date", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(document="") & ~Q(article="") & ~Q(text=""), name="article_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.article} {self.from_date}"
