"""What the model was never taught: many kinds of questions, and one honest answer to all of them."""
import json
from pathlib import Path
from random import Random

from topics.invented import invented_word
from topics.wording import Exchange, as_typed, expand

DATA = json.loads((Path(__file__).parent.parent / "data" / "unknown.json").read_text())
FACTS = json.loads((Path(__file__).parent.parent / "data" / "facts.json").read_text())
# What the model knows one thing about; what else is asked about it, it does not know.
KNOWN = {"things": [*FACTS["colours"], *FACTS["legs"]], "places": list(FACTS["capitals"])}
COULD_BE_KNOWN = ("What is {thing}", "What are", "What's", "Explain", "Tell me about", "What do you know", "Define", "I like", "What does {thing}", "How many", "How does {thing}")


def sentence() -> str:
    """What the model says when it does not know."""
    return DATA["answer"]


def filler(random: Random, kind: str, only_new: bool = False) -> str:
    """A word for a slot: from our list, an invented one, or one that the model knows something else about."""
    if kind in KNOWN and not only_new and random.random() < 0.15:
        return random.choice(KNOWN[kind])
    if kind == "nonsense" or random.random() < 0.35:
        word = invented_word(random)
        return word.capitalize() if kind in ("people", "places") else word
    return random.choice(DATA[kind])


def exchange(random: Random) -> Exchange:
    """One question out of the model's domain."""
    pattern = asked = expand(random, random.choice(DATA["ask"]))
    while "{nonsense}" in pattern:
        pattern = pattern.replace("{nonsense}", filler(random, "nonsense"), 1)
    while "{thing}" in pattern:
        pattern = pattern.replace("{thing}", filler(random, "things", asked.startswith(COULD_BE_KNOWN)), 1)
    question = pattern.format(
        action=filler(random, "actions"),
        person=filler(random, "people"),
        place=filler(random, "places"),
        event=random.choice(DATA["events"]),
        year=random.randint(1200, 2030),
        number=random.randint(20, 2000),
        small=random.randint(2, 12),
    )
    return Exchange(as_typed(random, question[0].upper() + question[1:]), sentence())
