"""What comes back: a form that somebody filled in becomes what they contributed, with everything that could not be read."""

from assessment.returned.reading import Returned, read_form, read_form_file

__all__ = ["Returned", "read_form", "read_form_file"]
