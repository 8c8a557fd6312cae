"""Whether conditions can hold together for some organisation: its profile is tried through, answers are left open."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product
from math import prod
from typing import NamedTuple

from assessment.conditions import Condition
from assessment.questionnaire import ProfileField, Questionnaire

MOST = 20_000
"""Combinations of the profile that are tried; where there are more, the conditions are taken to be possible."""

OTHER = ""
"""Stands for all options that no condition names."""

Chosen = tuple[str, ...]
"""The options chosen in a field; none where it is left empty."""


class _May(NamedTuple):
    """Whether a condition can hold, and whether it can fail."""

    hold: bool
    fail: bool


def possible(conditions: Iterable[Condition], questionnaire: Questionnaire) -> bool:
    """Say whether there is a profile with which all of these may hold; what people answer may be anything."""
    wanted = tuple(conditions)
    named: dict[str, set[str]] = {}
    for condition in wanted:
        for test in condition.tests():
            if test.profile is not None:
                named.setdefault(test.profile, set()).update(test.any_of or ())
    fields = {field.id: field for field in questionnaire.profile if field.id in named}
    choices = {name: tuple(_choices(field, named[name])) for name, field in fields.items()}
    if prod(map(len, choices.values())) > MOST:
        return True
    profiles = (dict(zip(choices, chosen, strict=True)) for chosen in product(*choices.values()))
    return any(all(_may(each, profile).hold for each in wanted) for profile in profiles)


def _choices(field: ProfileField, named: set[str]) -> Iterator[Chosen]:
    """Yield every choice that conditions can tell apart."""
    options = [option for option in field.option_ids if option in named]
    if len(options) < len(field.option_ids):
        options.append(OTHER)
    yield ()
    for size in range(1, (len(options) if field.type == "many" else 1) + 1):
        yield from combinations(options, size)


def _may(condition: Condition, profile: Mapping[str, Chosen]) -> _May:
    if condition.not_ is not None:
        inner = _may(condition.not_, profile)
        return _May(inner.fail, inner.hold)
    if condition.all is not None:
        parts = [_may(part, profile) for part in condition.all]
        return _May(all(part.hold for part in parts), any(part.fail for part in parts))
    if condition.any is not None:
        parts = [_may(part, profile) for part in condition.any]
        return _May(any(part.hold for part in parts), all(part.fail for part in parts))
    if condition.profile is None:
        return _May(hold=True, fail=True)
    chosen = profile.get(condition.profile, ())
    holds = condition.test(chosen) if condition.any_of is not None else bool(chosen) == condition.answered
    return _May(holds, not holds)
