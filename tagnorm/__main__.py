"""`python -m tagnorm` is the same as the `tagnorm` script."""

from __future__ import annotations

from tagnorm.cli import main

if __name__ == "__main__":
    main()
