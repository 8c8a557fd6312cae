"""A whole client as a file: JSON, packed by gzip, because earlier assessments bring their questionnaires along."""

import gzip
import zlib
from collections.abc import Iterator

from pydantic import ValidationError

from assessment.answers import check_sheet
from assessment.clients import ClientFile, KeptAssessment
from assessment.errors import MOST_TOLD, AnswersError, AssessmentError, Problem
from assessment.i18n import N_
from assessment.loader.content import read_questionnaire
from assessment.loader.embedded import embedded_questionnaire
from assessment.loader.marks import too_many_parts, too_much_wrong

SUFFIX = ".client.gz"

MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes: some hundred assessments, each with an earlier one. A file that unpacks to more is refused."""

MOST_PARTS = 750_000
"""Values of a client: some hundred assessments with what many people contributed to each."""

GZIP = b"\x1f\x8b"


def client_as_bytes(file: ClientFile) -> bytes:
    """Return the file's content; the same client gives the same bytes."""
    return gzip.compress(file.model_dump_json(by_alias=True, exclude_defaults=False).encode(), mtime=0)


def read_client(raw: bytes, name: str) -> ClientFile:
    """Read a client, and check each assessment against its questionnaire.

    Args:
        raw: the file's content, packed or not.
        name: the file's, for what is told.

    Raises:
        AnswersError: with every problem found: it is no such file, too large, not of this form, an assessment is not sound.
    """
    unpacked = _unpacked(raw, name)
    problem = too_many_parts(unpacked, name, most=MOST_PARTS)
    if problem is not None:
        raise AnswersError([problem])
    try:
        file = ClientFile.model_validate_json(unpacked)
    except ValidationError as error:
        if problem := too_much_wrong(error, name):
            raise AnswersError([problem]) from None
        raise AnswersError(
            Problem(
                "this is no file of a client that the program has written: {reason}.",
                "Take it along from the desk once more, and leave it as it is.",
                file=name,
                at=" › ".join(map(str, found["loc"])),
                values={"reason": found["msg"]},
            )
            for found in error.errors(include_url=False)[:MOST_TOLD]
        ) from None
    problems = list(_problems(file, name))
    if problems:
        raise AnswersError(problems)
    return file


def _unpacked(raw: bytes, name: str) -> bytes:
    if not raw.startswith(GZIP):
        return raw
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        found = unpacking.decompress(raw, MOST_UNPACKED)
    except zlib.error as error:
        raise _unreadable(N_("this file is damaged."), name) from error
    if unpacking.unconsumed_tail:
        raise _unreadable(N_("this file unpacks to more than a client can be."), name)
    if not unpacking.eof:
        raise _unreadable(N_("the end of this file is missing."), name)
    return found


def _unreadable(what: str, name: str) -> AnswersError:
    return AnswersError([Problem(what, "Take the client along from the desk once more.", file=name)])


def _problems(file: ClientFile, name: str) -> Iterator[Problem]:
    for known in file.questionnaires:
        try:  # by the rules for every questionnaire, not believed
            embedded_questionnaire(known.model_dump(mode="json", by_alias=True), file=name)
        except AnswersError as error:
            yield from error.problems
    for site in file.sites:
        for number, kept in enumerate(site.assessments, start=1):
            at = f"{site.name} › {number}"
            if kept.earlier is not None and kept.earlier.questionnaire >= len(file.questionnaires):
                yield Problem(
                    "the questionnaire of the earlier assessment is missing.",
                    "Take the client along from the desk once more, and leave the file as it is.",
                    file=name,
                    at=at,
                )
            yield from _unsound(kept, name, at)


def _unsound(kept: KeptAssessment, name: str, at: str) -> Iterator[Problem]:
    """Yield what keeps an assessment from being answered here: its questionnaire is not here, or is another one."""
    try:
        check_sheet(read_questionnaire(kept.sheet.questionnaire), kept.sheet, file=name)
    except AssessmentError as error:
        for found in error.problems[:MOST_TOLD]:
            inside = " › ".join(part for part in (at, found.at) if part)
            yield Problem(found.message, found.remedy, file=name, at=inside, values=found.values)
