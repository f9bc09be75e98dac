"""Agreements that nothing names at first: "A and B agreed on Friday to restore ties. The agreement was signed in …".

A definite mention without anything before it to go back to points to what was agreed a few sentences earlier.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.extraction.clusters import Cluster
from kg.extraction.lexicon import words
from kg.extraction.referents import Referents
from kg.extraction.syntax import verb_roles
from kg.model import EntityId, Kind

_BACK = 4  # sentences


def announcements(doc: Doc, clusters: Sequence[Cluster], referents: Referents) -> dict[int, EntityId]:
    """Return the agreement that each verb of agreeing, by its token, brings about."""
    found: dict[int, EntityId] = {}
    starts = [s.start for s in doc.sents]
    for cluster in clusters:
        first = cluster.profiles[0].mention
        if not first.definite or first.named or first.plural or cluster.years:
            continue
        here = max(n for n, start in enumerate(starts) if start <= first.start)
        for verb in reversed(doc[starts[max(0, here - _BACK)] : first.start]):
            if verb.lemma_ in words("triggers", "agree", "verbs") and verb.pos_ == "VERB" and verb.i not in found:
                agents = referents.among(verb_roles(verb).get("agent", ()), Kind.STATE, Kind.ORGANIZATION)
                if len({p for a in agents if (p := referents.affiliations.party(a))}) > 1:
                    found[verb.i] = cluster.id
                    break
    return found
