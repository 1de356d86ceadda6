"""What is done about personal data."""

from .breaches import *
from .consents import *
from .destruction import *
from .following import *
from .reads import *
