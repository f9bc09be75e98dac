"""The component that turns ClearNLP's trees and OntoNotes' entities (en_core_web_*) into ours.

ClearNLP makes prepositions, forms of "be" and the last word of a name heads, and hangs each conjunct on the one before
it; universal dependencies prefer content words. A tree without relations of ClearNLP's own is left as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
from spacy.attrs import DEP, HEAD
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.language.lexicon import table, words

if TYPE_CHECKING:
    from thinc.types import Ints2d

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM"})
_PREPOSITIONAL = frozenset({"prep", "agent", "dative"})
_CLAUSES = frozenset({"ccomp", "xcomp", "csubj"})


@Language.component("kg_universal")
def make_universal(doc: Doc, clear: bool | None = None) -> Doc:
    """Set heads and relations as universal dependencies have them, and entities of our types.

    `clear` says if the tree is ClearNLP's, where that is known; else its relations tell.
    """
    relations = table("clearnlp", "relations")
    if clear or (clear is None and any(token.dep_ in relations for token in doc)):
        tree = _Tree(doc)
        tree.turn()
        strings = doc.vocab.strings
        fields = np.zeros((len(doc), 2), np.uint64)
        fields[:, 0] = (np.array(tree.heads) - np.arange(len(doc))).astype(np.int64).view(np.uint64)
        fields[:, 1] = [strings.add(relations.get(dep, dep)) for dep in tree.deps]
        doc.from_array([HEAD, DEP], cast("Ints2d", fields))
    types = table("clearnlp", "entities")
    doc.ents = tuple(Span(doc, e.start, e.end, label=kind) for e in doc.ents if (kind := types.get(e.label_)))
    return doc


class _Tree:
    """Heads and relations of a Doc while they are turned."""

    def __init__(self, doc: Doc) -> None:
        self.heads = [token.head.i for token in doc]
        self.deps = [token.dep_ for token in doc]
        self._doc = doc
        self._pos = [token.pos_ for token in doc]
        self._words = [token.lower_ for token in doc]
        self._below: list[set[int]] = [{child.i for child in token.children} for token in doc]

    def turn(self) -> None:
        for i in self._from_the_top():
            if self.deps[i] in _PREPOSITIONAL:
                self._preposition(i)
        for i in self._from_the_top():
            if self._words[i] in words("clearnlp", "be", "forms") and self.deps[i] not in ("aux", "auxpass", "case"):
                self._copula(i)
        for i, dep in enumerate(self.deps):
            if dep == "conj":
                self._conjunct(i)
        for i, dep in enumerate(self.deps):
            if dep == "cc":
                self._conjunction(i)
            elif dep == "ccomp":
                self._controlled(i)
            elif dep == "aux" and self._words[i] == "to":
                self.deps[i] = "mark"
            elif dep == "npadvmod" and self._is_nominal(self.heads[i]):
                self.deps[i] = "nmod:unmarked"
        for entity in self._doc.ents:
            if entity.label_ in ("PERSON", "PER"):
                self._name(entity)

    def _from_the_top(self) -> list[int]:
        order = [i for i, head in enumerate(self.heads) if head == i]
        for i in order:
            order.extend(sorted(self._below[i]))
        return order

    def _children(self, i: int, *deps: str) -> list[int]:
        return [child for child in sorted(self._below[i]) if self.deps[child] in deps]

    def _move(self, i: int, head: int, dep: str) -> None:
        self._below[self.heads[i]].discard(i)
        self.heads[i], self.deps[i] = head, dep
        if head != i:
            self._below[head].add(i)

    def _is_nominal(self, i: int) -> bool:
        return self._pos[i] in _NOMINAL

    def _replace(self, old: int, new: int) -> None:
        """Put a word below another in its place; what else hangs on the other then hangs on the word."""
        self._move(new, new if self.heads[old] == old else self.heads[old], self.deps[old])
        for child in sorted(self._below[old] - {new}):
            self._move(child, new, self.deps[child])

    def _preposition(self, prep: int) -> None:
        """Make the object of a preposition, or the clause after it, the head."""
        cases = [prep]
        while not self._children(cases[-1], "pobj") and (inner := self._inner(cases[-1])) is not None:
            cases.append(inner)  # "because of", "from behind"
        objects, clauses = self._children(cases[-1], "pobj"), self._children(cases[-1], "pcomp")
        if not objects and not clauses:
            return
        head = self.heads[prep]
        if objects:
            dep = "obl:agent" if self.deps[prep] == "agent" else "nmod" if self._is_nominal(head) else "obl"
        else:
            dep = "acl" if self._is_nominal(head) else "advcl"
        new = (objects or clauses)[0]
        self._move(new, head, dep)
        for case in cases:
            for child in sorted(self._below[case] - set(cases)):
                self._preposition_below(child, new)
            self._move(case, new, "case" if objects else "mark")

    def _inner(self, prep: int) -> int | None:
        found = self._children(prep, "prep") + [i for i in self._children(prep, "pcomp") if self._pos[i] in ("ADP", "SCONJ")]
        return next((i for i in found if self._children(i, "pobj", "pcomp", "prep")), None)

    def _preposition_below(self, child: int, new: int) -> None:
        """Hang on the object what hung on its preposition: for "in Oslo and in Bonn" the second object is a conjunct."""
        objects = self._children(child, "pobj") if self.deps[child] == "conj" else []
        if not objects:
            self._move(child, new, self.deps[child])
            return
        for other in sorted(self._below[child] - {objects[0]}):
            self._move(other, objects[0], self.deps[other])
        self._move(objects[0], new, "conj")
        self._move(child, objects[0], "case")

    def _copula(self, be: int) -> None:
        """Make what somebody is, or where, the head of "is"; "there is X" has X as its subject."""
        found = self._children(be, "attr", "acomp")
        if found and self._children(be, "expl"):
            self.deps[found[0]] = "nsubj"
            return
        if not found and self._children(be, "nsubj") and not self._children(be, *_CLAUSES):
            found = [i for i in self._children(be, "obl") if i > be and self._children(i, "case")][:1]
        if found:
            self._replace(be, found[0])
            self._move(be, found[0], "cop")

    def _conjunct(self, i: int) -> None:
        first = self.heads[i]
        while self.deps[first] == "conj":
            first = self.heads[first]
        self._move(i, first, "conj")

    def _conjunction(self, i: int) -> None:
        """Hang "and" on the conjunct after it."""
        before = self.heads[i]
        first = self.heads[before] if self.deps[before] == "conj" else before
        after = next((c for c in self._children(first, "conj") if c > i), None)
        if after is not None:
            self._move(i, after, "cc")

    def _controlled(self, verb: int) -> None:
        """Make X the object in "want X to sign"."""
        head = self.heads[verb]
        subjects = [i for i in self._children(verb, "nsubj") if i > head]
        infinitive = any(self._words[i] == "to" for i in self._children(verb, "aux", "mark"))
        if infinitive and subjects and self._pos[head] == "VERB" and not self._children(head, "dobj"):
            self._move(subjects[0], head, "dobj")
            self.deps[verb] = "xcomp"

    def _name(self, entity: Span) -> None:
        """Make the first word of a person's name its head."""
        first, last = entity.start, entity.end - 1
        inner = [i for i in range(first, last) if self.heads[i] == last and self.deps[i] == "compound"]
        if inner and inner == list(range(first, last)):
            self._replace(last, first)
            for i in range(first + 1, last + 1):
                self._move(i, first, "flat")
