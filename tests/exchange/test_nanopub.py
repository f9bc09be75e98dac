"""Nanopublications: whole and verifiable, faithful to the graph, and never asserting what is denied or hedged."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import rdflib
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import dsa, rsa
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg import terms
from kg.errors import ExchangeError
from kg.exchange.exporters import Tally
from kg.exchange.trusty import artifact_code
from kg.exchange.verification import Publication, check, read
from kg.graph.literals import confidence
from kg.store import MemoryStore, Store, open_store
from kg.store.base import quads, rows

Export = Callable[..., tuple[bytes, Tally]]
ID = "https://w3id.org/treatygraph/id/"
TG = "https://w3id.org/treatygraph/ontology#"
SUPPLIED, PARTY = f"{ID}assertion/ab593e13974feda8b1d2", f"{ID}assertion/eaeb0e15b04a5ef63764"


def publications(data: bytes, folder: Path) -> list[Publication]:
    file = folder / "some.trig"
    file.write_bytes(data)
    return list(read(file))


def graph(publication: Publication, name: str) -> set[Quad]:
    return {quad for quad in publication.quads if quad.graph_name.value.endswith(f"/{name}")}


def triples(found: set[Quad]) -> set[tuple[str, str, str]]:
    return {(quad.subject.value, quad.predicate.value, quad.object.value) for quad in found}


@pytest.fixture
def one(exported: Export, tmp_path: Path) -> Callable[..., Publication]:
    """The nanopublication of one assertion of the demonstration graph."""

    def get(assertion: str, **wishes: object) -> Publication:
        [publication] = publications(exported("nanopub", assertion=assertion, **wishes)[0], tmp_path)
        check(publication)
        return publication

    return get


@pytest.fixture(scope="module")
def samples(sample_store: Path) -> Iterator[Store]:
    with closing(open_store(sample_store)) as store:
        yield store


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _pem(rsa.generate_private_key(65537, 2048), tmp_path_factory.mktemp("keys") / "rsa.pem")


def _pem(private: rsa.RSAPrivateKey | dsa.DSAPrivateKey, file: Path) -> Path:
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(private.private_bytes(*form))
    return file


def test_every_assertion_of_the_samples_is_one_whole_nanopublication(samples: Store, exported: Export, tmp_path: Path) -> None:
    data, tally = exported("nanopub", samples)
    found = publications(data, tmp_path)
    assertions = rows(samples, f"SELECT DISTINCT ?a {{ GRAPH ?g {{ ?a a <{TG}Assertion> }} }}")
    assert len(found) == len({each.code for each in found}) == len(assertions) == tally.written
    for each in found:
        check(each)


def test_all_that_the_graph_says_of_evidence_comes_along(demo: MemoryStore, exported: Export, tmp_path: Path) -> None:
    known = {quad.triple for quad in quads(demo)}
    told = {quad.triple for each in publications(exported("nanopub")[0], tmp_path) for quad in each.quads}
    kinds = {quad.subject: quad.object.value for quad in quads(demo) if quad.predicate == terms.RDF_TYPE}
    about = {TG + "Evidence", TG + "Assertion", TG + "Document", terms.ACTIVITY.value}
    assert {triple for triple in known if kinds.get(triple.subject) in about} <= told


def test_what_stands_is_asserted_as_the_plain_triple(one: Callable[..., Publication]) -> None:
    assert triples(graph(one(PARTY), "assertion")) == {
        (f"{ID}agreement/tromso-agreement-on-maritime-safety", f"{TG}party", f"{ID}state/portugal")
    }


def test_what_is_alleged_and_denied_is_told_with_its_stances(one: Callable[..., Publication]) -> None:
    asserted = triples(graph(one(SUPPLIED), "assertion"))
    assert not {triple for triple in asserted if triple[1] == f"{TG}suppliedArmsTo"}
    assert (SUPPLIED, terms.RDF_PREDICATE.value, f"{TG}suppliedArmsTo") in asserted
    stances = defaultdict(dict)
    for subject, predicate, value in asserted:
        if "/evidence/" in subject:
            stances[subject][predicate] = value.rpartition("/")[2].rpartition("#")[2]
    assert {(s[f"{TG}polarity"], s[f"{TG}modality"], s[terms.ATTRIBUTED_TO.value]) for s in stances.values()} == {
        ("Affirmed", "Alleged", "ruritania"),
        ("Denied", "Actual", "norway"),
    }


def test_plain_triples_are_asserted_just_where_the_graph_states_them(samples: Store, exported: Export, tmp_path: Path) -> None:
    stated = {quad.triple for quad in quads(samples) if quad.graph_name.value.startswith(f"{ID}graph/")}
    for each in publications(exported("nanopub", samples)[0], tmp_path):
        [(_, _, subject), (_, _, predicate), (_, _, value)] = (
            next(triple for triple in triples(set(each.quads)) if triple[1] == part.value)
            for part in (terms.RDF_SUBJECT, terms.RDF_PREDICATE, terms.RDF_OBJECT)
        )
        plain = {quad for quad in graph(each, "assertion") if quad.predicate.value == predicate}
        known = {one for one in stated if one.predicate.value == predicate and one.subject.value == subject}
        assert len(plain) == (value in {one.object.value for one in known})


def test_of_one_document_only_what_it_says_is_asserted(one: Callable[..., Publication]) -> None:
    exercises = f"{ID}assertion/5fe26b0b86c622f99add"
    denied = one(exercises, document=f"{ID}document/tromso-doubts")
    assert not any(quad.predicate.value == f"{TG}covers" for quad in graph(denied, "assertion"))
    assert any(quad.predicate.value == f"{TG}covers" for quad in graph(one(exercises), "assertion"))


def test_what_a_person_accepted_is_asserted_and_leads_to_the_decision(
    reviewed: MemoryStore, exported: Export, tmp_path: Path
) -> None:
    iceland = f"{ID}assertion/b8eb56fe24d04be5c41f"
    [publication] = publications(exported("nanopub", reviewed, assertion=iceland)[0], tmp_path)
    assert {triple[1:] for triple in triples(graph(publication, "assertion"))} == {(f"{TG}party", f"{ID}state/iceland")}
    told = triples(graph(publication, "provenance"))
    assert (f"{ID}review/yes", terms.REASON.value, "Iceland signed later") in told
    assert any(predicate == terms.INFLUENCED_BY.value and value == f"{ID}review/yes" for _, predicate, value in told)


def test_what_a_person_rejected_is_left_out(reviewed: MemoryStore, exported: Export, tmp_path: Path) -> None:
    [publication] = publications(exported("nanopub", reviewed, assertion=PARTY)[0], tmp_path)
    assert not any("341e4034a7865b115232" in quad.subject.value for quad in publication.quads)
    data, tally = exported("nanopub", reviewed, assertion=PARTY, document=f"{ID}document/tromso-doubts")
    assert publications(data, tmp_path) == []
    assert tally.left_out["people rejected all evidence as misread"] == 1


def test_publication_info_says_when_by_whom_and_under_which_licence(one: Callable[..., Publication]) -> None:
    orcid, licence = "https://orcid.org/0000-0000-0000-0000", "https://creativecommons.org/publicdomain/zero/1.0/"
    info = graph(one(PARTY, creator=orcid, license=licence), "pubinfo")
    told = {quad.predicate: quad.object.value for quad in info}
    assert (told[terms.CREATOR], told[terms.LICENSE], told[terms.CREATED]) == (orcid, licence, "2026-11-23T08:01:00Z")
    assert Literal("Tromsø Agreement on Maritime Safety – party – Portugal") in {quad.object for quad in info}
    assert any("kg.nanopub.v1" in quad.object.value for quad in info)


def test_any_changed_value_is_found(one: Callable[..., Publication]) -> None:
    publication = one(PARTY)
    for place, quad in enumerate(publication.quads):
        if isinstance(quad.object, Literal):
            changed = Quad(quad.subject, quad.predicate, Literal(quad.object.value + "!"), quad.graph_name)
            with pytest.raises(ExchangeError, match="was changed"):
                check(Publication(publication.code, (*publication.quads[:place], changed, *publication.quads[place + 1 :])))


def test_a_whole_graph_cannot_be_left_out(one: Callable[..., Publication]) -> None:
    publication = one(PARTY)
    for name in ("Head", "assertion", "provenance", "pubinfo"):
        rest = tuple(quad for quad in publication.quads if not quad.graph_name.value.endswith(name))
        with pytest.raises(ExchangeError, match=r"empty|heads|says nothing"):
            check(Publication(publication.code, rest))


def test_more_evidence_gives_another_name(one: Callable[..., Publication]) -> None:
    assert one(PARTY).code != one(PARTY, document=f"{ID}document/tromso-doubts").code


def test_a_signature_is_made_and_checked(one: Callable[..., Publication], key: Path) -> None:
    publication = one(PARTY, key=key, creator="https://orcid.org/0000-0000-0000-0000")
    assert publication.signed
    assert publication == one(PARTY, key=key, creator="https://orcid.org/0000-0000-0000-0000")


def test_a_signature_under_other_words_is_found(one: Callable[..., Publication], key: Path) -> None:
    publication = one(PARTY, key=key)
    sure = next(quad for quad in publication.quads if quad.predicate == terms.CONFIDENCE)
    forged = [Quad(q.subject, q.predicate, confidence(0.1), q.graph_name) if q == sure else q for q in publication.quads]
    code = artifact_code(forged, publication.code)

    def renamed(node: NamedNode) -> NamedNode:
        return NamedNode(node.value.replace(publication.code, code)) if isinstance(node, NamedNode) else node

    again = [Quad(*map(renamed, (q.subject, q.predicate, q.object, q.graph_name))) for q in forged]
    with pytest.raises(ExchangeError, match="signature was not made for this content"):
        check(Publication(code, tuple(again)))


def test_only_an_rsa_key_signs(exported: Export, tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="another kind of key"):
        exported("nanopub", key=_pem(dsa.generate_private_key(1024), tmp_path / "dsa.pem"))
    (tmp_path / "none.pem").write_text("no key")
    with pytest.raises(ExchangeError, match=r"none\.pem: is no private key"):
        exported("nanopub", key=tmp_path / "none.pem")
    with pytest.raises(ExchangeError, match=r"missing\.pem: cannot be read"):
        exported("nanopub", key=tmp_path / "missing.pem")


def test_without_the_library_it_says_how_to_install_it(exported: Export, key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.serialization", None)
    with pytest.raises(ExchangeError, match=re.escape("treatygraph[sign]")):
        exported("nanopub", key=key)


def test_a_file_of_other_graphs_is_refused(demo_file: Path, tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="no part of a nanopublication"):
        list(read(demo_file))
    (tmp_path / "broken.trig").write_text("<a")
    with pytest.raises(ExchangeError, match=r"broken\.trig, line 1"):
        list(read(tmp_path / "broken.trig"))
    with pytest.raises(ExchangeError, match="name their graphs"):
        list(read(tmp_path / "graph.ttl"))


@pytest.mark.slow
def test_rdflib_reads_the_same_nanopublications(
    samples: Store, exported: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)  # else it writes moments in another way, which is other content
    data, tally = exported("nanopub", samples)
    dataset = rdflib.Dataset()
    dataset.parse(data=data.decode(), format="trig")
    again = tmp_path / "again.nq"
    lines = [line for line in dataset.serialize(format="nquads").splitlines() if line]
    lines.sort(key=lambda line: re.findall(r"RA[\w-]{43}", line)[-1])
    again.write_text("\n".join(lines), encoding="utf-8")
    found = list(read(again))
    assert len(found) == tally.written
    for each in found:
        check(each)
    assert {quad for each in found for quad in each.quads} == set(parse(data, RdfFormat.TRIG))


def test_a_run_does_not_drag_in_all_that_it_read(samples: Store, exported: Export, tmp_path: Path) -> None:
    for each in publications(exported("nanopub", samples)[0], tmp_path):
        sources = {quad.object for quad in each.quads if quad.predicate == terms.HAS_SOURCE}
        assert not {quad.predicate for quad in each.quads} & {terms.USED, terms.USED_FRAME}
        assert {quad.subject for quad in each.quads if quad.object == terms.DOCUMENT} == sources
