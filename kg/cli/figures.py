"""The tables of `kg evaluate`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from rich.table import Table

if TYPE_CHECKING:
    from kg.evaluation import Figures, Reliability
    from kg.evaluation.measures import Tally

_COUNTED = ("precision", "recall", "F1", "right", "said", "gold")


def tables(found: Figures) -> Iterator[Table]:
    """Yield all tables, the broadest figures first."""
    yield _tallies(
        "facts",
        {
            "all": found.facts,
            "of agreements": found.agreements,
            "others": found.others,
            "with polarity and modality": found.strict,
        },
    )
    yield _tallies("property", found.properties)
    yield _tallies("frame", found.frames)
    shares = {name: getattr(found, name) for name in ("grounded", "polarity", "modality", "speaker")}
    yield _table(
        ("right facts", "share", "count", "of"), ((n, _ratio(s.value), str(s.hits), str(s.all)) for n, s in shares.items())
    )
    yield _entities(found)
    yield _reliability(found.reliability)
    promises = found.broken or {"none": 0}
    yield _table(("broken promises", "count"), ((promise, str(count)) for promise, count in promises.items()))


def _tallies(title: str, tallies: Mapping[str, Tally]) -> Table:
    rows = (
        (name, _ratio(t.precision), _ratio(t.recall), _ratio(t.f1), str(t.right), str(t.said), str(t.gold))
        for name, t in tallies.items()
    )
    return _table((title, *_COUNTED), rows)


def _entities(found: Figures) -> Table:
    rows = []
    for kind, share in found.entities.items():
        identity = found.identity.get(kind)
        links = found.links.get(kind, {})
        counted = (str(links.get(verdict, 0)) for verdict in ("right", "wrong", "missing")) if links else ("", "", "")
        rows.append((kind.value, _ratio(share.value), str(share.all), "" if identity is None else _ratio(identity), *counted))
    return _table(("entities", "found", "gold", "identity", "linked right", "wrong", "not linked"), rows)


def _reliability(found: Reliability) -> Table:
    table = _table(
        ("confidence", "evidence", "mean", "share right"),
        ((f"{b.low:.1f} to {b.high:.1f}", str(b.count), _ratio(b.confidence), _ratio(b.right)) for b in found.bins),
    )
    table.caption = f"expected calibration error {found.calibration_error:.3f}, squared error {found.squared_error:.3f}"
    table.caption_justify = "left"
    return table


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(heads[0], min_width=30)
    for head in heads[1:]:
        table.add_column(head, justify="right")
    for row in rows:
        table.add_row(*row)
    return table


def _ratio(value: float) -> str:
    return f"{value:.3f}"
