"""Small talk and questions about the network: fixed answers to many wordings, read from data files."""
import json
from pathlib import Path
from random import Random

from topics.wording import Exchange, as_typed, expand, leaning

FOLDER = Path(__file__).parent.parent / "data"
SMALL_TALK = json.loads((FOLDER / "small_talk.json").read_text())
NETWORK = json.loads((FOLDER / "network.json").read_text())


def small_talk(random: Random) -> Exchange:
    """A greeting, thanks, a joke and the like."""
    entry = random.choices(SMALL_TALK, [entry.get("weight", 1) for entry in SMALL_TALK])[0]
    return Exchange(as_typed(random, expand(random, random.choice(entry["ask"]))), leaning(random, entry["answers"]))


def network(random: Random) -> Exchange:
    """A question about Bombyx, its words, its privacy and its money."""
    entry = random.choice(NETWORK)
    return Exchange(as_typed(random, expand(random, random.choice(entry["ask"]))), entry["answer"])
