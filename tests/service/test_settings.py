"""Settings: where they come from, and what is refused."""

from __future__ import annotations

import pytest

from kg.engine import Limits
from kg.errors import ResourceError
from kg.service.settings import Settings
from kg.service.tokens import hashed, new_token


def test_the_defaults_give_nothing_away() -> None:
    settings = Settings()
    assert (settings.tokens, settings.services, settings.origins, settings.proxies) == ((), (), (), ())
    assert settings.limits == Limits()


def test_an_option_stands_above_the_environment_and_that_above_the_default() -> None:
    settings = Settings.read({"KG_ROWS": "5", "KG_QUEUE": "7"}, rows=6, queue=None)
    assert (settings.rows, settings.queue, settings.readers) == (6, 7, Settings().readers)


def test_lists_are_separated_by_commas() -> None:
    token = new_token()[1]
    settings = Settings.read({"KG_TOKENS": f"{token}, {hashed('x')}", "KG_ORIGINS": "*,"})
    assert settings.tokens == (token, hashed("x"))
    assert settings.origins == ("*",)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("KG_ROWS", "many", "valid integer"),
        ("KG_SECONDS", "0", "greater than 0"),
        ("KG_TOKENS", "secret", "kg token"),
        ("KG_SERVICES", "example.org/sparql", "absolute http"),
        ("KG_PROXIES", "10.0.0.0/33", "IPv4"),
        ("KG_PUBLIC_URL", "example.org", "begins with http"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_by_its_name(name: str, value: str, message: str) -> None:
    with pytest.raises(ResourceError, match=message) as caught:
        Settings.read({name: value})
    assert name in str(caught.value)
