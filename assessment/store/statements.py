"""What the database is asked with each answer, built once: building a statement takes longer than running it."""

from sqlalchemy import bindparam, func, insert, select, update

from assessment.store.tables import ANSWER, ANSWER_HISTORY, ASSESSMENT, DISSENT, LINK, SEAT, VOTE, WORKSHOP

THIS = (ANSWER.c.assessment == ASSESSMENT.c.id) & (ANSWER.c.question == bindparam("wanted"))
PART = (
    select(ASSESSMENT.c.id, ASSESSMENT.c.questionnaire, ANSWER)
    .join_from(ASSESSMENT, ANSWER, THIS, isouter=True)
    .where(
        (ASSESSMENT.c.token_hash == bindparam("hash"))
        | (
            ASSESSMENT.c.id
            == select(LINK.c.assessment)
            .where(
                LINK.c.token_hash == bindparam("hash"),
                LINK.c.until.is_(None) | (LINK.c.until > bindparam("now")),
            )
            .scalar_subquery()
        )
    )
)
"""One answer, empty where there is none, of the assessment behind a link."""
HELD = select(ASSESSMENT.c.id).where(ASSESSMENT.c.id == bindparam("whose")).with_for_update()
"""The lock on an assessment, where a writer does not have the whole database to itself."""
STORED = (
    select(ASSESSMENT.c.id, ASSESSMENT.c.questionnaire, ANSWER)
    .join_from(ASSESSMENT, ANSWER, THIS, isouter=True)
    .where(ASSESSMENT.c.id == bindparam("whose"))
)
"""One answer, empty where there is none, of an assessment; nothing where there is no such assessment."""
ADDED = insert(ANSWER)
PUT_ASIDE = insert(ANSWER_HISTORY)
REPLACED = update(ANSWER).where(
    ANSWER.c.assessment == bindparam("whose"), ANSWER.c.question == bindparam("wanted")
)
"""Every column that is given is set."""
TOUCHED = update(ASSESSMENT).where(ASSESSMENT.c.id == bindparam("whose")).values(changed_at=bindparam("now"))

PEOPLE = (
    select(func.count())
    .select_from(SEAT)
    .where(SEAT.c.workshop == WORKSHOP.c.id)
    .correlate(WORKSHOP)
    .scalar_subquery()
    .label("people")
)
"""How many have joined."""
DESK = select(WORKSHOP, PEOPLE).where(WORKSHOP.c.assessment == bindparam("whose"), WORKSHOP.c.phase != "over")
"""The open workshop of an assessment."""
_ROUND = (
    (VOTE.c.workshop == bindparam("workshop"))
    & (VOTE.c.question == bindparam("question"))
    & (VOTE.c.round == bindparam("round"))
)
_OTHER = SEAT.alias()
THERE = (
    select(func.count())
    .select_from(_OTHER)
    .where(_OTHER.c.workshop == WORKSHOP.c.id)
    .correlate(WORKSHOP)
    .scalar_subquery()
    .label("people")
)
"""How many have joined, for where a seat is looked at already."""
VOTED = select(func.count()).select_from(VOTE).where(_ROUND)
VOTES = select(SEAT.c.role, VOTE.c.value).join_from(VOTE, SEAT, VOTE.c.seat == SEAT.c.id).where(_ROUND)
ATTENDED = (
    select(
        *(column for column in WORKSHOP.c if column.name not in ("agenda", "topics")),
        THERE,
        ASSESSMENT.c.questionnaire,
        ASSESSMENT.c.version,
        SEAT.c.role,
        VOTE.c.seat.label("voter"),
        VOTE.c.value,
        DISSENT.c.text,
        DISSENT.c.signed,
    )
    .join_from(SEAT, WORKSHOP, SEAT.c.workshop == WORKSHOP.c.id)
    .join(ASSESSMENT, WORKSHOP.c.assessment == ASSESSMENT.c.id)
    .join(
        VOTE,
        (VOTE.c.workshop == WORKSHOP.c.id)
        & (VOTE.c.question == WORKSHOP.c.question)
        & (VOTE.c.round == WORKSHOP.c.round)
        & (VOTE.c.seat == SEAT.c.id),
        isouter=True,
    )
    .join(
        DISSENT,
        (DISSENT.c.workshop == WORKSHOP.c.id)
        & (DISSENT.c.question == WORKSHOP.c.question)
        & (DISSENT.c.seat == SEAT.c.id),
        isouter=True,
    )
    .where(SEAT.c.token_hash == bindparam("hash"))
)
"""Everything that the screen of somebody who takes part needs, in one question."""
VOTABLE = select(SEAT.c.id, SEAT.c.workshop).where(SEAT.c.token_hash == bindparam("hash")).with_for_update()
"""A seat, held: two screens of one person do not vote at the same time."""
WHERE_IT_STANDS = (
    select(WORKSHOP.c.id)
    .where(
        WORKSHOP.c.id == bindparam("held"),
        WORKSHOP.c.phase == "voting",
        WORKSHOP.c.left.is_(None),
        WORKSHOP.c.question == bindparam("asked"),
        WORKSHOP.c.round == bindparam("number"),
    )
    .with_for_update(read=True)
)
"""The workshop, if this round is open; held against being revealed, but not against other votes."""
APART = (
    select(WORKSHOP.c.agenda, WORKSHOP.c.topics)
    .where(WORKSHOP.c.id == bindparam("held"), WORKSHOP.c.phase == "apart", WORKSHOP.c.left.is_(None))
    .with_for_update(read=True)
)
"""What everybody answers on their own, while they do; held against being revealed."""
OWN = select(VOTE.c.question, VOTE.c.round, VOTE.c.value).join_from(
    VOTE, SEAT, (VOTE.c.seat == SEAT.c.id) & (SEAT.c.token_hash == bindparam("hash"))
)
JOINABLE = (
    select(WORKSHOP.c.id)
    .where(WORKSHOP.c.id == bindparam("held"), WORKSHOP.c.phase != "over")
    .with_for_update(read=True, key_share=True)
)
"""The workshop, if it is open; held against being closed, but not against votes or others who join."""
VOTED_ANEW = (
    update(VOTE)
    .where(
        VOTE.c.workshop == bindparam("held"),
        VOTE.c.question == bindparam("asked"),
        VOTE.c.round == bindparam("number"),
        VOTE.c.seat == bindparam("whose"),
    )
    .values(value=bindparam("what"))
)
VOTED_FIRST = insert(VOTE)
