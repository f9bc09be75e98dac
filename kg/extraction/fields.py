"""What agreements cover: field concepts recognised in names, topics and clauses, as the lexicon says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from kg.errors import ResourceError
from kg.extraction.finders import Finding, finder
from kg.extraction.frames import Frame
from kg.extraction.lexicon import table, words
from kg.extraction.scene import Scene
from kg.extraction.stance import Stance, stance
from kg.extraction.syntax import base, noun_roles, preposition, verb_roles
from kg.model import EntityId, FieldConcept, Kind, Modality, Polarity
from kg.vocabulary import vocabulary

_CLAUSES = frozenset({"acl:relcl", "advcl", "parataxis"})
_GAP = r"(?: \S+){0,12}?"


@dataclass(frozen=True, slots=True)
class FieldPatterns:
    """All patterns of one list as a single expression; each alternative leads to its field."""

    expression: re.Pattern[str]
    fields: Mapping[str, str]


@cache
def patterns(sort: str) -> FieldPatterns:
    """Return the lexicon's patterns: "patterns" for clauses and topics, "names" for agreements' own words.

    Raises ResourceError if a list stands under no field of the ontology.
    """
    listed = [(pattern, name) for name, group in table("fields", sort).items() for pattern in group]
    for _, name in listed:
        if name not in vocabulary().fields:
            raise ResourceError("fields.toml", f"{name!r} is no field concept of the ontology")
    ordered = sorted(listed, key=lambda entry: (-len(entry[0]), entry))
    groups = {f"f{i}": name for i, (_, name) in enumerate(ordered)}
    parts = (
        f"(?P<f{i}>{re.escape(pattern).replace(' … ', _GAP + ' ').replace(r' ', ' ')})" for i, (pattern, _) in enumerate(ordered)
    )
    return FieldPatterns(re.compile(rf"(?<=\s)(?:{'|'.join(parts)})(?=\s)".replace(r"\ …\ ", _GAP + " ")), groups)


def fields_in(tokens: Sequence[Token], sort: str = "patterns") -> list[tuple[str, Token]]:
    """Return the fields that a stretch of words speaks of, each with the word where it begins."""
    text, starts = " ", {}
    for token in tokens:
        if token.is_space:
            continue
        starts[len(text)] = token
        text += token.lemma_.lower() + " "
        if token.text == "-":  # "military - technical" is one word to the lexicon
            text = text[:-3] + "-"
    known = patterns(sort)
    found = []
    for match in known.expression.finditer(text):
        place = max((s for s in starts if s <= match.start()), default=None)
        if match.lastgroup and place is not None:
            found.append((known.fields[match.lastgroup], starts[place]))
    return found


@finder("kg.fields.v1")
def covers(frame: Frame, scene: Scene, found: list[Finding]) -> Iterator[Finding]:
    """Find what each agreement covers: by its name, its topic, and the clauses about its contents."""
    signed = {
        f.subject for f in found if f.predicate in ("signatory", "party", "dateSigned") and f.stance.modality is Modality.ACTUAL
    }
    for cluster in scene.agreements:
        for profile in cluster.profiles:
            if scene.is_read(profile.mention.head):
                yield from _by_name(frame, scene, cluster.id, profile.mention.start, profile.mention.end, signed)
    for token in scene.doc:
        if scene.is_read(token.i) and token.pos_ in ("VERB", "AUX"):
            yield from _by_clause(frame, scene, token, signed)


def _by_name(frame: Frame, scene: Scene, agreement: EntityId, start: int, end: int, signed: set[EntityId]) -> Iterator[Finding]:
    head = scene.cast.doc[start:end].root
    inside = list(scene.doc[start:end])
    for name, _ in fields_in(inside, "names"):
        yield _finding(frame, agreement, name, head, Stance(), 0.75)
    topics = [child for child in head.children if child.i >= end and _is_topic(child)]
    topics += [t for t in head.sent if t.i >= end and _is_participle(t) and _nearest_agreement(t, scene) == end]
    topic = [t for top in dict.fromkeys(topics) for t in _own_words(top, scene, agreement, _CLAUSES)]
    for name, _ in fields_in(topic):
        yield _finding(frame, agreement, name, head, _about(head, agreement in signed), 0.8)


def _is_topic(child: Token) -> bool:
    return base(child.dep_) == "nmod" and preposition(child) in (
        "on",
        "for",
        "of",
        "about",
        "concerning",
        "regarding",
        "governing",
        "in",
    )


def _is_participle(token: Token) -> bool:
    """Is it the "covering" of "an accord covering trade"?"""
    return token.dep_ in ("acl", "case") and token.lemma_ in words("triggers", "cover", "verbs") and token.lower_.endswith("ing")


def _nearest_agreement(token: Token, scene: Scene) -> int | None:
    """Return where the last mention of an agreement before a word ends: a participle describes what stands nearest."""
    ends = (m.end for m in reversed(scene.cast.mentions) if m.end <= token.i and scene.kind(m.member) is Kind.AGREEMENT)
    return next(ends, None)


def _own_words(top: Token, scene: Scene, agreement: EntityId, apart: frozenset[str]) -> list[Token]:
    """Return the words below a word without those in relations set apart and without what belongs to another agreement."""
    out: set[int] = set()
    for word in top.subtree:
        mention = scene.cast.at(word.i)
        other = mention is not None and scene.kind(mention.member) is Kind.AGREEMENT and mention.member != agreement
        if word.i != top.i and (other or word.dep_ in apart):
            out.update(t.i for t in word.subtree)
    return [t for t in top.subtree if t.i not in out]


def _by_clause(frame: Frame, scene: Scene, verb: Token, signed: set[EntityId]) -> Iterator[Finding]:
    around = verb_roles(verb)
    about = _agreements(around.get("under", ()), scene) + _agreements(around.get("in", ()), scene)
    if verb.lemma_.lower() not in words("triggers", "cover", "never"):
        agents = _agreements(around.get("agent", ()), scene) or _agreements(around.get("theme", ()), scene)
        about = agents + [a for a in about if a not in agents]
    if verb.i in scene.announced:
        about.append(scene.announced[verb.i])
    if not about:
        return
    agent_words = {t.i for a in verb.children if base(a.dep_) == "nsubj" for t in a.subtree}
    held = stance(verb)
    for agreement in about:
        region = [
            t
            for t in _own_words(verb, scene, agreement, frozenset({"parataxis"}))
            if t.i not in agent_words and not _inside_agreement(t, scene) and not _in_other_clause(t, verb)
        ]
        for name, word in fields_in(region):
            yield _finding(frame, agreement, name, verb, _settled(_within(held, word, verb), agreement in signed), 0.75)


def _within(held: Stance, word: Token, verb: Token) -> Stance:
    """Return the stance inside a phrase that "no" or "without" may turn round: "contains no promise of assistance"."""
    between = [word, *(t for t in word.ancestors if t.is_ancestor(word) and verb.is_ancestor(t))]
    negated = any(c.lower_ in ("no", "without", "neither") and c.dep_ in ("det", "case") for t in between for c in t.children)
    if not negated:
        return held
    polarity = Polarity.AFFIRMED if held.polarity is Polarity.DENIED else Polarity.DENIED
    return Stance(polarity, held.modality, held.said_by, held.operator, held.denied)


def _agreements(tokens: Iterable[Token], scene: Scene) -> list[EntityId]:
    """Return the agreements that words refer to, by themselves or as a part of one ("the treaty's Article 5")."""
    tokens = list(tokens)
    parts = [t for t in tokens if t.lemma_.lower() in words("triggers", "part", "words")]
    tokens += [o for t in parts for role in ("owner", "of", "in") for o in noun_roles(t).get(role, ())]
    return [m for m in scene.referents.among(tokens, Kind.AGREEMENT) if scene.kind(m) is Kind.AGREEMENT]


def _inside_agreement(token: Token, scene: Scene) -> bool:
    mention = scene.cast.at(token.i)
    return mention is not None and scene.kind(mention.member) is Kind.AGREEMENT


def _in_other_clause(token: Token, verb: Token) -> bool:
    while token.i != verb.i:
        if base(token.dep_) in ("parataxis",) or (
            token.dep_ == "conj" and token.pos_ == "VERB" and any(c.dep_ == "nsubj" for c in token.children)
        ):
            return True
        token = token.head
    return False


def _about(head: Token, signed: bool) -> Stance:
    return _settled(stance(head), signed)


def _settled(held: Stance, signed: bool) -> Stance:
    """What a signed text is said to contain is so, even where the words are "will" and "pledge"."""
    modality = Modality.ACTUAL if held.modality is Modality.PLANNED and signed else held.modality
    return Stance(held.polarity, modality, held.said_by, held.operator, held.denied)


def _finding(frame: Frame, agreement: EntityId, name: str, trigger: Token, held: Stance, confidence: float) -> Finding:
    return Finding(frame.name, agreement, frame.predicate, FieldConcept(name), trigger, held, confidence=confidence)
