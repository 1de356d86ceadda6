"""The nouns of loans, read."""

from .products import *
