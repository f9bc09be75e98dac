"""A graph in the shape that `kg build` gives, made up from a seed: as many documents as wanted, in seconds."""

from __future__ import annotations

import random
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Final

ID: Final = "https://w3id.org/treatygraph/id/"
TG: Final = "https://w3id.org/treatygraph/ontology#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
OA: Final = "http://www.w3.org/ns/oa#"
TERMS: Final = "http://purl.org/dc/terms/"
_LABEL: Final = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
_TYPE: Final = f"<{RDF}type>"
_INTEGER: Final = "<http://www.w3.org/2001/XMLSchema#integer>"
_DECIMAL: Final = "<http://www.w3.org/2001/XMLSchema#decimal>"
_DATE: Final = "<http://www.w3.org/2001/XMLSchema#date>"
_PROPERTIES: Final = ("metWith", "accused", "supports", "cooperatesWith", "visited", "sanctioned", "suppliedArmsTo", "attacked")
_EVIDENCE: Final = 11  # for each document
_THINGS: Final = 3000
#: Quads of one document, about; what is wanted in quads is divided by it.
QUADS: Final = 281


def write(documents: int, file: Path, seed: int = 1) -> None:
    """Write the graph as N-Quads."""
    dice = random.Random(seed)
    with file.open("w", encoding="utf-8") as out:
        for number in range(documents):
            graph = f"<{ID}graph/report-{number}> .\n"
            out.writelines(f"{triple} {graph}" for triple in _document(number, dice))


def assertions(file: Path) -> Iterator[str]:
    """Yield the IRIs of assertions in the graph, in the order in which they first come up."""
    with file.open(encoding="utf-8") as lines:
        yield from dict.fromkeys(line.split(" ", 1)[0][1:-1] for line in lines if f"<{RDF}predicate>" in line)


def thing(number: int) -> str:
    return f"{ID}{('state', 'organization', 'person')[number % 3]}/thing-{number}"


def _document(number: int, dice: random.Random) -> Iterator[str]:
    document = f"<{ID}document/report-{number}>"
    yield f"{document} {_TYPE} <{TG}Document>"
    yield f'{document} <{TERMS}title> "Report {number} of what was said and done"'
    yield f'{document} <{TERMS}publisher> "Gazette {number % 40}"'
    yield f'{document} <{TERMS}issued> "20{10 + number % 15}-{1 + number % 12:02}-{1 + number % 28:02}"^^{_DATE}'
    yield f"{document} <{TERMS}source> <https://corpus.example.org/{number}>"
    cast = [dice.randrange(_THINGS) for _ in range(8)]
    for one in set(cast):
        iri = f"<{thing(one)}>"
        yield f"{iri} {_TYPE} <{TG}{('State', 'Organization', 'Person')[one % 3]}>"
        yield f'{iri} {_LABEL} "Thing {one}"@en'
    for place in range(_EVIDENCE):
        yield from _evidence(document, number, place, dice.sample(cast, 2), dice)


def _evidence(document: str, number: int, place: int, ends: list[int], dice: random.Random) -> Iterator[str]:
    subject, other = (f"<{thing(end)}>" for end in ends)
    stated = f"<{TG}{dice.choice(_PROPERTIES)}>"
    assertion, evidence = f"<{ID}assertion/{_key(subject, stated, other)}>", f"<{ID}evidence/{_key(document, place)}>"
    yield f"{assertion} {_TYPE} <{TG}Assertion>"
    yield f"{assertion} <{RDF}subject> {subject}"
    yield f"{assertion} <{RDF}predicate> {stated}"
    yield f"{assertion} <{RDF}object> {other}"
    yield f"{evidence} {_TYPE} <{TG}Evidence>"
    yield f"{evidence} <{TG}evidenceFor> {assertion}"
    yield f"{evidence} <{OA}hasSource> {document}"
    yield f"{evidence} <{TG}polarity> <{TG}{dice.choice(('Affirmed', 'Affirmed', 'Denied'))}>"
    yield f"{evidence} <{TG}modality> <{TG}{dice.choice(('Actual', 'Alleged', 'Planned'))}>"
    yield f'{evidence} <{TG}confidence> "0.{dice.randrange(50, 99)}"^^{_DECIMAL}'
    yield f'{evidence} <{TG}frame> "kg.{_PROPERTIES[place % 8]}.v1"'
    words = f"what thing {ends[0]} did to thing {ends[1]}, in words of report {number}"
    yield from _selected(evidence, words, place * 100)
    for turn in range(2):  # A mention for each end, less often where the thing was named before.
        if turn or place % 2:
            mention = f"<{ID}mention/{_key(document, place, turn)}>"
            yield f"{mention} <{TG}refersTo> {(subject, other)[turn]}"
            yield f"{mention} <{OA}hasSource> {document}"
            yield from _selected(mention, f"thing {ends[turn]}", place * 100 + turn * 20)


def _selected(owner: str, words: str, start: int) -> Iterator[str]:
    selector = f"<{ID}selector/{_key(owner)}>"
    yield f"{owner} <{OA}hasSelector> {selector}"
    yield f'{selector} <{OA}start> "{start}"^^{_INTEGER}'
    yield f'{selector} <{OA}end> "{start + len(words)}"^^{_INTEGER}'
    yield f'{selector} <{OA}exact> "{words}"'


def _key(*parts: object) -> str:
    return blake2b(repr(parts).encode(), digest_size=10).hexdigest()
