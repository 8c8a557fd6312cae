"""Conditions and numbers as one writes them in a cell; `expressions` reads the same again."""

from collections.abc import Container

from assessment.authoring.expressions import COMPARED
from assessment.conditions import Condition


def said(conditions: tuple[Condition, ...], several: Container[str] = ()) -> str:
    """Return conditions as one writes them in a cell; `conditions_from` gives the same again.

    Args:
        conditions: all of which must hold.
        several: the names, as written between `${` and `}`, of what may have several values.
    """
    if len(conditions) == 1 and conditions[0].any is not None and len(conditions[0].any) > 1:
        return " or ".join(_part(part, several) for part in conditions[0].any)
    return " and ".join(_part(condition, several) for condition in conditions)


def _part(condition: Condition, several: Container[str]) -> str:
    if condition.not_ is not None:
        return f"not({_bare(condition.not_, several)})"
    if condition.parts:
        bare = _bare(condition, several)
        return f"({bare})" if len(condition.parts) > 1 else bare
    return _test_said(condition, several)


def _bare(condition: Condition, several: Container[str]) -> str:
    joined = "all" if condition.all is not None else "any"
    if condition.not_ is not None or not condition.parts:
        return _part(condition, several)
    if len(condition.parts) == 1:
        return f"{joined}({_bare(condition.parts[0], several)})"
    link = " and " if joined == "all" else " or "
    return link.join(_part(part, several) for part in condition.parts)


def _test_said(test: Condition, several: Container[str]) -> str:
    name = f"profile:{test.profile}" if test.profile is not None else str(test.question)
    asked = f"${{{name}}}"
    if test.answered is not None:
        return f"{asked} {'!=' if test.answered else '='} ''"
    if test.any_of is not None:
        words = [_in_quotes(word) for word in test.any_of]
        if words == ["''"] or len(words) != 1:
            return f"{asked} in ({', '.join(words)})"
        return f"selected({asked}, {words[0]})" if name in several else f"{asked} = {words[0]}"
    for sign, field in COMPARED.items():
        value = getattr(test, field)
        if value is not None:
            return f"{asked} {sign} {number_said(value)}"
    raise AssertionError(test)


def _in_quotes(word: str) -> str:
    return f'"{word}"' if "'" in word and '"' not in word else "'" + word.replace("'", "''") + "'"


def number_said(value: float) -> str:
    """Return a number in digits, such that it is read as the same number."""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))
