"""Reading texts with the one reader that the process loads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from spacy.tokens import Doc

from kg.documents import zones
from kg.language import Cast, CastMention, Member, Reader
from kg.model import Document
from kg.reading import reader as shared_reader


@dataclass(frozen=True)
class Parsed:
    """A text as the language stage reads it."""

    doc: Doc
    cast: Cast

    def words(self, mention: CastMention) -> str:
        return self.doc[mention.start : mention.end].text

    def mentions(self) -> list[tuple[str, Member]]:
        return [(self.words(mention), self.cast.members[mention.member]) for mention in self.cast.mentions]

    def member(self, words: str, nth: int = 1) -> Member | None:
        """Return whom the n-th mention with exactly these words refers to."""
        found = [member for surface, member in self.mentions() if surface == words]
        return found[nth - 1] if len(found) >= nth else None


Parse = Callable[..., Parsed]


@pytest.fixture(scope="session")
def reader() -> Reader:
    return shared_reader()


@pytest.fixture(scope="session")
def parse(reader: Reader) -> Parse:
    """Read a text, issued on Wednesday 8 May 2024 unless another day is given."""

    def parse_text(text: str, issued: date | None = date(2024, 5, 8)) -> Parsed:
        return Parsed(*reader.read(Document("text", text, issued=issued, zones=zones(text))))

    return parse_text
