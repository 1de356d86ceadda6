"""Templates of papers that the network replaced without code."""

from __future__ import annotations

from django.db import models


class PaperTemplate(models.Model):
    """The words of one paper's template from a moment on; never changed. Empty: the shipped one."""

    name = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    laid_at = models.DateTimeField()
    laid_by_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("name", "-pk")
        indexes = [models.Index(fields=("name", "-id"), name="paper_template_newest")]
