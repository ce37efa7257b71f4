"""`python -m components.cases`: files of cases on the command line; see command/."""

import sys

from components.cases.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdout, sys.stderr))
