"""The register of treaties: each entry of the right kind, with its standing, its dates and what it rests on."""

from dataclasses import replace

import pytest
import river_treaty
from pyoxigraph import NamedNode, Quad, QueryBoolean, Store
from river_treaty import ACCORD, ESTMARK, LIND, NORLAND, REVE, SIGNING, TREATY, WEST, says

from kg.graph import Names, Treaties, document_quads, sorted_nquads, validate, vocabulary
from kg.model import Document, Entity, Evidence, Kind, Modality, Polarity, Reading, Span, Statement
from kg.terms import PREFIXES, term

NAMES = Names()
UNION, LEAGUE = "state/old-union", "organization/league"


def report(document: str, *claims: Evidence, words: str = river_treaty.TEXT) -> Reading:
    """A reading of another document about the same things."""
    entities = (*river_treaty.ENTITIES, Entity(UNION, Kind.STATE, "Old Union"), Entity(LEAGUE, Kind.ORGANIZATION, "League"))
    return Reading(Document(document, words), entities, (), claims)


def register(*readings: Reading, heirs: dict[str, frozenset[str]] | None = None) -> list[Quad]:
    treaties = Treaties(NAMES, heirs or {})
    for reading in readings:
        treaties.add(reading)
    return treaties.quads()


def holds(quads: list[Quad], pattern: str) -> bool:
    store = Store()
    store.extend(Quad(q.subject, q.predicate, q.object) for q in quads)
    prefixes = "".join(f"PREFIX {name}: <{namespace}> " for name, namespace in PREFIXES.items())
    found = store.query(f"{prefixes} PREFIX : <{NAMES.base}> ASK {{ {pattern} }}")
    assert isinstance(found, QueryBoolean)
    return bool(found)


@pytest.fixture
def river() -> list[Quad]:
    return register(river_treaty.reading())


@pytest.mark.parametrize(
    "entry",
    [
        "a tg:PartyRole ; tg:participant :state\\/norland ; tg:standing tg:Stated",
        "a tg:PartyRole ; tg:participant :state\\/westria ; tg:standing tg:Rejected",
        "a tg:Signature ; tg:participant :person\\/ada-lind ; tg:onBehalfOf :state\\/norland ; tg:standing tg:Stated",
        'a tg:Conclusion ; tg:on "2031-05-04"^^xsd:date ; tg:standing tg:Stated',
        "a tg:Provision ; tg:provides tgf:Trade ; tg:standing tg:Stated",
        "a tg:Replacement ; tg:predecessor :agreement\\/ferry-accord ; tg:standing tg:Stated",
        "a tg:Composition ; tg:laterality tg:Bilateral ; tg:partyCount 2 ; tg:standing tg:Stated",
    ],
)
def test_what_a_report_says_of_an_agreement_is_noted(river: list[Quad], entry: str) -> None:
    assert holds(river, f"?entry tg:concerns :agreement\\/river-treaty ; {entry}")


def test_an_entry_has_the_classes_above_its_kind(river: list[Quad]) -> None:
    assert holds(river, "?entry a tg:Signature, tg:ParticipantAction, tg:Participation, tg:RegisterEntry, tg:RegisterEntry")
    assert not holds(river, "?entry a tg:PartyRole, tg:ParticipantAction")


def test_every_source_of_an_entry_is_in_the_graph_of_a_document(river: list[Quad]) -> None:
    said = {quad.subject for quad in document_quads(river_treaty.reading(), NAMES)}
    sources = {quad.object for quad in river if quad.predicate == term("prov:wasDerivedFrom")}
    assert sources
    assert sources <= said


def test_an_entry_rests_on_all_evidence_for_and_against_it() -> None:
    first, second = river_treaty.reading("one"), river_treaty.reading("two")
    entry = NAMES.entry("PartyRole", Statement(TREATY, "party", WEST))
    sources = {q.object for q in register(first, second) if q.subject == entry and q.predicate == term("prov:wasDerivedFrom")}
    denials = [one for one in first.evidence if one.statement == Statement(TREATY, "party", WEST)]
    assert sources == {NAMES.assertion(denials[0].statement)} | {NAMES.evidence(d, denials[0]) for d in ("one", "two")}


def test_only_what_stands_as_a_plain_triple_is_stated() -> None:
    stranger = says(SIGNING, TREATY, "ratifiedBy", NORLAND, speaker=WEST, when="2031-06")
    assert holds(
        register(report("a", stranger)), '?entry a tg:Ratification ; tg:standing tg:Claimed ; tg:on "2031-06"^^xsd:gYearMonth'
    )
    own = says(SIGNING, TREATY, "ratifiedBy", NORLAND, when="2031-06-01")
    both = register(report("a", stranger), report("b", own))
    assert holds(both, '?entry a tg:Ratification ; tg:standing tg:Stated ; tg:on "2031-06-01"^^xsd:date')
    assert not holds(both, '?entry tg:on "2031-06"^^xsd:gYearMonth')


def test_what_one_document_states_and_another_denies_is_disputed() -> None:
    denial = says(SIGNING, TREATY, "violatedBy", NORLAND, polarity=Polarity.DENIED, speaker=NORLAND)
    quads = register(report("a", says(SIGNING, TREATY, "violatedBy", NORLAND)), report("b", denial))
    assert holds(quads, "?entry a tg:Violation ; tg:participant :state\\/norland ; tg:standing tg:Disputed")


def test_a_ratification_to_come_is_announced_with_its_date() -> None:
    planned = says(SIGNING, TREATY, "ratifiedBy", NORLAND, modality=Modality.PLANNED, when="2032")
    assert holds(register(report("a", planned)), '?entry a tg:Ratification ; tg:standing tg:Announced ; tg:on "2032"^^xsd:gYear')


@pytest.mark.parametrize(
    ("predicate", "words", "kind"),
    [
        ("withdrawnBy", "Norland suspended its part in the treaty.", "Suspension"),
        ("withdrawnBy", "Norland left the treaty.", "Withdrawal"),
        ("withdrawnBy", "Norland, which had suspended the treaty, left it.", "Withdrawal"),
        ("withdrawnBy", "Norland tore the treaty up.", "Withdrawal"),
        ("ratifiedBy", "Norland acceded to the treaty.", "Accession"),
        ("ratifiedBy", "Norland ratified the treaty.", "Ratification"),
    ],
)
def test_words_tell_a_narrower_kind_where_they_tell_of_it_alone(predicate: str, words: str, kind: str) -> None:
    claim = Evidence(Statement(TREATY, predicate, NORLAND), Span(0, len(words)), "test@1")
    quads = register(report("a", claim, words=words))
    assert NAMES.entry(kind, claim.statement) in {quad.subject for quad in quads}
    assert holds(quads, f"?entry a tg:{vocabulary().entries[predicate].name}, tg:{kind}")


def test_for_whom_a_person_signs_is_told_by_one_document_alone() -> None:
    signs = says(SIGNING, TREATY, "signatory", LIND)
    office = says(SIGNING, LIND, "holdsOfficeIn", NORLAND)
    bound = says(SIGNING, TREATY, "party", NORLAND)
    assert holds(register(report("a", signs, office, bound)), "?entry tg:onBehalfOf :state\\/norland")
    assert not holds(register(report("a", signs, office), report("b", bound)), "?entry tg:onBehalfOf ?anybody")


@pytest.mark.parametrize(
    ("parties", "subtype", "laterality"),
    [
        ([NORLAND, ESTMARK], "PartnershipAgreement", "Bilateral"),
        ([NORLAND, ESTMARK], "Convention", "Multilateral"),
        ([NORLAND, ESTMARK, LEAGUE], "PartnershipAgreement", "Multilateral"),
        ([NORLAND, ESTMARK, UNION], "PartnershipAgreement", "Bilateral"),
        ([NORLAND], "PartnershipAgreement", None),
        ([NORLAND, UNION], "PartnershipAgreement", None),
    ],
    ids=["two", "two of many", "three", "a state and the one before it", "one", "one and the one before it"],
)
def test_laterality_is_told_by_the_parties(parties: list[str], subtype: str, laterality: str | None) -> None:
    reading = report("a", *(says(SIGNING, TREATY, "party", party) for party in parties))
    entities = tuple(replace(one, subtype=subtype) if one.id == TREATY else one for one in reading.entities)
    quads = register(replace(reading, entities=entities), heirs={UNION: frozenset({NORLAND})})
    assert {str(q.object).rpartition("#")[2][:-1] for q in quads if q.predicate == term("tg:laterality")} == (
        {laterality} if laterality else set()
    )


def test_no_statement_property_is_used(river: list[Quad]) -> None:
    assert not {q.predicate for q in river} & {term(f"tg:{name}") for name in vocabulary().properties}


def test_what_says_nothing_of_agreements_leaves_no_trace() -> None:
    assert register(report("a", says(SIGNING, LIND, "metWith", REVE))) == []


def test_the_order_of_documents_does_not_matter() -> None:
    first = river_treaty.reading("one")
    second = report("two", says(SIGNING, TREATY, "withdrawnBy", NORLAND), says(SIGNING, ACCORD, "party", WEST))
    assert sorted_nquads(register(first, second)) == sorted_nquads(register(second, first))


def test_the_register_keeps_its_promises(river: list[Quad]) -> None:
    report = validate(river)
    assert report.conforms, str(report)


@pytest.mark.parametrize(
    ("predicate", "value", "shape"),
    [
        ("tg:concerns", None, "EntryConcerns"),
        ("tg:standing", None, "EntryStanding"),
        ("tg:standing", "tg:Actual", "EntryStanding"),
        ("prov:wasDerivedFrom", None, "EntrySource"),
        ("tg:on", "tg:Trade", "EntryDate"),
        ("tg:participant", None, "ParticipationParticipant"),
        ("tg:participant", "tgf:Trade", "EntryEnds"),
        ("tg:onBehalfOf", "tgf:Trade", "EntryEnds"),
        ("tg:provides", "tg:Trade", "ProvisionField"),
        ("tg:predecessor", None, "ReplacementPredecessor"),
        ("tg:predecessor", "tgf:Trade", "EntryEnds"),
        ("tg:concerns", "tgf:Trade", "EntryEnds"),
        ("tg:laterality", None, "CompositionLaterality"),
        ("tg:partyCount", None, "CompositionPartyCount"),
    ],
)
def test_a_broken_entry_is_found(river: list[Quad], predicate: str, value: str | None, shape: str) -> None:
    def broken(quad: Quad) -> list[Quad]:
        if quad.predicate != term(predicate):
            return [quad]
        return [Quad(quad.subject, quad.predicate, term(value), quad.graph_name)] if value else []

    assert shape in {finding.shape for finding in validate(new for quad in river for new in broken(quad)).findings}


def test_an_entry_of_no_kind_or_of_two_is_found(river: list[Quad]) -> None:
    node = next(q.subject for q in river if q.object == term("tg:Provision"))
    assert isinstance(node, NamedNode)
    none = [q for q in river if (q.subject, q.object) != (node, term("tg:Provision"))]
    two = [*river, Quad(node, term("rdf:type"), term("tg:Composition"), river[0].graph_name)]
    for quads in (none, two):
        assert "EntryIsOfAKind" in {finding.shape for finding in validate(quads).findings}


def test_a_conclusion_without_date_and_place_is_found(river: list[Quad]) -> None:
    assert "ConclusionDateOrPlace" in {f.shape for f in validate(q for q in river if q.predicate != term("tg:on")).findings}
