"""What agreements cover: field concepts recognised in names, topics and clauses, as the lexicon says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Token

from kg.extraction.field_patterns import fields_in
from kg.extraction.finders import Finding, finder
from kg.extraction.frames import Frame
from kg.extraction.lexicon import words
from kg.extraction.parts import is_part, wholes
from kg.extraction.regions import clause_words, is_named, topic_words
from kg.extraction.scene import Scene
from kg.extraction.sequels import sequels
from kg.extraction.stance import Stance, stance
from kg.extraction.standing import Standing
from kg.extraction.syntax import verb_roles
from kg.extraction.trees import base, preposition
from kg.model import EntityId, FieldConcept, Kind, Polarity

_OF_TOPICS = frozenset({"on", "for", "of", "about", "concerning", "regarding", "governing", "in", "against"})


@finder("kg.fields.v1")
def covers(frame: Frame, scene: Scene, found: list[Finding]) -> Iterator[Finding]:
    """Find what each agreement covers: by its name, its topic, and the clauses about its contents."""
    standing = Standing(found)
    for cluster in scene.agreements:
        for profile in cluster.profiles:
            if scene.is_read(profile.mention.head):
                yield from _by_name(frame, scene, cluster.id, profile.mention.start, profile.mention.end, standing)
    told: list[Finding] = []
    for token in scene.doc:
        if not scene.is_read(token.i):
            continue
        if token.pos_ in ("VERB", "AUX"):
            told.extend(_by_clause(frame, scene, token, standing))
        elif is_part(token) and (of := _agreements([token], scene)) and scene.cast.at(token.i) is None:
            told.extend(_by_topic(frame, scene, token, of[0], standing, [c for c in token.children if _is_topic(c)]))
    yield from told
    for agreement, verb, region in sequels(scene, told, found):
        held = standing.settled(agreement, stance(verb), verb)
        for name, _ in fields_in(region, named=is_named(scene)):
            yield _finding(frame, agreement, name, verb, held, 0.6)


def _by_name(frame: Frame, scene: Scene, agreement: EntityId, start: int, end: int, standing: Standing) -> Iterator[Finding]:
    head = scene.cast.doc[start:end].root
    inside = list(scene.doc[start:end])
    for name, _ in fields_in(inside, "names"):
        yield _finding(frame, agreement, name, head, standing.by_name(agreement, head), 0.75)
    after = [c for t in inside for c in t.children if c.i >= end]
    topics = [child for child in after if _is_topic(child) or _is_purpose(child)]
    topics += [t for t in head.sent if t.i >= end and _is_participle(t) and _nearest_agreement(t, scene) == end]
    yield from _by_topic(frame, scene, head, agreement, standing, topics)


def _by_topic(
    frame: Frame, scene: Scene, head: Token, agreement: EntityId, standing: Standing, topics: list[Token]
) -> Iterator[Finding]:
    region = [t for top in dict.fromkeys(topics) for t in topic_words(top, scene, agreement)]
    for name, _ in fields_in(region):
        yield _finding(frame, agreement, name, head, standing.settled(agreement, standing.about(agreement, head), head), 0.8)


def _is_topic(child: Token) -> bool:
    return base(child.dep_) == "nmod" and preposition(child) in _OF_TOPICS


def _is_purpose(child: Token) -> bool:
    """Is it the clause of "an agreement to exchange prisoners", "a treaty banning landmines"?"""
    if child.dep_ != "acl" or child.pos_ != "VERB" or child.lemma_.lower() in words("triggers", "cover", "never"):
        return False
    return child.lower_.endswith("ing") or any(c.lower_ == "to" and c.dep_ in ("mark", "aux") for c in child.children)


def _is_participle(token: Token) -> bool:
    """Is it the "covering" of "an accord covering trade"?"""
    return token.dep_ in ("acl", "case") and token.lemma_ in words("triggers", "cover", "verbs") and token.lower_.endswith("ing")


def _nearest_agreement(token: Token, scene: Scene) -> int | None:
    """Return where the last mention of an agreement before a word ends: a participle describes what stands nearest."""
    ends = (m.end for m in reversed(scene.cast.mentions) if m.end <= token.i and scene.kind(m.member) is Kind.AGREEMENT)
    return next(ends, None)


def _by_clause(frame: Frame, scene: Scene, verb: Token, standing: Standing) -> Iterator[Finding]:
    about, top = _told_by(scene, verb)
    if not about:
        return
    held = stance(verb if top is verb else top)
    for agreement in about:
        region = clause_words(top, scene, agreement)
        for name, word in fields_in(region, named=is_named(scene)):
            told = standing.settled(agreement, _within(held, word, verb), verb)
            yield _finding(frame, agreement, name, verb, told, 0.75)


def _told_by(scene: Scene, verb: Token) -> tuple[list[EntityId], Token]:
    """Return the agreements of whose contents a verb's clause tells, and the word whose phrase tells them."""
    around = verb_roles(verb)
    about = _agreements(around.get("under", ()), scene) + _agreements(around.get("in", ()), scene)
    agents = _agents(around.get("agent", ()), scene, verb)
    if verb.lemma_.lower() in words("triggers", "cover", "saying"):
        if agents and (verb.dep_ == "parataxis" or any(c.dep_ in ("ccomp", "xcomp") for c in verb.children)):
            return agents, verb.head if verb.dep_ == "parataxis" else verb
        agents = []
    elif _tells_nothing(verb):
        agents = []
    elif agents and verb.dep_ == "acl" and verb.head.pos_ == "NOUN" and scene.cast.at(verb.head.i) is None:
        return agents, verb.head  # "the release of crews stipulated by the accord"
    if not agents and any(c.lower_ == "to" for c in verb.children if c.dep_ in ("mark", "aux")):
        agents = _of_signing(verb, scene)
    about = agents + [a for a in about if a not in agents]
    if verb.i in scene.announced:
        about.append(scene.announced[verb.i])
    return about, verb


def _of_signing(verb: Token, scene: Scene) -> list[EntityId]:
    """Return the agreement of "signed a pact to share intelligence"."""
    signing = verb.dep_ in ("xcomp", "advcl") and verb.head.lemma_.lower() in words("triggers", "sign", "verbs")
    return _agreements(verb_roles(verb).get("theme", ()), scene) if signing else []


def _tells_nothing(verb: Token) -> bool:
    """Does a verb with an agreement as its subject tell what becomes of it ("expires"), rather than what it contains?"""
    lemma = verb.lemma_.lower()
    calls_for = lemma == "call" and any(c.lower_ == "for" for t in verb.children for c in (t, *t.children))
    return lemma in words("triggers", "cover", "never") and not calls_for


def _agents(tokens: Iterable[Token], scene: Scene, verb: Token) -> list[EntityId]:
    """Return the agreements that act; "it" is one only where nothing nearer is meant, or where the verb fits nothing else."""
    fits = verb.lemma_.lower() in words("triggers", "cover", "only")
    pronouns = [t for t in tokens if t.lower_ in ("it", "its")]
    others = [t for t in tokens if t not in pronouns]
    open_to = [Kind.AGREEMENT] if fits else [Kind.STATE, Kind.ORGANIZATION, Kind.AGREEMENT]
    meant = [m for m in scene.referents.among(pronouns, *open_to) if scene.kind(m) is Kind.AGREEMENT]
    return list(dict.fromkeys([*_agreements(others, scene), *meant]))


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
    members = scene.referents.among(wholes(list(tokens)), Kind.AGREEMENT)
    return [m for m in members if scene.kind(m) is Kind.AGREEMENT]


def _finding(frame: Frame, agreement: EntityId, name: str, trigger: Token, held: Stance, confidence: float) -> Finding:
    if name == "NonAggression":
        held = replace(held, polarity=Polarity.AFFIRMED)  # "undertook never to attack": the "never" is the content
    return Finding(frame.name, agreement, frame.predicate, FieldConcept(name), trigger, held, confidence=confidence)
