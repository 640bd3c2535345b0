"""All text that the tiny model learns from: conversations, made here from a seed, none of them copied from anywhere."""
from random import Random
from typing import Iterator, NamedTuple

from questions import bare, held_out
from topics import arithmetic, counting, facts, follow_up, stories, talk, unknown
from topics.wording import Exchange

SYSTEM_PROMPTS = [
    "You are a helpful assistant.",
    "You are a helpful assistant. Answer briefly.",
    "You are Bombyx.",
    "Be friendly and short.",
    "Answer in English.",
    "You are a chat model on a shared computer.",
    "Please answer the user's question.",
]
TOPICS = [
    (talk.small_talk, 17),
    (talk.network, 22),
    (arithmetic.exchange, 22),
    (facts.exchange, 20),
    (counting.exchange, 8),
    (stories.exchange, 7),
    (unknown.exchange, 13),
]


class Conversation(NamedTuple):
    """What one training sequence holds."""

    system: str
    exchanges: list[Exchange]


def one_exchange(random: Random) -> list[Exchange]:
    """One question with its answer, or a few that hang together."""
    if random.random() < 0.12:
        return follow_up.exchanges(random)
    topic = random.choices([topic for topic, _ in TOPICS], [weight for _, weight in TOPICS])[0]
    return [topic(random)]


def conversation(random: Random) -> Conversation:
    """One to eight questions: half of the conversations are short, some fill the model's window."""
    system = random.choice(SYSTEM_PROMPTS) if random.random() < 0.08 else ""
    wanted = random.choices([1, 2, 3, 5, 8], [64, 20, 9, 4, 3])[0]
    exchanges: list[Exchange] = []
    while len(exchanges) < wanted:
        exchanges += one_exchange(random)
    return Conversation(system, exchanges)


def conversations(seed: int) -> Iterator[Conversation]:
    """Conversations without end, equal for equal seeds, without the questions that are held out."""
    random = Random(seed)
    forbidden = held_out()
    while True:
        made = conversation(random)
        if not any(bare(exchange.question) in forbidden for exchange in made.exchanges):
            yield made


if __name__ == "__main__":
    from itertools import islice

    for shown in islice(conversations(seed=1), 30):
        print(shown.system, *(f"\n  Q {question}\n  A {answer}" for question, answer in shown.exchanges), "\n")
