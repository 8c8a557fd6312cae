"""YAML as people write it: 1.2 booleans, a key given twice is an error, no aliases, and every value knows its line."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from assessment.errors import MOST_WRONG, Problem

MOST_BYTES = 5_000_000
"""A content or answers file larger than this is refused before it is read."""

MOST_DEPTH = 60

MOST_PARTS = 250_000
"""So many values may a file have: three times those of the fullest report. What is wrong with one takes a thousand times its letters."""

Path_ = tuple[str | int, ...]


class _Loader(yaml.CSafeLoader):
    """Safe, with the booleans of YAML 1.2 (true and false), so that a German “nein: No” stays a text."""


_BOOL, _INT, _FLOAT = (f"tag:yaml.org,2002:{kind}" for kind in ("bool", "int", "float"))
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in (_BOOL, _INT, _FLOAT)]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
for _tag, _pattern, _firsts in (
    (_BOOL, r"^(?:true|false)$", "tf"),
    (_INT, r"^[-+]?[0-9]{1,18}$", "-+0123456789"),  # no octal, no sixty-minute hours, no number without end
    (_FLOAT, r"^[-+]?[0-9]{1,18}\.[0-9]{1,18}(?:[eE][-+]?[0-9]{1,3})?$", "-+0123456789"),
):
    for _first in _firsts:
        _Loader.yaml_implicit_resolvers.setdefault(_first, []).append((_tag, re.compile(_pattern)))


@dataclass
class Marked:
    """Plain data read from a file, and where each value stands."""

    data: Any = None
    lines: dict[Path_, tuple[str, int]] = field(default_factory=dict)
    """File and line by path."""
    problems: list[Problem] = field(default_factory=list)

    def place(self, path: Path_) -> tuple[str, int | None]:
        """Return file and line of a path, or of the nearest thing around it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return "", None


def too_big(path: Path) -> Problem | None:
    """Return a problem if the file is larger than any file of this kind has reason to be."""
    size = path.stat().st_size
    if size <= MOST_BYTES:
        return None
    return Problem(
        "the file has {size} MB; more than {most} MB is not read.",
        "Check that it is the right file. A questionnaire or answer sheet has well under 1 MB.",
        file=str(path),
        values={"size": round(size / 1_000_000), "most": MOST_BYTES // 1_000_000},
    )


def too_many_parts(raw: bytes, shown: str, *, most: int = MOST_PARTS) -> Problem | None:
    """Return a problem if a file holds more values than any file of its kind; to be asked before it is read, which fills the memory."""
    if raw.count(b",") + raw.count(b"[") + raw.count(b"{") <= most:
        return None
    return _too_many(shown, most)


def _too_many(shown: str, most: int) -> Problem:
    return Problem(
        "the file has more than {most} values; such a file is not read.",
        "Check that it is the right file, and use it as the program wrote it.",
        file=shown,
        values={"most": most},
    )


def too_much_wrong(error: ValidationError, shown: str) -> Problem | None:
    """Return a problem if so much is wrong with a file that listing it all would take longer than anybody waits."""
    if error.error_count() <= MOST_WRONG:
        return None
    return Problem(
        "more than {most} things are wrong in this file; it is of another kind, or was changed.",
        "Check that it is the right file, and use it as the program wrote it.",
        file=shown,
        values={"most": MOST_WRONG},
    )


def read_text(path: Path) -> str | Problem:
    """Return the file's text, or what is wrong with it: missing, too large, not text, empty."""
    raw = read_bytes(path)
    return raw if isinstance(raw, Problem) else decoded(raw, str(path))


def read_bytes(path: Path) -> bytes | Problem:
    """Return what is in the file, or what is wrong with it: missing, too large."""
    try:
        if not path.is_file():
            path.stat()  # says why, if it is not there at all
            return Problem("this is not a file.", "Give a YAML or JSON file.", file=str(path))
        problem = too_big(path)
        raw = b"" if problem else path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        values: dict[str, object] = {"reason": reason}
        return Problem(
            "the file cannot be read: {reason}.",
            "Check the path and your rights to it.",
            file=str(path),
            values=values,
        )
    return problem or raw


def decoded(raw: bytes, shown: str) -> str | Problem:
    """Return the bytes of a file as text, or what is wrong with them: too many values, not text, empty."""
    if problem := too_many_parts(raw, shown):
        return problem
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Problem(
            "this is not a text file in UTF-8 (byte {byte}).",
            "Give a YAML or JSON file; if it is one, save it as UTF-8.",
            file=shown,
            values={"byte": error.start},
        )
    if "\x00" in text:
        return Problem("this is a binary file, not text.", "Give a YAML or JSON file.", file=shown)
    if not text.strip():
        return Problem(
            "the file is empty.", "Fill it; `assessment sample` writes one to start from.", file=shown
        )
    return text


def read_marked(path: Path, *, name: str = "") -> Marked:
    """Read a YAML (or JSON) file into plain data with the line of every value; problems instead of exceptions."""
    shown = name or str(path)
    marked = Marked()
    text = read_text(path)
    if isinstance(text, Problem):
        marked.problems.append(Problem(text.message, text.remedy, file=shown, values=text.values))
        return marked
    try:
        problem = _too_deep_or_long(text, shown)
        if problem is not None:
            marked.problems.append(problem)
            return marked
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error)
        marked.problems.append(
            Problem(
                "this is not valid YAML: {reason}.",
                "Most often the indentation differs from the line above, or a text with a colon needs quotes.",
                file=shown,
                line=mark.line + 1 if mark else None,
                values={"reason": reason},
            )
        )
        return marked
    except RecursionError:
        marked.problems.append(Problem("the file is nested too deeply.", "Flatten it.", file=shown))
        return marked
    marked.data = _plain(node, (), marked, shown, set())
    return marked


def _too_deep_or_long(text: str, shown: str) -> Problem | None:
    """Return a problem if composing the file would overflow the C stack, which ends the process, or fill the memory."""
    depth = 0
    for number, event in enumerate(yaml.parse(text, Loader=_Loader)):
        if number > 3 * MOST_PARTS:  # a key, a value, and the end of a list or mapping
            return _too_many(shown, MOST_PARTS)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MOST_DEPTH:
                line = event.start_mark.line + 1 if event.start_mark else 1
                return Problem("the file is nested too deeply.", "Flatten it.", file=shown, line=line)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


def _plain(node: yaml.Node | None, path: Path_, marked: Marked, file: str, seen: set[int]) -> Any:
    if node is None:
        return None
    line = node.start_mark.line + 1
    marked.lines.setdefault(path, (file, line))

    def wrong(message: str, remedy: str, **values: object) -> None:
        at = " › ".join(map(str, path))
        marked.problems.append(Problem(message, remedy, file=file, line=line, at=at, values=values))

    if id(node) in seen and not isinstance(node, yaml.ScalarNode):
        wrong("anchors and aliases (& and *) are not part of this format.", "Write the value out.")
        return None
    seen.add(id(node))
    if len(path) > MOST_DEPTH:
        wrong("the file is nested too deeply.", "Flatten it.")
        return None
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*path, index), marked, file, seen) for index, child in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        data: dict[Any, Any] = {}
        for key_node, child in node.value:
            key = _scalar(key_node)
            if not isinstance(key, (str, int)) or isinstance(key, bool):
                wrong(
                    "“{key}” cannot be a key.",
                    "Use a word; put it in quotes if it looks like something else.",
                    key=str(key),
                )
                continue
            below = (*path, key)
            if key in data:
                line = key_node.start_mark.line + 1
                wrong(
                    "“{key}” is given twice; the first is in line {first}.",
                    "Keep one of them.",
                    key=key,
                    first=marked.lines[below][1],
                )
                continue
            data[key] = _plain(child, below, marked, file, seen)
            marked.lines[below] = (file, key_node.start_mark.line + 1)
        return data
    return _scalar(node)


_CONSTRUCT = _Loader("")


def _scalar(node: yaml.Node) -> Any:
    if not isinstance(node, yaml.ScalarNode):
        return repr(node.tag)
    if node.tag == _BOOL:
        return node.value == "true"
    try:
        return _CONSTRUCT.construct_object(node)
    except (yaml.YAMLError, ValueError):
        return node.value
