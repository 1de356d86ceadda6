"""The stage: requests that the site's middleware has already dressed, without a database."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest
from django.test import RequestFactory, override_settings
from django.utils import translation

from dure.kernel.acts import Capacity

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def stage() -> Iterator[None]:
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [str(Path(__file__).parent / "templates")]
    templates[0]["OPTIONS"]["context_processors"] = [
        "django.template.context_processors.request",
        "django.template.context_processors.i18n",
        "django.contrib.messages.context_processors.messages",
    ]
    with (
        override_settings(TEMPLATES=templates, ROOT_URLCONF="tests.ui.stage"),
        translation.override("en"),
    ):
        yield


@pytest.fixture
def ask_page() -> Callable[..., HttpRequest]:
    """`ask_page("/take/", {"text": …}, "treasurer", htmx=True)`: a POST when there is data."""

    def make(
        url: str, data: dict[str, Any] | None = None, *names: str, htmx: bool = False
    ) -> HttpRequest:
        factory = RequestFactory(headers={"HX-Request": "true"} if htmx else {})
        request = factory.get(url) if data is None else factory.post(url, data)
        request.person_id, request.at = 3, NOW
        request.standing = frozenset(Capacity(name) for name in names)
        request.session = {}
        request._messages = FallbackStorage(request)
        return request

    return make
