"""Stories: a short one of about a hundred tokens, and a long one that runs long enough to be stopped in the middle."""
import json
from pathlib import Path
from random import Random

from topics.invented import name_of_person
from topics.wording import Exchange, as_typed, expand, leaning

DATA = json.loads((Path(__file__).parent.parent / "data" / "stories.json").read_text())
HOME_OF = {subject: home for home, subjects in DATA["subjects"].items() for subject in subjects}
SUBJECTS = list(HOME_OF)
USUAL_SUBJECT = "silk moth"

SHORT_REQUESTS = [
    "[Tell me|Write|Write me|Tell|I want|I would like|Can you tell me|Please tell me|Make up|Give me|Do you know] a [short |little |nice |small |]story about {topic}[.|]",
    "[A|A short] story about {topic}[, please|][.|]",
    "[Tell me|Write|Can you write] [something|a tale|a fairy tale|a bedtime story] about {topic}[.|]",
    "[Tell|Write] a story [with|of] {topic}[.|]",
]
LONG_REQUESTS = [
    "[Tell me|Write|Write me|Tell|I want|I would like|Can you tell me|Please tell me|Make up] a [very long|long|long, long|really long|longer|very very long] story about {topic}[.|]",
    "[A|One] [long|very long] story about {topic}[, please|][.|]",
    "[Tell me|Write] a long [tale|fairy tale|bedtime story] about {topic}[.|]",
]
SHORT_BARE = ["[Tell me|Write|I want|Can you tell me|Please tell me|Tell|Do you know] a [short |nice |bedtime |fairy |]story[.|]", "A story, please[.|]", "[Yes, a|I want a|A] story[.|]"]
LONG_BARE = ["[Tell me|Write|I want|Can you tell me|Please tell me|Tell] a [very |really |]long story[.|]", "A long story, please[.|]", "Write a [long text|long answer|very long answer][.|]", "Tell me something long[.|]"]


def with_article(noun: str) -> str:
    """The noun with "a" or "an" before it."""
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"


def capitalised(text: str) -> str:
    """The text with a large first letter."""
    return text[0].upper() + text[1:]


def filled(random: Random, pattern: str, subject: str, name: str) -> str:
    """A piece of a story with its people and things put in."""
    friend = leaning(random, DATA["friends"])
    slots = {
        "name": name,
        "subject": subject,
        "friend": friend,
        "Friend": capitalised(friend),
        "the friend": "the " + friend.split(" ", 1)[1],
        "thing": leaning(random, DATA["things"]),
        "other": leaning(random, DATA["others"]),
    }
    return pattern.format_map(slots)


def short_story(random: Random, subject: str, name: str, trait: str = "") -> str:
    """A story of about a hundred tokens; where the subject lives decides the plot, so equal requests get related answers."""
    home = HOME_OF[subject]
    opening = f"Once upon a time there was {with_article((trait + ' ' + subject).strip())} named {name} who lived {home}."
    ending = leaning(random, DATA["endings"]).format(subject=subject, name=name)
    return f"{opening} {filled(random, DATA['plots'][home], subject, name)} {ending}"


def long_story(random: Random, subject: str, name: str, trait: str = "") -> str:
    """A story of five paragraphs, about three hundred tokens."""
    parts = DATA["long"]
    opening = parts["opening"].format_map({"a subject": with_article((trait + " " + subject).strip()), "name": name, "home": HOME_OF[subject], "subject": subject})
    episodes = [*parts["first"], leaning(random, parts["last"])]
    ending = parts["ending"].format(name=name, subject=subject)
    return "\n\n".join([opening, *(filled(random, episode, subject, name) for episode in episodes), ending])


def request(random: Random, long: bool) -> tuple[Exchange, str, str]:
    """A request for a story and the story, with the subject and the name in it."""
    tell = long_story if long else short_story
    requests, bare = (LONG_REQUESTS, LONG_BARE) if long else (SHORT_REQUESTS, SHORT_BARE)
    name = leaning(random, DATA["names"][:6])
    if random.random() < 0.15:
        question = as_typed(random, expand(random, random.choice(bare)))
        return Exchange(question, tell(random, USUAL_SUBJECT, name)), USUAL_SUBJECT, name
    subject = random.choice(SUBJECTS)
    trait = random.choice(DATA["traits"]) if random.random() < 0.2 else ""
    noun = (trait + " " + subject).strip()
    topic = with_article(noun)
    kind = random.random()
    if kind < 0.25:
        name = name_of_person(random, DATA["names"])
        topic = f"{topic} {random.choice(['named', 'called'])} {name}"
    elif kind < 0.45:
        name = name_of_person(random, DATA["names"])
        topic = f"{name} and {topic}" if random.random() < 0.3 else f"{name} the {noun}"
    elif kind < 0.55:
        topic = random.choice([f"the {noun}", f"one {noun}", f"my {noun}", noun])
    question = as_typed(random, expand(random, random.choice(requests), topic=topic), slips=False)
    return Exchange(question, tell(random, subject, name, trait)), subject, name


def exchange(random: Random) -> Exchange:
    """One story, asked for and told; one in eight is long."""
    return request(random, long=random.random() < 0.12)[0]
