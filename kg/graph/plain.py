"""Which statements a document's graph may state outright, as plain triples.

A statement stands when some evidence affirms it as actual and either the article itself says so, or a speaker who
is the statement's subject or object, or who speaks for one of them. Who speaks for whom is read from the statements
that stand in the same document:

* a person speaks for a state or organisation in which the person holds office;
* a state or organisation speaks for an agreement that it is a party to;
* a person speaks for an agreement that the person signed, or whose party the person holds office in.

What only others say, and what is denied, alleged, planned or hypothetical, never stands.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import EntityId, Evidence, Modality, Polarity, Statement
from kg.vocabulary import canonical


def plain_statements(evidence: Iterable[Evidence]) -> frozenset[Statement]:
    """Return the statements that stand, symmetric ones in their canonical direction.

    >>> from kg.model import Span
    >>> signed = Statement("agreement/x", "signatory", "person/a")
    >>> said_by_signer = Evidence(signed, Span(0, 1), "f@1", speaker="person/a")
    >>> said_by_other = Evidence(signed, Span(0, 1), "f@1", speaker="person/b")
    >>> plain_statements([said_by_signer]) == {signed}, plain_statements([said_by_other])
    (True, frozenset())
    """
    candidates = [
        (canonical(item.statement), item.speaker)
        for item in evidence
        if item.polarity is Polarity.AFFIRMED and item.modality is Modality.ACTUAL
    ]
    standing: frozenset[Statement] = frozenset()
    while True:
        # A statement that has come to stand may show that another speaker speaks for somebody; the set only grows.
        grown = frozenset(statement for statement, speaker in candidates if _licensed(statement, speaker, standing))
        if grown == standing:
            return standing
        standing = grown


def _licensed(statement: Statement, speaker: EntityId | None, standing: frozenset[Statement]) -> bool:
    if speaker is None:
        return True
    ends = [end for end in (statement.subject, statement.object) if isinstance(end, str)]
    return any(end == speaker or _speaks_for(speaker, end, standing) for end in ends)


def _speaks_for(speaker: EntityId, end: EntityId, standing: frozenset[Statement]) -> bool:
    if Statement(speaker, "holdsOfficeIn", end) in standing:
        return True
    if Statement(end, "party", speaker) in standing or Statement(end, "signatory", speaker) in standing:
        return True
    return any(
        Statement(end, "party", office.object) in standing
        for office in standing
        if office.predicate == "holdsOfficeIn" and office.subject == speaker
    )
