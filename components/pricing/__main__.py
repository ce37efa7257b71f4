"""`python -m components.pricing`: the calculator on the command line; see command/."""

import sys

from components.pricing.command import main
from components.settings import environment

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdin, sys.stdout, sys.stderr, environment))
