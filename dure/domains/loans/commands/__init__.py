"""The verbs of loans."""

from .lending import *
from .products import *
from .repaying import *
