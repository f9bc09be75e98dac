"""`kg export`: the whole graph as one file."""

from __future__ import annotations

import sys
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer
from pyoxigraph import RdfFormat

from kg.cli.stores import DEFAULT_STORE, StoreOption
from kg.errors import StoreError
from kg.graph.serialise import export as write
from kg.store import open_store
from kg.store.base import quads


class Form(StrEnum):
    """The formats of files; Turtle cannot name graphs, so it merges them."""

    NQUADS = "nquads"
    TRIG = "trig"
    TURTLE = "turtle"
    JSONLD = "jsonld"


_FORMATS: Final = {
    Form.NQUADS: RdfFormat.N_QUADS,
    Form.TRIG: RdfFormat.TRIG,
    Form.TURTLE: RdfFormat.TURTLE,
    Form.JSONLD: RdfFormat.JSON_LD,
}


def export(
    store: StoreOption = DEFAULT_STORE,
    form: Annotated[Form, typer.Option("--format", help="The file's format.")] = Form.NQUADS,
    out: Annotated[Path | None, typer.Option(help="The file to write; standard output without it.")] = None,
) -> None:
    """Write the whole graph, in the same order each time."""
    with closing(open_store(store)) as opened:
        if out is None:
            write(quads(opened), _FORMATS[form], sys.stdout.buffer)
            return
        try:
            with out.open("wb") as file:
                write(quads(opened), _FORMATS[form], file)
        except OSError as error:
            raise StoreError(f"{out}: cannot be written: {error.strerror or error}") from error
