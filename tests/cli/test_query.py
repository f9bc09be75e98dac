"""`kg query`"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kg.errors import QueryError, StoreError

Run = Callable[..., Result]


def test_a_saved_query_is_asked_by_name(run: Run) -> None:
    answer = run("query", "meetings")
    assert "Inês Valadão" in answer.stdout
    assert "Valadão and Aune met in Tromsø on Thursday." in answer.stdout
    assert answer.stderr == "1 rows\n"


def test_names_of_things_are_shown_as_one_would_type_them(run: Run) -> None:
    assert "person/sigrid-aune" in run("query", "meetings").stdout
    assert "tg:State" in run("query", "-", stdin="SELECT DISTINCT ?class { ?s a ?class }").stdout


def test_a_parameter_is_filled_in(run: Run) -> None:
    answer = run("query", "agreements-of-state", "-p", "state=Norway", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(answer.stdout))
    assert row["agreementName"] == "Tromsø Agreement on Maritime Safety"


def test_a_file_is_asked(run: Run, tmp_path: Path) -> None:
    (tmp_path / "count.rq").write_text("SELECT (COUNT(*) AS ?all) { GRAPH ?g { ?s ?p ?o } }")
    answer = json.loads(run("query", str(tmp_path / "count.rq"), "--format", "json").stdout)
    assert answer["results"]["bindings"][0]["all"]["value"] == "910"


def test_a_file_with_a_header_takes_parameters(run: Run, tmp_path: Path) -> None:
    (tmp_path / "twice.rq").write_text(
        "#+ summary: Twice\n#+ description: A number, twice\n#+ tags: test\n#+ parameter: number\n#+   type: integer\n"
        "#+   summary: The number\n#+   default: 1\nSELECT (?number * 2 AS ?twice) {\n  #+ values: number\n}\n"
    )
    assert run("query", str(tmp_path / "twice.rq"), "-p", "number=21", "--format", "csv").stdout.split() == ["twice", "42"]
    assert run("query", "twice", "--queries", str(tmp_path), "--format", "csv").stdout.split() == ["twice", "2"]


def test_standard_input_is_asked(run: Run) -> None:
    assert run("query", "-", stdin="ASK { ?s ?p ?o }").stdout == "yes\n"
    assert run("query", "-", stdin="ASK { ?s <urn:nothing> ?o }").stdout == "no\n"


def test_triples_are_printed_as_turtle(run: Run) -> None:
    answer = run("query", "-", stdin="DESCRIBE <https://w3id.org/treatygraph/id/state/norway>")
    assert "a tg:State" in answer.stdout


def test_another_store_can_be_asked(run: Run, demo_directory: Path, oxigraph_demo: str) -> None:
    answers = [run("query", "documents", "--store", str(store)).stdout for store in (demo_directory, oxigraph_demo)]
    assert answers[0] == answers[1] == run("query", "documents").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nonsense",), "'nonsense' is neither a file nor a saved query; saved are accusations"),
        (("meetings", "-p", "who"), "name=value"),
        (("meetings", "-p", "whom=Norway"), "no parameter whom; it takes who"),
        (("agreements-of-state",), "needs state"),
        (("meetings", "--format", "turtle"), "cannot be written as turtle; choose json"),
    ],
)
def test_a_mistake_is_explained(run: Run, arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        run("query", *arguments)


def test_a_plain_query_takes_no_parameters(run: Run) -> None:
    with pytest.raises(QueryError, match="takes none"):
        run("query", "-", "-p", "x=1", stdin="ASK {}")


def test_a_file_that_is_no_text_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "query.rq").write_bytes(b"\xff\xfe")
    with pytest.raises(QueryError, match="cannot be read"):
        run("query", str(tmp_path / "query.rq"))


def test_a_store_that_is_not_there_is_named(run: Run) -> None:
    with pytest.raises(StoreError, match="kg build"):
        run("query", "meetings", "--store", "nowhere")
