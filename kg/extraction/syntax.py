"""Who does what to whom: the roles around a verb or an event noun, whatever the construction.

Passives, relative clauses, participles, control ("agreed to sign"), shared subjects and light verbs ("paid a visit
to") are undone here, so that a frame names a role once. Roles: "agent", "patient", "recipient", "owner" (possessive),
"modifier" (adjective or compound before a noun), "subject" (of "is a member"), "appos" (what a noun is in apposition
to), "head" and "named" (the name after "NATO member"), "involving", "theme" (what the verb above acts on: "signed a
pact to replace …"), "content" (complement clause), and every preposition under its own name ("to", "with", "between").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction.lexicon import words
from kg.extraction.lists import NOMINAL, companions, conjuncts, first_conjunct
from kg.extraction.relatives import fill_gap, fill_gap_below
from kg.extraction.trees import base, is_compound_adjective, is_passive, preposition

Roles = dict[str, list[Token]]

#: What these lead in stands beside what the verb carries: "suspended it after an attack on the port".
_BESIDES = frozenset({"after", "before", "since", "amid", "during", "despite", "following", "over", "because", "until"})
#: Prepositions that a noun takes over from the one inside its phrase.
_RAISED = {
    "of": frozenset({"by", "to", "with", "from", "against", "on", "between"}),
    **dict.fromkeys(("on", "for", "about", "concerning", "regarding"), frozenset({"with", "between"})),
}


def roles(trigger: Token) -> Roles:
    """Return the roles around a verb, an event noun, or the second half of an adjective like "Qatar-brokered"."""
    if is_compound_adjective(trigger):
        return {"modifier": [trigger.doc[trigger.i - 2]], "head": [trigger.head]}
    return verb_roles(trigger) if trigger.pos_ in ("VERB", "AUX") else noun_roles(trigger)


def verb_roles(verb: Token, depth: int = 0) -> Roles:
    found: Roles = defaultdict(list)
    if verb.dep_ == "cop" and (case := preposition(verb.head)):  # "has been to Oslo"
        found["agent"] = [t for c in verb.head.children if c.dep_.startswith("nsubj") for t in conjuncts(c)]
        found[case] = conjuncts(verb.head)
        return dict(found)
    passive = is_passive(verb)
    for child in verb.children:
        for role in _child_roles(child, passive):
            found[role].extend(conjuncts(child))
    if depth < 6:
        _inherit(verb, passive, found, depth)
    if found.get("agent"):
        found["agent"] += [t for child in companions(verb) for t in conjuncts(child)]
    return dict(found)


def _child_roles(child: Token, passive: bool) -> Iterator[str]:
    kind = base(child.dep_)
    if child.dep_ == "obl:agent":
        yield "agent"
    elif kind == "nsubj":
        yield "patient" if passive else "agent"
    elif kind == "obj":
        yield "patient"
    elif kind == "expl" and child.lower_ == "it" and not passive:
        yield "agent"  # "It takes the place of": a tree may miss that "it" points back
    elif kind == "iobj":
        yield "recipient"
    elif kind in ("obl", "nmod", "advcl") and (case := preposition(child) or _mark(child)):
        yield "agent" if passive and case == "by" and child.pos_ != "VERB" and child.ent_type_ != "DATE" else case
    elif kind in ("ccomp", "xcomp", "csubj"):
        yield "content"
    elif kind == "advmod" and child.lower_ == "there":
        yield "to"


def _mark(clause: Token) -> str:
    return next(
        (c.lower_ for c in clause.children if c.dep_ == "mark" and c.lower_ in ("of", "for", "from", "by", "after", "in")), ""
    )


def _inherit(verb: Token, passive: bool, found: Roles, depth: int) -> None:
    """Fill the subject, or the gap of a relative clause, from the words above the verb."""
    subject = "patient" if passive else "agent"
    head = verb.head
    kind = base(verb.dep_)
    if verb.dep_ in ("acl:relcl", "advcl:relcl"):
        fill_gap(verb, passive, found)
    elif kind in ("acl", "amod") and head.pos_ in NOMINAL:
        if any(c.dep_ in ("mark", "aux") and c.lower_ == "to" for c in verb.children):
            around = noun_roles(head, depth + 1) if not found.get("agent") else {}
            found.setdefault("agent", []).extend(around.get("agent") or around.get("owner") or [])
        elif not found.get(subject):
            before = [t for t in conjuncts(first_conjunct(head)) if t.i < verb.i]
            found[subject] = before[-1:] if kind == "acl" else [head]  # of "A and B signed in May" the nearest
    elif kind in ("xcomp", "advcl", "conj", "ccomp") and head.pos_ in ("VERB", "AUX", "ADJ", "NOUN") and not found.get(subject):
        above = verb_roles(head, depth + 1)
        controlled = head.lemma_ in words("syntax", "object_control") and kind in ("xcomp", "advcl", "ccomp")
        lower = (controlled and above.get("patient")) or is_passive(head)
        found[subject] = list(above.get("patient" if lower else "agent", []))
        if not found[subject] and above.get("patient") and is_passive(head):
            found[subject] = list(above["patient"])
    if kind in ("ccomp", "xcomp"):
        fill_gap_below(verb, found)
    if kind in ("xcomp", "advcl") and head.pos_ in ("VERB", "AUX") and depth < 2:
        found["theme"] = list(verb_roles(head, depth + 1).get("patient", []))
    if kind in ("xcomp", "conj") and head.pos_ in ("VERB", "AUX"):
        for role, tokens in verb_roles(head, depth + 1).items():
            if role in ("in", "at", "on", "under", "during") and not found.get(role):
                found[role] = list(tokens)


def noun_roles(noun: Token, depth: int = 0) -> Roles:
    found: Roles = defaultdict(list)
    for child in noun.children:
        kind = base(child.dep_)
        if child.dep_ == "nmod:poss":
            found["owner"].extend(conjuncts(child))
        elif kind in ("nmod", "obl") and (case := preposition(child)):
            found[case].extend(conjuncts(child))
            if case in _RAISED:
                _raise_prepositions(child, _RAISED[case], found)
        elif kind in ("amod", "compound", "nmod", "flat") and child.i < noun.i:
            found["modifier"].extend([*_hyphenated(child), *conjuncts(child), *_deeper(child)])
        elif child.dep_.startswith("nsubj"):
            found["subject"].extend(conjuncts(child))
        elif (
            kind in ("acl", "ccomp")
            and child.pos_ == "VERB"
            and any(c.dep_ in ("mark", "aux") and c.lower_ in ("that", "to") for c in child.children)
        ):
            found["content"].append(child)
        elif child.dep_ in ("acl", "acl:relcl") and child.pos_ == "VERB" and depth < 4:
            if child.lemma_ in ("involve", "include") and child.lower_.endswith("ing"):
                found["involving"].extend(t for c in child.children if c.dep_ == "obj" for t in conjuncts(c))
            carried = child.lemma_ in words("syntax", "light_verbs")  # "sanctions imposed by X", but not "a deal brokered by X"
            for role, tokens in verb_roles(child, depth + 1).items():
                if role not in ("patient", "content", "theme") and (carried or role != "agent") and noun not in tokens:
                    found[role].extend(tokens)
    if noun.dep_ in ("nmod:desc", "compound", "nmod", "flat") and noun.head.i > noun.i and noun.head.pos_ == "PROPN":
        found["head"].append(noun.head)  # "NATO member Turkey"
    found["named"].extend(t for c in noun.children if c.dep_ in ("appos", "flat") and c.pos_ == "PROPN" for t in conjuncts(c))
    if noun.dep_ == "obl" and preposition(noun) == "as" and depth < 4:
        found["subject"].extend(verb_roles(noun.head, depth + 1).get("agent", []))  # "acted as mediator"
    if found.get("by") and found.get("owner") and not found.get("of"):
        found["of"] = found.pop("owner")  # "the convention's ratification by Slovenia"
    first = first_conjunct(noun)
    if first.dep_ == "appos":
        found["appos"].append(first.head)
    if noun.dep_ == "nsubj" and any(c.dep_ == "cop" for c in first.head.children):
        found["named"].extend(conjuncts(first.head))  # "the parties are A and B"
    if noun.dep_ == "nmod" and preposition(noun) == "of" and first.head.lemma_ in words("syntax", "containers") and depth < 4:
        for role, tokens in noun_roles(first.head, depth + 1).items():
            if role in ("agent", "owner", "by", "from", "to") and not found[role]:
                found[role].extend(tokens)  # "deposited its instrument of accession to the treaty"
    verb = first.head
    if noun.dep_ == "xcomp" and depth < 4 and verb.pos_ in ("VERB", "AUX"):
        found["subject"].extend(verb_roles(verb, depth + 1).get("agent", []))
    if (
        depth < 4
        and verb.lemma_ in words("syntax", "object_control")
        and noun.dep_ == "obl"
        and preposition(noun) in ("for", "of", "over")
    ):
        found["agent"].extend(verb_roles(verb, depth + 1).get("patient", []))  # "blamed X for the attack"
    elif (
        depth < 4
        and verb.pos_ == "VERB"
        and verb.lemma_ in words("syntax", "light_verbs")
        and noun.dep_ in ("obj", "nsubj:pass", "obl", "xcomp", "conj")
        and not (noun.dep_ == "obl" and preposition(noun) in _BESIDES)
    ):
        for role, tokens in verb_roles(verb, depth + 1).items():
            if role in ("content", "recipient") or noun in tokens or (role == "patient" and noun.dep_ == "nsubj:pass"):
                continue
            found[role].extend(t for t in tokens if t not in found[role])
    return dict(found)


def _hyphenated(word: Token) -> list[Token]:
    """Return the words joined before another with hyphens: of "the Kenyan-Ugandan treaty" the first."""
    found: list[Token] = []
    while word.i > 1 and word.nbor(-1).text in ("-", "–") and not word.nbor(-1).whitespace_ and not word.nbor(-2).whitespace_:
        word = word.nbor(-2)
        found.insert(0, word)
    return found


def _deeper(word: Token) -> list[Token]:
    """Return the capitalised words that a tree hangs on another modifier: "Kenyan" of "the Kenyan border treaty"."""
    below = (c for c in word.children if c.dep_ in ("amod", "compound") and c.i < word.i and c.text[0].isupper())
    return [t for c in below if word.pos_ == "NOUN" for t in (*_hyphenated(c), c)]


def _raise_prepositions(inner: Token, raised: frozenset[str], found: Roles) -> None:
    """Take prepositions from the noun inside: "the ratification of the treaty by Latvia", "a pact on zones between X and Y"."""
    for child in inner.children:
        if base(child.dep_) in ("nmod", "obl") and (case := preposition(child)) in raised:
            found[case].extend(conjuncts(child))


def roles_above(noun: Token) -> Roles:
    """Return the roles around the verb that a noun's phrase belongs to: "… was reached after months of mediation"."""
    word = noun
    while word.head.i != word.i and base(word.dep_) not in ("ccomp", "parataxis", "advcl", "csubj"):
        word = word.head
        if word.pos_ == "VERB":
            return verb_roles(word)
    return {}
