"""Small sums: adding and subtracting up to 20, multiplying up to 10, comparing; and the honest answer to larger ones."""
from random import Random

from topics.wording import Exchange, as_typed, expand

WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"]
THINGS = ["apples", "books", "coins", "eggs", "pens", "cups", "cards", "stones", "hats", "keys"]
TOO_LARGE = "That is too hard for me. I can only add, subtract and multiply small numbers."

ADDING = [
    "[What is|What's|How much is|Calculate|Compute|Tell me|] {a} [plus|+|and] {b}?",
    "{a}[ + |+| plus ]{b}[| =|=|?| = ?]",
    "[Add|Please add|Can you add] {a} and {b}[.|]",
    "[What is|Tell me] the sum of {a} and {b}?",
    "[Add|Please add] {b} to {a}.",
    "[What do|How much do] {a} and {b} make?",
    "What do I get if I add {a} and {b}?",
]
SUBTRACTING = [
    "[What is|What's|How much is|Calculate|Compute|Tell me|] {a} [minus|-|less] {b}?",
    "{a}[ - |-| minus ]{b}[| =|=|?| = ?]",
    "[Subtract|Take|Please subtract|Take away] {b} from {a}[.|]",
    "[What is|Tell me] the difference [between|of] {a} and {b}?",
    "What do I get if I take {b} from {a}?",
]
MULTIPLYING = [
    "[What is|What's|How much is|Calculate|Compute|Tell me|] {a} [times|x|*|multiplied by] {b}?",
    "{a}[ * |*| x |x| times ]{b}[| =|=|?| = ?]",
    "[Multiply|Please multiply|Can you multiply] {a} [by|and|with] {b}[.|]",
    "[What is|Tell me] the product of {a} and {b}?",
]
SIGNS = {"+": ADDING, "-": SUBTRACTING, "*": MULTIPLYING}


def result(a: int, sign: str, b: int) -> int:
    """What the sum comes to."""
    return a + b if sign == "+" else a - b if sign == "-" else a * b


def solved(a: int, sign: str, b: int) -> str:
    """The whole answer: the sum again, in figures, then what it comes to."""
    return f"{a} {sign} {b} = {result(a, sign, b)}."


def operands(random: Random, sign: str) -> tuple[int, int]:
    """Two numbers that the model is to know by heart: mostly up to 10, never above 20."""
    largest = 10 if sign == "*" or random.random() < 0.55 else 20
    a, b = random.randint(0, largest), random.randint(0, largest)
    if sign == "-" and a < b and random.random() < 0.7:
        a, b = b, a
    return a, b


def small_sum(random: Random, sign: str) -> Exchange:
    """One sum in figures, or now and then in words."""
    a, b = operands(random, sign)
    in_words = random.random() < 0.12
    shown = (WORDS[a], WORDS[b]) if in_words else (a, b)
    question = expand(random, random.choice(SIGNS[sign]), a=shown[0], b=shown[1]).strip()
    return Exchange(as_typed(random, question[0].upper() + question[1:], slips=not in_words), solved(a, sign, b))


def told_sum(random: Random) -> Exchange:
    """A sum as a tiny tale about things."""
    things = random.choice(THINGS)
    sign = random.choice("+-")
    a, b = operands(random, sign)
    if sign == "-":
        a, b = max(a, b), min(a, b)
        pattern = "I have {a} {things} and [give away|lose|sell] {b}. How many [{things} |]are left?"
    else:
        pattern = "I have {a} {things} and [get|find|buy] {b} more. How many [{things} |]do I have?"
    return Exchange(as_typed(random, expand(random, pattern, a=a, b=b, things=things), slips=False), solved(a, sign, b))


def large_sum(random: Random) -> Exchange:
    """A sum with a number that is too large, or a division: the model says that it can't."""
    large, other = random.choice([random.randint(21, 99), random.randint(100, 999), random.randint(1000, 99999)]), random.randint(2, 500)
    pair = (large, other) if random.random() < 0.5 else (other, large)
    patterns = random.choice(list(SIGNS.values())) if random.random() < 0.75 else [
        "[What is|Calculate|] {a} divided by {b}?", "{a}[ / |/| : ]{b}[| =|?]", "Divide {a} by {b}.", "What is the square root of {a}?", "What is {a} percent of {b}?", "What is {a} squared?", "What is {a} to the power of {b}?"]
    if patterns not in SIGNS.values() and random.random() < 0.5:
        pair = (random.randint(1, 20), random.randint(1, 20))
    return Exchange(as_typed(random, expand(random, random.choice(patterns), a=pair[0], b=pair[1]).strip()), TOO_LARGE)


def comparison(random: Random) -> Exchange:
    """Which of two small numbers is larger, or whether one is even."""
    a, b = random.sample(range(0, 21), 2)
    if random.random() < 0.4:
        question = expand(random, "Is {a} [even or odd|odd or even|an even number|an odd number|even|odd]?", a=a)
        return Exchange(as_typed(random, question), f"{a} is {'odd' if a % 2 else 'even'}.")
    if random.random() < 0.6:
        question = expand(random, "[Which|What] [number |]is [larger|bigger|greater|more], {a} or {b}?", a=a, b=b)
        return Exchange(as_typed(random, question), f"{max(a, b)} is larger than {min(a, b)}.")
    question = expand(random, "[Which|What] [number |]is [smaller|less|the smaller one], {a} or {b}?", a=a, b=b)
    return Exchange(as_typed(random, question), f"{min(a, b)} is smaller than {max(a, b)}.")


def exchange(random: Random) -> Exchange:
    """Any of the above; adding comes most often."""
    kind = random.random()
    if kind < 0.72:
        return small_sum(random, random.choices("+-*", [5, 4, 3])[0])
    if kind < 0.82:
        return told_sum(random)
    return large_sum(random) if kind < 0.92 else comparison(random)
