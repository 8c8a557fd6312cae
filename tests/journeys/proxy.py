"""A real nginx with the configuration that is shipped, before app servers on free ports."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SHIPPED = ROOT / "deploy" / "nginx"

WHOLE = """{user}daemon off;
pid {folder}/nginx.pid;
worker_processes 1;
error_log {folder}/whole.log warn;
events {{ worker_connections 4096; }}
http {{
    client_body_temp_path {folder}/bodies;
    proxy_temp_path {folder}/proxied;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include conf.d/*.conf;
}}
"""


def program() -> str:
    """Return the path of nginx."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    found = shutil.which("nginx", path=path)
    assert found, "no nginx found; `make test` installs one"
    return found


def laid_out(folder: Path, *, servers: str, listen: str, redirect: bool = False) -> Path:
    """Lay the configuration out as in /etc/nginx and return the main file; `servers` and `listen` differ from place to place."""
    (folder / "conf.d").mkdir()
    (folder / "assessment").mkdir()
    shutil.copy(SHIPPED / "assessment.conf", folder / "conf.d" / "assessment.conf")
    if redirect:
        shutil.copy(SHIPPED / "redirect.conf", folder / "conf.d" / "redirect.conf")
    (folder / "assessment" / "servers.conf").write_text(servers)
    (folder / "assessment" / "listen.conf").write_text(listen)
    whole = folder / "nginx.conf"
    user = "user root;\n" if os.geteuid() == 0 else ""
    whole.write_text(WHOLE.format(user=user, folder=folder))
    return whole


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Proxy:
    """nginx on 127.0.0.1, without a certificate."""

    def __init__(self, folder: Path, ports: Iterable[int]) -> None:
        self.folder = folder
        self.port = free_port()
        self.log = folder / "access.log"
        listen = (
            f"listen 127.0.0.1:{self.port};\n"
            f"access_log {self.log} assessment;\nerror_log {folder}/error.log alert;\n"
        )
        servers = "".join(f"server 127.0.0.1:{port} max_fails=1 fail_timeout=1s;\n" for port in ports)
        whole = laid_out(folder, servers=servers, listen=listen)
        self.process = subprocess.Popen([program(), "-c", str(whole), "-p", str(folder)])
        for _ in range(100):
            with socket.socket() as there:
                if there.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError("nginx did not start")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def lines(self, kind: str) -> list[dict[str, str]]:
        """Return what is in the log about requests of this kind."""
        lines = [json.loads(line) for line in self.log.read_text().splitlines()]
        return [line for line in lines if line["kind"] == kind]

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(10)
