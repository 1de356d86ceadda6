"""The verbs of self-help funds that are run for others."""

from .charging import *
from .following import *
from .helping import *
from .taking_on import *
from .taking_part import *
