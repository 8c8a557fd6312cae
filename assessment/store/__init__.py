"""Where assessments are kept: a SQLite file by default, PostgreSQL by URL. What is reported as saved is committed."""

from assessment.store.codes import looks_like_code
from assessment.store.problems import UnknownLink
from assessment.store.records import Assessment, Code, Conflict, Created, Part, Replaced, Saved
from assessment.store.store import Store

__all__ = [
    "Assessment",
    "Code",
    "Conflict",
    "Created",
    "Part",
    "Replaced",
    "Saved",
    "Store",
    "UnknownLink",
    "looks_like_code",
]
