"""What is asked, what comes back, within which limits, and what every engine can do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Final, Protocol, runtime_checkable

from kg.engine.spool import Spool
from kg.store import Status, Store

_CHUNK: Final = 1 << 18


@dataclass(frozen=True, slots=True)
class Limits:
    """What one question may cost, and how many there may be at once."""

    seconds: float = 60.0  #: from its arrival to the end of its answer
    rows: int = 1_000_000  #: of an answer, or triples
    bytes: int = 256 << 20  #: of an answer
    memory: int = 2 << 30  #: bytes that one reader may take for itself
    readers: int = 4  #: questions that are answered at the same time
    queue: int = 256  #: questions that wait for a reader
    services: tuple[str, ...] = ()  #: servers that a question may call with SERVICE

    def __post_init__(self) -> None:
        if min(self.seconds, self.rows, self.bytes, self.memory, self.readers) <= 0 or self.queue < 0:
            raise ValueError(f"every limit is more than nothing: {self}")


class Question(Protocol):
    """Something to ask a store.

    It is a frozen value that can be pickled, compared and shown by `repr`, as it is answered where the store is, and
    its answer is kept under it.
    """

    def __hash__(self) -> int:
        """Equal questions are one."""

    @property
    def steady(self) -> bool:
        """Has it one answer only as long as the graph stays the same? Not so if it asks for the time or for chance."""

    def answer(self, store: Store, out: Spool) -> str:
        """Write the answer and return its media type; the store shows one generation from beginning to end."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, whole: in memory, or in a file if it is large; whoever gets it closes it."""

    media_type: str
    body: bytes | IO[bytes]
    size: int  #: bytes
    stamp: str | None  #: the state of the graph that it tells of; None where nobody knows
    rows: int | None = None  #: or triples, where they were counted

    def chunks(self) -> Iterator[bytes]:
        """Yield the body piece by piece."""
        if isinstance(self.body, bytes):
            yield self.body
            return
        self.body.seek(0)
        while chunk := self.body.read(_CHUNK):
            yield chunk

    def close(self) -> None:
        """Let go of the file, if there is one."""
        if not isinstance(self.body, bytes):
            self.body.close()


@runtime_checkable
class Engine(Protocol):
    """Answers questions, several at once."""

    @property
    def limits(self) -> Limits:
        """What one question may cost."""

    async def ask(self, question: Question, seconds: float | None = None) -> Answer:
        """Answer a question, in fewer seconds than the limit if so wished; a caller that is cancelled stops the work.

        Raises whatever the question raises, such as QueryError; QueryTimeout when time has run out, QueryTooLarge when
        the answer or the memory for it goes beyond a limit, Overloaded when too many wait, StoreError when the store
        cannot be read.
        """

    def kept(self, question: Question) -> Answer | None:
        """Return the answer if it is at hand already, which it never is for an engine that keeps none."""

    async def status(self) -> Status:
        """Count what is served; raises StoreError if it cannot be read."""

    def stamp(self) -> str | None:
        """Tell the state of the graph that the next question will see from every other, if that can be told."""

    async def start(self) -> None:
        """Make ready; asking does so too if nobody has."""

    async def close(self) -> None:
        """Stop all work and let go of the store."""


@contextmanager
def closing_answer(answer: Answer) -> Iterator[Answer]:
    """Close the answer at the end."""
    try:
        yield answer
    finally:
        answer.close()
