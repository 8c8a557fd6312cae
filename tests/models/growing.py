"""Trees of requirements grown from a seed: own scales, weights, categories of any depth, questions hidden by others."""

from collections.abc import Sequence
from itertools import pairwise
from random import Random
from typing import Any

from tests.models.building import Data, choice, levels, model, own_scale, section, words

SCALES: Sequence[Sequence[float]] = (
    (0, 1, 2, 3, 4, 5),
    (1, 2, 3, 4),
    (-2, -1, 0, 1, 2),
    (0, 25, 50, 75, 100),
    (-10, 0, 15),
    (0, 1),
    (1, 2.5, 4),
    (0.1, 0.2, 0.7),
)
"""Worths of the answers, worst first; whole ones in steps of one become level questions with a scale of their own."""

WITH_ZERO = tuple(scale for scale in SCALES if scale[0] <= 0 <= scale[-1])

WEIGHTS = (1, 1, 1, 2, 3, 0.5, 0.1, 0.25)

STARTS = (0, 20, 40, 75, 90)


def grown(
    name: str,
    *,
    seed: int,
    size: int,
    scales: Sequence[Sequence[float]] = SCALES,
    weighted: bool = True,
    **more: Any,
) -> Data:
    """A model of `size` requirements in a few categories, a third of them hidden by earlier ones.

    Args:
        name: its id.
        seed: the same seed grows the same model.
        size: how many requirements, about.
        scales: what they are answered on.
        weighted: whether categories below the top ones have weights, too.
        more: fields of the model, and `part` for the fields of every section.
    """
    chance = Random(f"grown {seed}")
    part = more.pop("part", {})
    known: list[Data] = []
    count = 0

    def requirement() -> Data:
        conditions = [condition(chance, known)] if known and chance.random() < 0.35 else []
        made = asked(chance, f"r{len(known) + 1}", scales)
        if conditions:
            made["applies_if"] = conditions
        known.append(made)
        return made

    def category(depth: int, room: int) -> Data:
        nonlocal count
        count += 1
        name = f"c{count}"
        own: Data = dict(part)
        if weighted and depth:
            own["weight"] = chance.choice(WEIGHTS)
        if known and chance.random() < 0.2:
            own["applies_if"] = [condition(chance, known)]
        below: list[Data] = []
        if depth < 2 and room > 3 and chance.random() < 0.6:
            below = [category(depth + 1, room // 2) for _ in range(2)]
            room = chance.choice((0, 1))
        return section(name, *below, *(requirement() for _ in range(room)), **own)

    categories = chance.choice((3, 4, 5)) if size > 12 else 2
    top = [category(0, max(1, size // categories)) for _ in range(categories)]
    if not any(leaf.get("weight", 1) for leaf in known):
        known[0].pop("weight")
    steps = levels(range(5), STARTS)
    scale = {"index": {"low": 0, "high": 100}, "levels": steps}
    return model(name, *top, scale=scale, **more)


def asked(chance: Random, name: str, scales: Sequence[Sequence[float]]) -> Data:
    more: Data = {}
    if (weight := chance.choice(WEIGHTS)) != 1:
        more["weight"] = weight
    if chance.random() < 0.15:  # a question that only decides which others are asked
        label = words(f"Is {name}?")
        return chance.choice(
            (
                {"id": name, "type": "yes_no", "label": label, "weight": 0},
                {"id": name, "type": "number", "label": label, "weight": 0},
                {
                    "id": name,
                    "type": "choice",
                    "label": label,
                    "weight": 0,
                    "options": [{"id": f"o{n}", "label": words(f"o{n}")} for n in range(3)],
                },
            )
        )
    scale = chance.choice(scales)
    if all(later - earlier == 1 for earlier, later in pairwise(scale)) and len(scale) > 2:
        return own_scale(name, [int(step) for step in scale], **more)
    worths = {f"o{place}": worth for place, worth in enumerate(scale)}
    mixed = dict(chance.sample(sorted(worths.items()), len(worths)))  # the order says nothing; the worth does
    return choice(name, worths=mixed, **more)


def values(question: Data) -> tuple[Any, ...]:
    """What may be answered, worst first."""
    match question["type"]:
        case "level":
            return tuple(sorted(int(step) for step in question["anchors"]))
        case "choice":
            return tuple(o["id"] for o in sorted(question["options"], key=lambda o: o.get("worth", 0)))
        case "number":
            return (0, 3, 7.5, 10)
        case _:
            return (False, True)


def condition(chance: Random, known: Sequence[Data], depth: int = 0) -> Data:
    """A condition on earlier questions: a test, or tests joined by all, any and not."""
    if depth < 2 and chance.random() < 0.4:
        group = chance.choice(("all", "any", "not"))
        if group == "not":
            return {"not": condition(chance, known, depth + 1)}
        return {group: [condition(chance, known, depth + 1) for _ in range(chance.choice((1, 2, 3)))]}
    question = chance.choice(known[-6:])
    named = {"question": question["id"]}
    if chance.random() < 0.15:
        return {**named, "answered": chance.choice((True, False))}
    admitted = values(question)
    match question["type"]:
        case "level" | "number" if question["type"] == "number" or chance.random() < 0.7:
            test = chance.choice(("at_least", "above", "at_most", "below"))
            return {**named, test: chance.choice(admitted)}
        case "yes_no":
            return {**named, "any_of": [chance.choice(("yes", "no"))]}
        case _:
            some = chance.sample(admitted, chance.randint(1, len(admitted) - 1))
            return {**named, "any_of": [str(word) for word in some]}
