"""Models that other people published, written in the format of the questionnaires and scored by their own formulas."""
