"""A whole client as a file: JSON, packed by gzip, because earlier assessments bring their questionnaires along."""

import gzip
import zlib
from collections.abc import Iterator
from functools import cache
from itertools import islice

from pydantic import ValidationError

from assessment.answers import check_sheet
from assessment.brand import Brand
from assessment.clients import ClientFile, KeptAssessment
from assessment.errors import (
    MOST_TOLD,
    MOST_WRONG,
    AnswersError,
    AssessmentError,
    Problem,
    ReportError,
    did_you_mean,
)
from assessment.i18n import N_
from assessment.loader.brand import KEPT_SIDE, logo_from
from assessment.loader.content import questionnaire_ids, read_questionnaire
from assessment.loader.embedded import embedded_questionnaire
from assessment.loader.marks import too_many_parts, too_much_wrong
from assessment.questionnaire import Questionnaire

SUFFIX = ".client.gz"

MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes: some hundred assessments, each with an earlier one. A file that unpacks to more is refused."""

MOST_PARTS = 750_000
"""Values of a client: some hundred assessments with what many people contributed to each."""

MOST_ASSESSMENTS = 2_000
"""Of a client: each is checked against its questionnaire, which takes some milliseconds."""

MOST_LOGOS = 200
"""Different ones of a client: each is unpacked and written anew, which takes some hundredths of a second."""

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
    count = sum(len(site.assessments) for site in file.sites)
    if count > MOST_ASSESSMENTS:
        raise AnswersError(
            [
                Problem(
                    "the file holds {count} assessments; of one client, more than {most} are not read.",
                    "Check that it is the right file. If it is, divide the client into several and take each of them along.",
                    file=name,
                    values={"count": count, "most": MOST_ASSESSMENTS},
                )
            ]
        )
    problems = list(islice(_problems(file, name), MOST_WRONG))
    if problems:
        raise AnswersError(problems)
    return _with_our_logos(file, name)


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
    here = cache(_here)  # read once for the file, not for each of its assessments
    for site in file.sites:
        for number, kept in enumerate(site.assessments, start=1):
            at = f"{site.name} › {number}"
            try:
                check_sheet(here(kept.sheet.questionnaire), kept.sheet, file=name)
            except AssessmentError as error:
                yield from _inside(error, name, at)
            yield from _of_the_earlier(file, kept, name, at)


def _of_the_earlier(file: ClientFile, kept: KeptAssessment, name: str, at: str) -> Iterator[Problem]:
    try:
        earlier = file.earlier_of(kept)
    except IndexError:
        yield Problem(
            "the questionnaire of the earlier assessment is missing.",
            "Take the client along from the desk once more, and leave the file as it is.",
            file=name,
            at=at,
        )
        return
    if earlier is not None:
        try:
            check_sheet(earlier.questionnaire, earlier.sheet, file=name)
        except AssessmentError as error:
            yield from _inside(error, name, at)


def _inside(error: AssessmentError, name: str, at: str) -> Iterator[Problem]:
    for found in error.problems[:MOST_TOLD]:
        inside = " › ".join(part for part in (at, found.at) if part)
        yield Problem(found.message, found.remedy, file=name, at=inside, values=found.values)


def _here(identifier: str) -> Questionnaire:
    """Return a questionnaire that is here; its name is taken from a file, and is no path.

    Raises:
        AnswersError: it is not here.
        QuestionnaireError: it is here and not valid.
    """
    if identifier not in questionnaire_ids():
        raise AnswersError(
            [
                Problem(
                    "there is no questionnaire “{given}”.",
                    "{hint}",
                    at="questionnaire",
                    values={
                        "given": identifier[:60],
                        "hint": did_you_mean(identifier[:60], questionnaire_ids()),
                    },
                )
            ]
        )
    return read_questionnaire(identifier)


def _with_our_logos(file: ClientFile, name: str) -> ClientFile:
    """Return the client with each logo written anew: what is shown and printed is never a file that somebody made.

    Raises:
        AnswersError: a logo is none, or there are too many.
    """
    brands = [file.brand, *(kept.brand for site in file.sites for kept in site.assessments)]
    logos = {brand.logo for brand in brands if brand.logo}
    if len(logos) > MOST_LOGOS:
        raise AnswersError(
            [
                Problem(
                    "the file holds {count} different logos; of one client, more than {most} are not read.",
                    "Give its assessments the logo of the client, and take it along once more.",
                    file=name,
                    values={"count": len(logos), "most": MOST_LOGOS},
                )
            ]
        )
    try:
        ours = {logo: logo_from(logo, name=name, largest=KEPT_SIDE) for logo in logos}
    except ReportError as error:
        raise AnswersError(error.problems) from None

    def anew(brand: Brand) -> Brand:
        return brand.model_copy(update={"logo": ours[brand.logo]}) if brand.logo else brand

    sites = (
        site.model_copy(
            update={
                "assessments": tuple(
                    kept.model_copy(update={"brand": anew(kept.brand)}) for kept in site.assessments
                )
            }
        )
        for site in file.sites
    )
    return file.model_copy(update={"brand": anew(file.brand), "sites": tuple(sites)})
