"""Web pages: the article inside a page's HTML, with what the page's metadata say about it.

The document's text is not the HTML. It is the page's title, a blank line, and the main text as trafilatura extracts it,
one paragraph a line; the title is left out where the main text begins with it. Offsets and `tg:sha256` are over that text.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from kg.documents.issued import later_of
from kg.documents.records import web_address
from kg.errors import InputError
from kg.model import Document

#: Only what the page marks as its date, and nothing that depends on today.
_DATES: dict[str, Any] = {"extensive_search": False, "min_date": "1945-01-01", "max_date": "2100-01-01"}
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def webpage(html: str, label: str, stem: str) -> Document:
    """Extract the article of a page.

    Raises InputError where no article is to be found.
    """
    from htmldate import find_date  # it and trafilatura take half a second to load, which plain text should not pay for
    from trafilatura import bare_extraction, load_html

    tree = load_html(_CONTROLS.sub(" ", html.removeprefix("\ufeff")))
    page = tree is not None and bare_extraction(
        tree,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params={"original_date": True, **_DATES},
    )
    if not page or isinstance(page, dict) or not (page.text or "").strip():
        raise InputError(label, "no article found in this page; save its text as .txt, or give it as JSONL")
    updated = find_date(tree, original_date=False, **_DATES)
    title = " ".join((page.title or "").split()) or None
    body = (page.text or "").strip()
    begins_with_title = title is None or body.splitlines()[0].strip().casefold() == title.casefold()
    return Document(
        id=stem,
        text=body if begins_with_title else f"{title}\n\n{body}",
        title=title,
        publisher=_publisher(page.sitename, page.hostname),
        issued=later_of(_day(page.date), _day(updated)),
        url=web_address(page.url) if page.url else None,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _publisher(sitename: str | None, hostname: str | None) -> str | None:
    """Return the site's name, unless it is only its address."""
    name = " ".join((sitename or "").split())
    address = name.casefold().removeprefix("www.") in ((hostname or "").casefold(), "") or re.search(r"\w\.\w", name)
    return None if address else name
