"""States inside the names of bodies: "Chinese Foreign Ministry", "Ministry of Digital Development of Mongolia"."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc

from kg.language.cast import PRIVATE, Cast, CastMention, Member
from kg.language.lexicon import words
from kg.model import Kind
from kg.reference import Organization, Reference, State, load

_LONGEST = 4  # tokens


def add_nested_states(doc: Doc, cast: Cast, reference: Reference) -> None:
    """Mention the states that the names of bodies begin or end with, and make public bodies theirs."""
    surfaces = _surfaces()
    known = {m.reference: m.id for m in cast.members.values() if m.kind is Kind.STATE and m.reference}
    for mention in [m for m in cast.mentions if cast.members[m.member].kind is Kind.ORGANIZATION]:
        found = _state_in(doc, mention, surfaces)
        if found is None:
            continue
        start, end, state = found
        if state.id not in known:
            known[state.id] = cast.add(Member(cast.new_id(Kind.STATE), Kind.STATE, state.name, state.id)).id
        how = "adjective" if doc[start:end].text in state.adjectives else "name"
        cast.mention(start, end, known[state.id], how)
        body = cast.members[mention.member]
        if body.state is None and _is_public(doc, mention, body, reference, state):
            body.state = known[state.id]
    cast.mentions.sort(key=lambda m: (m.start, -m.end))


@cache
def _surfaces() -> dict[str, State]:
    return {s: state for state in load().states if not state.ended for s in (state.name, *state.names, *state.adjectives)}


def _state_in(doc: Doc, mention: CastMention, surfaces: dict[str, State]) -> tuple[int, int, State] | None:
    """Return the longest form of a state with which a name begins, or ends after "of"."""
    for size in range(min(_LONGEST, mention.end - mention.start - 1), 0, -1):
        for start in (mention.start, mention.end - size):
            after_of = start == mention.start or doc[start - 1].lower_ in ("of", "the")
            if after_of and (state := surfaces.get(doc[start : start + size].text)):
                return start, start + size, state
    return None


def _is_public(doc: Doc, mention: CastMention, body: Member, reference: Reference, state: State) -> bool:
    """Does a body act for the state in its name, as ministries do and firms do not?"""
    known = reference.by_id.get(body.reference or "")
    if isinstance(known, Organization):
        return known.state == state.id and known.kind not in PRIVATE
    tokens = {t.lower_ for t in doc[mention.start : mention.end]}
    return bool(tokens & words("institutions", "bodies", "words"))
