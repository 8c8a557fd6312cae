"""Which questions concern whom, told again from the plain data: as things stand, and for sure."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from tests.models.building import Data
from tests.models.comparing import Said, state


class Visible:
    """A reader of one sheet's conditions: "as things stand" takes a test of what is not answered as not met."""

    def __init__(self, data: Data, said: Said) -> None:
        self.said = said
        self.conditions: dict[str, list[Data]] = {}
        self._collect(data, [])

    def _collect(self, part: Mapping[str, Any], above: list[Data]) -> None:
        mine = above + list(part.get("applies_if", ())) if "scale" not in part else []
        for below in part.get("sections", ()):
            self._collect(below, mine)
        for question in part.get("questions", ()):
            self.conditions[question["id"]] = mine + list(question.get("applies_if", ()))

    def now(self, question: str) -> bool:
        return all(self.holds_now(condition) for condition in self.conditions[question])

    def holds_now(self, condition: Data) -> bool:
        if "not" in condition:
            return not self.holds_now(condition["not"])
        if "all" in condition:
            return all(self.holds_now(each) for each in condition["all"])
        if "any" in condition:
            return any(self.holds_now(each) for each in condition["any"])
        there = self.now(condition["question"]) and state(self.said, condition["question"]) == "given"
        if "answered" in condition:
            return bool(there == condition["answered"])
        return there and passes(self.said[condition["question"]], condition)

    def surely(self, question: str) -> bool | None:
        """True or false if it is so whatever the open answers turn out to be, none if that hangs on one."""
        return every(self.holds_surely(condition) for condition in self.conditions[question])

    def holds_surely(self, condition: Data) -> bool | None:
        if "not" in condition:
            return opposite(self.holds_surely(condition["not"]))
        if "all" in condition:
            return every(self.holds_surely(each) for each in condition["all"])
        if "any" in condition:
            return opposite(every(opposite(self.holds_surely(each)) for each in condition["any"]))
        if condition.get("answered") is False:
            return opposite(self.holds_surely({**condition, "answered": True}))
        decider = condition["question"]
        there, how = self.surely(decider), state(self.said, decider)
        if there is False or how == "aside":
            return False
        if how == "missing":
            return None
        return there if "answered" in condition or passes(self.said[decider], condition) else False


def opposite(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


def every(truths: Iterable[bool | None]) -> bool | None:
    known = list(truths)
    return False if False in known else None if None in known else True


def passes(value: Any, condition: Data) -> bool:
    if "any_of" in condition:
        word = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
        return word in condition["any_of"]
    size = Fraction(str(float(value)))
    return all(
        (
            size >= condition.get("at_least", size),
            size <= condition.get("at_most", size),
            "above" not in condition or size > Fraction(str(condition["above"])),
            "below" not in condition or size < Fraction(str(condition["below"])),
        )
    )


def standing(data: Data, said: Said, questions: Iterable[str]) -> dict[str, str]:
    """For each question: given, missing or gone as things stand; and whether that is sure.

    Returns:
        By question "given", "missing", "loose" (it may apply or not, and stands as given), "loose-missing", "loose-gone" or
        "gone".
    """
    visible = Visible(data, said)
    found = {}
    for question in questions:
        surely, how = visible.surely(question), state(said, question)
        if surely is False or how == "aside":
            found[question] = "gone"
        elif surely is None:
            shown = visible.now(question)
            found[question] = "loose-gone" if not shown else "loose" if how == "given" else "loose-missing"
        else:
            found[question] = how
    return found
