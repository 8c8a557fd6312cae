"""Benchmark files: read as data that somebody else made, written the same for the same content."""

from pathlib import Path

from pydantic import ValidationError

from assessment.errors import MOST_TOLD, AnswersError, Problem
from assessment.loader.marks import MOST_BYTES, read_bytes, too_many_parts, too_much_wrong
from assessment.pooling import Pool

SUFFIX = ".benchmark.json"


def pool_as_bytes(pool: Pool) -> bytes:
    """Return the file's content."""
    return (pool.model_dump_json(indent=1) + "\n").encode()


def read_pool(path: Path) -> Pool:
    """Read a benchmark file.

    Raises:
        AnswersError: it cannot be read, or is none; with every problem found.
    """
    raw = read_bytes(path)
    if isinstance(raw, Problem):
        raise AnswersError([raw])
    return pool_of(raw, str(path))


def pool_of(raw: bytes, name: str) -> Pool:
    """Read a benchmark file that somebody hands in.

    Raises:
        AnswersError: it is too large, or is none; with every problem found.
    """
    if len(raw) > MOST_BYTES:
        size, most = round(len(raw) / 1_000_000), MOST_BYTES // 1_000_000
        message = "the file has {size} MB; more than {most} MB is not read."
        remedy = "Check that it is the right file."
        raise AnswersError([Problem(message, remedy, file=name, values={"size": size, "most": most})])
    problem = too_many_parts(raw, name)
    if problem is not None:
        raise AnswersError([problem])
    try:
        return Pool.model_validate_json(raw)
    except ValidationError as error:
        if problem := too_much_wrong(error, name):
            raise AnswersError([problem]) from None
        raise AnswersError(
            Problem(
                "this is no benchmark file: {reason}.",
                "Use a file that the program has written, and leave it as it is.",
                file=name,
                at=" › ".join(map(str, found["loc"])),
                values={"reason": found["msg"]},
            )
            for found in error.errors(include_url=False)[:MOST_TOLD]
        ) from None
