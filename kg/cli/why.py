"""`kg why`: every assertion about something, with everything that speaks for and against it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from kg.cli.stores import DEFAULT_STORE, StoreOption
from kg.errors import QueryError
from kg.graph.corroboration import Corroboration
from kg.store import open_store
from kg.store.corroboration import corroboration
from kg.store.provenance import Account, Quote, Source, Testimony, accounts
from kg.store.resolve import entity, statement_property, value


def why(
    subject: Annotated[
        str, typer.Argument(help='An IRI, a prefixed name, an id such as state/norway, or a name such as "Norway".')
    ],
    predicate: Annotated[str | None, typer.Argument(metavar="PROPERTY", help='Such as signatory or "met with".')] = None,
    other: Annotated[str | None, typer.Argument(metavar="OBJECT", help="As the subject, or a date.")] = None,
    store: StoreOption = DEFAULT_STORE,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print every assertion about something, or the one with this property and object, with all its evidence."""
    with closing(open_store(store)) as opened:
        told = accounts(
            opened,
            entity(opened, subject),
            statement_property(opened, predicate) if predicate is not None else None,
            value(opened, other) if other is not None else None,
        )
    if not told:
        raise QueryError(f"no source says or denies anything of {' '.join(part for part in (subject, predicate, other) if part)}")
    if as_json:
        told_of = [{**asdict(account), "corroboration": asdict(corroboration(account))} for account in told]
        typer.echo(json.dumps(told_of, ensure_ascii=False, indent=2, default=str))
        return
    console = Console(highlight=False)
    for account in told:
        print_account(console, account)


def print_account(console: Console, account: Account) -> None:
    """Print an assertion with its figures, what people decided about it, and all its evidence."""
    statement = Text(" – ").join(Text(end.label, "bold") for end in (account.subject, account.predicate, account.object))
    console.print(statement)
    console.print(Text(account.assertion, "dim"))
    groups = [("Supporting", account.supporting), ("Denying", account.denying), ("Hedged", account.hedged)]
    if account.set_aside:
        groups.append(("Set aside", account.set_aside))
    console.print(", ".join(f"{heading.lower()} {len(group)}" for heading, group in groups))
    console.print(_figures(corroboration(account)))
    for ruling in account.rulings:
        words = f"{ruling.verdict.lower()}ed by {ruling.author} on {ruling.decided[:10]}: {ruling.reason}"
        console.print(Text(words, "yellow"))
    for heading, group in groups:
        if group:
            console.print(Padding(Text(heading, "underline"), (1, 0, 0, 2)))
        for testimony in group:
            lines = (_source(testimony.source), _quote(testimony.quote), _circumstances(testimony))
            console.print(Padding(Text("\n").join(lines), (0, 0, 1, 4)))


def _figures(found: Corroboration) -> Text:
    days = list(dict.fromkeys(str(day) for day in (found.first, found.last) if day))
    parts = (
        f"combined confidence {found.confidence:.3f}",
        f"disagreement {found.disagreement:.3f}" if found.disagreement else "",
        f"independent sources {found.sources}",
        f"publishers {found.publishers}",
        f"reported {' to '.join(days)}" if days else "",
    )
    return Text(" · ".join(part for part in parts if part))


def _source(source: Source) -> Text:
    parts = (source.publisher or "unknown publisher", f"“{source.title}”" if source.title else "", source.issued or "undated")
    return Text(", ".join(part for part in parts if part))


def _quote(quote: Quote) -> Text:
    """The words in their context: what stands around them dim, the names of what it is about bold."""
    words = Text(_one_line(quote.exact), "italic")
    for span in quote.named:
        words.stylize("bold", span.start, span.end)
    before = ("…" if quote.start > len(quote.prefix) else "") + _one_line(quote.prefix)
    after = _one_line(quote.suffix) + ("…" if quote.suffix.strip() else "")
    return Text.assemble((before.lstrip(), "dim"), words, (after.rstrip(), "dim"))


def _circumstances(testimony: Testimony) -> Text:
    speaker = f"says {testimony.speaker.label}" if testimony.speaker else "in the article's own voice"
    if testimony.speaks_for:
        speaker += f", for {' and '.join(body.label for body in testimony.speaks_for)}"
    parts: Iterable[str | None] = (
        testimony.polarity.lower(),
        testimony.modality.lower(),
        speaker,
        f"as {testimony.office}" if testimony.office else None,
        f"on {testimony.when}" if testimony.when else None,
        f"at {testimony.where.label}" if testimony.where else None,
        f"confidence {testimony.confidence:.2f}",
        f"found by {testimony.frame}" if testimony.frame else None,
        f"characters {testimony.quote.start} to {testimony.quote.end}",
    )
    return Text(" · ".join(part for part in parts if part))


def _one_line(text: str) -> str:
    return re.sub(r"\s", " ", text)  # One for one, so that what is marked within stays in its place.
