"""Counting rows in what is written, however it is cut into pieces."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions

from kg.engine import Spool
from kg.engine.rows import CountedRows, RowCounter
from kg.errors import QueryTooLarge
from kg.store import MemoryStore
from kg.store.formats import ROW_FORMATS

QUERY = "SELECT ?o ?none { ?s <urn:p> ?o }"
TRICKY = st.text(alphabet='{}[],:"\\\n\r<>&ab', max_size=12) | st.just("<result>") | st.just('"},{"o":{')


def rows(values: list[str]) -> QuerySolutions:
    graph, link = NamedNode("urn:g"), NamedNode("urn:p")
    store = MemoryStore(Quad(NamedNode(f"urn:{n}"), link, Literal(value), graph) for n, value in enumerate(values))
    result = store.query(QUERY)
    assert isinstance(result, QuerySolutions)
    return result


def written(values: list[str], form: str) -> bytes:
    return rows(values).serialize(format=ROW_FORMATS[form]) or b""


@pytest.mark.parametrize("form", ROW_FORMATS)
@given(values=st.lists(TRICKY, max_size=8), cut=st.integers(1, 40))
def test_every_row_counts_once(form: str, values: list[str], cut: int) -> None:
    counter, whole, rows = RowCounter(form), written(values, form), 0
    for start in range(0, len(whole), cut):
        rows = counter.count(whole[start : start + cut])
    assert rows == len(values)


@pytest.mark.parametrize("limit", [5, 8, 1000])
@pytest.mark.parametrize("form", ROW_FORMATS)
def test_what_is_within_the_limit_is_written_as_it_is(form: str, limit: int) -> None:
    spool = Spool(size=1 << 20, rows=limit)
    rows(["a", '"},{"', "c\nd", "<result>", "{"]).serialize(CountedRows(spool, form), format=ROW_FORMATS[form])  # type: ignore[call-overload]
    assert spool.body() == written(["a", '"},{"', "c\nd", "<result>", "{"], form)


@pytest.mark.parametrize("form", ROW_FORMATS)
def test_one_row_more_than_the_limit_is_refused(form: str) -> None:
    result = rows(["a", "b", "c", "d", "e"])
    with pytest.raises(QueryTooLarge, match="more than 4 rows"):
        result.serialize(CountedRows(Spool(size=1 << 20, rows=4), form), format=ROW_FORMATS[form])  # type: ignore[call-overload]


@pytest.mark.parametrize("form", ROW_FORMATS)
def test_a_yes_or_no_has_no_rows(form: str) -> None:
    result = MemoryStore().query("ASK {}")
    assert isinstance(result, QueryBoolean)
    out = BytesIO()
    result.serialize(out, format=ROW_FORMATS[form])
    assert RowCounter(form).count(out.getvalue()) == 0
