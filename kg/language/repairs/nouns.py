"""Nouns in the wrong relation: objects of verbs that take two, appositions, nouns read as verbs."""

from __future__ import annotations

from spacy.tokens import Token

from kg.language.repairs.words import NOMINAL, follows_comma, has_infinitive_mark

_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "his", "her", "this", "that", "all"})
_VERDICTS = frozenset(
    {"void", "null", "invalid", "dead", "defunct", "baseless", "false", "untrue", "groundless", "unfounded", "nonsense", "absurd"}
)
_JUDGING = frozenset({"declare", "pronounce", "proclaim", "consider", "deem", "render", "call", "brand", "label"})
_ARTICLES = frozenset({"a", "an"})
_GIVING = frozenset(
    [
        "give",
        "lend",
        "loan",
        "offer",
        "send",
        "grant",
        "sell",
        "supply",
        "promise",
        "hand",
        "pay",
        "award",
        "provide",
        "deny",
        "owe",
    ]
)
#: Nouns for agreements that a headline without articles lets look like verbs.
_DEALS = frozenset({"deal", "pact", "accord", "truce"})


def part_objects(verb: Token) -> None:
    """Tell whom from what in "lent Tunisia money", where the tree has two objects, or a complement for the second."""
    if verb.pos_ != "VERB" or verb.lemma_ not in _GIVING:
        return
    objects = [c for c in verb.rights if c.dep_ in ("obj", "xcomp") and c.pos_ in (*NOMINAL, "SYM")]
    if len(objects) == 2 and objects[0].dep_ == "obj" and objects[0].pos_ in ("PROPN", "PRON"):
        objects[0].dep_, objects[1].dep_ = "iobj", "obj"


def find_object_after_phrase(noun: Token) -> None:
    """Make "the accord" the object in "scrapping, with immediate effect, the accord", not an apposition."""
    phrase, verb = noun.head, noun.head.head
    start, end = phrase.left_edge.i, noun.left_edge.i
    if noun.dep_ != "appos" or phrase.dep_ != "obl" or start != verb.i + 2 or end <= start or verb.pos_ != "VERB":
        return
    between_commas = noun.doc[start - 1].text == noun.doc[end - 1].text == ","
    free = not any(c.dep_ in ("obj", "ccomp", "xcomp", "nsubj:pass") for c in verb.children)
    if between_commas and free and noun.left_edge.lower_ in _DETERMINERS:
        noun.head, noun.dep_ = verb, "obj"


def find_object_before_verdict(noun: Token) -> None:
    """Make "the treaty" the object in "declared the treaty void" and "let the treaty lapse"."""
    word = noun.head
    verdict = (word.lower_ in _VERDICTS and word.head.lemma_ in _JUDGING) or (word.dep_ == "xcomp" and word.head.lemma_ == "let")
    if noun.dep_ == "compound" and verdict and noun.i == word.i - 1 and word.pos_ == "NOUN":
        word.dep_ = "xcomp" if word.dep_ == "obj" else word.dep_
        noun.head, noun.dep_ = word.head, "obj"


def name_apposition(noun: Token) -> None:
    """Call "a neighbour" in "Belarus, a neighbour and ally of Russia, …" what the name is, not a further subject."""
    name = noun.head
    if noun.dep_ != "conj" or name.pos_ != "PROPN" or noun.pos_ != "NOUN" or not _has_article(noun):
        return
    if not follows_comma(noun) or any(c.dep_ == "cc" for c in noun.children):
        return
    further = [c for c in name.rights if c.dep_ == "conj" and c.i > noun.i and c.pos_ == "NOUN" and _has_article(c)]
    noun.dep_ = "appos"
    for other in further:
        other.head = noun


def name_owned_apposition(noun: Token) -> None:
    """Call "his first stop" in "In Iceland, his first stop, X spoke" what the name before it is: it stands between commas."""
    forward = noun.dep_ == "appos" and noun.head.i > noun.i
    if not forward and (noun.dep_ not in ("nsubj", "advcl", "parataxis", "dep", "obl:unmarked") or noun.pos_ != "NOUN"):
        return
    start = noun.left_edge
    owned = any(c.dep_ == "nmod:poss" and c.i == start.i and c.pos_ == "PRON" for c in noun.children)
    if not owned or start.i < 2 or noun.i + 1 >= len(noun.doc) or start.nbor(-1).text != "," or noun.nbor(1).text != ",":
        return
    name = start.nbor(-2)
    while name.pos_ == "PROPN" and name.dep_ in ("flat", "compound") and name.head.i in range(name.i - 3, name.i + 2):
        name = name.head
    if name.pos_ == "PROPN" and (forward or name.head.i == noun.head.i):
        noun.head, noun.dep_ = name, "appos"


def find_object_after_place(noun: Token) -> None:
    """Make "the president" the object in "welcomed at the palace the president of …", where no comma makes it an apposition."""
    phrase, verb = noun.head, noun.head.head
    if noun.dep_ != "appos" or phrase.dep_ != "obl" or verb.pos_ != "VERB" or phrase.i < verb.i:
        return
    direct = noun.left_edge.i == phrase.i + 1 and noun.left_edge.lower_ in _DETERMINERS
    if direct and not any(c.dep_ in ("obj", "ccomp", "xcomp", "nsubj:pass", "aux:pass") for c in verb.children):
        noun.head, noun.dep_ = verb, "obj"


def _has_article(noun: Token) -> bool:
    return any(c.dep_ == "det" and c.lower_ in _ARTICLES for c in noun.children)


def read_deal_as_noun(word: Token) -> None:
    """Read "deal" as a noun in "Senate approves visiting forces deal with Japan"."""
    verb = word.head
    if word.pos_ != "VERB" or word.lower_ not in _DEALS or word.dep_ not in ("xcomp", "ccomp", "advcl"):
        return
    if verb.pos_ != "VERB" or verb.i > word.i or word.nbor(-1).pos_ not in ("NOUN", "ADJ"):
        return
    if has_infinitive_mark(word) or any(c.dep_ in ("obj", "aux", "mark") for c in word.children):
        return
    word.pos_, word.dep_ = "NOUN", "obj"
    for child in word.children:
        if child.dep_.startswith("nsubj"):
            child.dep_ = "compound"
        elif child.dep_ == "obl":
            child.dep_ = "nmod"
