"""How one question is asked in many ways: alternatives in a pattern, and the carelessness of people who type."""
import re
from random import Random
from typing import NamedTuple

INNERMOST_CHOICE = re.compile(r"\[([^\[\]]*)\]")
OPENERS = ["Hi, ", "Hello, ", "Hey, ", "Please, ", "Quick question: ", "Question: ", "Hi! ", "OK, ", "So, ", "And ", "Sorry, ", "Tell me: ", "One question: ", "I wonder: ", "Another question: ", "Now "]
CLOSERS = [" Please.", " Thanks.", " Thank you.", " please", " Can you help me?", " I want to know.", " I would like to know.", ", model?", ", computer?", ", please."]


class Exchange(NamedTuple):
    """One question by a person and the answer that the model is to learn."""

    question: str
    answer: str


def expand(random: Random, pattern: str, **slots: object) -> str:
    """A text from a pattern: each `[one|two|]` becomes one of its alternatives, then each `{slot}` its value."""
    while INNERMOST_CHOICE.search(pattern):
        pattern = INNERMOST_CHOICE.sub(lambda choice: random.choice(choice.group(1).split("|")), pattern)
    return pattern.format(**slots) if slots else pattern


def leaning(random: Random, options: list) -> object:
    """One of the options, the first most often: so that greedy decoding has a clear favourite and sampling still varies."""
    for option in options[:-1]:
        if random.random() < 0.6:
            return option
    return options[-1]


def as_typed(random: Random, question: str, slips: bool = True) -> str:
    """The question as a hurried person types it: other case, no full stop, a greeting before it, a slip of the finger.

    Without `slips` every letter stays, for questions that hold a word which the answer repeats.
    """
    if random.random() < 0.06 and not question.startswith(("Hi", "Hello", "Hey")):
        question = random.choice(OPENERS) + question[0].lower() + question[1:]
    elif random.random() < 0.05:
        closer = random.choice(CLOSERS)
        question = (question.rstrip("?.!") if closer.startswith(",") else question) + closer
    if random.random() < 0.30:
        question = question.rstrip("?.!")
    if random.random() < 0.30:
        question = question.lower()
    elif random.random() < 0.04:
        question = question.upper()
    if slips and random.random() < 0.04:
        question = with_slip(random, question)
    return question


def with_slip(random: Random, text: str) -> str:
    """The text with one letter lost, doubled or swapped with the next; digits stay, or the sum would be another one."""
    places = [place for place in range(1, len(text) - 1) if text[place].isalpha() and text[place + 1].isalpha()]
    if len(places) < 6:
        return text
    place = random.choice(places)
    here, after = text[place], text[place + 1]
    slip = random.choice([after, here + here + after, after + here])
    return text[:place] + slip + text[place + 2:]
