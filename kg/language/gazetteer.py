"""Names of the bundled knowledge base, found in a text exactly as news writes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc

from kg.reference import NameKind, Reference


@dataclass(frozen=True, slots=True, order=True)
class Sense:
    """One reading of a surface form: how it names (name, adjective, people, seat, capital, family …) and whom."""

    how: str
    reference: str


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of tokens that is a known surface form, with every reading it can have."""

    start: int
    end: int
    senses: tuple[Sense, ...]

    def sense(self, *hows: str) -> Sense | None:
        """Return the first reading of one of these sorts, in the order asked."""
        return next((s for how in hows for s in self.senses if s.how == how), None)


def _are_agreements(senses: Iterable[Sense]) -> bool:
    return all(sense.reference.startswith("agreement/") for sense in senses)


class Gazetteer:
    """Finds known names; of overlapping ones the longest, then the first. Agreements may have other names inside."""

    def __init__(self, nlp: Language, reference: Reference) -> None:
        senses: dict[str, set[Sense]] = defaultdict(set)
        for surface, how, identifier in reference.names():
            if not (identifier.startswith("agreement/") and how == NameKind.SHORTENING):  # "Moscow Treaty" tells little
                senses[surface].add(Sense(how, identifier))
        for surface in [s for s, found in senses.items() if len(s) > 3 and not s.isupper() and not _are_agreements(found)]:
            senses[surface.upper()] |= senses[surface]  # datelines, shouted headlines
        self._matcher = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._senses: dict[int, tuple[Sense, ...]] = {}
        exceptions = nlp.tokenizer.rules if isinstance(nlp.tokenizer, Tokenizer) else {}
        for surface, found in senses.items():
            words = surface.split(" ")
            plain = all(word.isalpha() and word not in exceptions for word in words)  # five times faster than to tokenise
            self._matcher.add(surface, [Doc(nlp.vocab, words=words) if plain else nlp.make_doc(surface)])
            self._senses[nlp.vocab.strings[surface]] = tuple(sorted(found))

    def find(self, doc: Doc) -> list[Match]:
        """Return the matches in order of place; none overlap, but for names inside those of agreements."""
        agreements, others = bytearray(len(doc)), bytearray(len(doc))
        found = []
        for key, start, end in sorted(self._matcher(doc), key=lambda m: (m[1] - m[2], m[1])):
            is_agreement = _are_agreements(self._senses[key])
            if not any(others[start:end]) and not (is_agreement and any(agreements[start:end])):
                (agreements if is_agreement else others)[start:end] = b"\1" * (end - start)
                found.append(Match(start, end, self._senses[key]))
        return sorted(found, key=lambda m: (m.start, -m.end))
