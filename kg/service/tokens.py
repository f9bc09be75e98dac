"""Bearer tokens: long random texts of which the service knows only the hash (RFC 6750).

A token has 256 random bits, so one round of SHA-256 keeps it as well as a slow hash would, and a flood of wrong
tokens costs the service nothing.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from hashlib import sha256

from fastapi import HTTPException, Request

from kg.service.settings import Settings


def new_token() -> tuple[str, str]:
    """Make a token, and the hash by which the service knows it."""
    token = f"kg_{secrets.token_urlsafe(32)}"
    return token, hashed(token)


def hashed(token: str) -> str:
    """Return a token's hash as it stands in the settings.

    >>> hashed("kg_example")[:13]
    'sha256:236a64'
    """
    return f"sha256:{sha256(token.encode()).hexdigest()}"


def require_token(request: Request, settings: Settings) -> None:
    """Let pass who may change the graph; raises HTTPException: 403 if nobody may, 401 without or with a wrong token."""
    if not settings.tokens:
        raise HTTPException(403, "this service only reads; it takes changes once KG_TOKENS holds a token's hash (`kg token`)")
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise HTTPException(401, "changing the graph needs a bearer token", {"WWW-Authenticate": 'Bearer realm="treatygraph"'})
    if not _known(hashed(token.strip()), settings.tokens):
        refusal = 'Bearer realm="treatygraph", error="invalid_token"'
        raise HTTPException(401, "this token is not known here", {"WWW-Authenticate": refusal})


def _known(given: str, tokens: Iterable[str]) -> bool:
    """Compare with every hash in a time that tells nothing of where they differ."""
    found = False
    for token in tokens:
        found |= hmac.compare_digest(given, token)
    return found
