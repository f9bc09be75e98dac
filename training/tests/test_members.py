"""The network, and several of them in one stack."""

from __future__ import annotations

from pathlib import Path

import torch

from kg.language.features import Encoder, collate
from training.encoder import by_rows, from_encoder, shrink, weights
from training.members import Members
from training.network import Linear, Network, rounded_values, rounded_weights

CPU = torch.device("cpu")


def networks(encoder: Path, count: int = 2) -> list[Network]:
    torch.manual_seed(1)
    return [from_encoder(encoder, 5, 7, 4, 0.1).eval() for _ in range(count)]


def inputs(encoder: Path) -> dict[str, torch.Tensor]:
    subwords = Encoder(encoder / "tokenizer.json")
    batch = collate([subwords.encode(text.split()) for text in ("Kenya signed the treaty .", "Uganda refused .")])
    return {name: torch.from_numpy(a) for name, a in batch.inputs().items()}


def test_a_stack_says_what_each_network_says(encoder: Path) -> None:
    single = [[o.detach() for o in network(**inputs(encoder))] for network in networks(encoder)]
    members = Members(networks(encoder), CPU)
    members.shape.eval()
    with torch.no_grad():
        found = members(inputs(encoder), shared=True)
    for i, outputs in enumerate(single):
        assert all(torch.allclose(f[i].float(), o, atol=0.03) for f, o in zip(found, outputs, strict=True))


def test_dropout_differs_by_member(encoder: Path) -> None:
    same = networks(encoder, 1) * 2
    members = Members(same, CPU)
    members.shape.train()
    with torch.no_grad():
        pos = members(inputs(encoder), shared=True)[0]
    assert not torch.equal(pos[0], pos[1])


def test_the_averaged_weights_follow(encoder: Path) -> None:
    members = Members(networks(encoder), CPU)
    before = members.mean["segment"].clone()
    members.weights["segment"].data += 1
    members.follow(0.25)
    assert torch.allclose(members.mean["segment"], before + 0.25)
    assert torch.equal(members.averaged(1)["segment"], members.mean["segment"][1])


def test_rounding_is_within_a_step_and_lets_gradients_pass() -> None:
    torch.manual_seed(2)
    weight, x = (torch.randn(4, 8, requires_grad=True) for _ in range(2))
    step = weight.detach().abs().amax(1, keepdim=True) / 127
    rounded = rounded_weights(weight, 1)
    assert ((rounded - weight).abs() <= step / 2 + 1e-6).all()
    assert torch.allclose(rounded / step, torch.round(rounded / step), atol=1e-3)
    values = rounded_values(x)
    assert len(values.detach().unique()) <= 256
    assert (values - x).abs().max() <= (x.max() - x.min()) / 255 + 1e-6
    (rounded.sum() + values.sum()).backward()
    assert weight.grad is not None
    assert weight.grad.eq(1).all()


def test_rounding_is_switched_for_all_layers(encoder: Path) -> None:
    [network] = networks(encoder, 1)
    exact = network(**inputs(encoder))[2]
    network.set_rounding(True)
    assert all(m.rounding for m in network.modules() if isinstance(m, Linear))
    near = network(**inputs(encoder))[2]
    assert 0 < (near - exact).abs().max() < 0.2
    network.set_rounding(False)
    assert torch.equal(network(**inputs(encoder))[2], exact)


def test_a_shrunk_encoder_is_nearly_the_same(encoder: Path, tmp_path: Path) -> None:
    shrink(encoder, tmp_path)
    full, small = weights(encoder), weights(tmp_path)
    assert full.keys() == small.keys()
    assert torch.equal(full["words.rows"], small["words.rows"])
    assert all(torch.allclose(full[name].float(), small[name].float(), atol=1e-3) for name in full)
    assert (tmp_path / "model.safetensors").stat().st_size < (encoder / "model.safetensors").stat().st_size / 2


def test_rows_are_held_in_eight_bits() -> None:
    table = torch.tensor([[1.0, -0.5], [0.0, 0.0]])
    rows, scale = by_rows(table)
    assert rows.dtype == torch.int8
    assert torch.allclose(rows * scale, table, atol=0.01)
