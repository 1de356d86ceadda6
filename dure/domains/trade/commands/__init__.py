"""The verbs of mutual trade."""

from .dealing import *
from .settling import *
