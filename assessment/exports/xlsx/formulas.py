"""Formulas that know their value: each is put together once, and says both what the program calculates and what comes of it.

The values follow the programs' own rules: text counts as more than any number, an empty cell as 0, and text in a sum is an
error. So the values written beside the formulas, for viewers that do not calculate, cannot differ from them.

Only functions and operators that Excel 2016 and LibreOffice 7 know, and nothing that depends on the reader's country: numbers
never become text, and no text becomes a number.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any, Final

from assessment.i18n import MISSING

Scalar = float | int | str | bool | None
"""What a cell holds; None is an empty cell."""


class Fault:
    """What a program shows as #VALUE!, #N/A or #DIV/0!."""

    def __repr__(self) -> str:
        return "#VALUE!"


FAULT: Final = Fault()
Known = Any
"""A scalar or a fault, or a tuple of them: the cells of a range."""

ATOM, TIMES, PLUS, COMPARE = 0, 1, 2, 3
"""How tightly a formula holds together."""


@dataclass(frozen=True)
class Formula:
    """A formula without its equals sign, in the form in which files keep it: English names, commas, decimal points."""

    text: str
    value: Known
    holds: int = ATOM
    fixed: bool = False
    """A number or truth value that is written down, so that it can be worked in."""

    def __add__(self, other: "Operand") -> "Formula":
        return _operated("+", self, other, _number(lambda a, b: a + b), PLUS)

    def __sub__(self, other: "Operand") -> "Formula":
        return _operated("-", self, other, _number(lambda a, b: a - b), PLUS, tight=True)

    def __rsub__(self, other: "Operand") -> "Formula":
        return _operated("-", other, self, _number(lambda a, b: a - b), PLUS, tight=True)

    def __mul__(self, other: "Operand") -> "Formula":
        return _operated("*", self, other, _number(lambda a, b: a * b), TIMES)

    def __truediv__(self, other: "Operand") -> "Formula":
        return _operated("/", self, other, _number(lambda a, b: a / b if b else FAULT), TIMES, tight=True)

    def __ge__(self, other: "Operand") -> "Formula":
        return _operated(">=", self, other, lambda a, b: _order(a, b) >= 0, COMPARE, tight=True)

    def __gt__(self, other: "Operand") -> "Formula":
        return _operated(">", self, other, lambda a, b: _order(a, b) > 0, COMPARE, tight=True)

    def __le__(self, other: "Operand") -> "Formula":
        return _operated("<=", self, other, lambda a, b: _order(a, b) <= 0, COMPARE, tight=True)

    def __lt__(self, other: "Operand") -> "Formula":
        return _operated("<", self, other, lambda a, b: _order(a, b) < 0, COMPARE, tight=True)

    def same(self, other: "Operand") -> "Formula":
        """Return whether both are equal; of texts, capitals do not matter."""
        return _operated("=", self, other, lambda a, b: _order(a, b) == 0, COMPARE, tight=True)

    def other(self, other: "Operand") -> "Formula":
        """Return whether the two differ."""
        return _operated("<>", self, other, lambda a, b: _order(a, b) != 0, COMPARE, tight=True)


Operand = Formula | float | int | bool | str

TRUE = Formula("TRUE()", True, fixed=True)
FALSE = Formula("FALSE()", False, fixed=True)
EMPTY = Formula('""', "", fixed=True)
DASH = Formula(f'"{MISSING}"', MISSING)
"""What stands where there is no figure."""


def made(value: Operand) -> Formula:
    """Return a number, a truth value, or the empty text as a formula. No other text stands within a formula."""
    if isinstance(value, Formula):
        return value
    if isinstance(value, bool):
        return TRUE if value else FALSE
    if isinstance(value, str):
        if value:
            raise ValueError("a text belongs into a cell of its own")
        return EMPTY
    shown = str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value)).upper()
    return Formula(shown, value, PLUS if value < 0 else ATOM, fixed=True)


# ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def when(condition: Operand, then: Operand, otherwise: Operand) -> Formula:
    """Return the one where the condition holds, else the other."""
    asked, one, two = made(condition), made(then), made(otherwise)
    if asked.fixed:
        return one if asked.value else two
    value = FAULT if isinstance(asked.value, Fault | str) else one.value if asked.value else two.value
    return Formula(f"IF({asked.text},{one.text},{two.text})", value)


def every(*conditions: Operand) -> Formula:
    """Return whether all of these hold; what is written down as true is left out."""
    return _joined("AND", conditions, all, decides=False)


def some(*conditions: Operand) -> Formula:
    """Return whether one of these holds."""
    return _joined("OR", conditions, any, decides=True)


def _joined(
    name: str, conditions: Iterable[Operand], rule: Callable[[Iterable[Any]], bool], *, decides: bool
) -> Formula:
    open_ones: list[Formula] = []
    for condition in map(made, conditions):
        if condition.fixed and bool(condition.value) is decides:
            return made(decides)
        if not condition.fixed and condition.text not in {one.text for one in open_ones}:
            open_ones.append(condition)
    if len(open_ones) < 2:
        return open_ones[0] if open_ones else made(not decides)
    values = [one.value for one in open_ones]
    value = FAULT if any(isinstance(one, Fault | str) for one in values) else rule(values)
    return Formula(f"{name}({','.join(one.text for one in open_ones)})", value)


def no(condition: Operand) -> Formula:
    """Return whether the condition does not hold."""
    asked = made(condition)
    if asked.fixed:
        return made(not asked.value)
    return Formula(f"NOT({asked.text})", FAULT if isinstance(asked.value, Fault | str) else not asked.value)


# ── functions ────────────────────────────────────────────────────────────────────────────────────────────────────────


def is_number(of: Formula) -> Formula:
    """Return whether there is a number; cell by cell for a range."""
    return Formula(f"ISNUMBER({of.text})", _each(_numeric, of.value))


def products(*factors: Formula) -> Formula:
    """Return the sum of the products, cell by cell; where the factors are ranges of their own, text counts as 0."""
    columns = [factor.value if isinstance(factor.value, tuple) else (factor.value,) for factor in factors]
    total: list[float] = []
    for row in zip(*columns, strict=True):
        if any(isinstance(one, Fault) for one in row):
            return Formula(_call("SUMPRODUCT", factors), FAULT)
        amount = 1.0
        for one in row:
            amount *= one if _numeric(one) else 0.0
        total.append(amount)
    return Formula(_call("SUMPRODUCT", factors), fsum(total))


def total(of: Formula) -> Formula:
    """Return the sum of the numbers in a range."""
    return _gathered("SUM", (of,), fsum)


def least(*of: Operand) -> Formula:
    """Return the smallest number; text and empty cells do not count."""
    return _gathered("MIN", of, lambda numbers: min(numbers, default=0))


def most(*of: Operand) -> Formula:
    """Return the greatest number; text and empty cells do not count."""
    return _gathered("MAX", of, lambda numbers: max(numbers, default=0))


def count(of: Formula) -> Formula:
    """Return how many numbers there are."""
    return _gathered("COUNT", (of,), len)


ARGUMENTS = 200
"""A function takes at most 255."""


def _gathered(name: str, of: Sequence[Operand], rule: Callable[[list[float]], float]) -> Formula:
    parts = [made(one) for one in of]
    if len(parts) > ARGUMENTS:
        parts = [
            _gathered(name, parts[start : start + ARGUMENTS], rule)
            for start in range(0, len(parts), ARGUMENTS)
        ]
    if len(parts) == 1 and parts[0].fixed:
        return parts[0]
    values = [
        one for part in parts for one in (part.value if isinstance(part.value, tuple) else (part.value,))
    ]
    if any(isinstance(one, Fault) for one in values):
        return Formula(_call(name, parts), FAULT)
    return Formula(_call(name, parts), rule([one for one in values if _numeric(one)]))


def at(of: Formula, place: Operand) -> Formula:
    """Return the cell of a range at a place, counted from 1."""
    where = made(place)
    value: Known = FAULT
    if _numeric(where.value) and 1 <= int(where.value) <= len(of.value):
        value = of.value[int(where.value) - 1]
        value = 0 if value is None else value
    return Formula(f"INDEX({of.text},{where.text})", value)


def place(of: Formula, among: Formula) -> Formula:
    """Return the place of the first cell that equals it, 0 if none does. Not for texts of others: * and ? would stand for any."""
    found = next((n for n, one in enumerate(among.value, start=1) if _order(one, of.value) == 0), 0)
    return Formula(f"IFERROR(MATCH({of.text},{among.text},0),0)", found)


def last_up_to(of: Formula, among: Formula) -> Formula:
    """Return the place of the last cell of a rising range that is not above it; an error if all are."""
    found = sum(_order(one, of.value) <= 0 for one in among.value) if _numeric(of.value) else 0
    return Formula(f"MATCH({of.text},{among.text},1)", found or FAULT)


def number_of(of: Formula) -> Formula:
    """Return a cell's number, 0 for text."""
    return Formula(f"N({of.text})", of.value if _numeric(of.value) else 0)


def exactly(one: Formula, other: Formula) -> Formula:
    """Return whether texts are the same to the letter; cell by cell for a range."""
    return Formula(
        f"EXACT({one.text},{other.text})",
        _each(lambda a: (a or "") == (other.value or ""), one.value),
    )


def trimmed(of: Formula) -> Formula:
    """Return a text without spaces around it."""
    return Formula(f"TRIM({of.text})", str(of.value if of.value is not None else "").strip(" "))


def whole(of: Formula) -> Formula:
    """Return the whole number that is not above it."""
    return Formula(f"INT({of.text})", of.value // 1 if _numeric(of.value) else FAULT)


# ── how values behave ────────────────────────────────────────────────────────────────────────────────────────────────


def _call(name: str, arguments: Iterable[Formula]) -> str:
    return f"{name}({','.join(one.text for one in arguments)})"


def _numeric(value: Known) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _order(one: Known, other: Known) -> int:
    """Return -1, 0 or 1, as the programs compare: numbers before texts before truth values."""
    if one is None:
        one = _nothing(other)
    if other is None:
        other = _nothing(one)
    ranks = (_rank(one), _rank(other))
    if ranks[0] != ranks[1]:
        return -1 if ranks[0] < ranks[1] else 1
    a, b = (one.casefold(), other.casefold()) if isinstance(one, str) else (one, other)
    return int(a > b) - int(a < b)


def _rank(value: Known) -> int:
    return 2 if isinstance(value, bool) else 1 if isinstance(value, str) else 0


def _nothing(beside: Known) -> Scalar:
    return False if isinstance(beside, bool) else "" if isinstance(beside, str) else 0


def _number(rule: Callable[[float, float], Known]) -> Callable[[Known, Known], Known]:
    def worked(one: Known, other: Known) -> Known:
        if isinstance(one, Fault | str) or isinstance(other, Fault | str):
            return FAULT
        return rule(one or 0, other or 0)

    return worked


def _each(rule: Callable[[Known], Known], value: Known) -> Known:
    return tuple(map(rule, value)) if isinstance(value, tuple) else rule(value)


def _operated(
    sign: str,
    one: Operand,
    other: Operand,
    rule: Callable[[Known, Known], Known],
    holds: int,
    *,
    tight: bool = False,
) -> Formula:
    a, b = made(one), made(other)
    first = f"({a.text})" if a.holds > holds or (a.holds == COMPARE == holds) else a.text
    second = f"({b.text})" if b.holds > holds or (tight and b.holds == holds) else b.text
    return Formula(first + sign + second, _paired(rule, a.value, b.value), holds)


def _paired(rule: Callable[[Known, Known], Known], one: Known, other: Known) -> Known:
    def safe(a: Known, b: Known) -> Known:
        return FAULT if isinstance(a, Fault) or isinstance(b, Fault) else rule(a, b)

    match isinstance(one, tuple), isinstance(other, tuple):
        case True, True:
            return tuple(safe(a, b) for a, b in zip(one, other, strict=True))
        case True, False:
            return tuple(safe(a, other) for a in one)
        case False, True:
            return tuple(safe(one, b) for b in other)
        case _:
            return safe(one, other)
