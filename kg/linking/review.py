"""The table in which people decide: one row for each entity and candidate, as OpenRefine has them."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Final

from kg.files import whole_or_not
from kg.linking.findings import Finding, Offer
from kg.linking.profiles import Profile, Profiles
from kg.model import EntityId, Kind
from kg.store.base import rows
from kg.terms import PREFIXES

COLUMNS: Final = (
    *("entity", "label", "type", "other names", "context", "sources", "service", "asked for", "asked on"),
    *("candidate", "name", "description", "candidate types", "score", "match", "proposed"),
    *("judgment", "author", "decided", "reason"),
)
#: How many other names and sources are shown.
_SHOWN: Final = 5
_HEAD: Final = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("tg", "rdf", "owl", "skos", "oa", "dcterms"))
_LINKS: Final = """SELECT ?entity ?item ?predicate ?by {
  GRAPH ?links {
    ?link a tg:Link ; rdf:subject ?entity ; rdf:object ?item ; rdf:predicate ?predicate . OPTIONAL { ?link dcterms:creator ?by }
  }
}"""
_CONTEXT: Final = """SELECT ?entity ?prefix ?exact ?suffix ?title ?issued {{
  VALUES ?entity {{ {entities} }}
  GRAPH ?graph {{
    ?mention tg:refersTo ?entity ; oa:hasSource ?document ; oa:hasSelector ?selector .
    ?selector oa:prefix ?prefix ; oa:exact ?exact ; oa:suffix ?suffix ; oa:start ?start .
    OPTIONAL {{ ?document dcterms:title ?title }}
    OPTIONAL {{ ?document dcterms:issued ?issued }}
  }}
}} ORDER BY ?entity ?issued ?document ?start"""


def write_review(file: Path, known: Profiles, findings: Iterable[Finding], kinds: Collection[Kind] = ()) -> int:
    """Write what waits for a decision, and what a service's word alone was enough for; return the number of rows.

    An entity that is not linked, and for which nothing was found, has a row without a candidate, to be filled in.
    """
    links = _links(known)
    by_entity: defaultdict[EntityId, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_entity[finding.entity].append(finding)
    asked = [known.by_id[entity] for entity in sorted(by_entity) if entity in known.by_id]
    wanted = {one.entity: one for one in (*asked, *known.unlinked(kinds)) if not kinds or one.kind in kinds}
    told = _told(known, wanted)
    lines = [line for entity in sorted(wanted) for line in _lines(wanted[entity], by_entity[entity], links, told)]
    text = StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(lines)
    with whole_or_not(file) as out:
        out.write(text.getvalue().encode())
    return len(lines)


def _lines(
    one: Profile, found: list[Finding], links: Mapping[tuple[EntityId, str], str], told: Mapping[EntityId, tuple[str, str]]
) -> Iterator[tuple[str, ...]]:
    context, sources = told.get(one.entity, ("", ""))
    about = (one.entity, one.names[0], one.kind.value, "; ".join(one.names[1 : 1 + _SHOWN]), context, sources)
    decision = ("", "", "", "")
    any_offer = False
    for finding in found:
        asked = (finding.service, finding.called, finding.on.isoformat())
        for offer in finding.offers:
            if proposed := links.get((one.entity, offer.target)):
                any_offer = True
                yield (*about, *asked, *_offered(offer), proposed, *decision)
    if not any_offer and not one.linked:
        yield (*about, "", "", "", *[""] * 7, *decision)


def _offered(offer: Offer) -> tuple[str, ...]:
    score = "" if offer.share is None else f"{100 * offer.share:.0f}"
    return offer.target, offer.name, offer.description, "; ".join(offer.types), score, "yes" if offer.match else "no"


def _links(known: Profiles) -> dict[tuple[EntityId, str], str]:
    """The links that nobody decided, by what they are between, each with its kind."""
    return {
        (known.id_of(row["entity"]), row["item"].value): row["predicate"].value.rpartition("#")[2]
        for row in rows(known.store, _HEAD + _LINKS)
        if "by" not in row
    }


def _told(known: Profiles, entities: Iterable[EntityId]) -> dict[EntityId, tuple[str, str]]:
    """Words around the first place that names an entity, and the documents that name it."""
    spelt = " ".join(str(known.names.entity(entity)) for entity in entities)
    context: dict[EntityId, str] = {}
    sources: defaultdict[EntityId, dict[str, None]] = defaultdict(dict)
    for row in rows(known.store, _HEAD + _CONTEXT.format(entities=spelt)) if spelt else ():
        entity = known.id_of(row["entity"])
        words = "".join(row[part].value for part in ("prefix", "exact", "suffix"))
        context.setdefault(entity, " ".join(words.split()))
        source = [row[part].value for part in ("title", "issued") if part in row]
        sources[entity][", ".join(source)] = None
    return {entity: (words, "; ".join([*sources[entity]][:_SHOWN])) for entity, words in context.items()}
