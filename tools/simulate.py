"""Write the demonstration catalogue's metric files anew: `python tools/simulate.py [DIRECTORY]`.

Without a directory it writes to `data/metrics`. The same files come out every time; the definitions (`*.yml`) beside
them are written by hand and left alone.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from simulation import booking, desk, network, platform, ships, suppliers
from simulation.files import Files, write

ROOT = Path(__file__).resolve().parents[1]


def simulate() -> Files:
    """All metric files, by their path below `data/metrics`."""
    parts = (booking, network, desk, platform, suppliers, ships)
    return {name: file for part in parts for name, file in part.files().items()}


def main() -> None:
    """Write them."""
    directory = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "data" / "metrics"
    files = simulate()
    write(files, directory)
    sys.stdout.write(f"{len(files)} files in {directory}\n")


if __name__ == "__main__":
    main()
