"""The option that says which store a command asks."""

from __future__ import annotations

from typing import Annotated

import typer

#: A folder that `kg build` made, an .nq or .trig file, or the address of a SPARQL server.
StoreOption = Annotated[
    str,
    typer.Option(
        "--store", envvar="KG_STORE", help="A folder made by `kg build`, an .nq or .trig file, or a SPARQL server's address."
    ),
]

DEFAULT_STORE = "store"
