"""The frame: page settings, language, navigation. Everything else is in assessment/ui/pages."""

from assessment.ui.frame import run

run()
