"""One nanopublication per assertion: what it says, what that rests on, and who made the record; named by a trusty URI.

The assertion graph never asserts what nobody entitled affirms as a fact. Where the contract lets the plain triple stand on
the evidence at hand, or a person accepted it, the assertion graph is that triple. Else it holds the statement as a
tg:Assertion with the stance of each evidence: affirmed or denied, how, and by whom; so "Russia denies it" is asserted, and
"it" is not. Evidence that a person rejected as misread is left out.

Source: Nanopublication Guidelines (https://nanopub.net/guidelines/working_draft/).
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from itertools import islice
from typing import IO, Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from kg import terms
from kg.exchange.calling import Directory
from kg.exchange.cases import Case, Part, cases
from kg.exchange.exporters import CHOICE, Progress, Tally, Wishes, exporter
from kg.exchange.signing import Signer
from kg.exchange.trusty import UNKNOWN, artifact_code, normalised
from kg.graph.iris import DEFAULT_BASE, Names
from kg.store import Store
from kg.store.base import Term
from kg.store.resolve import base_of
from kg.terms import PREFIXES

NP: Final = "http://www.nanopub.org/nschema#"
NPX: Final = "http://purl.org/nanopub/x/"
NANOPUBLICATION: Final = NamedNode(NP + "Nanopublication")
HAS_ASSERTION, HAS_PROVENANCE, HAS_INFO = (
    NamedNode(NP + name) for name in ("hasAssertion", "hasProvenance", "hasPublicationInfo")
)
SIGNATURE, PUBLIC_KEY = NamedNode(NPX + "hasSignature"), NamedNode(NPX + "hasPublicKey")

#: The licence of a nanopublication for which no other is wished; it covers the record, not the words that it quotes.
LICENSE: Final = "https://creativecommons.org/licenses/by/4.0/"

_NAME: Final = "kg.nanopub.v1"
_HEAD: Final = {
    **{name: PREFIXES[name] for name in ("tg", "tgf", "rdf", "rdfs", "xsd", "prov", "dcterms", "schema", "oa")},
    **{"np": NP, "npx": NPX, "pav": "http://purl.org/pav/"},
}
_STANCE: Final = (terms.EVIDENCE_FOR, terms.POLARITY, terms.MODALITY, terms.ATTRIBUTED_TO)
_AT_A_TIME: Final = 200


@exporter(_NAME, "a nanopublication per assertion, with trusty URIs", CHOICE | {"creator", "license", "key"})
def write(store: Store, wishes: Wishes, out: IO[bytes], progress: Progress) -> Tally:
    """Write nanopublications as TriG, one after the other; signed if a key is given."""
    base = base_of(store) or DEFAULT_BASE
    names, directory, tally = Names(base), Directory(store, base), Tally("nanopublications")
    signer = Signer.read(wishes.key) if wishes.key else None
    out.write("".join(f"@prefix {name}: <{iri}> .\n" for name, iri in _HEAD.items()).encode())
    told = cases(store, wishes, progress)
    while some := list(islice(told, _AT_A_TIME)):
        directory.learn(thing for case in some for thing in (case.subject, case.object))
        for case in (one.without_rejected() for one in some):
            if case.testimony:
                out.write(_trig(*publish(case, names, directory, wishes, signer)))
                tally.written += 1
            else:
                tally.left_out["people rejected all evidence as misread"] += 1
    return tally


def publish(case: Case, names: Names, directory: Directory, wishes: Wishes, signer: Signer | None) -> tuple[str, list[Quad]]:
    """Return the IRI and the quads of the nanopublication of an assertion; the same assertion and evidence give the same."""
    signature = None

    def under(code: str) -> list[Quad]:
        return _Nanopublication(case, code, names, directory, wishes, signer, signature).quads

    if signer:
        signature = signer.sign(normalised(under(UNKNOWN), UNKNOWN))
    code = artifact_code(under(UNKNOWN))
    return names.nanopublication(code).value, under(code)


def _trig(iri: str, quads: list[Quad]) -> bytes:
    """The quads with prefixes of their own for the nanopublication and its parts; the others stand at the head of the file."""
    own = {"this": iri, "sub": iri + "/"}
    written = serialize(quads, format=RdfFormat.TRIG, prefixes={**_HEAD, **own}) or b""
    lines = written.decode().splitlines(keepends=True)
    known = tuple(f"@prefix {name}:" for name in _HEAD)
    return ("\n" + "".join(line for line in lines if not line.startswith(known))).encode()


class _Nanopublication:
    """Collects the quads of one nanopublication under an IRI."""

    def __init__(
        self,
        case: Case,
        code: str,
        names: Names,
        directory: Directory,
        wishes: Wishes,
        signer: Signer | None,
        signature: str | None,
    ) -> None:
        self.quads: list[Quad] = []
        self._case, self._names, self._directory, self._wishes = case, names, directory, wishes
        self._this = names.nanopublication(code)
        iri = self._this.value
        self._graphs = [NamedNode(f"{iri}/{part}") for part in ("Head", "assertion", "provenance", "pubinfo")]
        self._head, self._assertion, self._provenance, self._info = self._graphs
        self._sig = NamedNode(f"{iri}/sig")
        self._write_head()
        self._write_statement()
        self._write_provenance()
        self._write_info()
        if signer:
            self._write_signature(signer, signature)
        self._sort()

    def _sort(self) -> None:
        """Graph by graph, each thing in one place, its classes first; the order in which a store answers does not show."""
        things: dict[object, int] = {}
        graphs: dict[object, int] = {graph: place for place, graph in enumerate(self._graphs)}
        for quad in self.quads:
            things.setdefault(quad.subject, len(things))
        self.quads.sort(
            key=lambda quad: (
                graphs[quad.graph_name],
                things[quad.subject],
                quad.predicate != terms.RDF_TYPE,
                quad.predicate.value,
                str(quad.object),
            )
        )

    def _write_head(self) -> None:
        self._add(self._head, self._this, terms.RDF_TYPE, NANOPUBLICATION)
        for link, graph in ((HAS_ASSERTION, self._assertion), (HAS_PROVENANCE, self._provenance), (HAS_INFO, self._info)):
            self._add(self._head, self._this, link, graph)

    def _write_statement(self) -> None:
        case = self._case
        if case.stands:
            self._add(self._assertion, case.subject, case.predicate, case.object)
        about = self._provenance if case.stands else self._assertion
        self._add(about, case.assertion, terms.RDF_TYPE, terms.ASSERTION)
        self._add(about, case.assertion, terms.RDF_SUBJECT, case.subject)
        self._add(about, case.assertion, terms.RDF_PREDICATE, case.predicate)
        self._add(about, case.assertion, terms.RDF_OBJECT, case.object)
        for told in case.testimony:
            for predicate, values in told.evidence.facts.items():
                for value in values:
                    self._add(about if predicate in _STANCE else self._provenance, told.evidence.node, predicate, value)

    def _write_provenance(self) -> None:
        for told in self._case.testimony:
            self._add(self._provenance, self._assertion, terms.DERIVED_FROM, told.evidence.node)
        for review in self._case.reviews:
            self._add(self._provenance, self._assertion, terms.INFLUENCED_BY, review.node)
        for part in _once(self._case):
            for predicate, values in part.facts.items():
                for value in values:
                    self._add(self._provenance, part.node, predicate, value)

    def _write_info(self) -> None:
        ends = [end for part in _once(self._case) if (end := part.get(terms.ENDED))]
        if ends:  # A graph that other software made may say nothing of its runs.
            self._tell(terms.CREATED, max(ends, key=lambda end: end.value))
        release = version("treatygraph")
        software = self._names.software(f"treatygraph {release}")
        self._tell(terms.CREATOR, NamedNode(self._wishes.creator) if self._wishes.creator else software)
        self._tell(terms.LICENSE, NamedNode(self._wishes.license or LICENSE))
        self._tell(terms.LABEL, Literal(self._label()))
        self._tell(NamedNode(NPX + "hasNanopubType"), terms.ASSERTION)
        self._tell(NamedNode("http://purl.org/pav/createdWith"), software)
        self._add(self._info, software, terms.RDF_TYPE, terms.SOFTWARE_AGENT)
        self._add(self._info, software, terms.LABEL, Literal(f"treatygraph {release}, {_NAME}"))
        self._add(self._info, software, terms.SOFTWARE_VERSION, Literal(release))

    def _write_signature(self, signer: Signer, signature: str | None) -> None:
        self._add(self._info, self._sig, NamedNode(NPX + "hasAlgorithm"), Literal("RSA"))
        self._add(self._info, self._sig, PUBLIC_KEY, Literal(signer.public))
        self._add(self._info, self._sig, NamedNode(NPX + "hasSignatureTarget"), self._this)
        if self._wishes.creator:
            self._add(self._info, self._sig, NamedNode(NPX + "signedBy"), NamedNode(self._wishes.creator))
        if signature:
            self._add(self._info, self._sig, SIGNATURE, Literal(signature))

    def _label(self) -> str:
        case, other = self._case, self._case.object
        object_ = (self._directory[other].label or other.value) if isinstance(other, NamedNode) else other.value
        subject = self._directory[case.subject].label or case.subject.value
        return f"{subject} – {case.predicate.value.removeprefix(terms.TG)} – {object_}"

    def _tell(self, predicate: NamedNode, value: Term) -> None:
        self._add(self._info, self._this, predicate, value)

    def _add(self, graph: NamedNode, subject: NamedNode, predicate: NamedNode, value: Term) -> None:
        self.quads.append(Quad(subject, predicate, value, graph))


def _once(case: Case) -> Iterator[Part]:
    """The selectors, documents and runs of a case's testimony, and its reviews, each once."""
    parts = [part for told in case.testimony for part in (told.selector, told.document, told.run) if part]
    yield from {part.node: part for part in [*parts, *case.reviews]}.values()
