"""What the commands share: options, the telling of problems, and files written or printed."""

import os
import secrets
import shutil
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from assessment.errors import (
    MOST_TOLD,
    AnswersError,
    AssessmentError,
    Problem,
    ReportError,
    did_you_mean,
)
from assessment.i18n import varieties
from assessment.loader.places import LINES, files_of

P = ParamSpec("P")
R = TypeVar("R")

ANSWERS = click.argument("answers", type=click.Path(path_type=Path, allow_dash=False))
QUESTIONNAIRE = click.option(
    "--questionnaire",
    "-q",
    metavar="FOLDER",
    help="A questionnaire of your own; default: the shipped one that the answers name.",
)


def _variety(context: click.Context, option: click.Parameter, said: str) -> str:
    """Return the language as it is written, whatever its capitals."""
    return next((known for known in varieties() if known.lower() == said.lower()), said)


LANGUAGE = click.option(
    "--language",
    "-l",
    default="en",
    show_default=True,
    callback=_variety,
    help="Language of names and texts: en, de, nl, or de-CH for German as written in Switzerland.",
)


class Suggesting(click.Group):
    """Suggests the command that was probably meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            hint = did_you_mean(args[0], self.list_commands(ctx))
            raise click.UsageError(f"There is no command “{args[0]}”. {hint}".strip(), ctx) from error


def told(command: Callable[P, R]) -> Callable[P, R]:
    """Tell every problem on standard error and end with 1."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except AssessmentError as error:
            count = len(error.problems)
            click.echo("\n".join(map(str, error.problems[:MOST_TOLD])), err=True)
            if count > 1:
                rest = f", of which the first {MOST_TOLD} are shown" if count > MOST_TOLD else ""
                click.echo(f"{count} problems{rest}.", err=True)
            raise SystemExit(1) from None
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(0) from None

    return run


def each_file(given: Sequence[Path]) -> tuple[Path, ...]:
    """Return the files as given, and of a folder the answers files in it, in the order of their names.

    Raises:
        AnswersError: a folder cannot be read, or has no answers files.
    """
    found: list[Path] = []
    for path in given:
        if not path.is_dir():
            found.append(path)
            continue
        inside = [file for file in files_of(path) if file.suffix != LINES]
        if not inside:
            remedy = "Give answers files (.json, .yaml), or a folder that has some."
            raise AnswersError([Problem("there are no answers here.", remedy, file=str(path))])
        found.extend(inside)
    return tuple(found)


def write(body: bytes, output: Path) -> None:
    """Write a file.

    Raises:
        ReportError: it cannot be written, or it is one of the files that were given to be read.
    """
    if _is_read(output):
        message, remedy = "this file was given to be read, and would be lost.", "Give another name after -o."
        raise ReportError([Problem(message, remedy, file=str(output))])
    try:
        _put(body, output)
    except OSError as error:
        reason = error.strerror or str(error)
        remedy = "Choose a folder that exists, is yours and has room."
        values: dict[str, object] = {"reason": reason}
        raise ReportError(
            [Problem("the file cannot be written: {reason}.", remedy, file=str(output), values=values)]
        ) from None


def _is_read(output: Path) -> bool:
    """Say whether a file is among the command's arguments, by whatever name."""
    context = click.get_current_context(silent=True)
    if context is None or not output.is_file():
        return False
    arguments = [each.name for each in context.command.params if isinstance(each, click.Argument)]
    given = [context.params.get(name or "") for name in arguments]
    paths = [one for each in given for one in (each if isinstance(each, tuple) else (each,))]
    return any(isinstance(one, str | Path) and Path(one).is_file() and output.samefile(one) for one in paths)


def _put(body: bytes, output: Path) -> None:
    """Write a file so that under its name there is the one before or the new one, never half of it."""
    there = output.resolve()
    if there.exists() and not there.is_file():  # a pipe, a terminal
        there.write_bytes(body)
        return
    partial = there.with_name(f".{there.name[:100]}.{secrets.token_hex(4)}.partial")
    try:
        partial.write_bytes(body)
        if there.exists():
            shutil.copymode(there, partial)
        partial.replace(there)
    finally:
        partial.unlink(missing_ok=True)


def print_or_write(text: str, output: Path | None) -> None:
    """Print a text, or write it to a file if there is one."""
    if output is None:
        click.echo(text, nl=False)
    else:
        write(text.encode(), output)
        click.echo(f"{output}: written.", err=True)
