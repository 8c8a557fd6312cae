"""The smallest set of answer changes that lifts a level by one, exactly.

Dynamic programming up the tree of sections (`states`), towards what the level hangs on (`wants`). In the section to be
lifted, what a state still lacks is additive (figure − needed figure, times weight), so that a bound on what the remaining
parts can give prunes nearly everything that leads nowhere (`search`).
"""

from assessment.lifting.search import Change, Lift, lift

__all__ = ["Change", "Lift", "lift"]
