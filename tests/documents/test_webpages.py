"""HTML pages: the article, and what the page's metadata say."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.documents import Refusal, read_documents
from kg.model import Document

HEAD = """
<meta property="og:site_name" content="Example Courier">
<meta property="og:title" content="Ruritania signs pact with Syldavia">
<link rel="canonical" href="https://courier.example/world/pact">
"""
ARTICLE = """
<p>Ruritania signed a defence pact with Syldavia on Monday, in a move that Borduria called a threat to the region.</p>
<p>The pact obliges each side to come to the other&rsquo;s aid if it is attacked, and to consult it before buying arms.</p>
<h2>What Borduria says</h2>
<p>Borduria&#39;s foreign ministry said it would answer &ldquo;in good time&rdquo;, and summoned both ambassadors.</p>
"""


def page(head: str = HEAD, body: str = ARTICLE, title: str = "Ruritania signs pact with Syldavia") -> str:
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | Example Courier</title>{head}</head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><div class="cookie-banner">We use cookies.</div>
<article><h1>{title}</h1>{body}</article>
<aside><h3>Most read</h3><ul><li><a href="/lakes">Ten lakes to swim in this summer</a></li></ul></aside>
<footer>© 2021 Example Courier. All rights reserved.</footer></body></html>"""


def meta(**dates: str) -> str:
    return HEAD + "".join(f'<meta property="article:{name}_time" content="{day}">' for name, day in dates.items())


def test_a_page_gives_its_article_and_its_metadata(read: Callable[..., Document]) -> None:
    document = read(page(meta(published="2021-05-03T22:10:00+02:00")), "2021 pact.html")
    assert document.id == "2021-pact"
    assert document.title == "Ruritania signs pact with Syldavia"
    assert document.publisher == "Example Courier"
    assert document.issued == date(2021, 5, 3)
    assert document.url == "https://courier.example/world/pact"


def test_the_text_is_the_title_and_the_paragraphs_without_the_furniture(read: Callable[..., Document]) -> None:
    document = read(page(meta(published="2021-05-03")), "pact.html")
    assert [(str(zone.kind), zone.span.of(document.text)[:24]) for zone in document.zones] == [
        ("title", "Ruritania signs pact wit"),
        ("body", "Ruritania signed a defen"),
        ("body", "The pact obliges each si"),
        ("body", "What Borduria says"),
        ("body", "Borduria's foreign minis"),
    ]
    assert "other’s aid" in document.text


@pytest.mark.parametrize(
    ("modified", "issued"),
    [("2021-05-04", date(2021, 5, 4)), ("2021-05-05", date(2021, 5, 5)), ("2021-09-01", date(2021, 5, 3))],
)
def test_an_update_within_two_days_dates_the_page(read: Callable[..., Document], modified: str, issued: date) -> None:
    assert read(page(meta(published="2021-05-03", modified=modified)), "pact.html").issued == issued


def test_json_ld_is_read(read: Callable[..., Document]) -> None:
    publisher = {"@type": "Organization", "name": "Lake Times"}
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "datePublished": "2021-05-03", "publisher": publisher}
    document = read(page(f'<script type="application/ld+json">{json.dumps(data)}</script>'), "pact.html")
    assert (document.issued, document.publisher) == (date(2021, 5, 3), "Lake Times")


def test_a_date_that_only_the_page_shows_is_read(read: Callable[..., Document]) -> None:
    document = read(page(HEAD, f"<p>Published 3 May 2021</p>{ARTICLE}"), "pact.html")
    assert document.issued == date(2021, 5, 3)


def test_a_page_without_a_date_is_refused_whatever_today_is(read: Callable[..., Refusal]) -> None:
    assert "no date of issue" in read(page(), "pact.html").reason


def test_a_page_without_an_article_is_refused(read: Callable[..., Refusal]) -> None:
    assert "no article found" in read("<html><body></body></html>", "empty.html").reason


def test_an_empty_page_is_refused(read: Callable[..., Refusal]) -> None:
    assert "empty" in read(" ", "empty.html").reason


def test_an_address_that_is_none_is_left_out(read: Callable[..., Document]) -> None:
    head = '<link rel="canonical" href="javascript:void(0)"><meta property="article:published_time" content="2021-05-03">'
    assert read(page(head), "pact.html").url is None


def test_a_page_on_standard_input_is_recognised(piped: Callable[..., Document]) -> None:
    document = piped(page(meta(published="2021-05-03")))
    assert document.title == "Ruritania signs pact with Syldavia"
    assert document.id == f"stdin-{document.sha256[:8]}"


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from([*"<>/&;#\"'= ", "p", "<div>", "</p>", "<!--", "&#xD800;", "\x01", "<time datetime=", "{", "é"])
        | st.text()
    )
)
def test_any_page_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, parts: list[str]) -> None:
    path = tmp_path_factory.mktemp("pages") / "page.html"
    path.write_bytes((page(meta(published="2021-05-03"), "".join(parts) + ARTICLE)).encode("utf-8", "replace"))
    [found] = read_documents([str(path)])
    assert isinstance(found, Document | Refusal)


def test_plain_text_does_not_wait_for_the_libraries_that_it_does_not_need() -> None:
    script = """
import io, sys
from kg.documents import read_documents
page = b"Pact signed\\n4 May 2021\\n\\nThe two ministers signed the pact in Strelsau and left, said a spokesman."
[document] = read_documents(["-"], stdin=io.BytesIO(page))
assert document.title == "Pact signed"
print(sorted({"trafilatura", "py3langid", "htmldate", "lxml", "numpy"} & set(sys.modules)))
"""
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
