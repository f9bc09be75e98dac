"""RSA signatures of nanopublications, by the library `cryptography` (extra `treatygraph[sign]`).

Source: what nanopub registries expect: PKCS #1 v1.5 over SHA-256 of the normalised quads, all but the signature itself;
the public key as base64 of its DER form (https://nanopub.net/guidelines/working_draft/).
"""

from __future__ import annotations

import base64
import binascii
import importlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from kg.errors import ExchangeError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey


@dataclass(frozen=True)
class Signer:
    """Signs text with a private key."""

    key: RSAPrivateKey

    @classmethod
    def read(cls, file: Path) -> Signer:
        """Read an RSA key from a PEM file without password; raises ExchangeError if it holds none."""
        serialization = _library("serialization")
        try:
            key: Any = serialization.load_pem_private_key(file.read_bytes(), None)
        except OSError as error:
            raise ExchangeError(f"{file}: cannot be read: {error.strerror or error}") from error
        except (ValueError, TypeError) as error:
            raise ExchangeError(f"{file}: is no private key in PEM form without a password: {error}") from error
        if not isinstance(key, _library("asymmetric.rsa").RSAPrivateKey):
            raise ExchangeError(f"{file}: holds another kind of key; nanopublications are signed with RSA")
        return cls(key)

    @cached_property
    def public(self) -> str:
        """The public key, as base64 of its DER form."""
        serialization = _library("serialization")
        encoding, form = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        return base64.b64encode(self.key.public_key().public_bytes(encoding, form)).decode()

    def sign(self, text: str) -> str:
        """Return the signature of a text, as base64."""
        return base64.b64encode(self.key.sign(text.encode(), _library("asymmetric.padding").PKCS1v15(), _sha256())).decode()


def is_signed(text: str, signature: str, public: str) -> bool:
    """Was the text signed with the private key that belongs to this public one? Raises ExchangeError if that is no key."""
    try:
        key: Any = _library("serialization").load_der_public_key(base64.b64decode(public))
        given = base64.b64decode(signature)
    except (ValueError, binascii.Error) as error:
        raise ExchangeError(f"what stands there as public key or signature is none: {error}") from error
    if not isinstance(key, _library("asymmetric.rsa").RSAPublicKey):
        raise ExchangeError("the signature is of another kind than RSA, and is not checked")
    import cryptography.exceptions

    try:
        key.verify(given, text.encode(), _library("asymmetric.padding").PKCS1v15(), _sha256())
    except cryptography.exceptions.InvalidSignature:
        return False
    return True


def _sha256() -> Any:
    return _library("hashes").SHA256()


def _library(part: str) -> ModuleType:
    """A part of the library, or word of how to install it."""
    try:
        return importlib.import_module(f"cryptography.hazmat.primitives.{part}")
    except ImportError as error:
        raise ExchangeError("signing and checking signatures needs another library: pip install 'treatygraph[sign]'") from error
