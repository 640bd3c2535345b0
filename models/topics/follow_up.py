"""Conversations of two and more turns in which a later question only makes sense after an earlier one."""
from random import Random

from topics import arithmetic, facts, stories, talk
from topics.invented import name_of_person
from topics.wording import Exchange, as_typed, expand

GIVEN_NAMES = stories.DATA["names"]
COLOURS = ["red", "blue", "green", "yellow", "black", "white", "orange", "purple", "pink", "brown"]


def a_name(random: Random) -> list[Exchange]:
    """A person says their name and asks for it later, perhaps with something else in between."""
    name = name_of_person(random, GIVEN_NAMES)
    told = as_typed(random, expand(random, "[My name is|I am called|I'm|I am|You can call me|Hi, my name is|Hello, I am|Hello, my name is] {name}[.|!|]", name=name), slips=False)
    turns = [Exchange(told, f"Nice to meet you, {name}!")]
    if random.random() < 0.4:
        turns.append(random.choice([talk.small_talk, facts.exchange, arithmetic.exchange])(random))
    asked = as_typed(random, expand(random, "[What is my name|What's my name|Do you know my name|Do you remember my name|Who am I|How am I called|Tell me my name|Say my name]?"))
    return [*turns, Exchange(asked, f"Your name is {name}.")]


def a_favourite(random: Random) -> list[Exchange]:
    """A person says which colour they like and asks for it later."""
    colour = random.choice(COLOURS)
    told = as_typed(random, expand(random, "[My favourite colour is|My favorite color is|I like|The colour I like is] {colour}[.|]", colour=colour), slips=False)
    turns = [Exchange(told, f"{colour.capitalize()} is a lovely colour.")]
    if random.random() < 0.3:
        turns.append(facts.exchange(random))
    asked = as_typed(random, expand(random, "[What is my favourite colour|What's my favourite colour|What is my favorite color|Which colour do I like|Do you remember my favourite colour]?"))
    return [*turns, Exchange(asked, f"Your favourite colour is {colour}.")]


def another_capital(random: Random) -> list[Exchange]:
    """A capital, then only "And Italy?"."""
    turns = [facts.capital(random)]
    for country, city in random.sample(list(facts.DATA["capitals"].items()), random.choice([1, 1, 2])):
        asked = as_typed(random, expand(random, "[And|And of|And what about|What about|How about|And the capital of] {country}?", country=country))
        turns.append(Exchange(asked, f"The capital of {country} is {city}."))
    return turns


def another_opposite(random: Random) -> list[Exchange]:
    """An opposite, then only "And of tall?"."""
    turns = [facts.opposite(random)]
    word, other = random.choice(list(facts.DATA["opposites"].items()))
    asked = as_typed(random, expand(random, "[And|And of|And what about|What about|How about] {word}?", word=word))
    return [*turns, Exchange(asked, f"The opposite of {word} is {other}.")]


def another_sum(random: Random) -> list[Exchange]:
    """A sum, then "And plus 3?" on its result, or "And 4 plus 5?"."""
    a, b, c = random.randint(0, 10), random.randint(0, 10), random.randint(0, 10)
    asked = as_typed(random, expand(random, random.choice(arithmetic.ADDING), a=a, b=b).strip())
    turns = [Exchange(asked, arithmetic.solved(a, "+", b))]
    if random.random() < 0.5:
        sign = "-" if random.random() < 0.4 and a + b >= c else "+"
        word = {"+": "[plus|+]", "-": "[minus|-]"}[sign]
        asked = as_typed(random, expand(random, f"[And|And now|Now|And that] {word} {{c}}?", c=c))
        return [*turns, Exchange(asked, arithmetic.solved(a + b, sign, c))]
    sign = random.choice("+-*")
    c, d = arithmetic.operands(random, sign)
    word = {"+": "[plus|+]", "-": "[minus|-]", "*": "[times|*]"}[sign]
    asked = as_typed(random, expand(random, f"[And|And what is|What about|Now] {{c}} {word} {{d}}?", c=c, d=d))
    return [*turns, Exchange(asked, arithmetic.solved(c, sign, d))]


def about_the_story(random: Random) -> list[Exchange]:
    """A story, then a question about it or the wish for one more."""
    told, subject, name = stories.request(random, long=False)
    kind = random.random()
    if kind < 0.4:
        asked = expand(random, f"What [was|is] [the name of the {subject}|its name|the {subject} called|the name of the hero]?")
        return [told, Exchange(as_typed(random, asked, slips=False), f"The {subject} is called {name}.")]
    if kind < 0.6:
        asked = expand(random, "[Who was it about|What was it about|Who was the story about|Who is the hero]?")
        return [told, Exchange(as_typed(random, asked), f"It was about {stories.with_article(subject)} called {name}.")]
    other = random.choice(stories.SUBJECTS)
    asked = expand(random, f"[Another one|Another story|One more|Now one|And one|Now a story|And now one] about {stories.with_article(other)}[, please|][.|]")
    return [told, Exchange(as_typed(random, asked, slips=False), stories.short_story(random, other, "Mira"))]


def said_again(random: Random) -> list[Exchange]:
    """Any answer, then the wish to hear it once more."""
    turn = random.choice([talk.network, talk.small_talk, facts.exchange, arithmetic.exchange])(random)
    asked = expand(random, "[Say that again|Can you repeat that|Repeat that|Please repeat that|Again|Once more|Pardon, what did you say|What did you say|Could you say that again][, please|][.|?|]")
    return [turn, Exchange(as_typed(random, asked), turn.answer)]


def sad_then_story(random: Random) -> list[Exchange]:
    """A bad day, then yes to the story that was offered."""
    told = as_typed(random, expand(random, "[I am sad|I feel sad|I am bored|I am lonely|I had a bad day][ today|][.|]"))
    asked = as_typed(random, expand(random, "[Yes|Yes, please|Yes please|Sure|OK|Okay|Please|I would like that|Yes, I would|Go on][.|!|]"))
    story = stories.short_story(random, stories.USUAL_SUBJECT, "Mira")
    return [Exchange(told, "I am sorry to hear that. Would you like a short story?"), Exchange(asked, story)]


def exchanges(random: Random) -> list[Exchange]:
    """Any of the above."""
    kinds = [a_name, a_favourite, another_capital, another_opposite, another_sum, about_the_story, said_again, sad_then_story]
    return random.choices(kinds, [6, 2, 3, 2, 4, 3, 3, 1])[0](random)
