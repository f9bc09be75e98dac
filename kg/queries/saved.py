"""The value of a saved query, and how what a user gives is bound to it: as terms, never as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.graph.literals import partial_date
from kg.model import PartialDate

#: Finds the entity that a user means by an IRI, a prefixed name, an id or a name.
FindEntity = Callable[[str], NamedNode]

#: The line in a query's body where a parameter's value goes: its indentation, and the parameter's name.
VALUES: Final = re.compile(r"^([ \t]*)#\+ values: (\w+)[ \t]*$", re.MULTILINE)


class ParameterType(StrEnum):
    """What may be filled in; an entity is said by IRI, prefixed name, id or name."""

    ENTITY = "entity"
    IRI = "iri"
    LITERAL = "literal"
    DATE = "date"
    INTEGER = "integer"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that may be filled in. Left open, it stands for anything."""

    name: str
    type: ParameterType
    summary: str
    example: str
    default: str | None = None
    required: bool = False

    def term(self, text: str, find: FindEntity) -> NamedNode | Literal:
        """Return the term that the text stands for; raises QueryError if it is not of the parameter's type."""
        try:
            match self.type:
                case ParameterType.ENTITY:
                    return find(text)
                case ParameterType.IRI:
                    return NamedNode(text)
                case ParameterType.DATE:
                    return partial_date(PartialDate(text))
                case ParameterType.INTEGER:
                    return Literal(int(text))
                case ParameterType.LITERAL:
                    return Literal(text)
        except ValueError as error:
            raise QueryError(f"{self.name} must be {_A[self.type]}, which {text!r} is not") from error


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query with a name, ready to be filled in."""

    name: str
    summary: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str = field(repr=False)

    def fill_in(self, values: Mapping[str, str], find: FindEntity) -> str:
        """Return SPARQL with the values bound; `find` finds what an entity parameter's value means.

        Raises QueryError if a value is missing, unknown, or not of its parameter's type.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        if unknown := sorted(values.keys() - known.keys()):
            hint = f"it takes {', '.join(known)}" if known else "it takes none"
            raise QueryError(f"{self.name} has no parameter {', '.join(unknown)}; {hint}")
        bound = {}
        for name, parameter in known.items():
            given = values.get(name, parameter.default)
            if given is not None:
                bound[name] = str(parameter.term(given, find))
            elif parameter.required:
                raise QueryError(f"{self.name} needs {name}: {parameter.summary}; for example {parameter.example}")
        return _bind(self.text, bound)


def _bind(text: str, bound: Mapping[str, str]) -> str:
    def values(marker: re.Match[str]) -> str:
        indent, name = marker[1], marker[2]
        return f"{indent}VALUES ?{name} {{ {bound[name]} }}" if name in bound else marker[0]

    return VALUES.sub(values, text)


_A: Final = {
    ParameterType.ENTITY: "an entity",
    ParameterType.IRI: "an absolute IRI",
    ParameterType.DATE: "a date such as 2024-06-19, 2024-06 or 2024",
    ParameterType.INTEGER: "a whole number",
    ParameterType.LITERAL: "a text",
}
