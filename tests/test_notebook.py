"""The notebook that everybody starts with, and the service that it starts."""

from __future__ import annotations

import os
from pathlib import Path

import httpx
import nbformat
import pytest
from nbclient import NotebookClient

from kg.errors import StoreError
from kg.notebook import serve_in_background

NOTEBOOK = Path(__file__).parents[1] / "notebooks" / "first_steps.ipynb"


def test_a_service_runs_in_the_background_until_it_is_closed(demo_directory: Path) -> None:
    with serve_in_background(demo_directory) as kg:
        assert kg.ask("ASK { ?s ?p ?o }")
        address = kg.url
    with pytest.raises(httpx.TransportError):
        httpx.get(address)


def test_two_services_run_side_by_side(demo_directory: Path, demo_file: Path) -> None:
    with serve_in_background(demo_directory) as one, serve_in_background(demo_file) as other:
        assert one.url != other.url
        assert one.saved("documents") == other.saved("documents")


def test_a_store_that_is_not_there_is_named_before_anything_starts(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such folder or file"):
        serve_in_background(tmp_path / "nowhere")


def test_the_notebook_keeps_no_outputs() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code
    assert all(not cell.outputs and cell.execution_count is None for cell in code)


@pytest.mark.slow
def test_the_notebook_runs_from_start_to_end(demo_directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE", str(demo_directory))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(NOTEBOOK.parents[1]), os.environ.get("PYTHONPATH", "")]))
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    shown = "\n".join(
        output["data"]["text/plain"]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "data" in output
    )
    assert "Tromsø Agreement on Maritime Safety" in shown
    assert "The Specimen Courier" in shown
    assert "Denied" in shown
