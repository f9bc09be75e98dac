"""What the service allows, takes and keeps from its clients: one place for every limit and every secret's hash."""

from __future__ import annotations

import os
from collections.abc import Mapping
from ipaddress import ip_network
from typing import Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from kg.engine import Limits
from kg.errors import ResourceError

_PREFIX: Final = "KG_"
_SHOWN: Final = ("seconds", "rows", "bytes", "request_bytes", "url_bytes", "rate", "burst", "update_seconds")


class Settings(BaseModel):
    """The settings of a service, each with a default that is safe for a graph that nobody else should reach.

    Read from `KG_` and the name in capitals; a list is separated by commas. Raises ResourceError, naming the variable.

    >>> Settings.read({"KG_RATE": "5"}).rate
    5.0
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    tokens: tuple[str, ...] = Field(
        default=(),
        description="hashes of the bearer tokens that may change the graph, as `kg token` prints them; none: read-only",
    )
    services: tuple[str, ...] = Field(
        default=(), description="addresses that SERVICE and LOAD may call, written in full; none: no calls"
    )
    origins: tuple[str, ...] = Field(
        default=(), description="web origins whose pages may ask (CORS); * for all, none: same origin only"
    )
    proxies: tuple[str, ...] = Field(
        default=(), description="addresses or networks of proxies whose X-Forwarded-* headers are believed"
    )
    public_url: str | None = Field(
        default=None, description="the address under which clients reach the service; else the Host header"
    )

    seconds: float = Field(default=60, gt=0, description="that one query may take, from its arrival to the end of its answer")
    rows: int = Field(default=1_000_000, gt=0, description="rows, or triples, of one answer")
    bytes: int = Field(default=256 << 20, gt=0, description="size of one answer")
    memory: int = Field(default=2 << 30, gt=0, description="bytes that one reader process may take for itself")
    readers: int = Field(default=4, gt=0, description="queries that are answered at the same time")
    queue: int = Field(default=256, ge=0, description="queries that wait for a reader before others are turned away with 503")
    cache_bytes: int = Field(default=64 << 20, ge=0, description="of answers that are kept to be given again; 0: none")

    request_bytes: int = Field(default=10_000_000, gt=0, description="largest request body")
    url_bytes: int = Field(default=16_384, gt=0, description="longest request target")
    header_bytes: int = Field(default=32_768, gt=0, description="largest request head, the target included")
    rate: float = Field(default=0, ge=0, description="requests per second that one address may make on average; 0: any number")
    burst: int = Field(default=50, gt=0, description="requests that one address may make at once before `rate` holds it back")
    connections: int = Field(default=1000, gt=0, description="open connections in all")
    client_connections: int = Field(default=200, gt=0, description="open connections from one address")
    head_seconds: float = Field(
        default=10, gt=0, description="within which a request's head must be there, or the connection closes"
    )
    body_seconds: float = Field(default=30, gt=0, description="within which a request's body must be there")
    write_seconds: float = Field(
        default=60, gt=0, description="for which a client may leave an answer unread before it is cut off"
    )
    drain_seconds: int = Field(default=30, gt=0, description="that requests under way are given when the service is stopped")

    update_seconds: float = Field(default=60, gt=0, description="that one change of the graph may take, publishing included")
    compress_bytes: int = Field(default=1024, gt=0, description="size from which an answer is compressed")
    slow_seconds: float = Field(default=2, gt=0, description="from which a request is logged as slow, with its query")
    log_requests: bool = Field(default=True, description="whether every request is logged; if not, only slow ones are")

    @field_validator("tokens")
    @classmethod
    def _hashes(cls, tokens: tuple[str, ...]) -> tuple[str, ...]:
        for token in tokens:
            kind, _, digest = token.partition(":")
            if kind != "sha256" or len(digest) != 64 or set(digest) - set("0123456789abcdef"):
                raise ValueError("a token's hash is sha256: and 64 hexadecimal digits; make one with `kg token`")
        return tokens

    @field_validator("services")
    @classmethod
    def _addresses(cls, services: tuple[str, ...]) -> tuple[str, ...]:
        for service in services:
            if not service.startswith(("http://", "https://")) or set(service) & set('<>"{}|^`\\ \n\t'):
                raise ValueError(f"{service!r} is not an absolute http(s) address")
        return services

    @field_validator("proxies")
    @classmethod
    def _networks(cls, proxies: tuple[str, ...]) -> tuple[str, ...]:
        for proxy in proxies:
            ip_network(proxy)
        return proxies

    @field_validator("public_url")
    @classmethod
    def _address(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(("http://", "https://")):
            raise ValueError("the public address begins with http:// or https://")
        return url and url.rstrip("/")

    @property
    def limits(self) -> Limits:
        """What one query may cost, for the engine."""
        return Limits(self.seconds, self.rows, self.bytes, self.memory, self.readers, self.queue, self.services)

    def shown(self) -> dict[str, float]:
        """Return the limits that a client may want to know."""
        return {name: getattr(self, name) for name in _SHOWN}

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None, **options: Any) -> Self:
        """Take the options, and for those that are None the environment's variables, else the defaults."""
        found = os.environ if environment is None else environment
        given: dict[str, Any] = {name: value for name, value in options.items() if value is not None}
        for name, field in cls.model_fields.items():
            text = found.get(_PREFIX + name.upper())
            if text and name not in given:
                several = field.annotation == tuple[str, ...]
                given[name] = tuple(filter(None, (one.strip() for one in text.split(",")))) if several else text
        try:
            return cls(**given)
        except ValidationError as error:
            first = error.errors()[0]
            name = str(first["loc"][0])
            raise ResourceError(_PREFIX + name.upper(), f"{first['msg']} (or its option)") from error
