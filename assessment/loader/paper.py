"""What travels inside a PDF that this program wrote: the report as data, and how its pages were set."""

import io
import logging

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from assessment.errors import AnswersError, Problem

REPORT, EDITION = "report.json", "edition.json"
"""The files inside the PDF."""

MOST_INSIDE = 20_000_000
"""A file inside that unpacks to more is not read."""

HEAD = b"%PDF-"


def is_paper(raw: bytes) -> bool:
    """Say whether these bytes begin like a PDF."""
    return raw[:1024].lstrip().startswith(HEAD)


def inside(raw: bytes, *, file: str) -> dict[str, bytes]:
    """Return the files inside a PDF that this program knows, by name.

    Raises:
        AnswersError: it is not a PDF that can be read, or there is no report inside.
    """
    try:
        found = _known(opened(raw, file=file))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError):
        raise _unreadable(file) from None
    if REPORT not in found:
        raise AnswersError(
            [
                Problem(
                    "there is no report inside this PDF.",
                    "Use a PDF that this program wrote, as it wrote it: printing, merging or shrinking it drops what is inside.",
                    file=file,
                )
            ]
        )
    return found


def opened(raw: bytes, *, file: str) -> PdfReader:
    """Return a PDF to be read.

    Raises:
        AnswersError: it is not one, or it is locked.
    """
    # what is odd about a file is told by us, once, and not by the library, line by line
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = None
    try:
        reader = PdfReader(io.BytesIO(raw))
        locked = reader.is_encrypted
        if not locked:
            len(reader.pages)
    except DependencyError:  # locked in a way that takes another library even to ask for the password
        locked = True
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError):
        raise _unreadable(file) from None
    if locked or reader is None:
        raise AnswersError(
            [
                Problem(
                    "this PDF is locked with a password.", "Save it without one, then try again.", file=file
                )
            ]
        )
    return reader


def _known(reader: PdfReader) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for attached in reader.attachment_list:
        if attached.name in (REPORT, EDITION):
            # We write each once; many of one name could together unpack to more than the machine has.
            if attached.name in found:
                raise ValueError(attached.name)
            content = attached.content
            if len(content) > MOST_INSIDE:
                raise ValueError(attached.name)
            found[attached.name] = content
    return found


def _unreadable(file: str) -> AnswersError:
    return AnswersError(
        [
            Problem(
                "this PDF cannot be read.",
                "Take the file as the program wrote it, or export it again.",
                file=file,
            )
        ]
    )
