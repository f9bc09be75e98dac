"""What inputs name: files, folders, globs, standard input."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.documents.sources import Form, Source, sources
from kg.errors import InputError


def labels(*inputs: str) -> list[str]:
    return [found.label for found in sources(inputs) if isinstance(found, Source)]


def reasons(*inputs: str) -> list[str]:
    return [found.reason for found in sources(inputs) if isinstance(found, InputError)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.HTML", "c.jsonl", "notes.pdf", ".hidden.txt", "README.md", "deep/er/d.md", ".git/config.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("4 May 2021")
    return tmp_path


def test_a_folder_gives_its_readable_files_sorted_and_nothing_hidden(folder: Path) -> None:
    assert labels(str(folder)) == [str(folder / name) for name in ("a.HTML", "b.txt", "c.jsonl", "deep/er/d.md")]


def test_the_suffix_tells_the_form(folder: Path) -> None:
    forms = [found.form for found in sources([str(folder)]) if isinstance(found, Source)]
    assert forms == [Form.PAGE, Form.TEXT, Form.RECORDS, Form.TEXT]


def test_inputs_keep_their_order(folder: Path) -> None:
    assert labels(str(folder / "b.txt"), "-", str(folder / "a.HTML")) == [
        str(folder / "b.txt"),
        "<stdin>",
        str(folder / "a.HTML"),
    ]


def test_a_glob_is_sorted_and_may_go_deep(folder: Path) -> None:
    assert labels(str(folder / "*.[tj]*")) == [str(folder / "b.txt"), str(folder / "c.jsonl")]
    assert labels(str(folder / "**" / "*.md")) == [str(folder / "README.md"), str(folder / "deep/er/d.md")]


def test_a_glob_may_be_relative(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert labels("*.txt") == ["b.txt"]


def test_a_file_whose_name_looks_like_a_glob_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "pact[1].txt"
    path.write_text("4 May 2021")
    assert labels(str(path)) == [str(path)]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("missing.txt", "no such file or folder; check the path"),
        ("", "no such file or folder; check the path"),
        ("nul\x00.txt", "no such file or folder; check the path"),
        ("x" * 5000, "no such file or folder; check the path"),
        ("*.nothing", "no file matches; check the pattern"),
        ("\ud800*", "no file matches; check the pattern"),
    ],
)
def test_what_names_nothing_is_refused(given: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert reasons(given) == [reason]


def test_a_folder_without_anything_to_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.docx").write_text("x")
    assert "nothing to read in this folder" in reasons(str(tmp_path))[0]


def test_an_explicit_file_with_another_suffix_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "article.docx"
    path.write_text("text")
    assert "unsupported suffix .docx; use one of .txt" in reasons(str(path))[0]


def test_an_explicit_file_of_a_known_binary_kind_is_named(tmp_path: Path) -> None:
    path = tmp_path / "article.pdf"
    path.write_bytes(b"%PDF-1.7")
    assert "a PDF file" in reasons(str(path))[0]


def test_a_json_file_is_refused_because_only_jsonl_has_a_document_per_line(tmp_path: Path) -> None:
    path = tmp_path / "articles.json"
    path.write_text("[]")
    assert "unsupported suffix .json" in reasons(str(path))[0]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_a_folder_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "not a regular file" in reasons(str(tmp_path))[0]
