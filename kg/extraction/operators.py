"""What a governing word does to the clause or noun below it: says, denies, alleges, plans, supposes it, or fails to do it."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.conditions import is_conditional, is_nothing, is_unreal
from kg.extraction.lexicon import words
from kg.extraction.syntax import verb_roles
from kg.extraction.trees import base, is_passive, preposition
from kg.model import Modality

_STRENGTH = [Modality.ACTUAL, Modality.PLANNED, Modality.ALLEGED, Modality.HYPOTHETICAL]
_NEGATING = frozenset({"advmod", "det", "cc", "case", "mark", "cc:preconj", "obl:unmarked"})
_UNASSERTED = frozenset({"alleged", "reported", "suspected", "purported"})
_COMING = frozenset({"planned", "expected", "upcoming", "forthcoming", "scheduled", "promised"})


def stronger(one: Modality, other: Modality) -> Modality:
    return max(one, other, key=_STRENGTH.index)


def own(token: Token) -> tuple[bool, Modality]:
    """Return negation and modality that a word carries itself: auxiliaries, adverbs, determiners, marks, adjectives."""
    negative, modality = False, Modality.ACTUAL
    verbal = token.pos_ in ("VERB", "AUX")
    for child in token.children:
        lower = child.lower_
        if lower in words("stance", "not", "adverbs") and child.dep_ in _NEGATING:
            negative = not negative
        else:
            modality = stronger(modality, _of_child(child, lower, verbal))
    if verbal and modality is Modality.ACTUAL and _infinitive_of_be(token):
        modality = Modality.PLANNED
    if token.dep_ == "nsubj" and any(c.lower_ in ("no", "neither") for c in token.children if c.dep_ == "det"):
        negative = True
    if verbal and (is_unreal(token) or (modality is Modality.PLANNED and is_conditional(token))):
        modality = stronger(modality, Modality.HYPOTHETICAL)
    if verbal and any(is_nothing(c) for c in token.children if c.dep_ in ("nsubj", "nsubj:pass")):
        negative = True
    if token.dep_ == "conj" and verbal:
        modality = stronger(modality, _shared(token))
    return negative, modality


def _of_child(child: Token, lower: str, verbal: bool) -> Modality:
    if child.dep_ in ("aux", "cop"):
        if lower in words("stance", "suppose", "auxiliaries"):
            return Modality.HYPOTHETICAL
        return Modality.PLANNED if lower in words("stance", "plan", "auxiliaries") else Modality.ACTUAL
    if child.dep_ in ("mark", "advmod", "case") and lower in words("stance", "suppose", "marks") and lower != "until":
        return Modality.HYPOTHETICAL
    if child.dep_ == "advmod" and lower in words("stance", "allege", "adverbs"):
        return Modality.ALLEGED
    if child.dep_ == "amod" and not verbal:
        if lower in words("stance", "suppose", "adjectives"):
            return Modality.HYPOTHETICAL
        return Modality.ALLEGED if lower in _UNASSERTED else Modality.PLANNED if lower in _COMING else Modality.ACTUAL
    return Modality.ACTUAL


def _shared(verb: Token) -> Modality:
    """Return what a verb shares with the first one beside it: "will meet and sign", "reportedly went and …"."""
    first = verb.head
    if first.pos_ not in ("VERB", "AUX") or any(c.dep_ in ("nsubj", "nsubj:pass", "aux") for c in verb.children):
        return Modality.ACTUAL
    before = [c for c in first.children if c.i < first.i]
    found = Modality.ACTUAL
    for child in before:
        if child.dep_ == "advmod" or (child.dep_ == "aux" and verb.lower_ == verb.lemma_.lower()):
            found = stronger(found, _of_child(child, child.lower_, verbal=True))
    return found


def _infinitive_of_be(verb: Token) -> bool:
    """ "are to meet soon": a plan; so is a headline's bare "to sign"."""
    to = [c for c in verb.children if c.lower_ == "to" and c.dep_ in ("mark", "aux")]
    if not to:
        return False
    before = to[0].nbor(-1) if to[0].i else None
    if before is not None and before.lemma_ == "be":
        return True
    return (verb.head.lemma_ == "be" and verb.dep_ == "xcomp") or (
        verb.dep_ == "ROOT" and any(c.dep_ == "nsubj" for c in verb.children)
    )


def effect(head: Token, child: Token) -> tuple[str, tuple[Token, ...]] | None:
    """Return what a governing word does to the clause or noun below it, and whose word it is."""
    lemma, role = head.lemma_.lower(), base(child.dep_)
    if head.pos_ in ("VERB", "AUX"):
        if _is_belief(head, child):
            return "allege", ()
        group = _verb_group(head, lemma, role, child)
        if group is None:
            return None
        told = speakers(head, child)
        return ("allege", ()) if group == "say" and _is_hearsay(told) else (group, told)
    if head.pos_ in ("NOUN", "PROPN"):
        return _noun_effect(head, lemma, role, child)
    if head.pos_ == "ADJ" and role in ("xcomp", "ccomp", "csubj", "advcl", "nsubj"):
        for group in ("fail", "plan", "suppose"):
            if lemma in words("stance", group, "adjectives"):
                return group, ()
    return None


def _noun_effect(head: Token, lemma: str, role: str, child: Token) -> tuple[str, tuple[Token, ...]] | None:
    clause_like = role in ("acl", "ccomp", "xcomp") or (
        role == "nmod" and preposition(child) in ("of", "for", "about", "that", "to")
    )
    if not clause_like or child.dep_ == "acl:relcl":
        return None
    owned = _owners(head)
    if lemma in words("stance", "rumour", "nouns") and not owned:
        return "allege", ()
    for group in ("deny", "fail", "allege", "plan", "suppose", "say"):
        if lemma in words("stance", group, "nouns"):
            return group, owned
    return None


def _is_belief(head: Token, child: Token) -> bool:
    """ "is thought to have sold", "long believed to have sold": what nobody named holds to be so."""
    if child.dep_ not in ("xcomp", "ccomp", "advcl") or head.lemma_.lower() not in words("stance", "believe", "verbs"):
        return False
    to = any(c.lower_ == "to" and c.dep_ in ("mark", "aux") for c in child.children)
    return to and (is_passive(head) or head.lemma_.lower() in words("stance", "believe", "passive"))


def _is_hearsay(told: tuple[Token, ...]) -> bool:
    """Do only unnamed experts, sources or documents say so?"""
    nameless = words("stance", "rumour", "sources")
    return bool(told) and all(
        t.lemma_.lower() in nameless and not any(c.ent_type_ or c.pos_ == "PROPN" for c in t.children if c.dep_ != "conj")
        for t in told
    )


def _verb_group(head: Token, lemma: str, role: str, child: Token) -> str | None:
    if role == "parataxis" and (lemma not in words("stance", "say", "verbs") or is_apart(head, child)):
        return None
    clausal = role in ("ccomp", "xcomp", "csubj", "advcl", "parataxis") or (
        role == "obl" and preposition(child) in ("of", "for", "over")
    )
    if lemma == "have" and role == "xcomp" and any(c.lower_ == "yet" and c.i > head.i for c in head.children):
        return "fail"  # "has yet to approve it"
    beside_it = role == "advcl" and child.lemma_.lower() in words("stance", "say", "verbs")  # "rejected it, saying that …"
    denies = lemma in words("stance", "deny", "verbs") and not beside_it
    if denies and role in ("ccomp", "xcomp", "obj", "nsubj", "advcl", "csubj"):
        return "deny"
    if lemma in words("stance", "allege", "verbs") and ((clausal and not _is_adverbial(child)) or role == "nmod"):
        return "allege"
    if lemma in ("need", "require") and role == "obj":
        return "plan"  # "still needs the approval of parliament"
    if lemma in ("rule", "exclude"):
        excluded = "suppose" if own(head)[0] else "fail"  # "rules out leaving", but "does not rule out leaving"
        return excluded if clausal or role == "obj" else None
    gerund = child.lower_.endswith("ing") and child.pos_ == "VERB" and role in ("xcomp", "ccomp", "advcl")
    if gerund and lemma in words("stance", "suppose", "gerunds"):
        return "suppose"  # "considered attacking"
    if role == "advcl" and not any(c.lower_ in ("to", "of", "for", "from") for c in child.children if c.dep_ in ("mark", "aux")):
        return None
    if lemma in words("stance", "fail", "verbs") and (clausal or role == "obj"):
        return "fail"
    return _of_plans(head, lemma, role, child, clausal=clausal)


def _is_adverbial(clause: Token) -> bool:
    """Is it a clause of time, reason or concession beside a charge: "accused X, although Y has …"?"""
    marks = {c.lower_ for c in clause.children if c.dep_ in ("mark", "advmod", "case")}
    return clause.dep_ == "advcl" and marks.isdisjoint({"of", "for", "over"}) and not clause.lower_.endswith("ing")


def _of_plans(head: Token, lemma: str, role: str, child: Token, *, clausal: bool) -> str | None:
    infinitive = any(c.lower_ == "to" for c in child.children if c.dep_ in ("mark", "aux"))
    passive_expectation = head.lemma_ in ("expect", "schedule", "slate", "set", "plan") and role in ("xcomp", "nsubj")
    if lemma in words("stance", "plan", "verbs") and (
        (infinitive and role in ("xcomp", "advcl", "ccomp")) or passive_expectation
    ):
        return "plan"
    if lemma in words("stance", "suppose", "verbs") and (infinitive or role in ("obj", "ccomp")):
        return "suppose" if not (lemma in words("stance", "say", "verbs") and not infinitive) else "say"
    if lemma in words("stance", "say", "verbs") and clausal:
        return "say"
    if lemma in words("stance", "plan", "verbs") and role == "obj":
        return "plan" if lemma not in ("agree", "approve", "decide", "order", "prolong", "set", "look", "resolve") else None
    return None


def is_apart(one: Token, other: Token) -> bool:
    """Does a semicolon stand between two clauses?"""
    return any(t.text == ";" for t in one.doc[min(one.i, other.i) : max(one.i, other.i)])


def speakers(verb: Token, clause: Token | None = None) -> tuple[Token, ...]:
    """Return who says a clause: the subject of the verb, and after the clause only what stands between a comma and the verb.

    Of "A and his guest, B, will meet, the agency C said" trees may take A for the subject of "said".
    """
    agents = tuple(verb_roles(verb).get("agent", ()))
    if clause is None or clause.i > verb.i:
        return agents
    start = next((t.i + 1 for t in reversed(verb.doc[clause.i : verb.i]) if t.text in (",", "”", '"')), None)
    if start is None or start == verb.i:
        return agents
    near = tuple(t for t in agents if start <= t.i < verb.i)
    if near or not any(t.i < start for t in agents):
        return near or agents
    last = next((t for t in reversed(verb.doc[start : verb.i]) if t.pos_ in ("PROPN", "NOUN", "PRON")), None)
    return (last,) if last is not None and last.head.i != verb.i else agents


def _owners(noun: Token) -> tuple[Token, ...]:
    return tuple(
        c for c in noun.children if c.dep_ == "nmod:poss" or (c.dep_ in ("nmod", "obl") and preposition(c) in ("by", "from"))
    )


def beside(clause: Token) -> tuple[tuple[Token, ...], Token] | None:
    """Return who is named beside a clause: "according to X", "in X's words", "as X put it", or after it "…, X said"."""
    for child in clause.children:
        kind, case = base(child.dep_), preposition(child)
        if kind in ("obl", "nmod", "advcl", "parataxis"):
            if case in words("stance", "say", "prepositions"):
                return (child,), child
            if case in ("in", "by", "on") and child.lemma_.lower() in words("stance", "say", "accounts") and (told := _of(child)):
                return told, child
        says = child.pos_ == "VERB" and child.lemma_ in (words("stance", "say", "verbs") | {"put"})
        as_told = kind == "advcl" and any(c.lower_ == "as" for c in child.children if c.dep_ in ("mark", "advmod"))
        after = child.dep_ == "parataxis" and child.i > clause.i and not is_apart(clause, child)
        if says and child.lemma_ in words("stance", "say", "clause_only") and any(c.dep_ == "obj" for c in child.children):
            continue  # "2016: X and Y hold talks"
        if says and (as_told or after) and (subjects := tuple(verb_roles(child).get("agent", ()))):
            return subjects, child
    return None


def _of(noun: Token) -> tuple[Token, ...]:
    """Return whose words, view or account it is: "in X's words", "in the words of X"."""
    return tuple(c for c in noun.children if c.dep_ == "nmod:poss" or (c.dep_ == "nmod" and preposition(c) == "of"))
