"""Checks of the training text and the tokenizer; `make.sh` runs them before it trains."""
import re
import unittest
from itertools import islice

from corpus import conversations
from questions import GROUPS, bare, cases, held_out
from tokenizer import SPECIAL_TOKENS, Tokenizer, learn_merges

SAMPLE = [exchange for conversation in islice(conversations(seed=7), 3000) for exchange in conversation.exchanges]
WORDS_WE_DO_NOT_SAY = re.compile(r"anonym|zero.knowledge|100 ?%|nobody can see|\bminer", re.IGNORECASE)


class Text(unittest.TestCase):
    """What the generator makes."""

    def test_equal_seeds_give_equal_text(self):
        self.assertEqual(list(islice(conversations(seed=3), 50)), list(islice(conversations(seed=3), 50)))

    def test_no_held_out_question_is_in_the_text(self):
        self.assertFalse(held_out() & {bare(exchange.question) for exchange in SAMPLE})

    def test_every_pattern_was_filled(self):
        for exchange in SAMPLE:
            self.assertNotRegex(exchange.question + exchange.answer, r"[{}\[\]]|^\s*$")

    def test_answers_are_plain_and_never_claim_too_much(self):
        for exchange in SAMPLE:
            self.assertTrue(exchange.answer.isascii() and exchange.answer == exchange.answer.strip())
            self.assertNotRegex(exchange.answer, WORDS_WE_DO_NOT_SAY)

    def test_every_expectation_is_a_pattern(self):
        for group in GROUPS:
            for case in cases(group):
                re.compile(case.expect)


class Tokens(unittest.TestCase):
    """What the tokenizer does."""

    def setUp(self):
        self.tokenizer = Tokenizer(learn_merges((text for exchange in SAMPLE[:500] for text in exchange), 600))

    def test_text_comes_back(self):
        for text in ["Hello, world!", "  two  spaces\n\n", "12+345=?", "naïve 日本 😀", "<|end|>", ""]:
            self.assertEqual(self.tokenizer.decode(self.tokenizer.encode(text)), text)

    def test_a_number_up_to_99_is_one_token(self):
        for number in range(100):
            self.assertEqual(len(self.tokenizer.encode(str(number))), 1)

    def test_a_special_token_in_a_text_is_plain_text(self):
        self.assertGreaterEqual(min(self.tokenizer.encode("".join(SPECIAL_TOKENS))), len(SPECIAL_TOKENS))


if __name__ == "__main__":
    unittest.main()
