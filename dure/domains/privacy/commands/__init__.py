"""What is done about personal data."""

from .breaches import *
from .destruction import *
from .reads import *
