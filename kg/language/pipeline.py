"""Loading the pipeline, and reading documents with it."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import document_context
from kg.language import components, lemmas, mending, signings, tokens  # noqa: F401 (they register components)
from kg.language.analyser import Analyser
from kg.language.cast import Cast
from kg.language.models import is_stand_in
from kg.language.stand_in import StandIn
from kg.model import Document
from kg.reference import load as load_reference


def load(model: str | Path | None = None) -> Language:
    """Return the spaCy pipeline with the bundled model, one in another folder, or another spaCy pipeline in its stead.

    `nlp(text)` alone gives a Doc with everything that the language stage finds; see `kg.language.components`.

    Raises LanguageError if the model is missing or does not set what is needed.

    >>> doc = load()("Kenya and Uganda signed a border treaty on 6 May 2024.")
    >>> [member.reference for member in doc._.members], [date.value.value for date in doc._.dates]
    (['state/kenya', 'state/uganda'], ['2024-05-06'])
    """
    nlp = spacy.blank("en", config=tokens.CONFIG)
    nlp.add_pipe("kg_gazetteer")
    nlp.add_pipe("kg_agreement_names")
    if model is not None and is_stand_in(str(model)):
        nlp.add_pipe("kg_stand_in", config={"pipeline": str(model)})
    else:
        nlp.add_pipe("kg_analyser", config={"model": str(model) if model else None})
    for name in ("kg_lemmas", "kg_mender", "kg_signings", "kg_cast", "kg_titles", "kg_dates", "kg_agreements"):
        nlp.add_pipe(name)
    for _, component in nlp.pipeline:  # a model that is missing or does not fit is to be told now
        if isinstance(component, Analyser):
            component.network  # noqa: B018
        elif isinstance(component, StandIn):
            component.inner  # noqa: B018
    return nlp


class Reader:
    """Reads documents with the pipeline, loaded once."""

    def __init__(self, model: str | Path | None = None) -> None:
        self.nlp = load(model)
        self.reference = load_reference()

    def read(self, document: Document) -> tuple[Doc, Cast]:
        """Return the parsed text of a document and its cast. Depends on nothing but the document."""
        with document_context(document):
            doc = self.nlp.make_doc(document.text)
            doc._.document = document
            doc = self.nlp(doc)
            return doc, Cast.of(doc)
