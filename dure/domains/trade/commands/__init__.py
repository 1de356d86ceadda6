"""The verbs of mutual trade."""

from .clearing import *
from .dealing import *
from .settling import *
