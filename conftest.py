"""How the tests run; what they may ask for is in tests/conftest.py.

Property tests have no time limit for one example: a busy machine is not a bug. CI, where the
variable CI is set, also takes the same examples every time.
"""

import os

from hypothesis import settings

settings.register_profile("dure", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("dure")
