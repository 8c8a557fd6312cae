"""The app on a slow machine: what it tells browsers waits as long as there is a file `hold` in the folder of its data."""

import asyncio
import os
from pathlib import Path

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import get_instance
from streamlit.runtime.app_session import AppSession

from assessment.cli import main


def hold(flag: Path) -> None:
    """Send nothing while the file is there, and look again soon."""
    flush = AppSession.flush_browser_queue

    def held(session: AppSession) -> list[ForwardMsg]:
        if not flag.exists():
            return flush(session)
        wake = get_instance()._get_async_objs().need_send_data.set
        asyncio.get_running_loop().call_later(0.05, wake)
        return []

    AppSession.flush_browser_queue = held  # type: ignore[method-assign]


if __name__ == "__main__":
    hold(Path(os.environ["ASSESSMENT_DATA"]) / "hold")
    main()
