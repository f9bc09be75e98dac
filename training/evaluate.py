"""Measure a language model on the test corpora: python -m training.evaluate MODEL --data DIR [--json FILE]

Reads raw text with the pipeline of `kg.language`, in one thread, and prints all figures of the model card.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import spacy
from spacy.language import Language

import kg.language.analyser  # noqa: F401 (registers the component)
from training.corpora import Paragraph, corpus_file, read
from training.scores import Reading, entity_scores, tree_scores

_ALL = ("PERSON", "ORG", "LOC", "EVENT", "MISC", "DATE")
_SPOKEN_NEWS = ("_news_", "_interview_", "_speech_")
#: Name of a test, its corpora, entity types scored (none: not scored), whether trees are scored, and genres.
_TESTS: tuple[tuple[str, tuple[str, ...], tuple[str, ...], bool, tuple[str, ...]], ...] = (
    ("CrossNER politics", ("cner_test",), _ALL[:5], False, ()),
    ("GUM news, interview, speech", ("gum_dev", "gum_test"), _ALL, False, _SPOKEN_NEWS),
    ("GUM news, interview, speech, test part", ("gum_test",), _ALL, False, _SPOKEN_NEWS),
    ("UNER EWT", ("ewt_test",), _ALL[:3], False, ()),
    ("PUD news half", ("pud_test",), _ALL[:3], True, ()),
    ("EWT", ("ewt_test",), (), True, ()),
    ("GUM", ("gum_test",), (), True, ()),
)
_DEV: tuple[tuple[str, tuple[str, ...], tuple[str, ...], bool, tuple[str, ...]], ...] = (
    ("EWT dev", ("ewt_dev",), (), True, ()),
    ("GUM dev", ("gum_dev",), _ALL, True, ()),
)


def plain(model: Path) -> Language:
    """Return a pipeline with spaCy's tokenizer and the model, without what kg adds from its gazetteers."""
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_analyser", config={"model": str(model)})
    return nlp


def reading(nlp: Language, text: str) -> Reading:
    """Return what the pipeline says of one paragraph."""
    doc = nlp(text)
    real = [token for token in doc if not token.is_space]
    place = {token.i: i for i, token in enumerate(real)}
    return Reading(
        [(token.idx, token.idx + len(token)) for token in real],
        [bool(token.is_sent_start) for token in real],
        [token.pos_ for token in real],
        [place.get(token.head.i, i) for i, token in enumerate(real)],
        ["root" if token.dep_ == "ROOT" else token.dep_ for token in real],
        {(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents},
    )


def evaluate(read_text: Callable[[str], Reading], data: Path, dev: bool = False) -> dict[str, dict[str, float]]:
    """Return the scores of each test, and the words read in a second."""
    found: dict[str, dict[str, float]] = {}
    known: dict[tuple[str, int], Reading] = {}
    words, seconds = 0, 0.0
    for name, corpora, types, trees, genres in _DEV if dev else _TESTS:
        pairs: list[tuple[Paragraph, Reading]] = []
        for corpus in corpora:
            for i, paragraph in enumerate(read(corpus_file(data, corpus))):
                if genres and not any(genre in paragraph.document for genre in genres):
                    continue
                if (corpus, i) not in known:
                    began = time.perf_counter()
                    known[corpus, i] = read_text(paragraph.text)
                    seconds += time.perf_counter() - began
                    words += len(known[corpus, i].spans)
                pairs.append((paragraph, known[corpus, i]))
        if types:
            # A paragraph with words of unknown type says nothing sure about its entities.
            sure = [(p, r) for p, r in pairs if p.ents is not None and "-" not in p.ents]
            found[f"{name}, entities"] = entity_scores(sure, types)
        if trees:
            found[f"{name}, trees"] = tree_scores(pairs)
    found["speed"] = {"words a second": words / max(seconds, 1e-9)}
    return found


def lines(scores: dict[str, dict[str, float]]) -> Sequence[str]:
    """Return the scores as a table in plain text."""
    return [f"{name:48} " + "  ".join(f"{key} {value:.1f}" for key, value in row.items()) for name, row in scores.items()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="a folder with model.int8.onnx, rel.npz, meta.json and tokenizer.json")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora, JSONL or CoNLL-U")
    parser.add_argument("--dev", action="store_true", help="score the development sets instead, to choose by")
    parser.add_argument("--json", type=Path, help="write the scores to this file too")
    options = parser.parse_args()
    nlp = plain(options.model)
    scores = evaluate(lambda text: reading(nlp, text), options.data, options.dev)
    print("\n".join(lines(scores)))
    if options.json:
        options.json.write_text(json.dumps(scores, indent=1) + "\n")


if __name__ == "__main__":
    main()
