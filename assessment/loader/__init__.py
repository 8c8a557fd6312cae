"""Files become checked content: questionnaires from YAML, answers from YAML or JSON. All problems at once, with their lines."""

from assessment.loader.brand import logo_from, read_brand
from assessment.loader.clients import SUFFIX as CLIENT_SUFFIX
from assessment.loader.clients import client_as_bytes, read_client
from assessment.loader.content import (
    content_folder,
    own_questionnaires,
    questionnaire_ids,
    read_questionnaire,
    schema,
)
from assessment.loader.followed import followed_in, followed_in_upload
from assessment.loader.glossary import read_glossary
from assessment.loader.pools import SUFFIX as POOL_SUFFIX
from assessment.loader.pools import pool_as_bytes, pool_of, read_pool
from assessment.loader.release import read_release, write_release
from assessment.loader.samples import read_sample, sample_names
from assessment.loader.sheets import (
    holds_report,
    read_report,
    read_sheet,
    read_upload,
    sheet_as_data,
    sheet_from_data,
)
from assessment.loader.tracked import Brought, Difference, read_tracked
from assessment.loader.workshops import (
    read_uploaded_workshop,
    read_workshop,
    workshop_as_data,
    workshop_from_data,
)

__all__ = [
    "CLIENT_SUFFIX",
    "POOL_SUFFIX",
    "Brought",
    "Difference",
    "client_as_bytes",
    "content_folder",
    "followed_in",
    "followed_in_upload",
    "holds_report",
    "logo_from",
    "own_questionnaires",
    "pool_as_bytes",
    "pool_of",
    "questionnaire_ids",
    "read_brand",
    "read_client",
    "read_glossary",
    "read_pool",
    "read_questionnaire",
    "read_release",
    "read_report",
    "read_sample",
    "read_sheet",
    "read_tracked",
    "read_upload",
    "read_uploaded_workshop",
    "read_workshop",
    "sample_names",
    "schema",
    "sheet_as_data",
    "sheet_from_data",
    "workshop_as_data",
    "workshop_from_data",
    "write_release",
]
