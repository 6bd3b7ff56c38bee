"""Makes the virtual environment, and installs what a lock file names.

Run as a script by the system's Python, before anything else is installed:
`python3 lihsite/operations/environment.py requirements.lock`.
"""

import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / ".venv"
PYTHON = FOLDER / "bin" / "python"
OLDEST = (3, 11)


def main(lock_name):
    if sys.version_info < OLDEST:
        sys.exit("Python 3.11 or newer is needed; name one with `make PYTHON=python3.13 …`.")
    lock = ROOT / lock_name
    installed = FOLDER / lock_name
    if works() and installed.is_file() and installed.read_bytes() == lock.read_bytes():
        print("· Python environment: .venv is up to date", flush=True)
        return
    if not works():
        print("· Python environment: making .venv", flush=True)
        make()
    print(f"· Packages: installing {lock_name} (some minutes the first time)", flush=True)
    install(lock)
    shutil.copyfile(lock, installed)


def works():
    """Whether there is an environment, and the Python that it was made with still exists."""
    if not PYTHON.exists():
        return False
    return subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode == 0


def make():
    try:
        venv.create(FOLDER, clear=True, with_pip=True)
    except (ImportError, subprocess.CalledProcessError):
        sys.exit("This Python has no venv; on Debian and Ubuntu: apt install python3-venv.")
    except OSError as error:
        sys.exit(f"The environment cannot be made in .venv: {error}.")


def install(lock):
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    result = subprocess.run([*command, "--require-hashes", "-r", lock])
    if result.returncode:
        sys.exit("The packages could not be installed: see pip's words above, then try again.")


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        sys.exit("\nStopped; the next run goes on from here.")
