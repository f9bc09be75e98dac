"""The publisher, as pages name it."""

from __future__ import annotations

import pytest

from kg.documents import zones
from kg.documents.publishers import publisher

LEAD = "The two ministers signed the pact in Strelsau on Tuesday, said a spokesman for the government."


def named(text: str) -> str | None:
    return publisher(text, zones(text))


@pytest.mark.parametrize(
    ("front", "name"),
    [
        ("Example Courier | 2021-05-04", "Example Courier"),
        ("4 May 2021 | Example Courier", "Example Courier"),
        ("Lake daily, in brief | 2021-05-04", "Lake daily, in brief"),
        ("By Jane Roe | Example Courier | May 4, 2021", "Example Courier"),
        ("Source: Example Agency | 2021-05-04 17:07:15 | Editor: roe", "Example Agency"),
        ("4 May 2021\nBy Jane Roe, Lake News", "Lake News"),
        ("4 May 2021\nBy Jane Roe, LNN", "LNN"),
    ],
)
def test_the_front_matter_names_it(front: str, name: str) -> None:
    assert named(f"Pact signed at last\n{front}\n\n{LEAD}") == name


@pytest.mark.parametrize(
    "front", ["4 May 2021", "World | 4 May 2021", "By Jane Roe, Strelsau", "Updated 4 May 2021 | 5 min read"]
)
def test_front_matter_without_a_name_gives_none(front: str) -> None:
    assert named(f"Pact signed at last\n{front}\n\n{LEAD}") is None


def test_the_agency_of_the_dateline_is_it() -> None:
    assert named(f"Pact signed at last\n\nSTRELSAU, May 4 (Presswire) - {LEAD}\n\n© 2021 Example Portal") == "Presswire"


@pytest.mark.parametrize(
    ("footer", "name"),
    [
        ("© 2021 Example Courier. All rights reserved.", "Example Courier"),
        ("© Example Courier 2021", "Example Courier"),
        ("Copyright © 2007-2021 - Example Courier Ltd", "Example Courier Ltd"),
        ("Terms and conditions | © Lake daily 2021", "Lake daily"),
        ("Copyright © 2021 Lake Blog. Powered by WordPress", "Lake Blog"),
        ("©2021 Show WordPress Theme by Someone", None),
        ("© 2021", None),
        ("Subscribe to the Lake Tribune newsletter for our reporting.", "Lake Tribune"),
        ("Subscribe to Lake Tribune Newsletter", "Lake Tribune"),
        ("Follow the Lake Tribune for our reporting, and sign up for our newsletter.", "Lake Tribune"),
    ],
)
def test_the_footer_names_it(footer: str, name: str | None) -> None:
    assert named(f"Pact signed at last\n4 May 2021\n\n{LEAD}\n\n{footer}") == name


@pytest.mark.parametrize("footer", ["READ MORE: Nine charts", "Follow Us", "About the Author", "Subscribe to Our Newsletter"])
def test_a_button_does_not_name_it(footer: str) -> None:
    assert named(f"Pact signed at last\n4 May 2021\n\n{LEAD}\n\n{footer}") is None


def test_a_name_in_the_article_is_not_it() -> None:
    text = f"Pact signed at last\n4 May 2021\n\n{LEAD} Many follow the Lake Tribune. They support Anna Holm."
    assert named(text) is None
