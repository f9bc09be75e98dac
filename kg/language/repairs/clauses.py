"""Clauses whose subject the tree has lost, or given to another verb."""

from __future__ import annotations

from spacy.tokens import Token

from kg.language.lexicon import words
from kg.language.repairs.words import NOMINAL, SUBJECTS, follows_comma, has_infinitive_mark, has_subject, make_root

_RELATIVE = frozenset({"who", "which", "that", "whom", "whose", "where", "when", "why"})
_OF_CLAUSES = frozenset({"nsubj", "nsubj:pass", "csubj", "aux", "aux:pass", "expl"})


def name_reduced_relative(verb: Token) -> None:
    """Call "signed" in "the treaty, signed in May" a reduced relative clause: it has no pronoun, subject or auxiliary."""
    if verb.dep_ != "acl:relcl" or verb.pos_ != "VERB":
        return
    participle = verb.lower_ != verb.lemma_.lower() or verb.lower_.endswith(("ed", "en"))
    finite = verb.lower_.endswith("s") and not verb.lower_.endswith("ss")
    if participle and not finite and not any(c.dep_ in _OF_CLAUSES or c.lower_ in _RELATIVE for c in verb.children):
        verb.dep_ = "acl"


def part_from_relative(verb: Token) -> None:
    """Let "lapsed" head "The treaty that Kenya signed lapsed", where the tree makes it a second object of "signed"."""
    relative = verb.head
    noun = relative.head
    if verb.dep_ != "obj" or verb.pos_ != "VERB" or relative.dep_ != "acl:relcl" or verb.i != relative.i + 1:
        return
    if noun.dep_ == "ROOT" and any(c.dep_ == "obj" and c.lower_ in _RELATIVE for c in relative.children):
        make_root(verb, noun, "nsubj")


def head_headline(verb: Token) -> None:
    """Let the verb head a headline like "Chad to join convention" or "Leaders to meet": its root is the subject."""
    noun = verb.head
    if verb.dep_ != "acl" or verb.pos_ != "VERB" or not has_infinitive_mark(verb) or has_subject(verb):
        return
    while noun.dep_ == "conj":
        noun = noun.head
    if noun.dep_ != "ROOT" or noun.pos_ not in ("NOUN", "PROPN") or verb.sent[-1].text in (".", "?", "!"):
        return
    passive = any(c.dep_ == "aux:pass" for c in verb.children)
    if passive or noun.pos_ == "PROPN" or noun.lemma_ in words("institutions", "people", "words"):
        make_root(verb, noun, "nsubj:pass" if passive else "nsubj")


def coordinate_headline(verb: Token) -> None:
    """Coordinate the verbs of "Bolivia quits pact, blames Peru": the second has the first one's subject."""
    first = verb.head
    beside = verb.dep_ == "parataxis" and verb.pos_ == first.pos_ == "VERB" and first.i < verb.i and follows_comma(verb)
    if beside and has_subject(first) and not has_subject(verb) and not has_infinitive_mark(verb):
        verb.dep_ = "conj"


def give_speaker_to_saying(subject: Token) -> None:
    """Give "the minister" in "X broke the truce, the minister said" to "said", where the tree gives "broke" two subjects."""
    verb = subject.head
    if subject.dep_ not in ("nsubj", "nsubj:pass") or subject.i < verb.i or not any(c.dep_ in SUBJECTS for c in verb.lefts):
        return
    sayings = [verb.head] if verb.dep_ == "ccomp" else [c for c in verb.children if c.dep_ == "parataxis"]
    for saying in sayings:
        if saying.pos_ == "VERB" and saying.i > subject.i and not has_subject(saying):
            subject.head, subject.dep_ = saying, "nsubj"
            return


def give_described_name_to_verb(name: Token) -> None:
    """Make the name the subject in "while heavily sanctioned Chad has won", where the tree has it as the participle's object."""
    participle = name.head
    verb = participle.head
    if name.dep_ != "obj" or name.pos_ != "PROPN" or not participle.i < name.i < verb.i or not participle.i:
        return
    described = participle.lower_.endswith("ed") and participle.dep_ in ("advcl", "acl", "amod", "ccomp")
    bare = not any(c.dep_ in _OF_CLAUSES | {"mark"} for c in participle.children)
    if described and bare and participle.nbor(-1).lower_.endswith("ly") and verb.pos_ == "VERB" and not has_subject(verb):
        name.head, name.dep_ = verb, "nsubj"
        participle.head, participle.dep_ = name, "amod"


def make_pronoun_subject(pronoun: Token) -> None:
    """Make the pronoun the subject in "Chad, which Mali says has sent troops", where the tree has it as a second object."""
    verb = pronoun.head
    if pronoun.dep_ != "obj" or pronoun.lower_ not in ("which", "who", "that") or verb.pos_ != "VERB" or has_subject(verb):
        return
    if any(c.dep_ == "obj" and c.i > verb.i for c in verb.children) and pronoun.i < verb.i:
        pronoun.dep_ = "nsubj"


def part_from_passive(verb: Token) -> None:
    """Join "accused" to "say" in "X say they fear tests, which are banned by Y, and have accused Z"."""
    passive = verb.head
    if verb.dep_ != "conj" or verb.pos_ != "VERB" or passive.dep_ != "acl:relcl":
        return
    conjunction = next((c for c in verb.children if c.dep_ == "cc"), None)
    own = {c.dep_ for c in verb.children}
    told = {c.dep_ for c in passive.children}
    main = next((t for t in passive.ancestors if t.dep_ == "ROOT" and t.pos_ == "VERB" and t.i < passive.i), None)
    if conjunction is None or not follows_comma(conjunction) or main is None:
        return
    if "aux" in own and "obj" in own and not own & {"nsubj", "aux:pass"} and "nsubj:pass" in told:
        verb.head = main


def find_subject_in_list(verb: Token) -> None:
    """Find the subject of "after talks in Prague, Austria and Slovakia signed …" in what the tree lists with "Prague"."""
    if verb.pos_ != "VERB" or verb.dep_ != "ROOT" or has_subject(verb) or has_infinitive_mark(verb):
        return
    for phrase in verb.lefts:
        for token in phrase.subtree:
            listed = [c for c in token.children if c.dep_ == "conj" and c.pos_ in NOMINAL and token.i < c.i < verb.i]
            first = next((n for n, c in enumerate(listed) if follows_comma(c)), None)
            after_all = all(t.is_punct or t.pos_ in ("AUX", "ADV", "PART") for t in verb.doc[phrase.right_edge.i + 1 : verb.i])
            if first is not None and after_all and phrase.dep_ in ("obl", "advcl"):
                subject, *others = listed[first:]
                _adopt_comma(subject)
                subject.head, subject.dep_ = verb, "nsubj"
                for other in others:
                    other.head = subject
                return


def _adopt_comma(subject: Token) -> None:
    """Hang the comma before a new subject on its verb's phrase in front, so that it does not part the subject."""
    former = subject.head
    for child in list(subject.lefts):
        if child.is_punct:
            child.head = former


def join_not_only(noun: Token) -> None:
    """Coordinate the subjects of "Not only A but also B has signed", where the tree makes the first its root."""
    if noun.dep_ != "ROOT" or noun.pos_ not in NOMINAL or not any(c.lower_ == "only" for c in noun.lefts):
        return
    for verb in noun.rights:
        if verb.dep_ == "conj" and verb.pos_ == "VERB" and any(c.dep_ == "cc" and c.lower_ == "but" for c in verb.children):
            other = next((c for c in verb.lefts if c.dep_.startswith("nsubj")), None)
            if other is not None:
                relation = other.dep_
                other.head, other.dep_ = noun, "conj"
                make_root(verb, noun, relation)
                return


def join_split_quotation(noun: Token) -> None:
    """Join "Chad," in '"Chad," said X, "has attacked us"' to the verb after the words that interrupt it."""
    saying = noun.head
    if noun.dep_ != "ccomp" or noun.pos_ not in NOMINAL or saying.pos_ != "VERB" or noun.i > saying.i:
        return
    for clause in saying.rights:
        if clause.dep_ == "ccomp" and clause.pos_ == "VERB" and not has_subject(clause):
            speaker = next((c for c in noun.children if c.dep_ == "conj" and saying.i < c.i < clause.i), None)
            if speaker is not None and not has_subject(saying):
                speaker.head, speaker.dep_ = saying, "nsubj"
            noun.head, noun.dep_ = clause, "nsubj"
            return
