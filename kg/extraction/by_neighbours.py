"""The finder of when and where something is signed, told by the words beside: "… , they announced in Oslo on Monday".

"On Tuesday X was received in Oslo. The two signed a treaty." What is signed without a day or place of its own is signed on the
day and at the place of the announcement, or of the sentence before in the same paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from kg.extraction.finders import Finding, finder
from kg.extraction.frames import Frame
from kg.extraction.lexicon import words
from kg.extraction.profiles import paragraph_start
from kg.extraction.scene import Scene
from kg.extraction.trees import base, preposition
from kg.model import EntityId, Kind, Modality, Node, PartialDate, Polarity

_CONFIDENCE = 0.55
_LOCATIVE = frozenset({"in", "at"})
_DAY = 10  # characters of a date with a day


@finder("kg.neighbours.v1")
def by_neighbours(frame: Frame, scene: Scene, found: list[Finding]) -> Iterator[Finding]:
    """Find the day and place of signings that have none of their own."""
    told = {f.subject for f in found if f.predicate == frame.predicate}
    for finding in found:
        if finding.subject in told or not _is_signing(scene, finding):
            continue
        value: Node | None = None
        for verb in _beside(scene, finding.trigger):
            value = _day_of(scene, verb) if frame.predicate == "dateSigned" else _place_of(scene, verb)
            if value is not None:
                break
        if value is not None:
            told.add(finding.subject)
            yield Finding(
                frame.name,
                finding.subject,
                frame.predicate,
                value,
                finding.trigger,
                finding.stance,
                value if isinstance(value, PartialDate) else None,
                value if isinstance(value, str) else None,
                _CONFIDENCE,
            )


def _is_signing(scene: Scene, finding: Finding) -> bool:
    return (
        finding.predicate in ("signatory", "party")
        and finding.trigger.lemma_ in words("triggers", "sign", "done")
        and finding.trigger.pos_ == "VERB"
        and finding.trigger.dep_ not in ("acl", "acl:relcl", "amod")
        and finding.stance.polarity is Polarity.AFFIRMED
        and finding.stance.modality is Modality.ACTUAL
        and scene.is_read(finding.trigger.i)
    )


def _beside(scene: Scene, trigger: Token) -> Iterator[Token]:
    """Yield the verb that announces a signing, then those of the sentence before in the paragraph."""
    for above in trigger.ancestors:
        if above.lemma_ in words("triggers", "announce", "verbs") and above.pos_ == "VERB":
            yield above
    yield from (c for c in trigger.children if c.dep_ == "parataxis" and c.lemma_ in words("triggers", "announce", "verbs"))
    start = trigger.sent.start
    if start > paragraph_start(scene.doc, trigger.i):
        before = scene.doc[start - 1].sent
        yield from _main_verbs(before)


def _main_verbs(sentence: Span) -> Iterator[Token]:
    for token in sentence:
        main = token.dep_ == "ROOT" or (token.dep_ == "conj" and token.head.dep_ == "ROOT")
        if main and token.pos_ == "VERB" and token.lemma_ not in words("stance", "say", "verbs"):
            yield token


def _day_of(scene: Scene, verb: Token) -> PartialDate | None:
    named = (scene.times.at(c.i) for c in verb.children if base(c.dep_) in ("obl", "nmod", "advmod"))
    days = {date for date in named if date is not None and len(date.value) == _DAY}
    return days.pop() if len(days) == 1 else None


def _place_of(scene: Scene, verb: Token) -> EntityId | None:
    for child in verb.children:
        if base(child.dep_) == "obl" and preposition(child) in _LOCATIVE:
            mention = scene.cast.at(child.i)
            if mention and mention.how in ("name", "seat") and scene.kind(mention.member) is Kind.PLACE:
                if any(t.is_lower for t in scene.doc[mention.start : mention.end]):
                    continue  # a building
                return None if scene.affiliations.is_vast(mention.member) else mention.member
    return None
