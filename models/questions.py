"""The held-out questions: what the evaluation asks and the training text must not contain.

The development set was looked at while the text was written; the fresh set was not, so its figures count.
"""
import json
import re
from itertools import product
from pathlib import Path
from typing import Iterator, NamedTuple

from topics import facts
from topics.arithmetic import solved

FILE = Path(__file__).parent / "questions.json"
GROUPS = ("development", "fresh")


class Case(NamedTuple):
    """One held-out question: what people say in turn, the start of an answer to be continued, and a pattern for the last answer."""

    category: str
    ask: list[str]
    continued: str
    expect: str


def sums(table: dict) -> Iterator[Case]:
    """A sum's wordings, taken in turn for all pairs of numbers in the table's range."""
    numbers = range(table["from"], table["to"] + 1)
    for index, (a, b) in enumerate(product(numbers, numbers)):
        if table["sign"] != "-" or a >= b:
            wording = table["ask"][index % len(table["ask"])]
            yield Case(table["category"], [wording.format(a=a, b=b)], "", "^" + re.escape(solved(a, table["sign"], b)) + "$")


def rows(table: dict) -> Iterator[Case]:
    """A table's wordings, taken in turn for all its facts."""
    for index, (key, value) in enumerate(facts.DATA[table["table"]].items()):
        wording = table["ask"][index % len(table["ask"])]
        yield Case(table["category"], [wording.format(key=key)], "", re.escape(table["expect"].format(key=key, value=value)))


def cases(group: str) -> Iterator[Case]:
    """Every case of the "development" or the "fresh" set."""
    content = json.loads(FILE.read_text())[group]
    for case in content["cases"]:
        yield Case(case["category"], case["ask"], case.get("continue", ""), case["expect"])
    for table in content["tables"]:
        yield from rows(table)
    for table in content["sums"]:
        yield from sums(table)


def bare(question: str) -> str:
    """A question without case and punctuation, so that near copies of held-out questions count as copies."""
    return re.sub(r"[^a-z0-9+*=/-]+", " ", question.lower()).strip()


def held_out() -> set[str]:
    """The single questions of the evaluation. Of longer conversations only the whole is new, and of continuations the cut."""
    return {bare(case.ask[0]) for group in GROUPS for case in cases(group) if len(case.ask) == 1 and not case.continued}
