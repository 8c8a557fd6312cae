"""The glossary that the questionnaires of one folder share."""

from collections.abc import Iterator
from pathlib import Path

from assessment.errors import Problem, QuestionnaireError
from assessment.inspection import Glossary
from assessment.loader.checks import problem_at
from assessment.loader.content import questionnaire_folder, shown_name
from assessment.loader.marks import Marked
from assessment.loader.separate import read_separate

GLOSSARY = "glossary.yaml"


def read_glossary(where: Path | str) -> Glossary | None:
    """Read the glossary beside a questionnaire's folder; None if there is none.

    Args:
        where: the questionnaire, by its id, its folder or its head.

    Raises:
        QuestionnaireError: with every problem found.
    """
    path = questionnaire_folder(where).parent / GLOSSARY
    if not path.is_file():
        return None
    glossary, marked = read_separate(path, Glossary, name=shown_name(path.parent, GLOSSARY))
    problems = list(_problems(glossary, marked))
    if problems:
        raise QuestionnaireError(problems)
    return glossary


def _problems(glossary: Glossary, marked: Marked) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, term in enumerate(glossary.terms):
        if term.id in seen:
            yield problem_at(
                marked,
                ("terms", number, "id"),
                "the id “{id}” is taken.",
                "Give every term an id of its own.",
                id=term.id,
            )
        seen.add(term.id)
        for language, rendering in term.words.items():
            for field in ("never", "avoid"):
                for form in set(getattr(rendering, field)) & set(rendering.accepted):
                    yield problem_at(
                        marked,
                        ("terms", number, "words", language, field),
                        "“{form}” is accepted, and ruled out, too.",
                        "Keep one of the two.",
                        form=form,
                    )
