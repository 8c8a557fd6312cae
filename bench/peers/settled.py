"""Any script on the server and with the settings of ours: `settled.py SCRIPT PORT`; beside it lies our .streamlit folder."""

import sys
from pathlib import Path

from assessment.ui.server import serve

if __name__ == "__main__":
    serve(Path(sys.argv[1]), port=int(sys.argv[2]), address="127.0.0.1")
