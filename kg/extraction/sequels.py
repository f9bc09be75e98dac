"""Sentences that go on about an agreement's contents without naming it: "Prisoners are to be exchanged. Ports will reopen."

Only sentences right after one that signs it or tells its contents count, with the verbs of obligations, and with its
parties, or things, as their subjects.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Span, Token

from kg.extraction.finders import Finding
from kg.extraction.lexicon import words
from kg.extraction.regions import clause_words
from kg.extraction.scene import Scene
from kg.extraction.trees import base
from kg.model import EntityId, Kind, Modality, Polarity

_WILL = frozenset({"will", "shall", "must", "may", "'ll", "would"})
_OF_SIGNING = ("signatory", "party", "dateSigned")


def sequels(scene: Scene, told: Sequence[Finding], found: Sequence[Finding]) -> Iterator[tuple[EntityId, Token, list[Token]]]:
    """Yield each agreement with the verb and the words of a sentence that goes on about it."""
    started: dict[int, EntityId] = {}
    parties: dict[EntityId, set[EntityId]] = defaultdict(set)
    for cluster in scene.agreements:
        parties[cluster.id].update(cluster.parties)
    for finding in found:
        if finding.predicate == "party":
            parties[finding.subject].add(str(finding.object))
    for finding in (*(f for f in found if f.predicate in _OF_SIGNING and _is_signed(f)), *told):
        started[finding.trigger.sent.start] = finding.subject
    current: EntityId | None = None
    skipped = False  # one sentence that names nobody may stand between
    for sentence in scene.doc.sents:
        if scene.doc[sentence.start].is_space or (sentence.start and "\n" in scene.doc[sentence.start - 1].text):
            current = current if sentence.start in started else _kept(current, sentence, scene)
        if sentence.start in started:
            current, skipped = started[sentence.start], False
            continue
        verbs = [v for v in _verbs(sentence) if current is not None and _obliges(v) and _fits(v, scene, parties[current])]
        if current is None or not verbs or not scene.is_read(sentence.root.i) or _names_another(sentence, scene, current):
            current = None if skipped or any(scene.cast.at(t.i) for t in sentence) else current
            skipped = True
            continue
        skipped = False
        for verb in verbs:
            yield current, verb, clause_words(verb, scene, current)


def _is_signed(finding: Finding) -> bool:
    return finding.stance.polarity is Polarity.AFFIRMED and finding.stance.modality in (Modality.ACTUAL, Modality.PLANNED)


def _kept(current: EntityId | None, sentence: Span, scene: Scene) -> EntityId | None:
    """A new paragraph goes on about the same agreement only if it does not begin with somebody named."""
    first = next((t for t in sentence if not t.is_space and t.pos_ not in ("DET", "ADP", "ADV")), None)
    return current if first is not None and scene.cast.at(first.i) is None else None


def _verbs(sentence: Span) -> Iterable[Token]:
    root = sentence.root
    return (root, *(c for c in root.children if c.dep_ in ("conj", "parataxis") and c.pos_ in ("VERB", "AUX")))


def _obliges(verb: Token) -> bool:
    """Has a verb "will", "must", "is to"?"""
    if verb.pos_ not in ("VERB", "AUX") or verb.lemma_.lower() in words("stance", "say", "verbs"):
        return False
    if any(c.lower_ in _WILL and c.dep_ == "aux" for c in verb.children):
        return True
    to = next((c for c in verb.children if c.lower_ == "to" and c.dep_ in ("mark", "aux")), None)
    return to is not None and any(t.lemma_ == "be" for t in verb.doc[max(0, to.i - 3) : to.i])


def _fits(verb: Token, scene: Scene, parties: set[EntityId]) -> bool:
    """Is the subject a party, "the two sides", or no one named at all?"""
    subjects = [c for c in verb.children if base(c.dep_) in ("nsubj", "expl")]
    members = scene.referents.among(subjects, Kind.STATE, Kind.ORGANIZATION)
    return bool(subjects) and all(
        scene.kind(m) is not Kind.PERSON and (scene.kind(m) is Kind.AGREEMENT or not parties or m in parties) for m in members
    )


def _names_another(sentence: Span, scene: Scene, agreement: EntityId) -> bool:
    mentions = (scene.cast.at(t.i) for t in sentence)
    return any(m is not None and scene.kind(m.member) is Kind.AGREEMENT and m.member != agreement for m in mentions)
