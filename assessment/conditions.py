"""Conditions: when a question, a section or a measure concerns this organisation. Data, not an expression language."""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, WithJsonSchema, field_validator, model_validator

from assessment.values import Id, Model, Number

TESTS = ("any_of", "at_least", "above", "at_most", "below", "answered")
GROUPS = ("all", "any", "not")

Words = Annotated[
    tuple[str, ...],
    WithJsonSchema({"type": "array", "items": {"type": ["string", "number", "boolean"]}}),
]
"""Words that an answer may be; `true` and `false` say yes and no, numbers their digits."""


class Condition(Model):
    """Either one test of one profile field or one answer, or several conditions joined by `all`, `any` or `not`.

    A test of an answer that is not given does not hold; nor does a test of a question that is hidden or set aside, which
    is as if it were not there.
    """

    profile: Id | None = None
    """A profile field …"""
    question: Id | None = None
    """… or a question whose answer decides."""
    any_of: Words | None = None
    """Holds if the value, or one of several values, is among these. A yes/no question answers `yes` or `no`."""
    at_least: Number | None = None
    """Holds if the answer is at least this: a level, a number, or how many items of a checklist are ticked."""
    above: Number | None = None
    at_most: Number | None = None
    below: Number | None = None
    answered: bool | None = None
    """Holds if there is an answer (true), or none (false)."""
    all: tuple["Condition", ...] | None = None
    """Holds if each of these does."""
    any: tuple["Condition", ...] | None = None
    """Holds if one of these does."""
    not_: Annotated["Condition | None", Field(alias="not")] = None
    """Holds if this does not."""

    @field_validator("any_of", mode="before")
    @classmethod
    def _in_words(cls, words: object) -> object:
        if not isinstance(words, (list, tuple)):
            return words
        return [words_of(word)[0] if isinstance(word, (bool, int, float)) else word for word in words]

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        groups = [
            name
            for name, given in zip(GROUPS, (self.all, self.any, self.not_), strict=True)
            if given is not None
        ]
        subjects = [name for name in ("profile", "question") if getattr(self, name) is not None]
        tests = [name for name in TESTS if getattr(self, name) is not None]
        if not groups and not subjects:
            raise ValueError(
                "the condition names nothing to test: add a `profile` field or a `question`, or join conditions by `all`, `any` or `not`"
            )
        if len(groups) + len(subjects) > 1:
            raise ValueError(
                f"{_listed(subjects + groups)} stand in one condition: make a condition of each, and join them by `all` or `any`"
            )
        if groups and tests:
            raise ValueError(
                f"{_listed(tests)} cannot stand beside `{groups[0]}`: write the test into a condition of the group"
            )
        if () in (self.all, self.any):
            raise ValueError(f"`{groups[0]}` joins nothing: list conditions in it")
        if subjects and not tests:
            raise ValueError(
                "the condition does not say what it tests: add `any_of`, `at_least`, `above`, `at_most`, `below` or `answered`"
            )
        if len(tests) > 1:
            raise ValueError(
                f"{_listed(tests)} stand in one condition: make a condition of each, and join them by `all`"
            )
        if self.profile is not None and tests not in (["any_of"], ["answered"]):
            raise ValueError(
                f"`{tests[0]}` compares numbers, and a profile field is none: use `any_of` with its options, or `answered`"
            )
        return self

    @property
    def parts(self) -> tuple["Condition", ...]:
        """The conditions that this one joins."""
        if self.not_ is not None:
            return (self.not_,)
        return self.all if self.all is not None else self.any or ()

    def tests(self) -> Iterator["Condition"]:
        """Yield every single test in and below this condition."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.tests()

    def deciders(self) -> Iterator[str]:
        """Yield the questions whose answers decide."""
        return (test.question for test in self.tests() if test.question is not None)

    def test(self, value: object) -> bool:
        """Say whether this single test holds for a given value: a level, a number, a word, a truth value or ticked items.

        A number is compared as it is, a truth value as 1 or 0, ticked items by their number.
        """
        if self.answered is not None:
            return self.answered
        if self.any_of is not None:
            return any(word in self.any_of for word in words_of(value))
        if isinstance(value, str) or not isinstance(value, (int, float, tuple)):
            return False
        size = len(value) if isinstance(value, tuple) else float(value)
        return (
            (self.at_least is None or size >= self.at_least)
            and (self.above is None or size > self.above)
            and (self.at_most is None or size <= self.at_most)
            and (self.below is None or size < self.below)
        )


def words_of(value: object) -> tuple[str, ...]:
    """Return the words by which conditions know a value: yes and no, an id, several ids, a number in digits."""
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    if isinstance(value, tuple):
        return tuple(str(each) for each in value)
    if isinstance(value, float) and value.is_integer():
        return (str(int(value)),)
    return (str(value),)


def _listed(names: list[str]) -> str:
    return " and ".join(f"`{name}`" for name in names)
