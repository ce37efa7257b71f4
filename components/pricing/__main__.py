"""`python -m components.pricing`: the calculator on the command line; see command/."""

import sys
from os import environ

from components.pricing.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdin, sys.stdout, sys.stderr, environ))
