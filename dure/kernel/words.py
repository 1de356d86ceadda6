"""Translated words for pure modules (rules), which know nothing else of the framework."""

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext_lazy

__all__ = ["Promise", "get_language", "gettext", "gettext_lazy", "pgettext_lazy"]
