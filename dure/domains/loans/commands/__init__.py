"""The verbs of loans."""

from .following import *
from .lending import *
from .products import *
from .repaying import *
