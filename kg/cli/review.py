"""`kg review`: what a person should look at, and what a person decides."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from kg.cli.stores import DEFAULT_STORE
from kg.cli.why import print_account
from kg.errors import StoreError
from kg.files import whole_or_not
from kg.graph.iris import Names
from kg.model import Statement
from kg.review import parse_node, read_decisions, save
from kg.rulings import Decision, Verdict
from kg.store import open_store
from kg.store.doubts import Doubt, doubtful
from kg.store.resolve import base_of
from kg.store.sheet import SHEET, hold_against, sheet
from kg.store.testimony import Account


def review(
    store: Annotated[Path, typer.Option(envvar="KG_STORE", help="A folder made by `kg build`.")] = Path(DEFAULT_STORE),
    by: Annotated[Doubt, typer.Option(help="What makes an assertion doubtful.")] = Doubt.UNCERTAINTY,
    limit: Annotated[int, typer.Option(min=1, help="How many assertions at most.")] = 20,
    to: Annotated[Path | None, typer.Option(metavar="FILE.csv", help="Write a sheet to decide on, a row an evidence.")] = None,
    decisions: Annotated[Path | None, typer.Option(metavar="FILE.csv", help="Take over the decisions on a sheet.")] = None,
    ask: Annotated[bool, typer.Option("--ask", help="Decide here, one assertion after the other.")] = False,
    author: Annotated[str | None, typer.Option(help="Who decides, where the sheet does not say.")] = None,
) -> None:
    """List the most doubtful assertions, or take over what somebody decided about them and publish the graph anew."""
    console = Console(highlight=False)
    if decisions is not None:
        _take_over(store, decisions, author, console)
        return
    with closing(open_store(str(store))) as opened:
        told, base = doubtful(opened, by, limit), base_of(opened) or ""
    if to is not None:
        _write(to, told, base)
        console.print(f"{len(told)} assertions are in {to}; fill in verdict and reason, then: kg review --decisions {to}")
    elif ask:
        _ask(store, told, base, author or typer.prompt("Your name"), console)
    else:
        for account in told:
            print_account(console, account)
        console.print(f"{len(told)} assertions by {by}")


def _take_over(store: Path, file: Path, author: str | None, console: Console) -> None:
    read = list(read_decisions(file, author, datetime.now(UTC).replace(microsecond=0)))
    with closing(open_store(str(store))) as opened:
        hold_against(opened, Names(base_of(opened) or ""), file, read)
    _publish(store, [decision for _, decision in read], console)


def _publish(store: Path, decisions: Iterable[Decision], console: Console) -> None:
    from kg.build import build  # here, as it takes a second to load, and listing does without

    taken = list(decisions)
    if not taken:
        console.print("nothing was decided")
        return
    kept = save(store, taken)
    summary = build([], store=store)
    console.print(f"decisions taken over {len(taken)}, kept with the store {kept}; generation {summary.generation} in {store}")


def _write(file: Path, told: Iterable[Account], base: str) -> None:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, SHEET, lineterminator="\n")
    writer.writeheader()
    writer.writerows(sheet(told, base))
    with whole_or_not(file) as out:
        out.write(text.getvalue().encode("utf-8-sig"))  # so that spreadsheets see that it is UTF-8


def _ask(store: Path, told: Iterable[Account], base: str, author: str, console: Console) -> None:
    taken: list[Decision] = []
    for account in told:
        print_account(console, account)
        answer = typer.prompt("accept, reject, skip or quit? [a/r/s/q]", default="s", show_default=False).lower()[:1]
        if answer == "q":
            break
        if answer in {"a", "r"}:
            verdict = Verdict.ACCEPT if answer == "a" else Verdict.REJECT
            now = datetime.now(UTC).replace(microsecond=0)
            taken.append(Decision(verdict, _statement(account, base), typer.prompt("because"), author, now))
    _publish(store, taken, console)


def _statement(account: Account, base: str) -> Statement:
    row = next(sheet([account], base), None)
    if row is None:
        raise StoreError(f"{account.assertion} has no evidence that counts")
    return Statement(row["subject"], row["property"], parse_node(row["object"]))
