"""A JupyterLab server of its own: loopback, free port, token, and no trace of the user's settings."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, Request, build_opener

COURSE = Path(__file__).parents[2]
FOREIGN = ("HF_", "HUGGINGFACE_", "TRANSFORMERS_", "JUPYTER", "IPYTHON", "PYTHONPATH", "SEEING_ATTENTION_")
NO_NEWS = {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True}


class LabServer:
    """JupyterLab serving one folder, as a newcomer with a fresh home directory would start it.

    Args:
        root: the folder it serves.
        home: an empty folder that stands for the user's home directory.
        extra: further environment variables (the proxy's).

    Raises:
        RuntimeError: if it does not answer within 90 seconds; the message ends with its log.
    """

    def __init__(self, root: Path, home: Path, extra: dict[str, str]):
        self.root, self._log = root, home / "server.log"
        self.token = secrets.token_hex(16)
        self.url = f"http://127.0.0.1:{_free_port()}"
        _write_settings(home / "settings")
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(self._command(), cwd=root, env=_environment(home) | extra,
                                             stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        self._wait_until_up()

    def _command(self) -> list[str]:
        port = self.url.rpartition(":")[2]
        return [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
                "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0",
                f"--ServerApp.root_dir={self.root}", f"--IdentityProvider.token={self.token}",
                "--LabApp.expose_app_in_browser=True", "--LabApp.extension_manager=readonly"]

    def request(self, path: str, method: str = "GET") -> bytes:
        """Ask the server's own interface for `path`; no proxy stands between."""
        asked = Request(self.url + path, method=method, headers={"Authorization": f"token {self.token}"})
        with build_opener(ProxyHandler({})).open(asked, timeout=10) as answer:
            return answer.read()

    def _wait_until_up(self) -> None:
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                self.request("/api/status")
                return
            except (URLError, OSError):
                time.sleep(0.2)
        self._process.kill()
        raise RuntimeError("JupyterLab did not start:\n" + self._log.read_text("utf-8", "replace")[-3000:])

    def stop(self) -> None:
        """Shut the server and its kernels down; kill it if it lingers."""
        try:
            self.request("/api/shutdown", "POST")
            self._process.wait(30)
        except (OSError, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait()


def copy_course(root: Path) -> None:
    """Copy what a learner works with into an empty folder, so that nothing reaches the checkout."""
    unwanted = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for folder in ("helpers", "notebooks"):
        shutil.copytree(COURSE / folder, root / folder, ignore=unwanted)
    shutil.copy(COURSE / "pyproject.toml", root)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _environment(home: Path) -> dict[str, str]:
    """Return this process's environment with a home, settings and caches of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(FOREIGN)}
    places = {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "runtime",
              "JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
              "IPYTHONDIR": "ipython", "HF_HOME": "models"}
    home_itself = {"HOME": str(home), "USERPROFILE": str(home)}
    return kept | home_itself | {name: str(home / folder) for name, folder in places.items()}


def _write_settings(folder: Path) -> None:
    """Write the user settings of JupyterLab: no news, and no question about news."""
    target = folder / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
    target.parent.mkdir(parents=True)
    target.write_text(json.dumps(NO_NEWS), encoding="utf-8", newline="\n")
