"""How the tests run; what they may ask for is in tests/conftest.py.

Property tests have no time limit for one example: a busy machine is not a bug. CI, where the
variable CI is set, also takes the same examples every time.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests import blank

settings.register_profile("dure", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("dure")

# Fixtures that open a database of the engine that the run is on; a test without them says the same
# on any engine, and pytest-django refuses it the database.
OF_THE_ENGINE = frozenset({"db", "transactional_db", "django_db_setup", "environment", "moved"})
# Begun first, so that no process is left alone with one of them at the end.
LONGEST = ("test_role_matrix.py", "test_cli.py", "test_moving.py", "test_demo.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in LONGEST)
    for item in items:
        asked = getattr(item, "fixturenames", ())
        if item.get_closest_marker("django_db") is None and OF_THE_ENGINE.isdisjoint(asked):
            item.add_marker("any_engine")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[None]:
    """The database of the tests begins as a copy of the blank one, here and in the stories."""
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    with django_db_blocker.unblock():
        name = connection.creation._get_test_db_name()  # type: ignore[attr-defined]
        if connection.vendor == "sqlite":
            blank.copy_to(Path(name))
        else:
            blank.make_on_server(os.environ["DURE_DATABASE_URL"], name)
        made = setup_databases(
            verbosity=0, interactive=False, keepdb=True, serialized_aliases=set()
        )
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)
