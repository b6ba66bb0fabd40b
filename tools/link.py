"""Makes `import acquis` and the `acquis` command work in the current virtual environment without a build.

An editable install would need a build back end; a path file and a short script have the same effect.
"""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

if __name__ == "__main__":
    Path(sysconfig.get_path("purelib"), "acquis.pth").write_text(f"{ROOT / 'src'}\n", "utf-8")
    script = Path(sysconfig.get_path("scripts"), "acquis")
    # Worker processes import this script, so it must run the program only if it is the main module.
    lines = f'#!{sys.executable}\nfrom acquis.cli import main\n\nif __name__ == "__main__":\n    main()\n'
    script.write_text(lines, "utf-8")
    script.chmod(0o755)
