"""Personal data, read: breaches, the log of reads of a month, what is due to be destroyed."""

from .breaches import *
from .consents import *
from .destruction import *
from .reads import *
