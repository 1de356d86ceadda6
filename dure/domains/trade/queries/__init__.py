"""The nouns of mutual trade, read."""

from .deals import *
from .invoices import *
from .partners import *
from .rounds import *
