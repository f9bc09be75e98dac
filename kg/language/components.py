"""The project's own components: what surrounds the model in the pipeline. Each leaves its result in a Doc extension.

| component | leaves |
|---|---|
| kg_gazetteer | `doc._.known`: names of the bundled knowledge base, with every sense they can have |
| kg_agreement_names | `doc._.agreement_names`: names of agreements, which the model reads as one word |
| kg_cast | `doc._.members`, `doc._.mentions`: who and what is named where; `Cast.of(doc)` is the working form |
| kg_titles | `doc._.titles`: the titles before and after the names of persons |
| kg_dates | `doc._.dates`: dates, against the day on which the document was issued |
| kg_agreements | `doc._.agreements`: agreements as noun phrases |

They need no settings and save nothing: what they know is the package's own. `doc._.document` holds the Document that a
text comes from, where it comes from one; without it, relative dates stay unresolved and all of the text is read.
"""

from __future__ import annotations

from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from kg.language.agreement_names import AgreementName, agreement_names
from kg.language.agreements import AgreementMention, find_agreements
from kg.language.bodies import add_bodies
from kg.language.capitals import add_capitals
from kg.language.cast import Cast, CastMention, Member, assemble
from kg.language.dates import DateMention, find_dates
from kg.language.gazetteer import Match, gazetteer
from kg.language.names import find_names
from kg.language.nested import add_nested_states
from kg.language.results import keep
from kg.language.titles import Titled, find_titles
from kg.reference import load

for name, kind in (
    ("known", Match),
    ("agreement_names", AgreementName),
    ("members", Member),
    ("mentions", CastMention),
    ("titles", Titled),
    ("dates", DateMention),
    ("agreements", AgreementMention),
):
    keep(name, kind)


def _issued(doc: Doc) -> date | None:
    return doc._.document.issued if doc._.document else None


@Language.component("kg_gazetteer")
def find_known(doc: Doc) -> Doc:
    """Find names of the bundled knowledge base."""
    doc._.known = gazetteer().find(doc)
    return doc


@Language.component("kg_agreement_names")
def find_agreement_names(doc: Doc) -> Doc:
    """Find names of agreements, before the text is parsed."""
    doc._.agreement_names = agreement_names(doc, doc._.known)
    return doc


@Language.component("kg_cast")
def find_cast(doc: Doc) -> Doc:
    """Find who and what is named, and the bodies of states."""
    cast = assemble(doc, find_names(doc, doc._.known, doc._.agreement_names), load(), _issued(doc))
    add_nested_states(doc, cast, load())
    add_bodies(doc, cast)
    add_capitals(doc, cast, load())
    doc._.members, doc._.mentions = cast.members.values(), cast.recorded
    return doc


@Language.component("kg_titles")
def find_titled(doc: Doc) -> Doc:
    """Find titles around the names of persons."""
    doc._.titles = find_titles(doc, Cast.of(doc))
    return doc


@Language.component("kg_dates")
def resolve_dates(doc: Doc) -> Doc:
    """Find dates and resolve them."""
    doc._.dates = find_dates(doc.text, _issued(doc))
    return doc


@Language.component("kg_agreements")
def find_agreement_mentions(doc: Doc) -> Doc:
    """Find agreements as noun phrases."""
    doc._.agreements = find_agreements(doc, Cast.of(doc))
    return doc
