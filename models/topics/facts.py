"""A handful of facts: capitals, colours, opposites, animals, amounts, and what comes next in a week, a year, the alphabet."""
import json
from pathlib import Path
from random import Random

from topics.unknown import sentence as i_do_not_know
from topics.wording import Exchange, as_typed, expand

DATA = json.loads((Path(__file__).parent.parent / "data" / "facts.json").read_text())

CAPITAL = [
    "[Do you know|Can you say|I need|I look for|Please give me|Give me] the capital of {country}[?|.|]",
    "What is the capital of {country} called?",
    "[In|For] {country}, [what|which city] is the capital?",
    "{country}, capital[?|]",
    "[What is|What's|Tell me|Name|Do you know|Say|Please name|And what is] the capital [city |]of {country}?",
    "[Which|What] city is the capital of {country}?",
    "[The capital|Capital] of {country}[?|]",
    "{country}'s capital[?|]",
    "What is {country}'s capital[ city|]?",
]
COLOUR = [
    "[What|Which] [colour|color] is {thing}?",
    "What is the [colour|color] of {thing}?",
    "[Tell me|Name|Do you know|I need|Say] the [colour|color] of {thing}.",
    "{thing}: [what|which] [colour|color][?|]",
    "[What|Which] [colour|color] does {thing} have?",
    "[The colour|Color|Colour] of {thing}?",
]
OPPOSITE = [
    "[I need|I look for|Please give me|Say|Do you know] the opposite of {word}[?|.|]",
    "[What|Which word] is opposite to {word}?",
    "{word}: [opposite|what is the opposite|the opposite][?|]",
    "[What is|What's|Tell me|Name|Give me|Do you know] the opposite of [|the word ]{word}?",
    "[The opposite|Opposite] of {word}[?|]",
    "What is the [antonym|contrary] of {word}?",
    "[Which|What] word is the opposite of {word}?",
]
SOUND = ["[What sound|Which sound|What noise] does a {animal} make?", "What does a {animal} say?", "How does a {animal} sound?", "What [sound|noise] do {animal}s make?"]
LEGS = ["How many legs does {animal} have?", "How many legs has {animal}[ got|]?", "[Tell me how many legs|Number of legs] {animal} has."]
BABY = ["What is a baby {animal} called?", "[What is|What do you call] the [young|child] of a {animal}?", "What do you call a [baby|young] {animal}?", "[Name of|What is the name of] a baby {animal}?"]


def asked(random: Random, patterns: list[str], **slots: object) -> str:
    """A question from one of the patterns, as a person types it."""
    question = expand(random, random.choice(patterns), **slots)
    return as_typed(random, question[0].upper() + question[1:])


def capital(random: Random) -> Exchange:
    """A capital that the model knows, or now and then a place that it does not."""
    if random.random() < 0.12:
        return Exchange(asked(random, CAPITAL, country=random.choice(DATA["unknown countries"])), i_do_not_know())
    country, city = random.choice(list(DATA["capitals"].items()))
    shown = country.removeprefix("the ") if random.random() < 0.3 else country
    return Exchange(asked(random, CAPITAL, country=shown), f"The capital of {country} is {city}.")


def country_of(random: Random) -> Exchange:
    """The question turned round: which country a capital belongs to."""
    country, city = random.choice(list(DATA["capitals"].items()))
    patterns = ["{city} is the capital of [which|what] country?", "[Which|What] country has the capital {city}?", "Of [which|what] country is {city} the capital?"]
    return Exchange(asked(random, patterns, city=city), f"{city} is the capital of {country}.")


def colour(random: Random) -> Exchange:
    """The colour of a thing."""
    thing, shade = random.choice(list(DATA["colours"].items()))
    shown = thing.split(" ", 1)[1] if thing.startswith(("a ", "an ", "the ")) and random.random() < 0.15 else thing
    return Exchange(asked(random, COLOUR, thing=shown), f"{thing[0].upper()}{thing[1:]} is {shade}.")


def opposite(random: Random) -> Exchange:
    """The opposite of a word, or now and then a word that has none."""
    if random.random() < 0.08:
        return Exchange(asked(random, OPPOSITE, word=random.choice(DATA["unknown words"])), i_do_not_know())
    word, other = random.choice(list(DATA["opposites"].items()))
    quoted = random.choice([word, word, word, f'"{word}"', f"'{word}'"])
    return Exchange(asked(random, OPPOSITE, word=quoted), f"The opposite of {word} is {other}.")


def animal(random: Random) -> Exchange:
    """Sounds, legs and young ones."""
    kind = random.random()
    if kind < 0.35:
        name, sound = random.choice(list(DATA["sounds"].items()))
        return Exchange(asked(random, SOUND, animal=name), f"A {name} says {sound}." if name[0] not in "aeiou" else f"An {name} says {sound}.")
    if kind < 0.7:
        name, legs = random.choice(list(DATA["legs"].items()))
        return Exchange(asked(random, LEGS, animal=name), f"{name[0].upper()}{name[1:]} has {legs or 'no'} legs.")
    name, young = random.choice(list(DATA["babies"].items()))
    return Exchange(asked(random, BABY, animal=name), f"A baby {name} is called a {young}.")


def amount(random: Random) -> Exchange:
    """How many of one thing there are in another."""
    entry = random.choice(DATA["amounts"])
    return Exchange(asked(random, ["How many " + entry["ask"] + "?"]), entry["answer"])


def general(random: Random) -> Exchange:
    """A fact that stands alone."""
    entry = random.choice(DATA["general"])
    return Exchange(asked(random, entry["ask"]), entry["answer"])


def next_in_cycle(random: Random) -> Exchange:
    """The day, month or letter after or before another."""
    kind = random.choice(list(DATA["cycles"]))
    cycle = DATA["cycles"][kind]
    place = random.randrange(len(cycle))
    if kind == "letter" and place in (0, len(cycle) - 1):
        place = 1
    step, word = random.choice([(1, "after"), (-1, "before")])
    patterns = [f"[What|Which] {kind} [comes|is] {word} {{this}}?", f"What [comes|is] {word} {{this}}?", f"[Name|Tell me] the {kind} {word} {{this}}."]
    other = cycle[(place + step) % len(cycle)]
    return Exchange(asked(random, patterns, this=cycle[place]), f"{word.capitalize()} {cycle[place]} comes {other}.")


def exchange(random: Random) -> Exchange:
    """Any fact; the larger tables come more often."""
    kinds = [capital, country_of, colour, opposite, animal, amount, general, next_in_cycle]
    return random.choices(kinds, [10, 2, 6, 8, 5, 4, 5, 5])[0](random)
