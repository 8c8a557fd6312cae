"""YAML out: in the manner of the shipped questionnaires, and such that the loader reads exactly the same values."""

import re
from datetime import date
from typing import Any

import yaml

from assessment.questionnaire import Questionnaire

_PLAIN = re.compile(r"[a-z][a-z0-9_-]*|\d+\.\d+\.\d+")
"""Ids, names of fields and versions stand without quotes …"""

_WORDS_OF_OTHERS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
"""… but for words that some reader of YAML takes for something else."""

_FLOAT = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}(?:e[-+]?[0-9]{1,3})?")
"""What our own reader takes for a number with a fraction."""

_SHORT = 100
"""A list or mapping without texts stands on one line, if it fits."""


_WORD = re.compile(r"[\w.-]{1,80}")

_LANGUAGE = re.compile(r"[a-z]{2}")


class _Said(str):
    """A text that people read: always in quotes."""


class _Dumper(yaml.SafeDumper):
    """Writes block style, indents lists below their key, and knows no anchors."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists, too."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        """Write a value again each time: the loader takes no aliases."""
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    bare = _PLAIN.fullmatch(value) and value not in _WORDS_OF_OTHERS
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=None if bare else '"')


def _said(dumper: yaml.SafeDumper, value: _Said) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style='"')


def _number(dumper: yaml.SafeDumper, value: float) -> yaml.Node:
    if value.is_integer() and abs(value) < 1e15:
        return dumper.represent_int(int(value))
    said = repr(value)
    return dumper.represent_scalar(
        "tag:yaml.org,2002:float", said if _FLOAT.fullmatch(said) else f"{value:.17e}"
    )


def _list(dumper: yaml.SafeDumper, value: list[Any]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=_fits(value))


def _mapping(dumper: yaml.SafeDumper, value: dict[Any, Any]) -> yaml.Node:
    in_languages = all(isinstance(key, str) and _LANGUAGE.fullmatch(key) for key in value)
    pairs = {
        key: _Said(part) if in_languages and isinstance(part, str) else part for key, part in value.items()
    }
    flow = len(value) > 1 and not in_languages and _fits(value)
    return dumper.represent_mapping("tag:yaml.org,2002:map", pairs.items(), flow_style=flow)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(_Said, _said)
_Dumper.add_representer(float, _number)
_Dumper.add_representer(list, _list)
_Dumper.add_representer(dict, _mapping)


def as_yaml(data: Any) -> str:
    """Return plain data as YAML that the loader reads as the same data, whatever its texts hold; one line a text."""
    made: str = yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**9, default_flow_style=False
    )
    return made


def questionnaire_as_data(questionnaire: Questionnaire) -> dict[str, Any]:
    """Return a questionnaire as its author would write it: what is said by default left out, an option set by its name."""
    data = _author(questionnaire.model_dump(by_alias=True, exclude_defaults=True))
    assert isinstance(data, dict)
    return data


def _author(value: Any) -> Any:
    if isinstance(value, dict):
        named = value.get("option_set") is not None and "type" in value
        return {
            key: _author(part) for key, part in _in_order(value).items() if not (named and key == "options")
        }
    return [_author(part) for part in value] if isinstance(value, (list, tuple)) else value


def _in_order(value: dict[Any, Any]) -> dict[Any, Any]:
    """Return the mapping in the order in which one writes it: what it is first, the parts of the tree last."""
    first, last = ("id", "type"), ("sections", "questions")
    middle = [key for key in value if key not in first and key not in last]
    return {key: value[key] for key in (*first, *middle, *last) if key in value}


def _fits(value: Any) -> bool:
    return _depth(value) <= 2 and _width(value) <= _SHORT


def _width(value: Any) -> int:
    """Return about how long this is on one line; too long, if there is a text in it."""
    if isinstance(value, dict):
        if value and all(_LANGUAGE.fullmatch(str(key)) for key in value):
            return _SHORT + 1
        return 2 + sum(_width(key) + 2 + _width(part) + 2 for key, part in value.items())
    if isinstance(value, list):
        return 2 + sum(_width(part) + 2 for part in value)
    if isinstance(value, str) and not _WORD.fullmatch(value):
        return _SHORT + 1
    return len(str(value)) if isinstance(value, (str, int, float, date)) else _SHORT + 1


def _depth(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + max((_depth(part) for part in value.values()), default=0)
    return 1 + max((_depth(part) for part in value), default=0) if isinstance(value, list) else 0
