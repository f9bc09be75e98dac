"""`kg link`: link entities to outside knowledge bases, by services and by people."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from kg.cli.stores import DEFAULT_STORE
from kg.errors import LinkError
from kg.model import Kind

if TYPE_CHECKING:
    from kg.linking.asking import Tally
    from kg.linking.decisions import Decision

_NOTHING: Final = (
    "say what to do: --service URL asks, --decisions FILE reads what people decided, --review FILE writes what they may decide"
)


class ProgressWatcher:
    """Shows how many entities are answered."""

    def __init__(self, progress: Progress, service: str) -> None:
        self._progress, self._service = progress, service

    def begin(self, entities: int) -> None:
        self._task = self._progress.add_task(f"asking {self._service}", total=entities)

    def done(self, entities: int) -> None:
        self._progress.advance(self._task, entities)


def link(
    store: Annotated[Path, typer.Option(envvar="KG_STORE", help="A folder made by `kg build`.")] = Path(DEFAULT_STORE),
    service: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Ask this reconciliation service, such as https://wikidata.reconci.link/en/api."),
    ] = None,
    decisions: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Read decisions from this table, keep them, and apply them.")
    ] = None,
    review: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write what waits for a decision to this table (CSV).")
    ] = None,
    kind: Annotated[
        list[Kind] | None, typer.Option(case_sensitive=False, help="Only entities of this kind; may be repeated.")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="How the service names types and properties, like kg/linking/services/wikidata.toml.")
    ] = None,
    author: Annotated[str, typer.Option(help="Who decided, for rows that name nobody.")] = "",
    rate: Annotated[float, typer.Option(min=0.01, help="Requests to the service a second, at most.")] = 2.0,
    again: Annotated[bool, typer.Option("--again", help="Ask even what the service has answered before.")] = False,
) -> None:
    """Link entities to outside knowledge bases; what is found and decided is kept, and holds after every build."""
    if service is None and decisions is None and review is None:
        raise LinkError(_NOTHING)
    console = Console(highlight=False)
    kinds = frozenset(kind or ())
    if service is not None:
        _print_tally(_ask(store, service, kinds, mapping, rate, again), console)
    if decisions is not None:
        _print_decisions(_decide(store, decisions, author), console)
    if service is not None or decisions is not None:
        _print_links(store, _publish(store), console)
    if review is not None:
        console.print(f"{_review(store, review, kinds)} rows in {review}; decide in the column judgment", soft_wrap=True)


def _ask(store: Path, address: str, kinds: frozenset[Kind], mapping: Path | None, rate: float, again: bool) -> Tally:
    # Here, as it takes a while to load, and other commands do without.
    from kg.linking.asking import Asking
    from kg.linking.findings import Findings
    from kg.linking.profiles import profiles
    from kg.linking.service import Patience, Service
    from kg.store import EmbeddedStore

    errors = Console(stderr=True)
    with (
        closing(EmbeddedStore(store)) as opened,
        Service(address, Patience(rate=rate)) as service,
        Findings(store) as kept,
        Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=errors,
            transient=True,
        ) as progress,
    ):
        known = profiles(opened)
        asking = Asking(service, kept, known, datetime.now(UTC).date(), mapping, again)
        try:
            return asking.ask(known.unlinked(kinds), ProgressWatcher(progress, service.manifest.name))
        except KeyboardInterrupt:
            errors.print("interrupted: what was answered is kept; the same command goes on from here")
            raise typer.Exit(130) from None


def _decide(store: Path, file: Path, author: str) -> list[Decision]:
    from kg.linking.decisions import kept_decisions, merge, read_decisions, write_decisions
    from kg.linking.profiles import profiles
    from kg.store import EmbeddedStore

    with closing(EmbeddedStore(store)) as opened:
        known = profiles(opened)
    fresh = read_decisions(file, known.by_id.keys(), known.names.base, author, datetime.now(UTC).date())
    write_decisions(store, merge(kept_decisions(store), fresh))
    return fresh


def _publish(store: Path) -> int:
    from kg.build import build

    return build([], store=store).generation


def _review(store: Path, file: Path, kinds: frozenset[Kind]) -> int:
    from kg.linking.findings import findings
    from kg.linking.profiles import profiles
    from kg.linking.review import write_review
    from kg.store import EmbeddedStore

    with closing(EmbeddedStore(store)) as opened:
        return write_review(file, profiles(opened), findings(store), kinds)


def _print_tally(tally: Tally, console: Console) -> None:
    table = Table(show_header=False, box=None, pad_edge=False)
    for name, value in (
        ("entities asked about", tally.entities),
        ("left out, as they have no name", tally.nameless),
        ("with candidates", tally.found),
        ("with none", tally.nothing),
        ("questions sent", tally.requested),
        ("answered before", tally.cached),
    ):
        table.add_row(name, f"{value:,}")
    console.print(table)
    if tally.unmapped:
        kinds = ", ".join(sorted(tally.unmapped))
        console.print(
            f"no types of this service are known for {kinds}: nothing is accepted for them; see --mapping", soft_wrap=True
        )


def _print_decisions(decisions: list[Decision], console: Console) -> None:
    from kg.linking.decisions import Judgment

    counts = ", ".join(f"{sum(one.judgment is judgment for one in decisions)} {judgment}" for judgment in Judgment)
    console.print(f"decisions read: {counts}")


def _print_links(store: Path, generation: int, console: Console) -> None:
    from kg.linking.profiles import profiles
    from kg.store import EmbeddedStore

    with closing(EmbeddedStore(store)) as opened:
        known = profiles(opened)
    linked = sum(bool(one.linked) for one in known.by_id.values())
    console.print(
        f"{linked:,} of {len(known.by_id):,} entities are linked to the outside; generation {generation} in {store}",
        soft_wrap=True,
    )
