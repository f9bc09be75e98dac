"""How services name things is said in files that anybody can write."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ResourceError
from kg.linking.mappings import bundled, mapping_for
from kg.linking.settling import bar
from kg.model import Kind

FILE = 'name = "Mine"\niri = "https://mine.example/{id}"\n[types]\nPerson = ["p"]\n'


@pytest.mark.parametrize(
    ("signs", "name"),
    [
        (("http://www.wikidata.org/entity/", "", "Wikidata (en)", ""), "Wikidata"),
        (("", "", "Wiki", "https://www.wikidata.org/wiki/{{id}}"), "Wikidata"),
        (("https://own.example/id/", "https://w3id.org/treatygraph/ontology#", "", ""), "treatygraph"),
    ],
)
def test_a_service_is_known_by_its_signs(signs: tuple[str, ...], name: str) -> None:
    assert mapping_for(signs).name == name


def test_a_service_that_is_not_known_has_no_types() -> None:
    assert mapping_for(("https://unknown.example/", "", "", "")).types == {}


def test_every_kind_has_types_in_what_comes_along() -> None:
    assert all(set(one.types) == {*Kind} for one in bundled())


def test_a_mapping_of_ones_own_goes_first(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(FILE)
    assert mapping_for(("http://www.wikidata.org/entity/",), tmp_path / "mine.toml").name == "Mine"


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ('Dragon = ["d"]\n', "types.Dragon"),
        ('[[properties]]\nof = "Person"\ngraph = "colour"\nservice = "P1"\n', "no statement property"),
        ("[colours]\n", "colours: Extra inputs"),
    ],
)
def test_a_broken_file_is_explained(tmp_path: Path, more: str, reason: str) -> None:
    (tmp_path / "mine.toml").write_text(FILE + more)
    with pytest.raises(ResourceError, match=reason):
        mapping_for((), tmp_path / "mine.toml")


def test_the_bar_is_read_from_a_file() -> None:
    assert 0 < bar().keep < bar().share <= 1
