"""The component that mends what the network often gets wrong in trees, where the words themselves leave no doubt."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.language.repairs import clauses, nouns, phrases

#: Each looks at one word and mends what hangs around it; later ones see what earlier ones have mended.
REPAIRS: tuple[Callable[[Token], None], ...] = (
    nouns.read_deal_as_noun,
    clauses.name_reduced_relative,
    phrases.give_particle_to_noun,
    phrases.give_phrase_to_verb,
    nouns.find_object_after_phrase,
    nouns.find_object_after_place,
    nouns.find_object_before_verdict,
    phrases.give_phrase_to_participle,
    phrases.give_agent_to_participle,
    clauses.part_from_relative,
    clauses.head_headline,
    clauses.coordinate_headline,
    clauses.give_speaker_to_saying,
    clauses.give_described_name_to_verb,
    clauses.make_pronoun_subject,
    clauses.part_from_passive,
    clauses.find_subject_in_list,
    clauses.join_not_only,
    clauses.join_split_quotation,
    nouns.part_objects,
    nouns.name_apposition,
    nouns.name_owned_apposition,
)


@Language.component("kg_mender")
def mend(doc: Doc) -> Doc:
    """Apply every repair to every word, in the order of the repairs."""
    tokens = [token for token in doc if not token.is_space]
    for repair in REPAIRS:
        for token in tokens:
            repair(token)
    return doc
