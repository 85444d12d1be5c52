"""A choice among alternatives, and the weights that best explain which was right."""

from collections.abc import Sequence

import numpy as np
import torch
from torch.nn.functional import log_softmax

Choice = tuple[np.ndarray, list[int]]
"""A matrix of alternatives (n, f) and the rows any of which is right."""


def fit_choice(choices: Sequence[Choice], l2: float) -> np.ndarray:
    """Fit a conditional logit: the likelihood that one of the right alternatives is chosen.

    No weight is negative: every signal speaks for an alternative, and an explanation should read so.
    """
    scale = np.concatenate([x for x, _ in choices]).std(axis=0) + 1e-6
    roots = torch.ones(choices[0][0].shape[1], requires_grad=True)
    data = [(torch.tensor(x / scale, dtype=torch.float32), torch.tensor(y)) for x, y in choices]
    optimizer = torch.optim.LBFGS([roots], max_iter=500, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        weights = roots**2
        chosen = [log_softmax(x @ weights, 0)[y].logsumexp(0) for x, y in data]
        total = -torch.stack(chosen).mean()
        total = total + l2 * (weights**2).sum()
        total.backward()
        return total

    optimizer.step(loss)
    return (roots**2).detach().numpy() / scale
