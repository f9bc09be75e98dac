"""Several networks of one shape, trained at once: their weights lie in one stack, and one pass serves them all."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.func import functional_call

from training.network import Network, Outputs

_ENCODER = ("places", "segment", "norm.", "layers")


class Members:
    """Stacked networks. Dropout is drawn anew for each."""

    def __init__(self, networks: Sequence[Network], device: torch.device) -> None:
        self.shape = networks[0].to(device)
        self.count = len(networks)
        self.device = device
        stacks = zip(*(network.named_parameters() for network in networks), strict=True)
        self.weights = {same[0][0]: nn.Parameter(torch.stack([p.detach().to(device) for _, p in same])) for same in stacks}
        self.mean = {name: p.detach().clone() for name, p in self.weights.items()}

    def groups(self) -> tuple[list[nn.Parameter], list[nn.Parameter]]:
        """Return the weights of the encoders and of the heads."""
        inner = [p for name, p in self.weights.items() if name.startswith(_ENCODER)]
        return inner, [p for name, p in self.weights.items() if not name.startswith(_ENCODER)]

    def __call__(self, inputs: dict[str, Tensor], *, averaged: bool = False, shared: bool = False) -> Outputs:
        """Return the outputs [members, batch, ...] for inputs [members, batch, ...], or [batch, ...] where shared."""
        weights = self.mean if averaged else self.weights

        def one(own: dict[str, Tensor], read: dict[str, Tensor]) -> Outputs:
            found: Outputs = functional_call(self.shape, own, (), read)
            return found

        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            found: Outputs = torch.vmap(one, (0, None if shared else 0), randomness="different")(weights, inputs)
        return found

    def follow(self, share: float) -> None:
        """Let the averaged weights move towards the trained ones by `share`."""
        torch._foreach_lerp_([*self.mean.values()], [p.detach() for p in self.weights.values()], share)

    def averaged(self, member: int) -> dict[str, Tensor]:
        """Return the averaged weights of one member."""
        return {name: p[member].clone() for name, p in self.mean.items()}

    def state(self) -> dict[str, dict[str, Tensor]]:
        return {"weights": {name: p.detach() for name, p in self.weights.items()}, "mean": self.mean}

    def restore(self, state: dict[str, dict[str, Tensor]]) -> None:
        for name, p in self.weights.items():
            p.data.copy_(state["weights"][name])
            self.mean[name].copy_(state["mean"][name])
