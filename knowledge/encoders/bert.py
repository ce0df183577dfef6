"""What does a BERT encoder make of tokens? The forward pass in NumPy, for texts without padding.

Devlin et al., 2018 (arXiv 1810.04805). The tokens of all texts of a batch stand in one matrix [T, width];
only attention looks at one text at a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import pi, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_ROWS = 64
"""Rows that are worked on at once between two products: they fit a core's cache."""


@dataclass(frozen=True, kw_only=True)
class Shape:
    layers: int
    heads: int
    epsilon: float
    """Added to a variance before it divides."""

    @classmethod
    def told_by(cls, config: Mapping[str, Any]) -> Shape:
        """As a model's `config.json` says. Raises ValueError for another kind, KeyError for a gap."""
        if (config["model_type"], config["hidden_act"]) != ("bert", "gelu"):
            raise ValueError("config.json tells of no BERT with GELU")
        return cls(
            layers=config["num_hidden_layers"],
            heads=config["num_attention_heads"],
            epsilon=config["layer_norm_eps"],
        )


@dataclass(frozen=True, kw_only=True)
class _Linear:
    weight: Floats
    """[inputs, outputs]."""
    bias: Floats

    def __call__(self, x: Floats) -> Floats:
        y = x @ self.weight
        y += self.bias
        return y


@dataclass(frozen=True, kw_only=True)
class _Norm:
    gain: Floats
    bias: Floats
    epsilon: float

    def __call__(self, x: Floats) -> Floats:
        """Each row to mean 0 and variance 1, in place."""
        x -= x.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", x, x) / x.shape[1] + self.epsilon
        x *= (1 / np.sqrt(spread, dtype=np.float32))[:, None]
        x *= self.gain
        x += self.bias
        return x


@dataclass(frozen=True, kw_only=True)
class _Layer:
    asked: _Linear
    """Queries, keys and values in one product; the queries are scaled already."""
    mixed: _Linear
    after_mixing: _Norm
    widened: _Linear
    narrowed: _Linear
    """Its weight holds the half of GELU's formula."""
    after_narrowing: _Norm
    heads: int

    def __call__(self, x: Floats, ends: Sequence[int]) -> Floats:
        asked = self.asked(x)
        context = np.empty_like(x)
        for begin, end in pairwise((0, *ends)):
            self._attend(asked[begin:end], context[begin:end])
        mixed = self.mixed(context)
        mixed += x
        x = self.after_mixing(mixed)
        narrowed = self.narrowed(_twice_gelu(self.widened(x)))
        narrowed += x
        return self.after_narrowing(narrowed)

    def _attend(self, asked: Floats, context: Floats) -> None:
        """Of one text, into its rows of `context`. Rows are divided last: they are fewer numbers."""
        length, width = context.shape
        q, k, v = asked.reshape(length, 3, self.heads, width // self.heads).transpose(1, 2, 0, 3)
        weights = q @ k.transpose(0, 2, 1)
        weights -= weights.max(axis=2, keepdims=True)
        np.exp(weights, out=weights)
        seen = weights @ v
        seen /= weights.sum(axis=2, keepdims=True)
        context.reshape(length, self.heads, -1)[:] = seen.transpose(1, 0, 2)


class Bert:
    """Weights by their usual names; raises KeyError for one that is missing."""

    def __init__(self, weights: Mapping[str, Floats], shape: Shape) -> None:
        self._words = weights["embeddings.word_embeddings.weight"]
        kinds = weights["embeddings.token_type_embeddings.weight"]
        self._places = weights["embeddings.position_embeddings.weight"] + kinds[0]
        self._norm = _norm(weights, "embeddings.LayerNorm", shape)
        self._layers = [_layer(weights, n, shape) for n in range(shape.layers)]

    def pooled(self, texts: Sequence[Sequence[int]]) -> Floats:
        """[len(texts), width]: the mean over each text's tokens, of length 1. No text is empty."""
        ends = np.cumsum([len(text) for text in texts]).tolist()
        places = np.concatenate([np.arange(len(text)) for text in texts])
        x = self._words[np.concatenate(texts)] + self._places[places]
        x = self._norm(x)
        for layer in self._layers:
            x = layer(x, ends)
        sums = np.add.reduceat(x, [0, *ends[:-1]], axis=0)
        # The length of a mean and of a sum differ by a factor, which goes when both become 1.
        sums /= np.linalg.norm(sums, axis=1, keepdims=True)
        return sums


def _layer(weights: Mapping[str, Floats], number: int, shape: Shape) -> _Layer:
    at = f"encoder.layer.{number}"
    asked = [_linear(weights, f"{at}.attention.self.{n}") for n in ("query", "key", "value")]
    scale = np.float32(1 / sqrt(asked[0].weight.shape[1] / shape.heads))
    narrowed = _linear(weights, f"{at}.output.dense")
    return _Layer(
        asked=_Linear(
            weight=np.hstack([asked[0].weight * scale, *(one.weight for one in asked[1:])]),
            bias=np.concatenate([asked[0].bias * scale, *(one.bias for one in asked[1:])]),
        ),
        mixed=_linear(weights, f"{at}.attention.output.dense"),
        after_mixing=_norm(weights, f"{at}.attention.output.LayerNorm", shape),
        widened=_linear(weights, f"{at}.intermediate.dense"),
        narrowed=_Linear(weight=narrowed.weight * np.float32(0.5), bias=narrowed.bias),
        after_narrowing=_norm(weights, f"{at}.output.LayerNorm", shape),
        heads=shape.heads,
    )


def _linear(weights: Mapping[str, Floats], name: str) -> _Linear:
    weight = np.ascontiguousarray(weights[f"{name}.weight"].T)
    return _Linear(weight=weight, bias=weights[f"{name}.bias"])


def _norm(weights: Mapping[str, Floats], name: str, shape: Shape) -> _Norm:
    gain, bias = weights[f"{name}.weight"], weights[f"{name}.bias"]
    return _Norm(gain=gain, bias=bias, epsilon=shape.epsilon)


def _twice_gelu(x: Floats) -> Floats:
    """x (1 + tanh(sqrt(2/pi) (x + .044715 x^3))), in place: Hendrycks and Gimpel, 2016 (arXiv 1606.08415).
    It stands in for erf, which NumPy has not; vectors differ from the exact ones by a cosine of 1e-6."""
    linear, cubic = np.float32(sqrt(2 / pi)), np.float32(sqrt(2 / pi) * 0.044715)
    for at in range(0, len(x), _ROWS):
        rows = x[at : at + _ROWS]
        inner = rows * rows
        inner *= cubic
        inner += linear
        inner *= rows
        np.tanh(inner, out=inner)
        inner += 1
        rows *= inner
    return x
