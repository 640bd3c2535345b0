"""Counting up, down and in twos; among it the long counts that tests stop in the middle."""
from random import Random

from topics.wording import Exchange, as_typed, expand


def listed(numbers: range) -> str:
    """The numbers as a sentence: "1, 2, 3." """
    return ", ".join(map(str, numbers)) + "."


def upwards(random: Random) -> Exchange:
    """Count to a number, mostly from 1."""
    last = random.choice([5, 10, 10, 15, 20, 20, 30, 40, 50, 60, *(random.randint(2, 60) for _ in range(10))])
    if random.random() < 0.55:
        # Many short ones: they show most often where a count has to end.
        first = random.randint(0, 57)
        last = min(60, first + random.choice([2, 3, 3, 4, 5, 6, 8, 12, 20]))
        pattern = "[Count|Can you count|Please count|Could you count|I want you to count] from {first} [to|up to|until] {last}[, please|][.|]"
        return Exchange(as_typed(random, expand(random, pattern, first=first, last=last)), listed(range(first, last + 1)))
    pattern = "[Count|Can you count|Please count|Could you count|I want you to count|Now count] [to|from 1 to|from one to|up to|from 1 up to] {last}[, please|][.|]"
    return Exchange(as_typed(random, expand(random, pattern, last=last)), listed(range(1, last + 1)))


def downwards(random: Random) -> Exchange:
    """Count down to 1."""
    first = random.choice([3, 5, 10, 10, 20, random.randint(3, 20)])
    pattern = "[Count down from {first}|Count backwards from {first}|Count from {first} to 1|Count down from {first} to 1][, please|][.|]"
    return Exchange(as_typed(random, expand(random, pattern, first=first)), listed(range(first, 0, -1)))


def in_twos(random: Random) -> Exchange:
    """The even or the odd numbers up to 20."""
    even = random.random() < 0.5
    last = random.choice([10, 20])
    pattern = "[Count|Count to {last}|List|Tell me] [the|all] {kind} numbers [up to|to|until] {last}." if random.random() < 0.6 else "[List|What are] the {kind} numbers [up to|to|until] {last}?"
    question = expand(random, pattern.replace("[Count|Count to {last}|List|Tell me]", "[Count|List|Tell me]"), kind="even" if even else "odd", last=last)
    return Exchange(as_typed(random, question), listed(range(2 if even else 1, last + 1, 2)))


def neighbour(random: Random) -> Exchange:
    """The number after or before another."""
    number = random.randint(1, 59)
    if random.random() < 0.6:
        question = expand(random, "[What|Which number] [comes after|follows|is after] {number}?", number=number)
        return Exchange(as_typed(random, question), f"After {number} comes {number + 1}.")
    question = expand(random, "[What|Which number] [comes before|is before] {number}?", number=number)
    return Exchange(as_typed(random, question), f"Before {number} comes {number - 1}.")


def exchange(random: Random) -> Exchange:
    """Any of the above; counting up comes most often."""
    kind = random.choices([upwards, downwards, in_twos, neighbour], [6, 2, 1, 2])[0]
    return kind(random)
