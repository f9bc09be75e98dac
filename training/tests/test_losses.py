"""Losses: what is not annotated teaches nothing, and what the teachers say is averaged as distributions."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from training.labels import NOT_ANNOTATED
from training.losses import TASKS, gold_losses, head_scores, label_scores, sentences, soft_losses, teaching

MEMBERS, ROWS, WORDS, TAGS, LABELS, RELATIONS, SIZE = 2, 2, 4, 3, 5, 3, 6


def outputs(seed: int = 0) -> tuple[Tensor, ...]:
    torch.manual_seed(seed)
    shape = (MEMBERS, ROWS, WORDS)
    tails = ((TAGS,), (2,), (LABELS,), (WORDS,), (), (SIZE,), (SIZE,))
    return tuple(torch.randn(*shape, *tail, requires_grad=True) for tail in tails)


def gold() -> dict[str, Tensor]:
    """The first paragraph has two sentences and a tree, the second neither, and its last word is padding."""
    none = NOT_ANNOTATED
    found = {
        "pos": [[0, 1, 2, 0], [none] * 4],
        "start": [[1, 0, 1, 0], [none] * 4],
        "head": [[1, 1, 2, 2], [none] * 4],
        "label": [[0, 1, 1, 2], [none] * 4],
        "sentence": [[1, 1, 2, 2], [0, 0, 0, -1]],
    }
    allowed = torch.ones(ROWS, WORDS, LABELS, dtype=torch.bool)
    allowed[1, 0] = torch.tensor([False, True, False, False, False])
    real = torch.tensor([[True] * 4, [True, True, True, False]])
    return {**{name: torch.tensor(value) for name, value in found.items()}, "allowed": allowed, "real": real}


def stacked() -> dict[str, Tensor]:
    return {name: t.expand(MEMBERS, *t.shape) for name, t in gold().items()}


@pytest.fixture
def weights() -> Tensor:
    torch.manual_seed(9)
    return torch.randn(MEMBERS, RELATIONS, SIZE + 1, SIZE + 1)


def test_heads_lie_in_the_sentence_and_the_root_on_the_diagonal() -> None:
    _, _, _, arc, root, _, _ = outputs()
    scores = head_scores(arc, root, stacked()["sentence"])
    assert (scores[:, 0, 0, 2:] < -1e8).all()
    assert torch.equal(torch.diagonal(scores, dim1=-2, dim2=-1), root)
    assert torch.equal(scores[:, 0, 0, 1], arc[:, 0, 0, 1])


def test_label_scores_are_biaffine(weights: Tensor) -> None:
    *_, dependent, head = outputs()
    one = torch.ones(MEMBERS, ROWS, WORDS, 1)
    left, right = torch.cat([dependent, one], -1), torch.cat([head, one], -1)
    wanted = torch.einsum("ebwd,erdf,ebwf->ebwr", left, weights, right)
    assert torch.allclose(label_scores(dependent, head, weights), wanted, atol=1e-5)


def test_what_no_corpus_annotates_teaches_nothing(weights: Tensor) -> None:
    said = outputs()
    losses = gold_losses(said, stacked(), weights)
    assert set(losses) == set(TASKS)
    assert all(value.shape == (MEMBERS,) for value in losses.values())
    torch.stack([*losses.values()]).sum().backward()
    pos, start, entity, arc, *_ = (t.grad for t in said)
    assert pos is not None
    assert start is not None
    assert entity is not None
    assert arc is not None
    assert not pos[:, 1].any()
    assert not start[:, 1].any()
    assert not arc[:, 1].any()
    assert not entity[:, 0].any()
    assert entity[:, 1, 0].any()


def test_the_loss_of_a_member_does_not_depend_on_the_others(weights: Tensor) -> None:
    both = gold_losses(outputs(), stacked(), weights)
    one = gold_losses(tuple(t[1:] for t in outputs()), {n: t[1:] for n, t in stacked().items()}, weights[1:])
    assert all(torch.allclose(both[name][1:], one[name]) for name in TASKS)


def test_sentences_come_from_the_corpus_and_elsewhere_from_the_teachers() -> None:
    starts = torch.tensor([[0.1, 0.9, 0.9, 0.9], [0.2, 0.1, 0.8, 0.9]])
    assert sentences(gold(), starts).tolist() == [[1, 1, 2, 2], [1, 1, 2, -1]]


def test_teachers_are_averaged_and_keep_the_corpus_heads(weights: Tensor) -> None:
    said = outputs()
    taught = teaching(said, gold(), weights)
    assert torch.allclose(taught["entity"], said[2].softmax(-1).mean(0))
    assert all(torch.allclose(taught[task].sum(-1), torch.ones(ROWS, WORDS)) for task in TASKS)
    assert taught["head"][0].tolist() == [1, 1, 2, 2]
    assert torch.equal(taught["head"][1], taught["arc"][1].argmax(-1))


def test_a_pupil_that_says_what_its_teacher_says_has_nothing_to_learn(weights: Tensor) -> None:
    said = tuple(t[:1] for t in outputs())
    pupil = tuple(t.detach().clone().requires_grad_() for t in said)
    taught = {name: t.unsqueeze(0) for name, t in teaching(said, gold(), weights[:1]).items()}
    real = gold()["real"].unsqueeze(0)
    known = {"tree": torch.zeros_like(real), "entity": torch.zeros_like(real)}
    losses = soft_losses(pupil, taught, real, weights[:1], known, 0.5)
    torch.stack([*losses.values()]).sum().backward()
    assert all(t.grad is not None and t.grad.abs().max() < 1e-5 for t in pupil)


def test_annotated_words_count_by_their_share(weights: Tensor) -> None:
    said = tuple(t[:1] for t in outputs())
    taught = {name: t.unsqueeze(0) for name, t in teaching(tuple(t[1:] for t in outputs()), gold(), weights[1:]).items()}
    real = gold()["real"].unsqueeze(0)
    none, all_of_them = torch.zeros_like(real), torch.ones_like(real)
    whole = soft_losses(said, taught, real, weights[:1], {"tree": none, "entity": none}, 0.5)
    half = soft_losses(said, taught, real, weights[:1], {"tree": all_of_them, "entity": none}, 0.5)
    assert half["arc"].item() == pytest.approx(whole["arc"].item() / 2)
    assert half["entity"].item() == pytest.approx(whole["entity"].item())
