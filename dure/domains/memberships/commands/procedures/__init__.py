"""Becoming a member by a procedure: laid down, noted step by step, decided, paid, appealed."""

from .appeals import *
from .deciding import *
from .laying import *
from .noting import *
