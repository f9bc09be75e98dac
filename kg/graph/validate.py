"""Whether a graph keeps its promises: the SHACL shapes of the ontology, applied to one named graph after another."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from pyoxigraph import Quad, RdfFormat, parse

from kg.errors import GraphError, ValidationError
from kg.graph.parts import Part, are_in_order, in_order, parts
from kg.graph.shapes import Finding, check

#: Parts on their way per process: enough to keep each busy, few enough to hold little memory.
_AHEAD: Final = 4

#: Sees the name of each graph that has been checked.
Seen = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What validation found in how many graphs."""

    graphs: int
    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        return not self.findings

    @property
    def summary(self) -> str:
        return f"Graphs checked: {self.graphs}. Broken promises: {len(self.findings) or 'none'}."

    def __str__(self) -> str:
        return "\n".join([*map(str, self.findings), self.summary])

    def raise_for_findings(self) -> None:
        """Raise ValidationError, which carries every finding, unless the graph conforms."""
        if self.findings:
            raise ValidationError(f"{self.summary} The first is: {self.findings[0]}", tuple(map(str, self.findings)))


def validate(source: Path | Iterable[Quad], *, workers: int = 1, ordered: bool = False, seen: Seen | None = None) -> Report:
    """Check a graph file (N-Quads, TriG, Turtle, JSON-LD) or quads against the shapes, in this process or in several.

    Every named graph is checked alone, as that is how the contract words its promises, and of large shared graphs one part
    after another. So memory is needed for a part only. Quads that are `ordered` come graph by graph and subject by
    subject, as a store gives them, and are checked as they come; others wait in a temporary store on disk. A file is
    looked through for its order first. `seen` is called with each graph that has been checked.

    Raises GraphError if the file cannot be read.
    """
    if isinstance(source, Path):
        quads, ordered = read_graph(source), are_in_order(read_graph(source))
    else:
        quads = iter(source)
    graphs: set[str] = set()
    findings: list[Finding] = []
    for graph, found in _checked(parts(quads if ordered else in_order(quads)), workers):
        findings.extend(found)
        if graph not in graphs:
            graphs.add(graph)
            if seen is not None:
                seen(graph)
    return Report(len(graphs), tuple(findings))


def _checked(found: Iterable[Part], workers: int) -> Iterator[tuple[str, list[Finding]]]:
    """Yield the outcome for each part, in order."""
    if workers <= 1:
        yield from ((part.graph, check(part)) for part in found)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: deque[tuple[str, Future[list[Finding]]]] = deque()
        try:
            for part in found:
                waiting.append((part.graph, pool.submit(check, part)))
                if len(waiting) >= _AHEAD * workers:
                    graph, outcome = waiting.popleft()
                    yield graph, outcome.result()
            while waiting:
                graph, outcome = waiting.popleft()
                yield graph, outcome.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def read_graph(file: Path) -> Iterator[Quad]:
    """Parse a graph file by the ending of its name; raises GraphError with the line of a syntax error."""
    form = RdfFormat.from_extension(file.suffix.removeprefix("."))
    if form is None:
        raise GraphError(f"{file}: the ending {file.suffix!r} names no graph format; use .nq, .trig, .ttl or .jsonld")
    try:
        with file.open("rb") as source:
            yield from parse(source, format=form)
    except OSError as error:
        raise GraphError(f"{file}: cannot be read: {error.strerror}") from error
    except SyntaxError as error:
        raise GraphError(f"{file}, line {error.lineno}: is no {form.name}: {error.msg}") from error
