"""People who have signed in, what they are at which desk, invitations, and links that are handed out."""

from datetime import datetime

from assessment.store.rights import Role
from assessment.values import Model


class Person(Model):
    """Somebody who has signed in."""

    id: str
    name: str
    email: str


class Member(Model):
    """Somebody who belongs to a desk."""

    person: Person
    role: Role
    client: str | None
    """The id of the one client they see; None: all."""
    since: datetime


class Membership(Model):
    """A desk that somebody belongs to."""

    workspace: str
    """Its id, which opens it to them."""
    name: str
    role: Role
    client: str | None


class Asked(Model):
    """An invitation that nobody has taken yet."""

    id: str
    email: str
    role: Role
    client: str | None
    until: datetime


class Invite(Model):
    """A new invitation, and the only time its link's token is known."""

    id: str
    token: str
    until: datetime


class Lent(Model):
    """A new link to an assessment, and the only time its token is known."""

    mark: str
    token: str


class Shared(Model):
    """A further private link to an assessment, without the secret in it."""

    mark: str
    """What names it here; it opens nothing."""
    label: str
    role: Role
    created_at: datetime
    until: datetime | None
    is_mine: bool
    """It is the one that is open."""
