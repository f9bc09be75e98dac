"""What the pipeline leaves in a Doc: extensions whose values survive serialisation.

Values lie in `doc.user_data` under the extension's name, as tuples of frozen values. spaCy packs user data with
msgpack, which knows nothing of our values; here it learns to write each as its type's name and JSON.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from pydantic import TypeAdapter
from spacy.tokens import Doc, Span, Token
from srsly import msgpack

from kg.model import Document

_MARK = "kg"
_TYPES: dict[str, TypeAdapter[Any]] = {}
#: Keys of doc.user_data for the confidence of each token's entity label and head, as arrays; absent where unknown.
ENTITY_CONFIDENCE, ARC_CONFIDENCE = "entity_confidence", "arc_confidence"


def keep(name: str, kind: type) -> None:
    """Register the extension `doc._.NAME`, a tuple of values of one type."""
    learn(kind)
    if not Doc.has_extension(name):
        Doc.set_extension(
            name,
            getter=lambda doc: tuple(doc.user_data.get(name, ())),
            setter=lambda doc, values: doc.user_data.__setitem__(name, tuple(values)),
        )


def learn(kind: type) -> None:
    """Let spaCy serialise values of a type inside a Doc."""
    _TYPES[kind.__name__] = TypeAdapter(kind)


def _encode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    adapter = _TYPES.get(type(value).__name__)
    if adapter is not None:
        return {_MARK: type(value).__name__, "json": adapter.dump_json(value)}
    return chain(value) if chain else value


def _decode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    if isinstance(value, dict) and value.get(_MARK) in _TYPES:
        return _TYPES[value[_MARK]].validate_json(value["json"])
    return chain(value) if chain else value


def _document(doc: Doc) -> Document | None:
    found: Document | None = doc.user_data.get("document")
    return found


def _arc_confidence(token: Token) -> float | None:
    known = token.doc.user_data.get(ARC_CONFIDENCE)
    return None if known is None else float(known[token.i])


def _entity_confidence(span: Span) -> float | None:
    known = span.doc.user_data.get(ENTITY_CONFIDENCE)
    return None if known is None else float(np.min(known[span.start : span.end], initial=1.0))


if not Doc.has_extension("document"):
    Doc.set_extension("document", getter=_document, setter=lambda doc, value: doc.user_data.__setitem__("document", value))
    Token.set_extension("arc_confidence", getter=_arc_confidence)
    Span.set_extension("entity_confidence", getter=_entity_confidence)
learn(Document)
msgpack.msgpack_encoders("kg")(_encode)
msgpack.msgpack_decoders("kg")(_decode)
