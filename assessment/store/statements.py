"""What the database is asked with each answer, built once: building a statement takes longer than running it."""

from sqlalchemy import bindparam, select, update

from assessment.store.tables import ANSWER, ASSESSMENT, LINK

THIS = (ANSWER.c.assessment == ASSESSMENT.c.id) & (ANSWER.c.question == bindparam("wanted"))
PART = (
    select(ASSESSMENT.c.id, ASSESSMENT.c.questionnaire, ANSWER)
    .join_from(ASSESSMENT, ANSWER, THIS, isouter=True)
    .where(
        (ASSESSMENT.c.token_hash == bindparam("hash"))
        | (
            ASSESSMENT.c.id
            == select(LINK.c.assessment).where(LINK.c.token_hash == bindparam("hash")).scalar_subquery()
        )
    )
)
"""One answer, empty where there is none, of the assessment behind a link."""
HELD = select(ASSESSMENT.c.id).where(ASSESSMENT.c.id == bindparam("whose")).with_for_update()
STORED = select(ANSWER).where(
    ANSWER.c.assessment == bindparam("whose"), ANSWER.c.question == bindparam("wanted")
)
REPLACED = update(ANSWER).where(
    ANSWER.c.assessment == bindparam("whose"), ANSWER.c.question == bindparam("wanted")
)
"""Every column that is given is set."""
TOUCHED = update(ASSESSMENT).where(ASSESSMENT.c.id == bindparam("whose")).values(changed_at=bindparam("now"))
