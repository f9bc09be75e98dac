"""Plain triples: only what the article, or one who speaks for an end of the statement, affirms as actual."""

import pytest

from kg.graph import plain_statements
from kg.model import Evidence, FieldConcept, Modality, PartialDate, Polarity, Span, Statement

PACT, LEADER, RIVAL = "agreement/pact", "person/leader", "person/rival"
HERE, THERE, ELSEWHERE, LEAGUE = "state/here", "state/there", "state/elsewhere", "organization/league"

LEADS_HERE = Statement(LEADER, "holdsOfficeIn", HERE)
LEADS_LEAGUE = Statement(LEADER, "holdsOfficeIn", LEAGUE)
RIVAL_LEADS_ELSEWHERE = Statement(RIVAL, "holdsOfficeIn", ELSEWHERE)
HERE_IS_PARTY = Statement(PACT, "party", HERE)
LEADER_SIGNED = Statement(PACT, "signatory", LEADER)
SUPPORT = Statement(THERE, "supports", HERE)
COVERS = Statement(PACT, "covers", FieldConcept("Trade"))
SIGNED_ON = Statement(PACT, "dateSigned", PartialDate("2031-05-04"))
MET = Statement(HERE, "metWith", THERE)


def said(statement: Statement, speaker: str | None = None, *, polarity: str = "Affirmed", modality: str = "Actual") -> Evidence:
    return Evidence(statement, Span(0, 1), "test@1", Polarity(polarity), Modality(modality), speaker)


@pytest.mark.parametrize(
    ("evidence", "known", "stands"),
    [
        pytest.param(said(SUPPORT), [], True, id="the article says it"),
        pytest.param(said(SUPPORT, THERE), [], True, id="its subject says it"),
        pytest.param(said(SUPPORT, HERE), [], True, id="its object says it"),
        pytest.param(said(SUPPORT, LEADER), [LEADS_HERE], True, id="a leader of its object says it"),
        pytest.param(said(Statement(LEAGUE, "sanctioned", HERE), LEADER), [LEADS_LEAGUE], True, id="a leader of its subject"),
        pytest.param(said(SUPPORT, LEADER), [], False, id="a person says it whose office the text leaves out"),
        pytest.param(said(SUPPORT, RIVAL), [RIVAL_LEADS_ELSEWHERE], False, id="the leader of a third state says it"),
        pytest.param(said(SUPPORT, ELSEWHERE), [], False, id="a third state says it"),
        pytest.param(said(COVERS, HERE), [HERE_IS_PARTY], True, id="a party to the agreement says it"),
        pytest.param(said(COVERS, ELSEWHERE), [HERE_IS_PARTY], False, id="a state that is no party says it"),
        pytest.param(said(COVERS, LEADER), [LEADER_SIGNED], True, id="a signatory of the agreement says it"),
        pytest.param(said(SIGNED_ON, LEADER), [HERE_IS_PARTY, LEADS_HERE], True, id="a party's leader says it"),
        pytest.param(said(COVERS, LEADER), [HERE_IS_PARTY], False, id="one who holds no office in a party says it"),
        pytest.param(said(COVERS, RIVAL), [HERE_IS_PARTY, RIVAL_LEADS_ELSEWHERE], False, id="leader of no party says it"),
        pytest.param(said(MET, THERE), [], True, id="one end of a symmetric statement says it"),
        pytest.param(said(SUPPORT, polarity="Denied"), [], False, id="it is denied"),
        pytest.param(said(SUPPORT, THERE, polarity="Denied"), [], False, id="its subject denies it"),
        pytest.param(said(SUPPORT, modality="Alleged"), [], False, id="it is alleged"),
        pytest.param(said(SUPPORT, modality="Planned"), [], False, id="it is planned"),
        pytest.param(said(SUPPORT, modality="Hypothetical"), [], False, id="it is hypothetical"),
    ],
)
def test_what_stands_as_a_plain_triple(evidence: Evidence, known: list[Statement], stands: bool) -> None:
    standing = plain_statements([evidence, *map(said, known)])
    assert (evidence.statement in standing or reverse(evidence.statement) in standing) == stands


def reverse(statement: Statement) -> Statement:
    return Statement(str(statement.object), statement.predicate, statement.subject)


def test_one_good_evidence_is_enough_whoever_else_denies_it() -> None:
    assert SUPPORT in plain_statements([said(SUPPORT, ELSEWHERE, polarity="Denied"), said(SUPPORT)])


def test_an_office_that_only_a_stranger_tells_of_makes_nobody_a_speaker() -> None:
    assert plain_statements([said(LEADS_HERE, RIVAL), said(SUPPORT, LEADER)]) == frozenset()


@pytest.mark.parametrize("modality", ["Planned", "Alleged", "Hypothetical"])
def test_an_office_that_is_not_actual_makes_nobody_a_speaker(modality: str) -> None:
    assert plain_statements([said(LEADS_HERE, modality=modality), said(SUPPORT, LEADER)]) == frozenset()


def test_two_strangers_cannot_vouch_for_each_other() -> None:
    one, other = Statement(LEADER, "holdsOfficeIn", HERE), Statement(RIVAL, "holdsOfficeIn", HERE)
    assert plain_statements([said(one, RIVAL), said(other, LEADER)]) == frozenset()


def test_a_speaker_may_be_known_through_what_another_speaker_says() -> None:
    minister_leads_here = Statement(RIVAL, "holdsOfficeIn", HERE)
    standing = plain_statements([said(SUPPORT, RIVAL), said(minister_leads_here, LEADER), said(LEADS_HERE)])
    assert standing == {SUPPORT, minister_leads_here, LEADS_HERE}
