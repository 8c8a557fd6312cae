"""The file's properties, without a clock."""

from datetime import datetime, time
from typing import Any

from assessment.document.blocks import Document
from assessment.exports.spelling import one_line

PROPERTY_AT_MOST = 255


def describe(deck: Any, document: Document, language: str) -> None:
    """Write title, author, language and day into the file's properties."""
    held = datetime.combine(document.held_on, time())
    known = deck.core_properties
    author = one_line(document.author or document.organisation, longest=PROPERTY_AT_MOST)
    known.title = one_line(document.title, longest=PROPERTY_AT_MOST)
    known.subject = one_line(document.subject, longest=PROPERTY_AT_MOST)
    known.author, known.last_modified_by = author, author
    known.created, known.modified = held, held
    known.language, known.revision = language, 1
    known.keywords, known.comments, known.category = "", "", ""
