"""The few pages for people: plain HTML that needs nothing from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Final

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions

from kg.queries import Parameter, SavedQuery
from kg.store import Status

_PAGE: Final = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
  body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem }}
  table {{ border-collapse: collapse }} td, th {{ text-align: left; vertical-align: top; padding: .2rem .8rem .2rem 0 }}
  tr + tr td {{ border-top: 1px solid #ddd }} input {{ width: 20rem }} label {{ display: block; margin: .4rem 0 }}
  td p {{ margin: 0; min-width: 24rem }} td span {{ white-space: nowrap }}
  textarea {{ width: 100%; height: 9rem; font-family: monospace }} article {{ margin: 2rem 0 }} small {{ color: #555 }}
</style>
<h1>{title}</h1>
{body}
</html>
"""
_LONG: Final = 60  # characters from which a cell holds a sentence and needs room
_DATE: Final = re.compile(r"\d{4}-\d{2}(-\d{2})?")  # is not broken at its hyphens
_EXAMPLE: Final = """PREFIX tg: <https://w3id.org/treatygraph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?agreement ?name { ?agreement a tg:Agreement ; skos:prefLabel ?name } ORDER BY ?name LIMIT 50"""


def front(status: Status, version: str) -> str:
    """What is here, and where to go on from."""
    generation = f", in generation {status.generation}" if status.generation else ""
    body = f"""<p>A knowledge graph of treaties, states and people, read from news. Every assertion in it leads back to its exact
words, its speaker and its source. It holds {status.quads:,} statements{generation}.</p>
<ul>
  <li><a href="queries">Saved queries</a>: questions that are ready to ask</li>
  <li><a href="reconcile">reconcile</a>: the address to give OpenRefine, so that names in a table find their entities here</li>
  <li><a href="openapi.json">openapi.json</a>: all addresses of this service, for programs</li>
  <li><a href="health">health</a>: whether it is well</li>
</ul>
<p>Or ask in SPARQL, here or at <code>sparql</code> from a program of yours:</p>
<form action="sparql"><textarea name="query" aria-label="SPARQL query">{escape(_EXAMPLE)}</textarea><p><button>Ask</button></form>
<p><small>treatygraph {escape(version)}</small></p>"""
    return _page("treatygraph", body)


def queries(saved: Iterable[SavedQuery]) -> str:
    """The saved queries, each with a form to run it."""
    return _page("Saved queries", "\n".join(_query(query) for query in saved))


def rows(result: QuerySolutions | QueryBoolean) -> str:
    """An answer as a table; IRIs are links."""
    if isinstance(result, QueryBoolean):
        return _page("Answer", f"<p>{'Yes' if result else 'No'}</p>")
    names = [variable.value for variable in result.variables]
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    body = ["<tr>" + "".join(f"<td>{_cell(row[name])}</td>" for name in names) + "</tr>" for row in result]
    return _page("Answer", f"<p>{len(body)} rows</p>\n<table>\n<tr>{head}</tr>\n" + "\n".join(body) + "\n</table>")


def _query(query: SavedQuery) -> str:
    inputs = "".join(_input(parameter) for parameter in query.parameters)
    return f"""<article id="{escape(query.name)}">
<h2>{escape(query.summary)}</h2>
<p>{escape(query.description)} <small>{escape(", ".join(query.tags))}</small></p>
<form action="queries/{escape(query.name)}">{inputs}<button>Ask</button></form>
</article>"""


def _input(parameter: Parameter) -> str:
    value = f' value="{escape(parameter.default)}"' if parameter.default is not None else ""
    needed = " required" if parameter.required else ""
    name, hint = escape(parameter.name), escape(parameter.example)
    return f'<label>{escape(parameter.summary)} <input name="{name}" placeholder="{hint}"{value}{needed}></label>'


def _cell(term: object) -> str:
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        short = "/".join(term.value.rsplit("/", 2)[-2:])
        link = escape(term.value)
        return f'<a href="{link}">{escape(short)}</a>' if term.value.startswith(("http://", "https://")) else link
    text = str(getattr(term, "value", term))
    if len(text) > _LONG:
        return f"<p>{escape(text)}</p>"
    return f"<span>{text}</span>" if _DATE.fullmatch(text) else escape(text)


def _page(title: str, body: str) -> str:
    return _PAGE.format(title=escape(title), body=body)
