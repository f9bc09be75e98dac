"""A small page about one entity, for a frame beside a table."""

from __future__ import annotations

from html import escape
from typing import Final

from kg.service.reconciliation import words
from kg.service.reconciliation.catalogue import Catalogue, Item
from kg.service.reconciliation.facts import Facts
from kg.service.reconciliation.properties import Property, properties

#: How many values of a property are shown.
_SHOWN: Final = 5
_PAGE: Final = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>{name}</title>
<style>
  body {{ font: .85rem/1.35 system-ui, sans-serif; margin: .5rem }} h1 {{ font-size: 1rem; margin: 0 }}
  p {{ margin: .2rem 0 }} dl {{ margin: .3rem 0 }}
  dt {{ float: left; clear: left; color: #555; margin-right: .5rem }} dd {{ margin: 0 }}
</style>
{body}
</html>
"""


async def preview(item: Item, facts: Facts) -> str:
    """Return a page that says what the entity is and what documents state of it."""
    known = facts.known
    told = {}
    for one in properties().values():
        if one.statement and one.kinds & set(item.types):
            values = (await facts.values(one, [item.id])).get(item.id, [])
            if values:
                more = f" … ({len(values)})" if len(values) > _SHOWN else ""
                told[one] = ", ".join(value.text for value in values[:_SHOWN]) + more
    return _PAGE.format(name=escape(item.name), body=f"{flyout(item, known)}\n{_list(told, known)}")


def flyout(item: Item, known: Catalogue) -> str:
    """Return what an entity is, as a piece of HTML."""
    links = "".join(f'<p><a href="{escape(iri)}">{escape(iri)}</a></p>' for iri in (known.iri(item.id), *item.outside))
    return f"<h1>{escape(item.name)}</h1>\n<p>{escape(words.about(item, known))}</p>\n{links}"


def _list(told: dict[Property, str], known: Catalogue) -> str:
    rows = (f"<dt>{escape(words.title(one, known))}</dt><dd>{escape(text)}</dd>" for one, text in told.items())
    return f"<dl>{''.join(rows)}</dl>"


def few_words(title: str, comment: str) -> str:
    """Return what a type or property is, as a piece of HTML."""
    return f"<h1>{escape(title)}</h1>\n<p>{escape(comment)}</p>"
