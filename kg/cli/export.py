"""`kg export`: the graph in a form that others read."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from kg.cli.stores import DEFAULT_STORE, StoreOption
from kg.exchange.exporters import Tally, Wishes, built_in, get_exporter
from kg.exchange.exporters import export as write
from kg.files import whole_or_not
from kg.store import Store, open_store
from kg.store.resolve import entity

_FORMS = "; ".join(f"{one.short}: {one.says}" for one in built_in())


def export(
    store: StoreOption = DEFAULT_STORE,
    form: Annotated[str, typer.Option("--as", metavar="FORM", help=f"{_FORMS}.")] = "nquads",
    out: Annotated[Path | None, typer.Option(help="The file to write, whole or not at all; standard output without it.")] = None,
    about: Annotated[str | None, typer.Option(help="Only evidence about this thing: an IRI, an id or a name.")] = None,
    document: Annotated[str | None, typer.Option(help="Only evidence in this document: an IRI, an id or a title.")] = None,
    assertion: Annotated[str | None, typer.Option(help="Only evidence for this assertion: an IRI or an id.")] = None,
    confidence: Annotated[float | None, typer.Option(min=0, max=1, help="Only evidence that is at least this sure.")] = None,
    creator: Annotated[str | None, typer.Option(help="Who publishes it: an IRI, such as an ORCID.")] = None,
    license_: Annotated[str | None, typer.Option("--license", help="The IRI of the licence to publish it under.")] = None,
    key: Annotated[Path | None, typer.Option(help="A PEM file with an RSA key to sign it with.")] = None,
) -> None:
    """Write the graph in a form that others read, in the same order each time."""
    chosen = get_exporter(form)
    errors = Console(stderr=True)
    with closing(open_store(store)) as opened:
        wishes = Wishes(
            about=entity(opened, about).value if about else None,
            document=_of_kind("document", opened, document) if document else None,
            assertion=_of_kind("assertion", opened, assertion) if assertion else None,
            confidence=confidence,
            creator=creator,
            license=license_,
            key=key,
        )
        with _outlet(out) as file, _bar(errors, chosen.short, shown=out is not None) as bar:
            task = bar.add_task(chosen.short, total=None)
            tally = write(chosen.name, opened, file, wishes, lambda done, total: bar.update(task, completed=done, total=total))
    _report(errors, tally, out)


@contextmanager
def _outlet(out: Path | None) -> Iterator[IO[bytes]]:
    if out is None:
        yield sys.stdout.buffer
    else:
        with whole_or_not(out) as file:
            yield file


def _bar(errors: Console, name: str, *, shown: bool) -> Progress:
    columns = (TextColumn(f"writing {name}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=errors, transient=True, disable=not (shown and errors.is_terminal))


def _of_kind(kind: str, store: Store, text: str) -> str:
    """The IRI of a document or assertion that is named by its bare slug, or as any other thing is."""
    bare = re.fullmatch(r"[\w.~-]+", text)
    return entity(store, f"{kind}/{text}" if bare else text).value


def _report(errors: Console, tally: Tally, out: Path | None) -> None:
    if out is not None:
        errors.print(f"{tally.written:,} {tally.of} in {out}", highlight=False, soft_wrap=True)
    for reason, count in tally.left_out.most_common():
        errors.print(f"left out {count:,}: {reason}", highlight=False, soft_wrap=True)
