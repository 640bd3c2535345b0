"""Asks a trained model the held-out questions, greedily, and writes how often each kind is answered as expected."""
import argparse
import json
import re
from pathlib import Path

import torch

from model import Shape, TinyModel
from questions import GROUPS, Case, cases
from tokenizer import ASSISTANT_ID, END_ID, USER_ID, Tokenizer

LONGEST_ANSWER = 420
# Wrong answers of the fresh set stay unseen, or it would not stay fresh.
SHOWN = {"development": True, "fresh": False}


class Speaker:
    """A trained model that answers."""

    def __init__(self, path: Path):
        saved = torch.load(path)
        shape = Shape(**saved["shape"])
        self.context = shape.context
        self.model = TinyModel(shape)
        self.model.load_state_dict(saved["weights"])
        self.tokenizer = Tokenizer(saved["merges"])

    @torch.no_grad()
    def say(self, prompt: list[int]) -> tuple[list[int], bool]:
        """The ids of the most likely answer, and whether it came to an end by itself."""
        past = [[] for _ in self.model.blocks]
        ids, said = torch.tensor([prompt]), []
        while len(said) < LONGEST_ANSWER and len(prompt) + len(said) < self.context:
            best = int(self.model.logits(self.model.stream(ids, past)[:, -1]).argmax())
            if best == END_ID:
                return said, True
            said.append(best)
            ids = torch.tensor([[best]])
        return said, False

    def answer(self, case: Case) -> tuple[str, int, bool]:
        """The last answer of a conversation in which the model said the earlier answers itself."""
        prompt: list[int] = []
        said, ended = [], True
        for index, question in enumerate(case.ask):
            prompt += [USER_ID, *self.tokenizer.encode(question.strip()), ASSISTANT_ID]
            if index == len(case.ask) - 1:
                prompt += self.tokenizer.encode(case.continued)
            said, ended = self.say(prompt)
            prompt += [*said, END_ID]
        return self.tokenizer.decode(said), len(said), ended


def share(figure: dict) -> dict:
    """The figure with the share that was right."""
    return {**figure, "accuracy": round(figure["right"] / figure["asked"], 4)}


def asked(speaker: Speaker, group: str) -> dict[str, dict]:
    """Asks one set; how often each category was answered as expected. Prints what was not."""
    figures: dict[str, dict] = {}
    for case in cases(group):
        text, tokens, ended = speaker.answer(case)
        right = ended and re.search(case.expect, text, re.DOTALL) is not None
        figure = figures.setdefault(case.category, {"asked": 0, "right": 0, "longest": 0})
        figure["asked"] += 1
        figure["right"] += right
        figure["longest"] = max(figure["longest"], tokens)
        if not right and SHOWN[group]:
            print(f"wrong: {case.category} | {' | '.join(case.ask)} {case.continued}| expected {case.expect[:80]} | said {text[-120:]!r}")
    return {category: share(figure) for category, figure in figures.items()}


def main() -> None:
    """Asks everything, writes the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    speaker = Speaker(options.model)
    report = {"decoding": "greedy", "parameters": speaker.model.parameter_count()}
    for group in GROUPS:
        report[group] = asked(speaker, group)
        for category, figure in report[group].items():
            print(f"{group:12} {category:22} {figure['right']:4} of {figure['asked']:4}  {100 * figure['accuracy']:5.1f} %", flush=True)
    options.out.write_text(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
