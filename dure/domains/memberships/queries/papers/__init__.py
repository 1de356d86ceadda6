"""Papers with a number: what they say, which were issued, whether a copy is genuine."""

from .donations import *
from .issued import *
