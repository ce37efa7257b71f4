"""`python -m components.settings [zh]`: the tables of docs/settings.md."""

import sys

from components.settings.table import endpoint_table, settings_table

if __name__ == "__main__":
    lang = "zh" if "zh" in sys.argv[1:] else "en"
    sys.stdout.write(f"{endpoint_table(lang)}\n{settings_table(lang)}")
