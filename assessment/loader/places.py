"""Where many sheets stand: a folder of answers files, or a file with a sheet in each line."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from assessment.answers import AnswerSheet
from assessment.errors import AnswersError, Problem
from assessment.loader.marks import MOST_BYTES, decoded
from assessment.loader.sheets import _json, _read, read_sheet, sheet_from_data
from assessment.questionnaire import Questionnaire
from assessment.report import Subject

LINES = ".jsonl"
SUFFIXES = (".json", ".yaml", ".yml", LINES)
"""The files of a folder that are read."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the pairs as a mapping; a key given twice must not silently win over the first."""
    made = dict(pairs)
    if len(made) < len(pairs):
        raise KeyError
    return made


_JSON = json.JSONDecoder(object_pairs_hook=_once)


class Place(NamedTuple):
    """Where one sheet stands: a line of a file, or a file of its own."""

    file: Path
    line: int | None = None
    raw: bytes = b""
    """The line …"""
    data: Any = None
    """… or what it says, where that is known already."""
    size: int = 0
    """Bytes, for those who tell how far the reading has come."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else str(self.file)

    def plain(self) -> Any:
        """Return the plain data, or None where anything is wrong with its form: `read` tells what."""
        if self.data is not None:
            return self.data
        if self.line is None:
            marked = _read(self.file)
            return None if marked.problems else marked.data
        try:
            return _JSON.decode(self.raw.decode())
        except (ValueError, KeyError, RecursionError):
            return None

    def read(self, questionnaire: Questionnaire | None) -> tuple[Questionnaire, AnswerSheet, Subject]:
        """Read the sheet on its own.

        Raises:
            AnswersError: with every problem found.
        """
        if self.line is None:
            return read_sheet(self.file, questionnaire=questionnaire)
        try:
            return self._line_read(questionnaire)
        except AnswersError as error:
            raise AnswersError(replace(problem, line=self.line) for problem in error.problems) from None

    def _line_read(self, questionnaire: Questionnaire | None) -> tuple[Questionnaire, AnswerSheet, Subject]:
        shown = str(self.file)
        if self.data is not None:
            return sheet_from_data(self.data, questionnaire=questionnaire, file=shown)
        if len(self.raw) > MOST_BYTES:
            message = "the line is longer than {most} MB and is not read."
            remedy = "Give each sheet a line of its own. An answer sheet has well under 1 MB."
            values: dict[str, object] = {"most": MOST_BYTES // 1_000_000}
            raise AnswersError([Problem(message, remedy, file=shown, values=values)])
        text = decoded(self.raw, shown)
        if isinstance(text, Problem):
            raise AnswersError([text])
        marked = _json(text, shown)
        if marked.problems:
            raise AnswersError(marked.problems)
        return sheet_from_data(marked.data, questionnaire=questionnaire, file=shown)


def is_portfolio(path: Path) -> bool:
    """Say whether a path stands for many sheets: a folder, or a file with one in each line."""
    return path.suffix == LINES or path.is_dir()


def places_of(path: Path) -> Iterator[Place]:
    """Yield where each sheet of a folder, or of a file with one in each line, stands, in the order of their names.

    Raises:
        AnswersError: the folder or file cannot be read.
    """
    return chain.from_iterable(map(_places, files_of(path)))


def files_of(path: Path) -> list[Path]:
    """Return the files that hold the sheets.

    Raises:
        AnswersError: the folder or file cannot be read.
    """
    try:
        if not path.is_dir():
            path.open("rb").close()
            return [path]
        return sorted(file for file in path.iterdir() if file.suffix in SUFFIXES and file.is_file())
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        remedy = "Check the path and your rights to it."
        values: dict[str, object] = {"reason": reason}
        raise AnswersError(
            [Problem("the file cannot be read: {reason}.", remedy, file=str(path), values=values)]
        ) from None


def _places(file: Path) -> Iterator[Place]:
    if file.suffix != LINES:
        yield Place(file, size=file.stat().st_size)
        return
    with file.open("rb") as lines:
        number = 0
        while raw := lines.readline(MOST_BYTES + 1):
            number += 1
            size, end = len(raw), raw
            while (
                size > MOST_BYTES and end and not end.endswith(b"\n")
            ):  # the rest of a line too long to be one
                end = lines.readline(MOST_BYTES)
                size += len(end)
            if not raw.isspace():
                yield Place(file, number, raw, size=size)
