"""Workshop: answer together, led from this page on a big screen; those who take part have a page of their own."""

from assessment.ui import state
from assessment.ui.as_asked import desk_as_asked, is_asked
from assessment.ui.frame import required, tell_trouble, way
from assessment.ui.gathering import (
    left_behind,
    lobby,
    nothing_to_vote_on,
    on_their_own,
    setting_up,
    taken_out,
)
from assessment.ui.offered import questionnaire
from assessment.ui.podium import podium
from assessment.workshop import to_vote_on

opened = required()
known = questionnaire(opened.sheet.questionnaire)
c = state.words()

tell_trouble(c)

stored = state.store().workshops.desk(opened.id)
desk = desk_as_asked(known, stored) if stored is not None else None
if desk is None and not to_vote_on(known, opened.sheet):
    nothing_to_vote_on(c)
elif desk is None:
    setting_up(opened, c)
    left_behind(opened, known, c)
    way(c.t("Answers of others"), "contributions", key="to-contributions", icon=":material/group_add:")
elif desk.live.phase == "apart":
    on_their_own(opened, desk, known)
elif desk.live.question and not is_asked(known, desk.live.question):
    taken_out(desk, c)
elif desk.live.question:
    podium(opened, desk, known)
else:
    lobby(opened, desk, known)
