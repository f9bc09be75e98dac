"""Agreements as noun phrases: "the pact", "a defence treaty with China", "Treaty of Friendship", "SALT II"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Token

from kg.language.agreement_phrases import goes_on, is_shouted, named_end, phrase_start
from kg.language.cast import Cast
from kg.language.ellipsis import ellipses
from kg.language.lexicon import table, words
from kg.language.signed import is_object_of_signing, says_agreement
from kg.model import Kind

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "our", "both", "such"})
_UNSPECIFIC = frozenset({"any", "no", "every", "each", "either", "neither", "whichever"})
_QUOTES = frozenset("\"“”'‘’`«»")


@dataclass(frozen=True, slots=True)
class AgreementMention:
    """A noun phrase that names or describes an agreement.

    Tokens from start to end; `head` is the head noun, `noun` its base form as the lexicon has it; `words` are the content
    words before it, lower case; `elliptic` says that "one" stands for the noun; `reference` is its id in the knowledge
    base, where the name is known there.
    """

    start: int
    end: int
    head: int
    words: tuple[str, ...]
    named: bool
    plural: bool
    definite: bool
    subtype: str | None
    year: str | None = None
    reference: str | None = None
    noun: str = ""
    elliptic: bool = False

    @property
    def weak(self) -> bool:
        """May the noun mean something else than an agreement ("document", "text", "partnership")?"""
        weakest = self.noun in words("agreements", "weakest", "heads")
        return weakest or (self.noun in words("agreements", "weak", "heads") and not self.named)


def find_agreements(doc: Doc, cast: Cast) -> list[AgreementMention]:
    """Return the agreements that a document mentions, in order."""
    found: list[AgreementMention] = []
    taken: set[int] = set()
    for mention in (*_by_name(doc), *_by_head(doc, cast), *_by_entity(doc, cast)):
        place = range(mention.start, mention.end)
        if not taken.intersection(place):
            taken.update(place)
            found.append(mention)
    found.sort(key=lambda m: m.start)
    held: list[AgreementMention] = []
    for mention in found:
        if mention.reference or not mention.weak or says_agreement(doc, mention, held):
            held.append(mention)
    return sorted((*held, *ellipses(doc, held)), key=lambda m: m.start)


@cache
def _compounds() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Heads of several words ("memorandum of understanding") by their first word."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for head in table("agreements", "heads"):
        if "_" in head:
            parts = tuple(head.split("_"))
            found.setdefault(parts[0], []).append((parts, head))
    return found


def _head_at(doc: Doc, i: int) -> tuple[str, int] | None:
    """Return the lexicon's head and the token after it, if one begins at a token."""
    token = doc[i]
    for parts, head in _compounds().get(token.lower_, ()):
        if tuple(t.lower_ for t in doc[i : i + len(parts)]) == parts:
            return head, i + len(parts)
    lemma = token.lemma_.lower()
    if token.pos_ in ("NOUN", "PROPN") and lemma in table("agreements", "heads"):
        return lemma, i + 1
    if token.pos_ in ("NOUN", "PROPN") and lemma.rstrip("s") in table("agreements", "heads"):
        return lemma.rstrip("s"), i + 1
    return None


def _by_name(doc: Doc) -> Iterator[AgreementMention]:
    """Names that the knowledge base knows ("New START") or that spelling shows, as found before the text was parsed."""
    for name in doc._.agreement_names:
        head = _head_at(doc, name.head)
        mention = _mention(doc, name.start, name.end, name.head, head[0] if head else "", True)
        yield replace(mention, plural=mention.plural and not name.reference, reference=name.reference)


def _by_head(doc: Doc, cast: Cast) -> Iterator[AgreementMention]:
    for i, token in enumerate(doc):
        if token.is_space or (found := _head_at(doc, i)) is None:
            continue
        head, end = found
        if _describes_a_head(doc, end) or _is_topic_of_a_head(doc, i):
            continue  # "partnership agreement", "treaty on partnership"
        owner = cast.at(i)
        if (
            owner
            and cast.members[owner.member].kind is not Kind.AGREEMENT
            and not (owner.end == end and owner.how == "name" and owner.start < i)
        ):
            continue  # "North Atlantic Treaty Organization"
        if end < len(doc) and doc[end].lower_ in ("organization", "organisation", "body", "breaker", "maker", "talks"):
            continue
        start = phrase_start(doc, i)
        if _is_none_in_particular(doc, start):
            continue
        capital = token.text[0].isupper() and not is_shouted(doc, i)
        if capital and start < i and goes_on(doc, end):
            continue  # "Oslo Treaty Museum"
        end = named_end(doc, end) if capital else end
        named = capital and (start < i or end > i + 1)
        yield _mention(doc, start, end, i, head, named)


def _is_none_in_particular(doc: Doc, start: int) -> bool:
    """Is an agreement only wanted or missing: "any agreement", "without a treaty"?"""
    before = [t.lower_ for t in doc[max(0, start - 2) : start]]
    return before[-1:] != [] and (before[-1] in _UNSPECIFIC or before in (["without", "a"], ["without", "an"]))


def _describes_a_head(doc: Doc, end: int) -> bool:
    while end < len(doc) and doc[end].text in _QUOTES:
        end += 1
    return end < len(doc) and not doc[end].is_space and _head_at(doc, end) is not None


def _is_topic_of_a_head(doc: Doc, i: int) -> bool:
    """Does a noun only say what an agreement is about: "a treaty on comprehensive partnership"?"""
    start = phrase_start(doc, i)
    while start > 1 and doc[start - 1].lower_ in ("the", "a", "an", "their"):
        start -= 1
    joined = start > 1 and doc[start - 1].lower_ in ("on", "of", "for") and doc[start - 2].pos_ in ("NOUN", "PROPN")
    token = doc[i]
    hung = (
        token.dep_ == "nmod"
        and token.head.i < i
        and any(c.lower_ in ("on", "of", "for") for c in token.children if c.dep_ == "case")
    )
    if is_object_of_signing(token, firm=True):
        return False
    return (joined and _head_at(doc, start - 2) is not None) or (hung and _head_at(doc, token.head.i) is not None)


def _by_entity(doc: Doc, cast: Cast) -> Iterator[AgreementMention]:
    """Names without a head noun ("SALT II", "New START"): other entities that somebody signs or quits."""
    for span in doc.ents:
        if span.label_ in ("MISC", "EVENT", "ORG") and cast.at(span.start) is None and is_object_of_signing(span.root):
            start = span.start + (span[0].pos_ == "DET")
            yield _mention(doc, start, span.end, span.root.i, "", True)


def _mention(doc: Doc, start: int, end: int, head: int, lemma: str, named: bool) -> AgreementMention:
    described = tuple(t.lower_ for t in doc[start:end] if (t.is_alpha or t.text[0].isalnum()) and t.i != head)
    number = next((t.text for t in doc[max(0, start - 1) : end] if t.text.isdigit() and len(t) == 4), None)
    return AgreementMention(
        start,
        end,
        head,
        described,
        named,
        _is_plural(doc[head]),
        _is_definite(doc, start, head, named=named),
        _subtype(lemma, described),
        number,
        noun=lemma,
    )


def _is_definite(doc: Doc, start: int, head: int, *, named: bool) -> bool:
    """Does an article or possessive, before participles too ("the newly signed agreement"), make it a known one?"""
    first = start
    while start and first - start < 3 and doc[start - 1].pos_ in ("ADV", "VERB") and start <= doc[start - 1].head.i <= head:
        start -= 1
    before = doc[start - 1].lower_ if start else ""
    if before in ("a", "an"):
        return start > 1 and doc[start - 2].lower_ == "such"
    return named or before in _DEFINITE or any(c.dep_ == "nmod:poss" and c.i < head for c in doc[head].children)


def _is_plural(token: Token) -> bool:
    return token.lower_.endswith("s") and token.lemma_.lower() != token.lower_


def _subtype(head: str, described: tuple[str, ...]) -> str | None:
    own = str(table("agreements", "heads").get(head, "")) if head else ""
    if own in ("Memorandum", "PeaceAgreement", "Convention", "DefencePact"):
        return own
    for subtype, cues in table("agreements", "classes").items():
        if set(described) & set(cues):
            return str(subtype)
    return own or None
