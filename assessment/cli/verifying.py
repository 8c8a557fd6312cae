"""`assessment verify`: everything a report says, computed again from the answers inside it."""

import sys
from pathlib import Path

import click

from assessment.cli.printing import harmless
from assessment.cli.telling import told
from assessment.errors import AnswersError
from assessment.loader.marks import read_bytes
from assessment.verifying import Difference, Verification
from assessment.verifying import verify as verified

MOST_TOLD = 20
"""So many differences are told one by one."""


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=False))
@told
def verify(file: Path) -> None:
    """Compute a report (PDF or JSON) again from the answers inside it, and name what differs.

    Ends with 0 if nothing differs, with 1 if something does.
    """
    raw = read_bytes(file)
    if not isinstance(raw, bytes):
        raise AnswersError([raw])
    found = verified(raw, file=str(file))
    click.echo("\n".join(map(harmless, _told(found))))
    if not found.right:
        sys.exit(1)


def _told(found: Verification) -> list[str]:
    lines = [
        f"Report of {found.organisation or 'an organisation not named'}, questionnaire {found.questionnaire}, "
        f"made by version {found.engine_version}."
    ]
    lines += _part(
        found.data,
        right=f"Data: {found.values:,} values computed again from the answers inside; none differs.",
        wrong="Data: {count} of the values inside are not what the answers inside give.",
    )
    if found.pages:
        lines += _part(
            found.printed,
            right=f"Pages: {found.numbers:,} numbers on {found.pages} pages set again from the data; none differs, nor any word.",
            wrong="Pages: {count} passages are not what the data inside says.",
        )
    lines += _notes(found)
    return lines


def _part(differences: tuple[Difference, ...], *, right: str, wrong: str) -> list[str]:
    if not differences:
        return [right]
    lines = [wrong.format(count=len(differences))]
    lines += [
        f"  {each.where}: says “{each.said}”, ought to say “{each.ought}”."
        for each in differences[:MOST_TOLD]
    ]
    if len(differences) > MOST_TOLD:
        lines.append(f"  … and {len(differences) - MOST_TOLD} more.")
    return lines


def _notes(found: Verification) -> list[str]:
    notes = []
    if not found.questionnaire_known:
        notes.append(
            "Note: the questionnaire inside is not one that is installed here; whether its weights and rules were changed cannot be told."
        )
    if not found.plan_found_again:
        notes.append(
            "Note: the plan is not the one that the search finds; what it says of itself was computed again from where its measures begin."
        )
    if found.bound_not_checked:
        notes.append("Note: the proof of how good the plan is was not repeated.")
    if found.pages and not found.same_bytes:
        notes.append(
            "Note: the file is not byte for byte what this version writes. Words were compared, pictures and things laid over the pages were not."
        )
    notes.append(
        "This is not a signature: it shows that answers, data and pages belong together, not who gave the answers or made the file."
    )
    return notes
