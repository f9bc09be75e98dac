"""The page about the service, against what the service does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.service import create_app
from kg.service.settings import Settings
from kg.store import MemoryStore

PAGE = (Path(__file__).parents[2] / "docs" / "service.md").read_text(encoding="utf-8")


def test_every_setting_is_on_the_page_with_its_default_and_nothing_else_is() -> None:
    documented = {
        name: (default, what) for name, default, what in re.findall(r"^\| `KG_(\w+)` \| (.*?) \| (.*?) \|$", PAGE, re.MULTILINE)
    }
    fields = Settings.model_fields
    shown = {
        name.upper(): ("none" if field.default in ((), None) else str(field.default), field.description)
        for name, field in fields.items()
    }
    assert documented == shown


@pytest.mark.parametrize("path", ["/sparql", "/graphs", "/queries", "/.well-known/void", "/health", "/ready", "/metrics"])
def test_every_address_is_on_the_page(path: str) -> None:
    assert f"`{path}`" in PAGE
    assert path in create_app(MemoryStore()).api.openapi()["paths"]
