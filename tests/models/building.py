"""Questionnaires as plain data, written to a folder and read from there, as whoever writes a file of their own does it."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from assessment.loader import read_questionnaire
from assessment.questionnaire import Questionnaire

Data = dict[str, Any]


def words(text: str) -> Data:
    return {"en": text}


def options(worths: Mapping[str, Any]) -> list[Data]:
    return [{"id": name, "label": words(name), "worth": worth} for name, worth in worths.items()]


def option_set(name: str, worths: Mapping[str, Any]) -> Data:
    return {"id": name, "options": options(worths)}


def choice(name: str, *, of: str | None = None, worths: Mapping[str, Any] | None = None, **more: Any) -> Data:
    """A choice from an option set, or from options of its own."""
    given: Data = {"option_set": of} if of else {"options": options(worths or {})}
    return {"id": name, "type": "choice", "label": words(f"How far is {name}?"), **given, **more}


def own_scale(name: str, steps: Iterable[int], **more: Any) -> Data:
    """A level question with a scale of its own."""
    anchors = {str(step): words(f"{name} at {step}") for step in steps}
    label = words(f"Where does {name} stand?")
    return {"id": name, "type": "level", "label": label, "anchors": anchors, "own_scale": True, **more}


def figure(name: str, line: Iterable[tuple[float, float]], **more: Any) -> Data:
    """A number, worth what the points of the line say."""
    worths = [{"at": at, "worth": worth} for at, worth in line]
    return {"id": name, "type": "number", "label": words(f"How much is {name}?"), "worths": worths, **more}


def section(name: str, *parts: Data, **more: Any) -> Data:
    told = {"title": words(name), "description": words(f"What {name} covers.")}
    made: Data = {"id": name, **told, **more}
    below = {
        "sections": [part for part in parts if "type" not in part],
        "questions": [part for part in parts if "type" in part],
    }
    return {**made, **{key: some for key, some in below.items() if some}}


def levels(numbers: Iterable[int], starts: Iterable[float] | None = None) -> list[Data]:
    steps = list(numbers)
    begins = [None] * len(steps) if starts is None else list(starts)
    return [
        {
            "level": step,
            "label": words(f"Level {step}"),
            "description": words(f"What level {step} means."),
            **({} if begin is None else {"from": begin}),
        }
        for step, begin in zip(steps, begins, strict=True)
    ]


def model(name: str, *sections: Data, scale: Data, **more: Any) -> Data:
    return {
        "id": name,
        "version": "1.0.0",
        "languages": ["en"],
        "title": words(name),
        "introduction": words(f"What {name} assesses."),
        "scale": scale,
        "sections": list(sections),
        **more,
    }


def loaded(data: Data, place: Path) -> Questionnaire:
    """The questionnaire, read from a file with this content: JSON, which is YAML."""
    folder = place / data["id"]
    folder.mkdir(parents=True)
    (folder / "questionnaire.yaml").write_text(json.dumps(data, indent=1), "utf-8")
    return read_questionnaire(folder)


def leaves(data: Mapping[str, Any]) -> list[Data]:
    """Every question of a model or a section, in its order."""
    below = [leaf for part in data.get("sections", ()) for leaf in leaves(part)]
    return below + list(data.get("questions", ()))
