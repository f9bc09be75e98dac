"""What a notebook or a script of one's own talks to the service with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

import httpx

from kg.errors import QueryError, QueryTimeout, StoreError

if TYPE_CHECKING:
    import pandas

#: A value in a row: numbers, truth values and full dates as Python has them, everything else as text.
Value = str | int | float | bool | date | None

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_READERS: Final[Mapping[str, Any]] = {
    _XSD + "integer": int,
    _XSD + "decimal": float,
    _XSD + "double": float,
    _XSD + "boolean": lambda text: text == "true",
    _XSD + "date": date.fromisoformat,
}


class Rows(list[dict[str, Value]]):
    """The rows of an answer, every column in each; `columns` keeps their order even where there is no row."""

    def __init__(self, columns: list[str], rows: list[dict[str, Value]]) -> None:
        super().__init__(rows)
        self.columns = columns

    def frame(self) -> pandas.DataFrame:
        """Return the rows as a pandas DataFrame; needs the extra `treatygraph[notebook]`."""
        import pandas

        return pandas.DataFrame(list(self), columns=self.columns)


class Client:
    """Asks a service at an address such as http://127.0.0.1:8000.

    Raises QueryError if the service refuses a query, with line and column where it says them, and StoreError if it
    cannot be reached or cannot answer.
    """

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._http = httpx.Client(base_url=self.url, timeout=httpx.Timeout(300, connect=10))

    def query(self, sparql: str) -> Rows:
        """Ask a SELECT query."""
        return _rows(self._request("POST", "/sparql", data={"query": sparql}))

    def ask(self, sparql: str) -> bool:
        """Ask an ASK query."""
        answer = self._request("POST", "/sparql", data={"query": sparql})
        if "boolean" not in answer:
            raise QueryError("only an ASK query gives a yes or no; use query() for rows")
        return bool(answer["boolean"])

    def saved(self, name: str, **parameters: object) -> Rows:
        """Run a saved query; its parameters are named as in `saved_queries()`."""
        return _rows(self._request("GET", f"/queries/{name}", params={key: str(value) for key, value in parameters.items()}))

    def saved_queries(self) -> list[dict[str, Any]]:
        """List the saved queries: what each answers, and what may be filled in."""
        listed: list[dict[str, Any]] = self._request("GET", "/queries")
        return listed

    def why(self, assertion: str) -> Rows:
        """Return every evidence of one assertion, given by its IRI or id: words, place, speaker, source and rule."""
        return self.saved("provenance", assertion=assertion)

    def close(self) -> None:
        """Let go of the connection."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _request(self, method: str, path: str, **content: Any) -> Any:
        headers = {"Accept": "application/sparql-results+json, application/json;q=0.9"}
        try:
            response = self._http.request(method, path, headers=headers, **content)
        except httpx.ReadTimeout as error:
            raise QueryTimeout(f"{self.url} has not answered in time") from error
        except httpx.HTTPError as error:
            raise StoreError(
                f"no service answers at {self.url}: {error or type(error).__name__}; start one with `kg serve`"
            ) from error
        if response.is_success:
            return response.json()
        raise _refusal(self.url, response)


def _rows(answer: Mapping[str, Any]) -> Rows:
    if "results" not in answer:
        raise QueryError("only a SELECT query gives rows; use ask() for a yes or no")
    columns = answer["head"]["vars"]
    bindings = answer["results"]["bindings"]
    return Rows(columns, [{column: _value(binding.get(column)) for column in columns} for binding in bindings])


def _value(term: Mapping[str, str] | None) -> Value:
    if term is None:
        return None
    try:
        value: Value = _READERS.get(term.get("datatype", ""), str)(term["value"])
    except ValueError:  # A literal may be of a type and not look like it; then its text is all there is.
        return term["value"]
    return value


def _refusal(url: str, response: httpx.Response) -> QueryError | StoreError:
    try:
        problem = response.json()
    except ValueError:
        problem = {}
    detail = problem.get("detail") or f"{url} answers {response.status_code}"
    if response.is_client_error:
        return QueryError(detail, line=problem.get("line"), column=problem.get("column"))
    return StoreError(detail)
