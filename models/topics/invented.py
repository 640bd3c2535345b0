"""Words and names that nobody ever saw, so that the model learns rules and not only lists."""
from random import Random

BEGINNINGS = ["b", "bl", "br", "c", "ch", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "kl", "l", "m", "n", "p", "pl", "qu", "r", "s", "sh", "st", "t", "tr", "v", "w", "x", "z", ""]
MIDDLES = ["a", "e", "i", "o", "u", "ai", "ea", "ou", "y", "oo"]
ENDINGS = ["", "", "", "n", "r", "s", "t", "l", "m", "ck", "rd", "st", "x", "ng"]


def invented_word(random: Random) -> str:
    """One to three syllables."""
    syllables = (random.choice(BEGINNINGS) + random.choice(MIDDLES) + random.choice(ENDINGS) for _ in range(random.choice([1, 2, 2, 3])))
    return "".join(syllables)


def name_of_person(random: Random, known: list[str]) -> str:
    """One of the known names, or an invented one: to say it again the model must read it."""
    name = random.choice(known)
    while random.random() < 0.25 or len(name) < 3:
        name = invented_word(random).capitalize()
    return name
