"""`kg evaluate`: judge a graph by gold files."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from kg.cli.figures import tables
from kg.cli.stores import DEFAULT_STORE
from kg.errors import StoreError
from kg.store import open_store

if TYPE_CHECKING:
    from kg.evaluation import Figures, Mistake

#: How wide a line may be where no terminal says.
_UNBOUNDED: Final = 100_000
#: How the kinds of mistakes are told apart; those that are not named here are wrong qualifiers.
_STYLES: Final = {"missed": "yellow", "wrong": "red"}


def evaluate_graph(
    gold: Annotated[Path, typer.Option(help="The folder of gold files (*.json).")],
    graph: Annotated[
        str, typer.Argument(envvar="KG_STORE", help="A store's folder, an .nq or .trig file, or a SPARQL server's address.")
    ] = DEFAULT_STORE,
    articles: Annotated[
        Path | None, typer.Option(help="The folder of the articles (*.txt); without it, they lie beside the gold.")
    ] = None,
    only: Annotated[str, typer.Option(metavar="PREFIX", help="Judge only gold files whose names begin so.")] = "",
    errors: Annotated[bool, typer.Option("--errors", help="List every mistake with its sentence.")] = False,
    out: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write the figures to this file too.")] = None,
) -> None:
    """Judge a graph by gold: precision, recall, qualifiers, identity, and how far confidences can be trusted."""
    # Here, as it takes a while to load, and other commands do without.
    from kg.evaluation import evaluate, figures, load_golds, mistakes
    from kg.evaluation.report import as_json

    with closing(open_store(graph)) as store:
        evaluation = evaluate(store, load_golds(gold, articles, only))
    found = figures(evaluation)
    listed = mistakes(evaluation) if errors else None
    console = Console(width=None if sys.stdout.isatty() else _UNBOUNDED, highlight=False, markup=False)
    if listed:
        _print_mistakes(listed, console)
    _print_figures(found, console)
    if out is not None:
        try:
            out.write_text(json.dumps(as_json(found, listed), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        except OSError as error:
            raise StoreError(f"{out}: cannot be written: {error.strerror or error}") from error


def _print_figures(found: Figures, console: Console) -> None:
    console.print(f"{found.documents} documents judged", style="bold")
    if found.missing:
        console.print(Text(f"not in the graph, so missed whole: {', '.join(found.missing)}", "red"))
    for table in tables(found):
        console.print(Padding(table, (1, 0, 0, 0), expand=False))


def _print_mistakes(listed: Iterable[Mistake], console: Console) -> None:
    """Print mistakes by property and kind, each with its sentence beneath."""
    for predicate, of_property in groupby(listed, key=lambda one: one.predicate):
        console.print(Text(predicate, "bold underline"))
        for kind, of_kind in groupby(of_property, key=lambda one: one.kind):
            one_kind = list(of_kind)
            heading = kind if kind in _STYLES else f"wrong {kind}"
            console.print(_indented(2, Text(f"{heading}: {len(one_kind)}", _STYLES.get(kind, "magenta"))))
            for mistake in one_kind:
                console.print(_indented(4, _statement(mistake)))
                console.print(_indented(6, Text(mistake.sentence, "italic")))
        console.print()


def _statement(mistake: Mistake) -> Text:
    parts = [(f"{mistake.subject} – {mistake.object}", "bold"), (mistake.document, "dim"), (mistake.note, "cyan")]
    return Text(" · ").join(Text(words, style) for words, style in parts if words)


def _indented(depth: int, text: Text) -> Padding:
    return Padding(text, (0, 0, 0, depth), expand=False)
