"""Nanopublications read back from a file, and whether they are what their trusty URIs say, by whoever they were made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg import terms
from kg.errors import ExchangeError
from kg.exchange.nanopub import HAS_ASSERTION, HAS_INFO, HAS_PROVENANCE, NANOPUBLICATION, PUBLIC_KEY, SIGNATURE
from kg.exchange.signing import is_signed
from kg.exchange.trusty import CODE, artifact_code, normalised

_LINKS: Final = (HAS_ASSERTION, HAS_PROVENANCE, HAS_INFO)


@dataclass(frozen=True, slots=True)
class Publication:
    """A nanopublication as it was found, with the artifact code in its graphs' names."""

    code: str
    quads: tuple[Quad, ...]

    @property
    def signed(self) -> bool:
        return any(quad.predicate == SIGNATURE for quad in self.quads)


def read(file: Path) -> Iterator[Publication]:
    """Read nanopublications one at a time; the graphs of each must follow one another, as `kg export` writes them.

    Raises ExchangeError if the file is no TriG or N-Quads, or has a graph whose name holds no artifact code.
    """
    form = RdfFormat.from_extension(file.suffix.removeprefix("."))
    if form is None or not form.supports_datasets:
        raise ExchangeError(f"{file}: nanopublications come in files that name their graphs, such as .trig and .nq")
    try:
        with file.open("rb") as opened:
            for code, quads in groupby(parse(opened, form), key=_code):
                yield Publication(code, tuple(quads))
    except SyntaxError as error:
        raise ExchangeError(f"{file}, line {error.lineno}: {error.msg}") from error
    except OSError as error:
        raise ExchangeError(f"{file}: cannot be read: {error.strerror or error}") from error


def check(publication: Publication) -> None:
    """Raise ExchangeError unless the content is what the trusty URI names, whole, and signed by the key that it shows."""
    _check_parts(publication)
    if (found := artifact_code(publication.quads, publication.code)) != publication.code:
        raise ExchangeError(f"{publication.code}: the content was changed; what stands there now would be {found}")
    if publication.signed:
        _check_signature(publication)


def _check_parts(publication: Publication) -> None:
    graphs: defaultdict[object, list[Quad]] = defaultdict(list)
    for quad in publication.quads:
        graphs[quad.graph_name].append(quad)
    names = [quad.subject for quad in publication.quads if (quad.predicate, quad.object) == (terms.RDF_TYPE, NANOPUBLICATION)]
    if len(names) != 1:
        raise ExchangeError(f"{publication.code}: has {len(names)} heads instead of one")
    this = names[0]
    if not isinstance(this, NamedNode) or not this.value.endswith(publication.code):
        raise ExchangeError(f"{publication.code}: is called {this}, which does not end in it")
    linked = {quad.predicate: quad.object for quad in publication.quads if quad.subject == this and quad.predicate in _LINKS}
    if {*linked} != {*_LINKS} or len({*linked.values()}) != len(_LINKS):
        raise ExchangeError(f"{publication.code}: its head must name one assertion, one provenance and one publication info")
    for link, graph in linked.items():
        if graph not in graphs:
            raise ExchangeError(f"{publication.code}: the graph {graph} is empty")
        about = {HAS_PROVENANCE: linked[HAS_ASSERTION], HAS_INFO: this}.get(link)
        if about and not any(about in (quad.subject, quad.object) for quad in graphs[graph]):
            raise ExchangeError(f"{publication.code}: the graph {graph} says nothing of {about}")
    if len(graphs) != len(_LINKS) + 1:
        raise ExchangeError(f"{publication.code}: has {len(graphs)} graphs instead of four")


def _check_signature(publication: Publication) -> None:
    given = {quad.predicate: quad.object for quad in publication.quads if quad.predicate in (SIGNATURE, PUBLIC_KEY)}
    signature, public = given[SIGNATURE], given.get(PUBLIC_KEY)
    if not (isinstance(signature, Literal) and isinstance(public, Literal)):
        raise ExchangeError(f"{publication.code}: is signed, but shows no public key")
    unsigned = (quad for quad in publication.quads if quad.predicate != SIGNATURE)
    if not is_signed(normalised(unsigned, publication.code), signature.value, public.value):
        raise ExchangeError(f"{publication.code}: the signature was not made for this content, or not with this key")


def _code(quad: Quad) -> str:
    found = CODE.findall(quad.graph_name.value) if isinstance(quad.graph_name, NamedNode) else []
    if not found:
        raise ExchangeError(f"the graph {quad.graph_name} is no part of a nanopublication with a trusty URI")
    return str(found[-1])
