"""What a workshop left behind, in an answers file or an exported report: under `workshop`, in the same form in both."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assessment.errors import MOST_TOLD, AnswersError, Problem
from assessment.loader.sheets import WORKSHOP, content_of, uploaded_content
from assessment.workshop import Workshop


def read_workshop(path: Path) -> Workshop | None:
    """Read the workshop in an answers file or an exported report; None where there is none.

    Raises:
        AnswersError: the file cannot be read, or what stands there is none.
    """
    return workshop_from_data(content_of(path), file=str(path))


def read_uploaded_workshop(raw: bytes, name: str) -> Workshop | None:
    """Read the workshop in a file that somebody hands in; None where there is none.

    Raises:
        AnswersError: the file cannot be read, or what stands there is none.
    """
    return workshop_from_data(uploaded_content(raw, name), file=name)


def workshop_from_data(data: Any, *, file: str = "") -> Workshop | None:
    """Return the workshop in plain data; None where there is none.

    Raises:
        AnswersError: what stands there is none.
    """
    given = data.get(WORKSHOP) if isinstance(data, dict) else None
    if given is None:
        return None
    try:
        return Workshop.model_validate(given)
    except ValidationError as error:
        raise AnswersError(
            Problem(
                "this is no workshop that the program has kept: {reason}.",
                "Leave it as the program wrote it, or take “workshop” out of the file.",
                file=file,
                at=" › ".join((WORKSHOP, *map(str, found["loc"]))),
                values={"reason": found["msg"]},
            )
            for found in error.errors(include_url=False)[:MOST_TOLD]
        ) from None


def workshop_as_data(workshop: Workshop | None) -> dict[str, Any]:
    """Return what an answers file says of a workshop; nothing where there was none."""
    return {WORKSHOP: workshop.model_dump(mode="json")} if workshop is not None else {}
