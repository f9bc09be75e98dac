"""Cities that a text names by what they are: "the Kyrgyz capital", "Mongolia's capital", "the capital of Chad"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.language.cast import Cast, CastMention
from kg.model import Kind
from kg.reference import Reference, State

_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


def add_capitals(doc: Doc, cast: Cast, reference: Reference) -> None:
    """Mention the cities that are called the capital of a state, where the text names them too."""
    places = {m.reference: m.id for m in cast.members.values() if m.kind is Kind.PLACE and m.reference}
    for token in doc:
        if token.lower_ != "capital" or cast.at(token.i) is not None:
            continue
        owner = _state_before(doc, cast, token) or _state_after(doc, cast, token)
        state = reference.by_id.get(cast.members[owner.member].reference or "") if owner else None
        if owner is None or not isinstance(state, State) or state.capital not in places:
            continue  # a capital that the text does not name stays its state
        start, end = min(token.i, owner.start), max(token.i + 1, owner.end)
        cast.mention(start, end, places[state.capital], "nominal")
    cast.mentions.sort(key=lambda m: m.start)


def _state_before(doc: Doc, cast: Cast, capital: Token) -> CastMention | None:
    i = capital.i - 1
    while i > 0 and (doc[i].lower_ in _POSSESSIVE or (doc[i].pos_ == "ADJ" and cast.at(i) is None)):
        i -= 1
    mention = cast.at(i) if i >= 0 else None
    return mention if mention and cast.members[mention.member].kind is Kind.STATE else None


def _state_after(doc: Doc, cast: Cast, capital: Token) -> CastMention | None:
    if capital.i + 2 >= len(doc) or doc[capital.i + 1].lower_ != "of":
        return None
    mention = cast.at(capital.i + 2) or (cast.at(capital.i + 3) if doc[capital.i + 2].lower_ == "the" else None)
    return mention if mention and cast.members[mention.member].kind is Kind.STATE else None
