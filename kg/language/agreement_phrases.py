"""Where the noun phrase of an agreement begins and ends."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.language.lexicon import words

_JOINING = frozenset({"of", "on", "for", "and", "the", "concerning", "against"})
_QUOTES = frozenset("\"“”'‘’`«»")


def phrase_start(doc: Doc, head: int) -> int:
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


def named_end(doc: Doc, end: int) -> int:
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


def is_shouted(doc: Doc, i: int) -> bool:
    """Is the token in a headline where verbs and common words are capitalised too?"""
    sentence = doc[i].sent
    common = [
        t for t in sentence if t.i > sentence.start and t.is_alpha and len(t) > 3 and t.pos_ in ("VERB", "NOUN", "ADJ", "ADV")
    ]
    return bool(common) and all(t.text[0].isupper() for t in common)


def goes_on(doc: Doc, end: int) -> bool:
    """Does a capitalised noun right after make it the name of something else?"""
    if end >= len(doc) or doc[end].is_space or doc[end].is_sent_start or not doc[end - 1].whitespace_:
        return False
    return doc[end].text[0].isupper() and doc[end].pos_ in ("NOUN", "PROPN") and doc[end].head.i >= end and not doc[end].ent_type_


def _is_signing(token: Token) -> bool:
    """Is it a verb of signing? Of "a seal treaty" it is a noun."""
    return token.pos_ in ("VERB", "AUX") and token.lemma_.lower() in words("agreements", "weak", "signed")
