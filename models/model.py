"""The tiny model: a decoder of the Llama kind (RMS norm, rotary positions, gated feed-forward, tied embedding)."""
import math
from dataclasses import dataclass
from typing import Optional

import torch
import torch.nn.functional as functional
from torch import Tensor, nn


@dataclass(frozen=True)
class Shape:
    """The sizes of a model."""

    vocabulary: int = 1536
    width: int = 128
    layers: int = 4
    heads: int = 4
    hidden: int = 384
    context: int = 512
    rotary_base: float = 10000.0
    epsilon: float = 1e-5

    @property
    def head_width(self) -> int:
        """Numbers in one head's key."""
        return self.width // self.heads


class RmsNorm(nn.Module):
    """Scales each vector to unit mean square."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(shape.width))
        self.epsilon = shape.epsilon

    def forward(self, x: Tensor) -> Tensor:
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + self.epsilon) * self.weight


def rotary_tables(shape: Shape) -> tuple[Tensor, Tensor]:
    """Cosine and sine for every position, [context, head width]; the first half of the sine has its sign turned.

    With that sign, rotating is `x * cosine + swapped_halves(x) * sine`.
    """
    half = torch.arange(0, shape.head_width, 2).float() / shape.head_width
    angles = torch.outer(torch.arange(shape.context).float(), shape.rotary_base**-half)
    return torch.cat([angles.cos(), angles.cos()], -1), torch.cat([-angles.sin(), angles.sin()], -1)


def rotated(x: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
    """Queries or keys turned by their positions."""
    first, second = x.chunk(2, -1)
    return x * cosine + torch.cat([second, first], -1) * sine


class Block(nn.Module):
    """Attention and feed-forward, each on the normed stream and added to it."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        self.attention_norm = RmsNorm(shape)
        self.query_key_value = nn.Linear(shape.width, 3 * shape.width, bias=False)
        self.attention_out = nn.Linear(shape.width, shape.width, bias=False)
        self.feed_norm = RmsNorm(shape)
        self.gate_and_up = nn.Linear(shape.width, 2 * shape.hidden, bias=False)
        self.down = nn.Linear(shape.hidden, shape.width, bias=False)

    def attend(self, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        """What each query gathers from the values that are not after it, [batch, heads, length, head width]."""
        length, span = query.shape[2], key.shape[2]
        future = torch.full((1, length, span), -1e9).triu(span - length + 1)
        scale = self.shape.head_width**-0.5
        scores = torch.baddbmm(future, query.flatten(0, 1), key.flatten(0, 1).transpose(1, 2), alpha=scale)
        return (scores.softmax(-1) @ value.flatten(0, 1)).view_as(query)

    def forward(self, x: Tensor, cosine: Tensor, sine: Tensor, past: Optional[list]) -> Tensor:
        batch, length, width = x.shape
        mixed = self.query_key_value(self.attention_norm(x)).view(batch, length, 3, self.shape.heads, self.shape.head_width)
        query, key, value = mixed.permute(2, 0, 3, 1, 4)
        query, key = rotated(query, cosine, sine), rotated(key, cosine, sine)
        if past is not None:
            past[:] = [torch.cat([before, now], 2) for before, now in zip(past, (key, value))] if past else [key, value]
            key, value = past
        attended = self.attend(query, key, value).transpose(1, 2).reshape(batch, length, width)
        x = x + self.attention_out(attended)
        gate, up = self.gate_and_up(self.feed_norm(x)).chunk(2, -1)
        return x + self.down(functional.silu(gate) * up)


class TinyModel(nn.Module):
    """Token ids to the logits of the next token."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.final_norm = RmsNorm(shape)
        cosine, sine = rotary_tables(shape)
        self.register_buffer("cosine", cosine)
        self.register_buffer("sine", sine)
        for name, weight in self.named_parameters():
            if weight.dim() > 1:
                into_stream = name.endswith(("attention_out.weight", "down.weight"))
                nn.init.normal_(weight, 0.0, 0.02 / math.sqrt(2 * shape.layers) if into_stream else 0.02 if name.startswith("embedding") else weight.shape[1] ** -0.5)

    def stream(self, ids: Tensor, past: Optional[list] = None) -> Tensor:
        """The normed vectors before the logits. `past` is a list per layer (empty lists at first) that is extended in place."""
        start = past[0][0].shape[2] if past and past[0] else 0
        cosine, sine = self.cosine[start : start + ids.shape[1]], self.sine[start : start + ids.shape[1]]
        x = self.embedding(ids)
        for index, block in enumerate(self.blocks):
            x = block(x, cosine, sine, past[index] if past is not None else None)
        return self.final_norm(x)

    def logits(self, stream: Tensor) -> Tensor:
        """Scores of every token, from vectors that `stream` gave."""
        return functional.linear(stream, self.embedding.weight)

    def parameter_count(self) -> int:
        """Numbers that training changes."""
        return sum(weight.numel() for weight in self.parameters())
