"""The vocabulary is what the ontology files say, and a broken file is named with its line."""

from pathlib import Path
from shutil import copytree

import pytest

from kg.errors import ResourceError
from kg.graph import Value, vocabulary
from kg.model import Kind
from kg.resources import folder


@pytest.fixture
def ontology(tmp_path: Path) -> Path:
    return Path(copytree(folder("ontology"), tmp_path / "ontology"))


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def test_a_property_knows_between_what_it_may_stand() -> None:
    mediated = vocabulary().properties["mediatedBy"]
    assert mediated.domain == {Kind.AGREEMENT}
    assert mediated.range == {Kind.STATE, Kind.ORGANIZATION, Kind.PERSON}
    assert vocabulary().properties["covers"].range == {Value.FIELD}
    assert vocabulary().properties["dateSigned"].range == {Value.DATE}


def test_a_class_knows_its_kind() -> None:
    assert vocabulary().classes["Memorandum"] is Kind.AGREEMENT
    assert vocabulary().classes["State"] is Kind.STATE
    assert "Evidence" not in vocabulary().classes


def test_a_field_knows_its_label() -> None:
    assert vocabulary().fields["MutualDefence"] == "mutual defence"


def test_what_is_added_to_the_files_is_known_at_once(ontology: Path) -> None:
    with (ontology / "treatygraph.ttl").open("a") as file:
        file.write("tg:Charter a owl:Class ; rdfs:subClassOf tg:Convention .\n")
        file.write("tg:praised a owl:ObjectProperty, tg:StatementProperty ; rdfs:domain tg:Person ; rdfs:range tg:State .\n")
    added = vocabulary(ontology)
    assert added.classes["Charter"] is Kind.AGREEMENT
    assert added.properties["praised"].domain == {Kind.PERSON}


def test_a_syntax_error_is_named_with_its_line(ontology: Path) -> None:
    lines = (ontology / "treatygraph.ttl").read_text().splitlines()
    lines[99] = "tg:Broken a owl:Class rdfs:label ;"
    (ontology / "treatygraph.ttl").write_text("\n".join(lines))
    with pytest.raises(ResourceError, match=r"treatygraph\.ttl, line 100: is no Turtle"):
        vocabulary(ontology)


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("treatygraph.ttl", "tg:Place a owl:Class", "tg:Locality a owl:Class", "lacks the class tg:Place"),
        ("treatygraph.ttl", "rdfs:domain tg:Person ;", "rdfs:domain tg:Ghost ;", "tg:Person.*Ghost"),
        ("treatygraph.ttl", "    rdfs:domain tg:State ;\n    rdfs:range tg:Org", "    rdfs:range tg:Org", "domain.*none"),
        ("treatygraph.ttl", "tg:Person a owl:Class ;", "tg:Person a owl:Class ; rdfs:subClassOf tg:Person ;", "below itself"),
        ("treatygraph.ttl", "tg:State a owl:Class ;", "tg:State a owl:Class ; rdfs:subClassOf tg:Place ;", "two kinds"),
        ("treatygraph.ttl", "tg:party a owl:", "<urn:party> a owl:", "does not lie in the namespace"),
        ("fields.ttl", 'skos:prefLabel "trade"@en', 'skos:hiddenLabel "trade"@en', "Trade.*prefLabel"),
    ],
)
def test_a_file_that_says_too_little_or_too_much_is_refused(ontology: Path, file: str, old: str, new: str, reason: str) -> None:
    rewrite(ontology / file, old, new)
    with pytest.raises(ResourceError, match=reason) as caught:
        vocabulary(ontology)
    assert caught.value.file.endswith(file)


def test_a_missing_file_is_named(ontology: Path) -> None:
    (ontology / "fields.ttl").unlink()
    with pytest.raises(ResourceError, match=r"fields\.ttl.*cannot be read"):
        vocabulary(ontology)


def test_the_vocabulary_is_read_once(ontology: Path) -> None:
    first = vocabulary(ontology)
    (ontology / "fields.ttl").unlink()
    assert vocabulary(ontology) is first
