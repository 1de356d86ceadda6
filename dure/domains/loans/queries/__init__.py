"""The nouns of loans, read."""

from .days import *
from .limits import *
from .loans import *
from .products import *
