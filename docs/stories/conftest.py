"""Every story is told in a database of its own. Fixtures a story asks for come by `getfixture`."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def database(db: None) -> None:
    """pytest-django looks at the names a test asks for, and a story asks for none."""
