"""Reads saved queries from folders, and accepts only what will work."""

from __future__ import annotations

import re
from pathlib import Path

from pyoxigraph import NamedNode

from kg.errors import QueryError, ResourceError
from kg.queries.header import Block, read_header
from kg.queries.saved import VALUES, Parameter, ParameterType, SavedQuery
from kg.resources import folder
from kg.store.syntax import syntax_error

_NAME = re.compile(r"[a-z][a-z0-9-]*")


def saved_queries(*folders: Path) -> dict[str, SavedQuery]:
    """Load the bundled queries, and those in the user's own folders, sorted by name.

    Raises ResourceError, with file and line, if one is malformed or two have one name.
    """
    found: dict[str, SavedQuery] = {}
    for place in (folder("queries"), *folders):
        if not place.is_dir():
            raise ResourceError(place, "no such folder of queries")
        for file in sorted(place.glob("*.rq")):
            if file.stem in found:
                raise ResourceError(file, f"there is a saved query {file.stem!r} already; rename this one")
            found[file.stem] = load_query(file)
    return dict(sorted(found.items()))


def load_query(file: Path) -> SavedQuery:
    """Load one saved query; raises ResourceError, with file and line, if it is malformed."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ResourceError(file, f"cannot be read: {error}") from error
    if not _NAME.fullmatch(file.stem):
        raise ResourceError(file, "a saved query's name is made of a-z, 0-9 and hyphens")
    header = read_header(file, text)
    about = header.about.entries
    tags = tuple(tag.strip() for tag in about["tags"].split(","))
    parameters = tuple(_parameter(file, name, block) for name, block in header.parameters.items())
    query = SavedQuery(file.stem, about["summary"], about["description"], tags, parameters, text)
    _check_use(file, query, header.end)
    _check_syntax(file, query)
    return query


def _parameter(file: Path, name: str, block: Block) -> Parameter:
    entries, line = block.entries, block.line
    for key in ("type", "summary"):
        if key not in entries:
            raise ResourceError(file, f"the parameter {name} lacks a line `#+   {key}: …`", line=line)
    if entries["type"] not in {*ParameterType}:
        raise ResourceError(file, f"{entries['type']!r} is none of the types {', '.join(ParameterType)}", line=line)
    if entries.get("required", "no") not in {"yes", "no"}:
        raise ResourceError(file, f"the parameter {name} is required: yes or no", line=line)
    example = entries.get("example", entries.get("default"))
    if example is None:
        raise ResourceError(file, f"the parameter {name} needs a default or an example", line=line)
    parameter = Parameter(
        name,
        ParameterType(entries["type"]),
        entries["summary"],
        example,
        default=entries.get("default"),
        required=entries.get("required") == "yes",
    )
    for given in (parameter.default, parameter.example):
        try:
            parameter.term(given or example, _anything)
        except QueryError as error:
            raise ResourceError(file, error.message, line=line) from error
    return parameter


def _check_use(file: Path, query: SavedQuery, body: int) -> None:
    names = {parameter.name for parameter in query.parameters}
    markers = {match[2]: query.text.count("\n", 0, match.start(2)) + 1 for match in VALUES.finditer(query.text)}
    for name in sorted(markers.keys() - names):
        raise ResourceError(file, f"there is no parameter {name} to take values from", line=markers[name])
    bare = VALUES.sub("", query.text)
    for name in sorted(names):
        if name not in markers or not re.search(rf"[?$]{name}\b", bare):
            raise ResourceError(file, f"the parameter {name} is not used: it needs `#+ values: {name}` and ?{name}", line=body)


def _check_syntax(file: Path, query: SavedQuery) -> None:
    """The query must be valid as it stands, and with its parameters filled in."""
    examples = {parameter.name: parameter.example for parameter in query.parameters}
    for text in (query.text, query.fill_in(examples, _anything)):
        if error := syntax_error(text):
            raise ResourceError(file, error.message.removeprefix(f"line {error.line}, "), line=error.line)


def _anything(text: str) -> NamedNode:
    """Stands in for an entity where there is no graph to find it in."""
    return NamedNode(f"urn:example:{len(text)}")
