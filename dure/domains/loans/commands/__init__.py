"""The verbs of loans."""

from .products import *
