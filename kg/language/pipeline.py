"""Loading the pipeline, and reading documents with it."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import document_context
from kg.language import analyser, components, lemmas, mending, signings, tokens  # noqa: F401 (they register components)
from kg.language.analyser import Analyser
from kg.language.cast import Cast
from kg.model import Document
from kg.reference import load as load_reference


def load(model: Path | None = None) -> Language:
    """Return the spaCy pipeline with the bundled model, or with one in another folder.

    `nlp(text)` alone gives a Doc with everything that the language stage finds; see `kg.language.components`.

    Raises LanguageError if the model is missing.

    >>> doc = load()("Kenya and Uganda signed a border treaty on 6 May 2024.")
    >>> [member.reference for member in doc._.members], [date.value.value for date in doc._.dates]
    (['state/kenya', 'state/uganda'], ['2024-05-06'])
    """
    nlp = spacy.blank("en", config=tokens.CONFIG)
    nlp.add_pipe("kg_gazetteer")
    nlp.add_pipe("kg_agreement_names")
    nlp.add_pipe("kg_analyser", config={"model": str(model) if model else None})
    for name in ("kg_lemmas", "kg_mender", "kg_signings", "kg_cast", "kg_titles", "kg_dates", "kg_agreements"):
        nlp.add_pipe(name)
    found = nlp.get_pipe("kg_analyser")
    assert isinstance(found, Analyser)
    found.network  # noqa: B018 (a model that is missing is to be told now)
    return nlp


class Reader:
    """Reads documents with the pipeline, loaded once."""

    def __init__(self, model: Path | None = None) -> None:
        self.nlp = load(model)
        self.reference = load_reference()

    @property
    def version(self) -> str:
        """The digest of the network that reads."""
        found = self.nlp.get_pipe("kg_analyser")
        assert isinstance(found, Analyser)
        return found.network.version

    def read(self, document: Document) -> tuple[Doc, Cast]:
        """Return the parsed text of a document and its cast. Depends on nothing but the document."""
        with document_context(document):
            doc = self.nlp.make_doc(document.text)
            doc._.document = document
            doc = self.nlp(doc)
            return doc, Cast.of(doc)
