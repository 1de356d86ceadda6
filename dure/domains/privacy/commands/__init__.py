"""What is done about personal data."""

from .breaches import *
from .consents import *
from .destruction import *
from .reads import *
