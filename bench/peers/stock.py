"""Streamlit as it is installed by its name alone, without the packages of its `performance` extra, which we ask for."""

import sys

PERFORMANCE = ("uvloop", "httptools", "orjson")

if __name__ == "__main__":
    for name in PERFORMANCE:
        sys.modules[name] = None  # type: ignore[assignment]  # importing it fails, as if it were not there
    from streamlit.web.cli import main

    main()
