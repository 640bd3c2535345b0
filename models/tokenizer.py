"""A byte-level BPE tokenizer: learned here from our text, written in the format that transformers.js reads."""
import re
from collections import Counter, defaultdict
from itertools import product
from typing import Iterable

PAD, USER, ASSISTANT, END, SYSTEM = "<|pad|>", "<|user|>", "<|assistant|>", "<|end|>", "<|system|>"
SPECIAL_TOKENS = [PAD, USER, ASSISTANT, END, SYSTEM]
PAD_ID, USER_ID, ASSISTANT_ID, END_ID, SYSTEM_ID = range(len(SPECIAL_TOKENS))

# Words take the space before them. Numbers up to 99 are one token each, without a space: a small sum is then a
# table to look up, and the end of a count is a token seen in the question.
# The pattern means the same in Python, in JavaScript and in Rust.
SPLIT_PATTERN = r"'(?:s|t|re|ve|m|ll|d)| ?[A-Za-z]+|[0-9]{1,2}| ?[^\sA-Za-z0-9]+|\s+(?!\S)|\s+"
SPLIT = re.compile(SPLIT_PATTERN)

# A conversation as tokens. User and system texts are trimmed; a special token typed by a person is broken up.
# A last message by the assistant stays open, whatever add_generation_prompt says, so that generating continues it.
CHAT_TEMPLATE = (
    "{%- for message in messages -%}"
    "{{- '<|' + message['role'] + '|>' -}}"
    "{%- if message['role'] == 'assistant' -%}{{- message['content'] | replace('<|', '< |') -}}"
    "{%- else -%}{{- message['content'] | trim | replace('<|', '< |') -}}{%- endif -%}"
    "{%- if message['role'] == 'assistant' and not loop.last -%}{{- '<|end|>' -}}{%- endif -%}"
    "{%- if message['role'] != 'assistant' and loop.last and add_generation_prompt -%}{{- '<|assistant|>' -}}{%- endif -%}"
    "{%- endfor -%}"
)


def byte_letters() -> dict[int, str]:
    """The printable letter that stands for each byte, as GPT-2 chose them."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters = {byte: chr(byte) for byte in printable}
    for byte in range(256):
        if byte not in letters:
            letters[byte] = chr(256 + len(letters) - len(printable))
    return letters


DIGITS = "0123456789"
LETTER_OF_BYTE = byte_letters()
BYTE_OF_LETTER = {letter: byte for byte, letter in LETTER_OF_BYTE.items()}


def as_letters(word: str) -> str:
    """The bytes of a word, a letter each."""
    return "".join(LETTER_OF_BYTE[byte] for byte in word.encode("utf-8"))


def merged(symbols: list[str], pair: tuple[str, str]) -> list[str]:
    """The symbols with each occurrence of the pair made one."""
    joined, place = [], 0
    while place < len(symbols):
        if tuple(symbols[place : place + 2]) == pair:
            joined.append(symbols[place] + symbols[place + 1])
            place += 2
        else:
            joined.append(symbols[place])
            place += 1
    return joined


def learn_merges(texts: Iterable[str], vocabulary_size: int) -> list[tuple[str, str]]:
    """All pairs of digits, then the most frequent pairs, one after another, until the vocabulary is full; ties go by alphabet."""
    frequency = Counter(as_letters(word) for text in texts for word in SPLIT.findall(text))
    symbols_of = {word: list(word) for word in frequency}
    count_of: Counter = Counter()
    words_with: defaultdict = defaultdict(set)
    for word, symbols in symbols_of.items():
        for pair in zip(symbols, symbols[1:]):
            count_of[pair] += frequency[word]
            words_with[pair].add(word)
    digit_pairs = list(product(DIGITS, DIGITS))
    merges: list[tuple[str, str]] = []
    while len(SPECIAL_TOKENS) + 256 + len(merges) < vocabulary_size:
        best = digit_pairs.pop(0) if digit_pairs else max(count_of, key=lambda pair: (count_of[pair], pair))
        merges.append(best)
        for word in words_with.pop(best, ()):
            before, after = symbols_of[word], merged(symbols_of[word], best)
            for pair in zip(before, before[1:]):
                count_of[pair] -= frequency[word]
            for pair in zip(after, after[1:]):
                count_of[pair] += frequency[word]
                words_with[pair].add(word)
            symbols_of[word] = after
        count_of.pop(best, None)
    return merges


class Tokenizer:
    """Text to token ids and back."""

    def __init__(self, merges: list[tuple[str, str]]):
        self.merges = [tuple(pair) for pair in merges]
        self.tokens = [*SPECIAL_TOKENS, *LETTER_OF_BYTE.values(), *("".join(pair) for pair in self.merges)]
        self.id_of = {token: index for index, token in enumerate(self.tokens)}
        self.rank_of = {pair: rank for rank, pair in enumerate(self.merges)}
        self.known_words: dict[str, list[int]] = {}

    def encode(self, text: str) -> list[int]:
        """The ids of a plain text; a special token in it is text like any other."""
        return [index for word in SPLIT.findall(text) for index in self.encode_word(word)]

    def encode_word(self, word: str) -> list[int]:
        """The ids of one piece that the split pattern gave."""
        if word not in self.known_words:
            symbols = list(as_letters(word))
            while len(symbols) > 1:
                pair = min(zip(symbols, symbols[1:]), key=lambda candidate: self.rank_of.get(candidate, len(self.merges)))
                if pair not in self.rank_of:
                    break
                symbols = merged(symbols, pair)
            self.known_words[word] = [self.id_of[symbol] for symbol in symbols]
        return self.known_words[word]

    def decode(self, ids: Iterable[int]) -> str:
        """The text of ids, without special tokens."""
        letters = "".join(self.tokens[index] for index in ids if index >= len(SPECIAL_TOKENS))
        return bytes(BYTE_OF_LETTER[letter] for letter in letters).decode("utf-8", "replace")

    def as_json(self) -> dict:
        """What tokenizer.json holds."""
        added = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
        split = {"type": "Split", "pattern": {"Regex": SPLIT_PATTERN}, "behavior": "Isolated", "invert": False}
        to_bytes = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}
        return {
            "version": "1.0",
            "truncation": None,
            "padding": None,
            "added_tokens": [{"id": index, "content": token, **added} for index, token in enumerate(SPECIAL_TOKENS)],
            "normalizer": None,
            "pre_tokenizer": {"type": "Sequence", "pretokenizers": [split, to_bytes]},
            "post_processor": None,
            "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
            "model": {
                "type": "BPE",
                "dropout": None,
                "unk_token": None,
                "continuing_subword_prefix": None,
                "end_of_word_suffix": None,
                "fuse_unk": False,
                "byte_fallback": False,
                "vocab": self.id_of,
                "merges": [list(pair) for pair in self.merges],
            },
        }


def config_json(context: int) -> dict:
    """What tokenizer_config.json holds."""
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "add_bos_token": False,
        "bos_token": None,
        "eos_token": END,
        "pad_token": PAD,
        "clean_up_tokenization_spaces": False,
        "model_max_length": context,
        "chat_template": CHAT_TEMPLATE,
    }
