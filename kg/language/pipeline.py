"""Loading the pipeline, and reading documents with it."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import compile_prefix_regex

import kg.language.analyser
import kg.language.lemmas
import kg.language.mending
import kg.language.signings  # noqa: F401 (all four register their components)
from kg.errors import document_context
from kg.language.agreement_names import agreement_names
from kg.language.agreements import AGREEMENT_NAMES
from kg.language.analyser import STAND_INS, Analyser, StandIn
from kg.language.bodies import add_bodies
from kg.language.cast import Cast, assemble
from kg.language.gazetteer import Gazetteer
from kg.language.names import find_names
from kg.language.nested import add_nested_states
from kg.model import Document
from kg.reference import Reference

#: What the network reads for an agreement's name. A short acronym that its corpora know disturbs the tree least
#: (facts F1 on eleven articles: 0.846 with "Treaty", 0.842 with "deal", 0.872 with "NATO", 0.876 with "NAFTA").
_PLAIN_NAME = "NAFTA"


def load(model: Path | None = None) -> Language:
    """Return the spaCy pipeline with the bundled model, or with one in another folder.

    Raises LanguageError if the model is missing.
    """
    nlp = spacy.blank("en")
    prefixes = [*(nlp.Defaults.prefixes or ()), r"[-–—](?=[A-Z])"]  # "SEOUL (Agency) -President X"
    tokenizer = nlp.tokenizer
    assert isinstance(tokenizer, Tokenizer)
    tokenizer.prefix_search = compile_prefix_regex(prefixes).search
    nlp.add_pipe("kg_analyser", config={"model": str(model) if model else None})
    nlp.add_pipe("kg_lemmas")
    nlp.add_pipe("kg_mender")
    nlp.add_pipe("kg_signings")
    return nlp


class Reader:
    """Reads documents: the pipeline and the gazetteer, loaded once."""

    def __init__(self, reference: Reference, model: Path | None = None) -> None:
        self.nlp = load(model)
        self.reference = reference
        self._gazetteer = Gazetteer(self.nlp, reference)

    @property
    def version(self) -> str:
        """The digest of the network that reads."""
        analyser = self.nlp.get_pipe("kg_analyser")
        assert isinstance(analyser, Analyser)
        return analyser.network.version

    def read(self, document: Document) -> tuple[Doc, Cast]:
        """Return the parsed text of a document and its cast. Depends on nothing but the document."""
        with document_context(document):
            doc = self.nlp.make_doc(document.text)
            doc._.document = document
            known = self._gazetteer.find(doc)
            agreements = agreement_names(doc, known)
            doc.user_data[AGREEMENT_NAMES] = agreements
            doc.user_data[STAND_INS] = {name.start: StandIn(name.end, _PLAIN_NAME, name.head) for name in agreements}
            for _, component in self.nlp.pipeline:
                doc = component(doc)
            cast = assemble(doc, find_names(doc, known, agreements), self.reference, document.issued)
            add_nested_states(doc, cast, self.reference)
            add_bodies(doc, cast)
            return doc, cast
