"""Scripts and style sheets of components, as small as they get without a tool: each page sends them along."""

from pathlib import Path


def compact(file: Path) -> str:
    """Return a script or a style sheet without the comments that have lines of their own, and without what sets lines in."""
    lines = (line.strip() for line in file.read_text("utf-8").splitlines())
    return "\n".join(line for line in lines if line and not _is_comment(line))


def _is_comment(line: str) -> bool:
    return line.startswith("//") or (line.startswith("/*") and line.find("*/") == len(line) - 2)
