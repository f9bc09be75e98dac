"""Agreements as noun phrases: "the pact", "a defence treaty with China", "Treaty of Friendship", "SALT II"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Token

from kg.language.cast import Cast
from kg.language.ellipsis import ellipses
from kg.language.lexicon import table, words
from kg.language.signed import is_object_of_signing, says_agreement
from kg.model import Kind

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "our", "both", "such"})
_UNSPECIFIC = frozenset({"any", "no", "every", "each", "either", "neither", "whichever"})
_JOINING = frozenset({"of", "on", "for", "and", "the", "concerning", "against"})
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
        start = _start(doc, i)
        if _is_none_in_particular(doc, start):
            continue
        capital = token.text[0].isupper() and not _shouted(doc, i)
        if capital and start < i and _goes_on(doc, end):
            continue  # "Oslo Treaty Museum"
        end = _named_end(doc, end) if capital else end
        named = capital and (start < i or end > i + 1)
        yield _mention(doc, start, end, i, head, named)


def _is_none_in_particular(doc: Doc, start: int) -> bool:
    """Is an agreement only wanted or missing: "any agreement", "without a treaty"?"""
    before = [t.lower_ for t in doc[max(0, start - 2) : start]]
    return before[-1:] != [] and (before[-1] in _UNSPECIFIC or before in (["without", "a"], ["without", "an"]))


def _goes_on(doc: Doc, end: int) -> bool:
    """Does a capitalised noun right after make it the name of something else?"""
    if end >= len(doc) or doc[end].is_space or doc[end].is_sent_start or not doc[end - 1].whitespace_:
        return False
    return doc[end].text[0].isupper() and doc[end].pos_ in ("NOUN", "PROPN") and doc[end].head.i >= end and not doc[end].ent_type_


def _describes_a_head(doc: Doc, end: int) -> bool:
    while end < len(doc) and doc[end].text in _QUOTES:
        end += 1
    return end < len(doc) and not doc[end].is_space and _head_at(doc, end) is not None


def _is_topic_of_a_head(doc: Doc, i: int) -> bool:
    """Does a noun only say what an agreement is about: "a treaty on comprehensive partnership"?"""
    start = _start(doc, i)
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


def _is_signing(token: Token) -> bool:
    """Is it a verb of signing? Of "a seal treaty" it is a noun."""
    return token.pos_ in ("VERB", "AUX") and token.lemma_.lower() in words("agreements", "weak", "signed")


def _start(doc: Doc, head: int) -> int:
    """Return where a noun phrase's content words begin, quotation marks and years included."""
    start = head
    while start > 0:
        token = doc[start - 1]
        if token.is_sent_end or token.is_space or _is_signing(token):
            break
        joins = (
            token.text in _QUOTES
            or token.text in ("-", "–")
            or (token.lower_ == "and" and doc[start - 2].pos_ in ("ADJ", "NOUN", "PROPN") and start > 1)
        )
        describes = token.pos_ in ("ADJ", "NOUN", "PROPN", "NUM") or (
            token.pos_ in ("VERB", "ADV") and token.dep_ in ("amod", "compound", "advmod")
        )
        if not (describes or joins) or token.lower_ in ("'s", "’s"):
            break
        if token.lower_ == "and" and not _one_phrase(doc[start - 2], doc[head]):
            break
        start -= 1
    while start < head and (
        doc[start].text in ("-", "–", "and")
        or (doc[start].text in _QUOTES and not any(t.text in _QUOTES for t in doc[start + 1 : head]))
    ):
        start += 1
    return start


def _one_phrase(left: Token, head: Token) -> bool:
    """Do both words before and after "and" describe the head ("trade and investment agreement")?"""
    return left.head == head or left.head.head == head or any(c.head == head for c in left.children)


def _named_end(doc: Doc, end: int) -> int:
    """Return where a capitalised name goes on to: "Treaty of Friendship, Cooperation and Assistance", "Agreement on Borders"."""
    last = i = end
    joining = _JOINING | ({","} if end < len(doc) and doc[end].lower_ == "of" else set())
    while i < len(doc) and i - last < 3 and not doc[i].is_space and doc[i].ent_type_ != "DATE":
        if doc[i].text[0].isupper() and doc[i].pos_ in ("PROPN", "NOUN", "ADJ"):
            if i > end and (i == last or doc[i - 1].lower_ in joining or doc[i - 1].text == "-"):
                last = i + 1
        elif doc[i].lower_ not in joining and doc[i].text != "-":
            break
        i += 1
    return last


def _shouted(doc: Doc, i: int) -> bool:
    """Is the token in a headline where verbs and common words are capitalised too?"""
    sentence = doc[i].sent
    common = [
        t for t in sentence if t.i > sentence.start and t.is_alpha and len(t) > 3 and t.pos_ in ("VERB", "NOUN", "ADJ", "ADV")
    ]
    return bool(common) and all(t.text[0].isupper() for t in common)


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
