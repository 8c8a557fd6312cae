"""Office files are zip archives: written anew with one fixed date, so that the same content gives the same bytes."""

import zipfile
from io import BytesIO

DAY_ONE = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a zip archive can tell."""
MADE_ON_MSDOS = 0
"""The same wherever it is made."""


def settled(raw: bytes) -> bytes:
    """Return the archive with the same entries in the same order, without the clock, the system and the rights of its maker."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as before, zipfile.ZipFile(out, "w") as after:
        for entry in before.infolist():
            bare = zipfile.ZipInfo(entry.filename, DAY_ONE)
            bare.create_system = MADE_ON_MSDOS
            bare.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(bare, before.read(entry), compresslevel=6)
    return out.getvalue()
