"""`kg verify`: are nanopublications what their trusty URIs say?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from kg.errors import ExchangeError


def verify(file: Annotated[Path, typer.Argument(help="A .trig or .nq file of nanopublications.")]) -> None:
    """Check hashes, parts and signatures of nanopublications; exit with 1 if one is not what its name says."""
    from kg.exchange.verification import check, read

    console, whole, signed, broken = Console(), 0, 0, 0
    for publication in read(file):
        try:
            check(publication)
        except ExchangeError as error:
            broken += 1
            console.print(str(error), highlight=False, markup=False, soft_wrap=True)
        else:
            whole += 1
            signed += publication.signed
    console.print(f"{whole:,} whole, {signed:,} of them signed; {broken:,} broken", highlight=False)
    if broken or not whole:
        raise typer.Exit(1)
