"""The only marks of a template that a network writes: for and if. No filters, no includes."""

from __future__ import annotations

from django.template import Library
from django.template.defaulttags import do_for, do_if

register = Library()
register.tag("for", do_for)
register.tag("if", do_if)
