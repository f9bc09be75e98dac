"""`kg query`: ask the graph, in SPARQL or by a saved query."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Annotated, Final

import typer
from pyoxigraph import QueryBoolean, QuerySolutions
from rich.console import Console
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kg.cli.stores import DEFAULT_STORE, StoreOption
from kg.errors import QueryError
from kg.queries import load_query, saved_queries
from kg.store import Store, open_store
from kg.store.formats import GRAPH_FORMATS, ROW_FORMATS, write
from kg.store.resolve import base_of, entity
from kg.terms import PREFIXES

#: How wide a line may be where no terminal says.
_UNBOUNDED: Final = 100_000


def query(
    what: Annotated[str, typer.Argument(metavar="FILE|NAME|-", help="A file, a saved query's name, or - for standard input.")],
    store: StoreOption = DEFAULT_STORE,
    form: Annotated[
        str, typer.Option("--format", help=f"table, {', '.join(ROW_FORMATS)}; for triples {', '.join(GRAPH_FORMATS)}.")
    ] = "table",
    parameter: Annotated[
        list[str] | None, typer.Option("-p", "--parameter", metavar="NAME=VALUE", help="A saved query's parameter.")
    ] = None,
    queries: Annotated[list[Path] | None, typer.Option(help="A folder with more saved queries.")] = None,
) -> None:
    """Ask the graph and print the answer."""
    with closing(open_store(store)) as opened:
        text = _text(what, dict(_pair(one) for one in parameter or ()), queries or (), opened)
        result = opened.query(text)
        if form != "table":
            typer.echo(write(result, form), nl=False)
        elif isinstance(result, QuerySolutions):
            _print_table(result, base_of(opened))
        elif isinstance(result, QueryBoolean):
            typer.echo("yes" if result else "no")
        else:
            typer.echo(write(result, "turtle"), nl=False)


def _text(what: str, values: dict[str, str], folders: Iterable[Path], store: Store) -> str:
    """The SPARQL to ask: as it stands, or a saved query filled in."""
    file = Path(what)
    if what == "-" or file.is_file():
        text = sys.stdin.read() if what == "-" else _read(file)
        if what != "-" and text.startswith("#+"):
            return load_query(file).fill_in(values, partial(entity, store))
        if values:
            raise QueryError(f"{what} has no header that would name its parameters, so it takes none")
        return text
    known = saved_queries(*folders)
    if what not in known:
        raise QueryError(f"{what!r} is neither a file nor a saved query; saved are {', '.join(known)}")
    return known[what].fill_in(values, partial(entity, store))


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{file} cannot be read: {error}") from error


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise QueryError(f"a parameter is given as name=value, not as {text!r}")
    return name, value


def _print_table(result: QuerySolutions, base: str | None) -> None:
    """Print rows side by side where they fit the terminal, else one below the other."""
    names = [variable.value for variable in result.variables]
    cells = [["" if row[name] is None else _short(row[name].value, base) for name in names] for row in result]
    console = Console(width=None if sys.stdout.isatty() else _UNBOUNDED, highlight=False, markup=False)
    table = Table(*names, box=None, pad_edge=False)
    for row in cells:
        table.add_row(*row)
    if Measurement.get(console, console.options.update(max_width=_UNBOUNDED), table).maximum <= console.width:
        console.print(table)
    else:
        for row in cells:
            console.print(_record(names, row))
    typer.echo(f"{len(cells)} rows", err=True)


def _record(names: list[str], row: list[str]) -> Padding:
    record = Table.grid("", "", padding=(0, 2, 0, 0))
    for name, cell in zip(names, row, strict=True):
        if cell:
            record.add_row(Text(name, "dim"), cell)
    return Padding(record, (0, 0, 1, 0))


def _short(text: str, base: str | None) -> str:
    """An IRI as one would type it again: by its id, or with a prefix."""
    if base and text.startswith(base):
        return text.removeprefix(base)
    for prefix, namespace in PREFIXES.items():
        if text.startswith(namespace):
            return f"{prefix}:{text.removeprefix(namespace)}"
    return text
