"""Trains the tiny model on generated conversations and writes weights, merges and sizes to one file."""
import argparse
import time
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Iterator, NamedTuple

import torch
import torch.nn.functional as functional
from torch import distributed, multiprocessing

from corpus import Conversation, conversations
from model import Shape, TinyModel
from tokenizer import ASSISTANT_ID, END_ID, PAD_ID, SYSTEM_ID, USER_ID, Tokenizer, learn_merges

TOKENIZER_SAMPLE = 6000
POOL = 600
BROKEN_ANSWERS = 0.12
# The importance of an answer's last two tokens: where to stop is what long answers most need to learn.
AT_THE_END = 0.35


class Sequence(NamedTuple):
    """One conversation as token ids, and how much each counts for the loss."""

    ids: list[int]
    importance: list[float]


def learned_tokenizer(seed: int, vocabulary: int) -> Tokenizer:
    """A tokenizer for the text of the corpus."""
    sample = islice(conversations(seed), TOKENIZER_SAMPLE)
    texts = (text for conversation in sample for exchange in conversation.exchanges for text in exchange)
    return Tokenizer(learn_merges(texts, vocabulary))


def answer_ids(tokenizer: Tokenizer, answer: str, random: Random) -> list[int]:
    """The ids of an answer; now and then cut at any letter, as when another computer continues an unfinished answer."""
    if random.random() >= BROKEN_ANSWERS:
        return tokenizer.encode(answer)
    cut = random.randrange(len(answer))
    return tokenizer.encode(answer[:cut]) + tokenizer.encode(answer[cut:])


def as_sequence(tokenizer: Tokenizer, conversation: Conversation, context: int, random: Random) -> Sequence:
    """A conversation as ids. Only answers and their ends are learned; each token of a long answer counts less than one of a short answer."""
    ids = [SYSTEM_ID, *tokenizer.encode(conversation.system)] if conversation.system else []
    importance = [0.0] * len(ids)
    for question, answer in conversation.exchanges:
        asked = [USER_ID, *tokenizer.encode(question.strip()), ASSISTANT_ID]
        said = [*answer_ids(tokenizer, answer, random), END_ID]
        if len(ids) + len(asked) + len(said) > context:
            break
        ids += asked + said
        importance += [0.0] * len(asked) + [len(said) ** -0.5] * (len(said) - 2) + [AT_THE_END] * 2
    return Sequence(ids, importance)


def padded(group: list[Sequence]) -> tuple[torch.Tensor, torch.Tensor]:
    """Sequences as two tensors of one length."""
    length = max(len(sequence.ids) for sequence in group)
    ids = [sequence.ids + [PAD_ID] * (length - len(sequence.ids)) for sequence in group]
    importance = [sequence.importance + [0.0] * (length - len(sequence.ids)) for sequence in group]
    return torch.tensor(ids), torch.tensor(importance)


def batches(tokenizer: Tokenizer, context: int, tokens: int, seed: int) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Ids and the importance of each, [sequences, length], without end; sequences of like length go together."""
    random = Random(seed)
    source = conversations(seed)
    while True:
        pool = [as_sequence(tokenizer, conversation, context, random) for conversation in islice(source, POOL)]
        pool = sorted((sequence for sequence in pool if sequence.ids), key=lambda sequence: len(sequence.ids))
        groups: list[list[Sequence]] = [[]]
        for sequence in pool:
            if groups[-1] and (len(groups[-1]) + 1) * len(sequence.ids) > tokens:
                groups.append([])
            groups[-1].append(sequence)
        random.shuffle(groups)
        yield from map(padded, groups)


def pace(step: int, steps: int) -> float:
    """The share of the full learning rate: a short rise, a plateau, and a fall to nothing over the last half."""
    return min(1.0, (step + 1) / 100, 2 * (steps - step) / steps)


def weighted_loss(model: TinyModel, ids: torch.Tensor, importance: torch.Tensor) -> torch.Tensor:
    """The mean surprise at the answers' tokens, each by its importance."""
    learned = importance[:, 1:] > 0
    surprise = functional.cross_entropy(model.logits(model.stream(ids[:, :-1])[learned]), ids[:, 1:][learned], reduction="none")
    weight = importance[:, 1:][learned]
    return (surprise * weight).sum() / weight.sum()


def share_gradients(model: TinyModel, processes: int) -> None:
    """Makes the gradients of all processes their mean."""
    gradients = torch.cat([weight.grad.flatten() for weight in model.parameters()])
    distributed.all_reduce(gradients)
    torch.nn.utils.vector_to_parameters(gradients / processes, [weight.grad for weight in model.parameters()])


def train(model: TinyModel, source: Iterator[tuple[torch.Tensor, torch.Tensor]], options: argparse.Namespace) -> None:
    """Runs the steps and prints how it goes."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=options.rate, betas=(0.9, 0.98), weight_decay=0.05)
    first = distributed.get_rank() == 0
    started, seen, recent = time.time(), 0, 0.0
    for step, (ids, importance) in enumerate(islice(source, options.steps)):
        optimizer.param_groups[0]["lr"] = options.rate * pace(step, options.steps)
        loss = weighted_loss(model, ids, importance)
        model.zero_grad()
        loss.backward()
        share_gradients(model, options.processes)
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        seen += ids.numel() * options.processes
        recent = loss.item() if step == 0 else 0.98 * recent + 0.02 * loss.item()
        if first and (step % 200 == 0 or step == options.steps - 1):
            seconds = time.time() - started
            print(f"step {step} loss {recent:.4f} tokens {seen} tokens/s {seen / seconds:.0f} seconds {seconds:.0f}", flush=True)


def run(rank: int, options: argparse.Namespace, meeting: str) -> None:
    """One of the processes: each learns from conversations of its own, and all keep the same weights."""
    distributed.init_process_group("gloo", init_method=f"file://{meeting}", rank=rank, world_size=options.processes)
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    shape = Shape()
    tokenizer = learned_tokenizer(options.seed, shape.vocabulary)
    model = TinyModel(shape)
    if rank == 0:
        print(f"parameters {model.parameter_count()} vocabulary {len(tokenizer.tokens)}", flush=True)
    train(model, batches(tokenizer, shape.context, options.tokens, options.seed * 1000 + rank), options)
    if rank == 0:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        torch.save({"weights": model.state_dict(), "shape": asdict(shape), "merges": tokenizer.merges}, options.out)
    distributed.destroy_process_group()


def main() -> None:
    """Reads the options and starts the processes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=7000)
    parser.add_argument("--tokens", type=int, default=768, help="tokens per step and process, at most")
    parser.add_argument("--rate", type=float, default=2.5e-3, help="the learning rate")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2, help="one per core; another number gives another model")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        multiprocessing.spawn(run, args=(options, f"{folder}/meeting"), nprocs=options.processes)


if __name__ == "__main__":
    main()
