"""Finds every English sentence in the code that a person reads, and keeps the .po files in step.

python tests/extraction.py        adds what is new to each .po (untranslated) and drops what is gone
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "assessment" / "locale"
NOT_READ_BY_USERS = (
    "assessment/cli/",
    "assessment/authoring/",
    "assessment/simulation/",
    "assessment/inspection/",
    "assessment/loader/beside.py",
    "assessment/loader/glossary.py",
    "assessment/loader/release.py",
    "assessment/loader/separate.py",
    "assessment/loader/wording.py",
    "assessment/loader/checks.py",
    "assessment/loader/meaning.py",
    "assessment/loader/content.py",
    "assessment/loader/shapes.py",
    "assessment/loader/portfolio.py",
)
"""Told to authors and on the command line, which speak English."""
READ_ALL_THE_SAME = ("assessment/authoring/opening.py",)
"""Told to whoever hands in a form that was filled in, too."""

Message = str | tuple[str, str]


def messages() -> dict[Message, list[tuple[str, int]]]:
    """Return every message, plural pairs included, with where it stands."""
    found: dict[Message, list[tuple[str, int]]] = {}
    for path in sorted((ROOT / "assessment").rglob("*.py")):
        name = str(path.relative_to(ROOT))
        if name.startswith(NOT_READ_BY_USERS) and name not in READ_ALL_THE_SAME:
            continue
        for message, line in _in(ast.parse(path.read_text("utf-8"))):
            found.setdefault(message, []).append((name, line))
    return found


def _in(tree: ast.AST) -> Iterator[tuple[Message, int]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        texts = [
            arg.value if isinstance(arg, ast.Constant) and isinstance(arg.value, str) else None
            for arg in node.args
        ]
        if called in ("t", "N_", "Said") and texts[:1] and texts[0]:
            yield texts[0], node.lineno
        elif called == "n" and len(texts) >= 2 and texts[0] and texts[1]:
            yield (texts[0], texts[1]), node.lineno
        elif called in ("Problem", "wrong"):
            for text in (
                *texts[:2],
                *(
                    k.value.value
                    for k in node.keywords
                    if k.arg in ("message", "remedy") and isinstance(k.value, ast.Constant)
                ),
            ):
                if text:
                    yield text, node.lineno


def catalogues() -> dict[str, Catalog]:
    """Return the .po files by language."""
    found = {}
    for path in sorted(LOCALE.glob("*.po")):
        with path.open("rb") as file:
            found[path.stem] = read_po(file, locale=path.stem)
    return found


def update(languages: tuple[str, ...]) -> None:
    """Bring the .po files in step with the code."""
    known = messages()
    old = catalogues()
    for language in languages:
        new = Catalog(locale=language, project="transformation-assessment", charset="utf-8", fuzzy=False)
        for message, places in sorted(known.items(), key=lambda item: str(item[0])):
            key = message if isinstance(message, str) else message[0]
            before = old[language].get(key) if language in old else None
            new.add(
                message,
                string=before.string if before else None,
                locations=[(file, None) for file in sorted({file for file, _ in places})],
            )
        with (LOCALE / f"{language}.po").open("wb") as file:
            write_po(file, new, width=0, sort_output=False, omit_header=False, include_lineno=False)


if __name__ == "__main__":
    update((*catalogues(), *sys.argv[1:]))
