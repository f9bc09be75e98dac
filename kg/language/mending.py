"""The component that mends what the network often gets wrong in trees, where the words themselves leave no doubt."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token

_RELATIVE = frozenset({"who", "which", "that", "whom", "whose", "where", "when", "why"})
_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "his", "her", "this", "that", "all"})
_PARTICLES = frozenset({"away", "back", "off", "out"})
_VERDICTS = frozenset({"void", "null", "invalid", "dead", "defunct"})
_JUDGING = frozenset({"declare", "pronounce", "proclaim", "consider", "deem", "render"})
_OF_CLAUSES = frozenset({"nsubj", "nsubj:pass", "csubj", "aux", "aux:pass", "expl"})


@Language.component("kg_mender")
def mend(doc: Doc) -> Doc:
    """Name reduced relative clauses and appositions; hang prepositions on their nouns, and phrases on their participles."""
    for token in doc:
        if token.dep_ == "acl:relcl" and token.pos_ == "VERB" and _is_reduced(token):
            token.dep_ = "acl"
        elif token.dep_ == "compound:prt" and (noun := _noun_after(token)) is not None:
            token.head, token.dep_ = noun, "case"
        elif token.head.pos_ == "ADV" and token.head.lower_ in _PARTICLES and any(c.dep_ == "case" for c in token.children):
            token.head, token.dep_ = token.head.head, "obl"
        elif token.dep_ == "appos" and (verb := _verb_around(token)) is not None:
            token.head, token.dep_ = verb, "obj"
        elif (judged := _judged(token)) is not None:
            token.head.dep_ = "xcomp" if token.head.dep_ == "obj" else token.head.dep_
            judged.head, judged.dep_ = token.head.head, "obj"
        elif token.dep_.startswith("obl") and (participle := _participle_before(token)) is not None:
            token.head = participle
        elif token.dep_ == "nsubj" and (said := _verb_of_saying(token)) is not None:
            token.head = said
        elif token.dep_ == "obj" and (verb := _verb_of_described(token)) is not None:
            participle = token.head
            token.head, token.dep_, participle.head, participle.dep_ = verb, "nsubj", token, "amod"
        elif token.dep_ in ("nsubj", "advcl", "parataxis", "dep", "obl:unmarked") and (name := _name_apposed(token)) is not None:
            token.head, token.dep_ = name, "appos"
    return doc


def _name_apposed(noun: Token) -> Token | None:
    """Return the name in "In Iceland, his first stop, X spoke", where a noun with a possessive stands between commas."""
    start = noun.left_edge
    owned = noun.pos_ == "NOUN" and any(c.dep_ == "nmod:poss" and c.i == start.i and c.pos_ == "PRON" for c in noun.children)
    if not owned or start.i < 2 or noun.i + 1 >= len(noun.doc) or start.nbor(-1).text != "," or noun.nbor(1).text != ",":
        return None
    name = start.nbor(-2)
    while name.pos_ == "PROPN" and name.dep_ in ("flat", "compound") and name.head.i in range(name.i - 3, name.i + 2):
        name = name.head
    return name if name.pos_ == "PROPN" and name.head.i == noun.head.i else None


def _is_reduced(verb: Token) -> bool:
    """Is a relative clause a mere participle: "the treaty, signed in May", without pronoun, subject or auxiliary?"""
    participle = verb.lower_ != verb.lemma_.lower() or verb.lower_.endswith(("ed", "en"))
    finite = verb.lower_.endswith("s") and not verb.lower_.endswith("ss")
    return participle and not finite and not any(c.dep_ in _OF_CLAUSES or c.lower_ in _RELATIVE for c in verb.children)


def _verb_around(noun: Token) -> Token | None:
    """Return the verb of "scrapping, with immediate effect, the accord": the noun after the commas is what it acts on."""
    phrase, verb = noun.head, noun.head.head
    start, end = phrase.left_edge.i, noun.left_edge.i
    between_commas = (
        phrase.dep_ == "obl"
        and start == verb.i + 2
        and noun.doc[start - 1].text == ","
        and noun.doc[end - 1].text == ","
        and end > start
    )
    free = verb.pos_ == "VERB" and not any(c.dep_ in ("obj", "ccomp", "xcomp", "nsubj:pass") for c in verb.children)
    return verb if between_commas and free and noun.left_edge.lower_ in _DETERMINERS else None


def _judged(noun: Token) -> Token | None:
    """Return the noun of "declared the treaty void" or "let the treaty lapse" that a tree takes for a part of "void", "lapse"."""
    word = noun.head
    verdict = (word.lower_ in _VERDICTS and word.head.lemma_ in _JUDGING) or (word.dep_ == "xcomp" and word.head.lemma_ == "let")
    return noun if noun.dep_ == "compound" and verdict and noun.i == word.i - 1 and word.pos_ == "NOUN" else None


def _noun_after(particle: Token) -> Token | None:
    """Return the noun of the phrase right after a particle that lacks a preposition: "signed in Oslo"."""
    for sibling in particle.head.children:
        if (
            sibling.dep_ == "obl"
            and sibling.left_edge.i == particle.i + 1
            and not any(c.dep_ == "case" for c in sibling.children)
        ):
            return sibling
    return None


def _participle_before(phrase: Token) -> Token | None:
    """Return the participle of "the treaty, signed in Oslo by X, contains …" that a phrase between it and its verb belongs to."""
    verb = phrase.head
    if phrase.i > verb.i:
        return None
    subjects = [c for c in verb.children if c.dep_ in ("nsubj", "nsubj:pass") and c.i < phrase.i]
    found = [
        c for subject in subjects for c in subject.children if c.dep_ == "acl" and subject.i < c.i < phrase.i and c.pos_ == "VERB"
    ]
    return found[-1] if found else None


def _verb_of_saying(speaker: Token) -> Token | None:
    """Return the verb of "“X will do it,” Y said" whose subject a tree may hang on the quoted clause as a second one."""
    verb = speaker.head
    above = verb.head
    second = any(c.dep_.startswith("nsubj") and c.i < verb.i for c in verb.children) and verb.i < speaker.i < above.i
    if not second or verb.dep_ not in ("ccomp", "parataxis") or any(c.dep_.startswith("nsubj") for c in above.children):
        return None
    return above


def _verb_of_described(name: Token) -> Token | None:
    """Return the verb of "while heavily sanctioned Chad has won", whose subject a tree may take for the participle's object."""
    participle = name.head
    verb = participle.head
    adverb = participle.nbor(-1) if participle.i else None
    described = (
        participle.lower_.endswith("ed")
        and participle.dep_ in ("advcl", "acl", "amod", "ccomp")
        and participle.i < name.i < verb.i
        and adverb is not None
        and adverb.lower_.endswith("ly")
        and not any(c.dep_ in _OF_CLAUSES | {"mark"} for c in participle.children)
    )
    bare = verb.pos_ == "VERB" and not any(c.dep_.startswith("nsubj") for c in verb.children)
    return verb if described and bare and name.pos_ == "PROPN" else None
