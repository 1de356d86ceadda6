"""The nouns of mutual aid, read."""

from ..rules.events import EVENTS as EVENTS
from ..rules.events import RELATIONS as RELATIONS
from .plans import *
