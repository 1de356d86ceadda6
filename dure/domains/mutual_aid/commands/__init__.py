"""The verbs of mutual aid."""

from .plans import *
