"""Where assessments are kept: a SQLite file by default, PostgreSQL by URL. What is reported as saved is committed."""

from assessment.store.book import Act
from assessment.store.client_records import Client, ClientLine, Filed, Site, Workspace
from assessment.store.codes import looks_like_code
from assessment.store.contribution_records import Contributor, Invitation, Invited
from assessment.store.contributions import VALID_FOR
from assessment.store.figures import Figures
from assessment.store.people_records import Asked, Invite, Lent, Member, Membership, Person, Shared
from assessment.store.problems import UnknownLink
from assessment.store.records import Assessment, Code, Conflict, Created, Part, Replaced, Saved
from assessment.store.rights import RIGHTS, Right, Role, Who
from assessment.store.seats import OPEN_FOR
from assessment.store.store import Store
from assessment.store.trail import Line as TrailLine
from assessment.store.whole import New
from assessment.store.workshop_records import Attendance, Ballot, Desk, Errand, Live, Seat

__all__ = [
    "OPEN_FOR",
    "RIGHTS",
    "VALID_FOR",
    "Act",
    "Asked",
    "Assessment",
    "Attendance",
    "Ballot",
    "Client",
    "ClientLine",
    "Code",
    "Conflict",
    "Contributor",
    "Created",
    "Desk",
    "Errand",
    "Figures",
    "Filed",
    "Invitation",
    "Invite",
    "Invited",
    "Lent",
    "Live",
    "Member",
    "Membership",
    "New",
    "Part",
    "Person",
    "Replaced",
    "Right",
    "Role",
    "Saved",
    "Seat",
    "Shared",
    "Site",
    "Store",
    "TrailLine",
    "UnknownLink",
    "Who",
    "Workspace",
    "looks_like_code",
]
