"""Building a graph: nothing is read twice, nothing half-done is published, and the same input gives the same graph."""

from __future__ import annotations

import io
import json
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from kg.build import Summary, build
from kg.documents import Limits, Refusal
from kg.errors import StoreError
from kg.graph import validate
from kg.store import Writer, open_store
from kg.store.base import rows
from kg.vocabulary import vocabulary

BASE = "https://w3id.org/treatygraph/id/"
SIGNING = (
    "Kenya and Uganda sign border pact\n\nNAIROBI, May 6, 2031 - President Ada Wekesa of Kenya and President Moses Okot of "
    "Uganda signed a border agreement in Nairobi on Tuesday. Tanzania said that the agreement covered fisheries.\n"
)
DOUBTS = (
    "Doubts about the border pact\n\nKAMPALA, May 9, 2031 - The border pact that Kenya and Uganda signed in Nairobi on May 6 was "
    "criticised by farmers. Rwanda denied that it had supplied missiles to Chad.\n"
)
OTHER = "Peru leaves convention\n\nLIMA, May 9, 2031 - Peru withdrew from the fisheries convention on Thursday.\n"


class Log:
    """A watcher that remembers what it saw."""

    def __init__(self) -> None:
        self.documents: list[str] = []
        self.refusals: list[Refusal] = []
        self.stages: list[str] = []

    def document(self, document: str) -> None:
        self.documents.append(document)

    def refused(self, refusal: Refusal) -> None:
        self.refusals.append(refusal)

    def stage(self, name: str) -> None:
        self.stages.append(name)


class Interruption(Log):
    """A watcher behind which somebody presses Ctrl-C after so many documents, or at a stage."""

    def __init__(self, after: int | None = None, stage: str | None = None) -> None:
        super().__init__()
        self._after, self._stage = after, stage

    def document(self, document: str) -> None:
        super().document(document)
        if self._after is not None and len(self.documents) >= self._after:
            raise KeyboardInterrupt

    def stage(self, name: str) -> None:
        super().stage(name)
        if name == self._stage:
            raise KeyboardInterrupt


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "signing.txt").write_text(SIGNING, encoding="utf-8")
    (folder / "doubts.txt").write_text(DOUBTS, encoding="utf-8")
    return folder


@pytest.fixture
def run(tmp_path: Path, articles: Path) -> Callable[..., Summary]:
    """Build the articles, or other inputs, into a store, and write the graph beside it."""

    def start(*inputs: str, store: str = "store", **options: object) -> Summary:
        given = [str(articles), *inputs] if not options.pop("only", False) else list(inputs)
        return build(given, store=tmp_path / store, out=tmp_path / f"{store}.nq", **options)  # type: ignore[arg-type]  # options

    return start


def graphs(file: Path) -> dict[str, set[str]]:
    """Return the statements of each graph in an N-Quads file, those about runs left out."""
    found = defaultdict(set)
    for quad in parse(file.read_bytes(), format=RdfFormat.N_QUADS):
        name = str(quad.graph_name)
        if not name.endswith("graph/runs>") and "wasGeneratedBy" not in str(quad.predicate):
            found[name].add(str(quad))
    return dict(found)


def runs(file: Path, predicate: str) -> list[str]:
    """Return the values of one property in the graph of the runs."""
    quads = parse(file.read_bytes(), format=RdfFormat.N_QUADS)
    found = (quad for quad in quads if quad.graph_name == NamedNode(f"{BASE}graph/runs"))
    return sorted(quad.object.value for quad in found if quad.predicate.value.endswith(f"#{predicate}"))


def plain(file: Path, predicate: str) -> set[tuple[str, str]]:
    """Return the plain statements of one property, by the ends of their IRIs."""
    end = f"#{predicate}"
    quads = parse(file.read_bytes(), format=RdfFormat.N_QUADS)
    return {
        (q.subject.value.removeprefix(BASE), q.object.value.removeprefix(BASE)) for q in quads if q.predicate.value.endswith(end)
    }


def entities(file: Path) -> set[str]:
    """Return the entities that mentions refer to, by the ends of their IRIs."""
    return {entity for _, entity in plain(file, "refersTo")}


class TestGraph:
    def test_it_holds_what_the_articles_say(self, run: Callable[..., Summary], tmp_path: Path) -> None:
        summary = run()
        assert (summary.read, summary.unchanged, summary.refusals, summary.documents) == (2, 0, [], 2)
        [treaty] = {subject for subject, _ in plain(tmp_path / "store.nq", "placeSigned")}
        assert plain(tmp_path / "store.nq", "party") == {(treaty, "state/kenya"), (treaty, "state/uganda")}
        assert plain(tmp_path / "store.nq", "signatory") == {(treaty, "person/ada-wekesa"), (treaty, "person/moses-okot")}
        assert plain(tmp_path / "store.nq", "suppliedArmsTo") == set()

    def test_it_keeps_the_contract(self, run: Callable[..., Summary], tmp_path: Path) -> None:
        run()
        report = validate(tmp_path / "store.nq")
        assert report.conforms, str(report)

    def test_the_summary_counts_what_the_store_holds(self, run: Callable[..., Summary], tmp_path: Path) -> None:
        summary = run()
        with closing(open_store(tmp_path / "store")) as store:
            state = store.status()
            [row] = rows(
                store,
                "PREFIX tg: <https://w3id.org/treatygraph/ontology#> SELECT (COUNT(DISTINCT ?d) AS ?documents) "
                "(COUNT(DISTINCT ?a) AS ?assertions) (COUNT(DISTINCT ?e) AS ?evidence) "
                "{ GRAPH ?g { { ?d a tg:Document } UNION { ?a a tg:Assertion } UNION { ?e a tg:Evidence } } }",
            )
        assert (state.generation, state.quads) == (summary.generation, summary.quads)
        counted = {name: int(value.value) for name, value in row.items()}
        assert counted == {"documents": 2, "assertions": summary.assertions, "evidence": summary.evidence}

    def test_the_file_holds_just_what_the_store_holds(self, run: Callable[..., Summary], tmp_path: Path) -> None:
        summary = run()
        lines = (tmp_path / "store.nq").read_bytes().splitlines()
        assert len(lines) == len(set(lines)) == summary.quads
        assert not list(tmp_path.glob("*.part"))

    def test_iris_begin_as_asked(self, run: Callable[..., Summary], tmp_path: Path) -> None:
        run(base="http://127.0.0.1:8000/id/")
        assert "<http://127.0.0.1:8000/id/graph/signing>" in graphs(tmp_path / "store.nq")
        assert not any(name.startswith(f"<{BASE}") for name in graphs(tmp_path / "store.nq"))

    def test_later_builds_keep_the_base(self, run: Callable[..., Summary], tmp_path: Path) -> None:
        run(base="http://127.0.0.1:8000/id/")
        before = graphs(tmp_path / "store.nq")
        run()
        assert graphs(tmp_path / "store.nq") == before


class TestAgain:
    def test_without_inputs_what_was_read_is_published_anew(self, run: Callable[..., Summary], tmp_path: Path) -> None:
        first = run()
        again = build([], store=tmp_path / "store")
        assert (again.read, again.documents, again.quads) == (0, first.documents, first.quads)
        assert again.generation == first.generation + 1

    def test_without_its_archive_a_store_holds_only_what_is_read_now(
        self, run: Callable[..., Summary], articles: Path, tmp_path: Path
    ) -> None:
        run()
        for file in (tmp_path / "store").glob("readings.sqlite*"):
            file.unlink()
        run(str(articles / "signing.txt"), only=True)
        assert f"<{BASE}graph/doubts>" not in graphs(tmp_path / "store.nq")
        with closing(open_store(tmp_path / "store")) as store:
            assert not rows(store, f"SELECT ?o {{ GRAPH <{BASE}graph/doubts> {{ ?s ?p ?o }} }}")

    def test_graphs_of_others_are_left_alone(self, run: Callable[..., Summary], tmp_path: Path) -> None:
        run()
        mine = "urn:example:mine"
        with Writer.open(tmp_path / "store") as writer:
            writer.replace(mine, f'<urn:a> <urn:b> "c" <{mine}> .'.encode())
            writer.publish()
        run()
        with closing(open_store(tmp_path / "store")) as store:
            assert rows(store, f"SELECT ?o {{ GRAPH <{mine}> {{ ?s ?p ?o }} }}")

    def test_nothing_is_read_twice(self, run: Callable[..., Summary], tmp_path: Path) -> None:
        run()
        before = graphs(tmp_path / "store.nq")
        log = Log()
        summary = run(watcher=log)
        assert (summary.read, summary.unchanged, summary.documents) == (0, 2, 2)
        assert sorted(log.documents) == ["doubts", "signing"]
        assert graphs(tmp_path / "store.nq") == before

    def test_a_changed_text_is_read_again_and_replaces_its_graph(
        self, run: Callable[..., Summary], articles: Path, tmp_path: Path
    ) -> None:
        run()
        (articles / "doubts.txt").write_text(OTHER, encoding="utf-8")
        summary = run()
        assert (summary.read, summary.unchanged, summary.documents) == (1, 1, 2)
        text = "\n".join(graphs(tmp_path / "store.nq")[f"<{BASE}graph/doubts>"])
        assert "withdrawnBy" in text
        assert "suppliedArmsTo" not in text

    def test_what_is_known_about_a_text_counts_as_the_text_does(self, run: Callable[..., Summary], tmp_path: Path) -> None:
        record = {"id": "post", "text": OTHER, "publisher": "Sample Post"}
        file = tmp_path / "posts.jsonl"
        file.write_text(json.dumps(record), encoding="utf-8")
        run(str(file), only=True)
        file.write_text(json.dumps(record | {"publisher": "Specimen Post"}), encoding="utf-8")
        assert run(str(file), only=True).read == 1
        assert "Specimen Post" in (tmp_path / "store.nq").read_text(encoding="utf-8")

    def test_a_document_more_leaves_the_other_graphs_as_they_are(
        self, run: Callable[..., Summary], articles: Path, tmp_path: Path
    ) -> None:
        run()
        before = graphs(tmp_path / "store.nq")
        (articles / "peru.txt").write_text(OTHER, encoding="utf-8")
        summary = run()
        after = graphs(tmp_path / "store.nq")
        assert (summary.read, summary.unchanged) == (1, 2)
        assert set(after) - set(before) == {f"<{BASE}graph/peru>"}
        for name in ("signing", "doubts", "ontology"):
            assert after[f"<{BASE}graph/{name}>"] == before[f"<{BASE}graph/{name}>"]

    def test_what_is_named_no_more_stays_in_the_store(self, run: Callable[..., Summary], articles: Path) -> None:
        run()
        (articles / "signing.txt").unlink()
        assert run().documents == 2

    def test_bit_by_bit_gives_what_all_at_once_gives(self, run: Callable[..., Summary], articles: Path, tmp_path: Path) -> None:
        for name in ("doubts.txt", "signing.txt"):
            run(str(articles / name), only=True, store="bits")
        run(store="once")
        assert graphs(tmp_path / "bits.nq") == graphs(tmp_path / "once.nq")

    def test_two_builds_from_scratch_are_the_same_but_for_their_runs(self, run: Callable[..., Summary], tmp_path: Path) -> None:
        run(store="one")
        run(store="other")
        assert graphs(tmp_path / "one.nq") == graphs(tmp_path / "other.nq")

    def test_a_run_has_the_digest_of_what_it_read_and_leads_to_it(self, run: Callable[..., Summary], tmp_path: Path) -> None:
        run(store="one")
        run(store="other")
        assert runs(tmp_path / "one.nq", "inputDigest") == runs(tmp_path / "other.nq", "inputDigest")
        read = {f"{BASE}document/signing", f"{BASE}document/doubts"}
        assert set(runs(tmp_path / "one.nq", "used")) == read
        assert len(runs(tmp_path / "one.nq", "usedFrame")) == len(vocabulary().properties)

    def test_a_later_run_has_used_only_what_it_read(self, run: Callable[..., Summary], tmp_path: Path, articles: Path) -> None:
        run()
        (articles / "other.txt").write_text(OTHER, encoding="utf-8")
        run()
        assert len(set(runs(tmp_path / "store.nq", "inputDigest"))) == 2
        assert len(runs(tmp_path / "store.nq", "used")) == 3

    @pytest.mark.slow
    def test_two_processes_build_what_one_does(self, run: Callable[..., Summary], tmp_path: Path) -> None:
        run(store="one")
        run(store="two", workers=2)
        assert graphs(tmp_path / "one.nq") == graphs(tmp_path / "two.nq")


class TestNames:
    """IRIs that a build gave keep working, in whatever order articles come."""

    @pytest.mark.parametrize(
        "order", [("signing", "doubts", "peru"), ("doubts", "peru", "signing"), ("peru", "doubts", "signing")]
    )
    def test_every_iri_that_was_ever_used_is_an_entity_or_the_same_as_one(
        self, run: Callable[..., Summary], articles: Path, tmp_path: Path, order: tuple[str, ...]
    ) -> None:
        (articles / "peru.txt").write_text(OTHER, encoding="utf-8")
        used: set[str] = set()
        for name in order:
            run(str(articles / f"{name}.txt"), only=True)
            used |= entities(tmp_path / "store.nq")
        heirs = plain(tmp_path / "store.nq", "sameAs")
        now = entities(tmp_path / "store.nq")
        assert all(iri in now or any(old == iri and new in now for new, old in heirs) for iri in used)
        run(store="once")
        assert len(now) == len(entities(tmp_path / "once.nq"))

    def test_a_later_article_renames_nothing(self, run: Callable[..., Summary], articles: Path, tmp_path: Path) -> None:
        run(str(articles / "doubts.txt"), only=True)
        before = {s for s, _ in plain(tmp_path / "store.nq", "party")}
        run(str(articles / "signing.txt"), only=True)
        assert {s for s, _ in plain(tmp_path / "store.nq", "party")} == before


class TestInterruption:
    @pytest.mark.parametrize("interruption", [Interruption(after=1), Interruption(after=2), Interruption(stage="store")])
    def test_nothing_is_published_and_the_next_build_goes_on(
        self, run: Callable[..., Summary], tmp_path: Path, interruption: Interruption
    ) -> None:
        with pytest.raises(KeyboardInterrupt):
            run(watcher=interruption)
        assert not (tmp_path / "store.nq").exists()
        with pytest.raises(StoreError):
            open_store(tmp_path / "store")
        summary = run()
        assert (summary.read + summary.unchanged, summary.documents) == (2, 2)
        assert summary.unchanged == len(interruption.documents)
        run(store="straight")
        assert graphs(tmp_path / "store.nq") == graphs(tmp_path / "straight.nq")

    def test_what_was_published_before_stays(self, run: Callable[..., Summary], articles: Path, tmp_path: Path) -> None:
        generation = run().generation
        (articles / "peru.txt").write_text(OTHER, encoding="utf-8")
        with pytest.raises(KeyboardInterrupt):
            run(watcher=Interruption(stage="store"))
        with closing(open_store(tmp_path / "store")) as store:
            assert store.status().generation == generation
        assert f"<{BASE}graph/peru>" not in graphs(tmp_path / "store.nq")


class TestRefusals:
    @pytest.fixture
    def folder(self, articles: Path) -> Path:
        (articles / "empty.txt").write_text("  \n", encoding="utf-8")
        (articles / "broken.jsonl").write_text('{"text": 3}\nnot JSON\n', encoding="utf-8")
        (articles / "large.txt").write_text(SIGNING * 200, encoding="utf-8")
        return articles

    def test_what_cannot_be_read_is_counted_and_the_rest_is_built(
        self, run: Callable[..., Summary], folder: Path, tmp_path: Path
    ) -> None:
        log = Log()
        summary = run(str(folder), str(tmp_path / "absent.txt"), only=True, limits=Limits(largest=20_000), watcher=log)
        assert (summary.read, summary.documents) == (2, 2)
        assert summary.refusals == log.refusals
        named = sorted(Path(refusal.source.partition(":")[0]).name for refusal in summary.refusals)
        assert named == ["absent.txt", "broken.jsonl", "broken.jsonl", "empty.txt", "large.txt"]
        assert all(refusal.reason for refusal in summary.refusals)

    def test_when_nothing_can_be_read_the_graph_has_no_document(self, run: Callable[..., Summary], tmp_path: Path) -> None:
        summary = run(str(tmp_path / "absent.txt"), only=True)
        assert (summary.documents, len(summary.refusals)) == (0, 1)
        assert f"<{BASE}graph/ontology>" in graphs(tmp_path / "store.nq")

    def test_two_documents_of_one_name_are_not_mixed_up(self, run: Callable[..., Summary], tmp_path: Path) -> None:
        for folder, text in (("a", SIGNING), ("b", OTHER)):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "report.txt").write_text(text, encoding="utf-8")
        summary = run(str(tmp_path / "a"), str(tmp_path / "b"), only=True)
        assert summary.documents + len(summary.refusals) == 2


def test_standard_input_is_an_input_too(run: Callable[..., Summary], tmp_path: Path) -> None:
    summary = run("-", only=True, stdin=io.BytesIO(SIGNING.encode()))
    assert (summary.read, summary.documents) == (1, 1)
    assert plain(tmp_path / "store.nq", "placeSigned")


def test_a_builds_stages_are_told_in_order(run: Callable[..., Summary]) -> None:
    log = Log()
    run(watcher=log)
    assert log.stages == ["identity", "graph", "store"]


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path, articles: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        build([str(articles)], store=tmp_path / "store", out=tmp_path / "no-such-folder" / "graph.nq")


def test_a_store_that_somebody_else_is_writing_is_left_alone(run: Callable[..., Summary], tmp_path: Path) -> None:
    with Writer.open(tmp_path / "store"), pytest.raises(StoreError):
        run()
