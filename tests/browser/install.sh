#!/bin/sh
# Gets a browser and a Chinese font for the browser tests, from Debian's packages, where this
# machine lets us. Elsewhere it says so: the tests then skip the browser part (with CI=true they
# fail instead).
have_font() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh 2>/dev/null | head -n 1)" ]; }
have_browser() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; }

if have_browser && have_font; then exit 0; fi
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "Installing chromium and fonts-noto-cjk for the browser tests ..."
  log=$(mktemp)
  if { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk fontconfig; } >"$log" 2>&1; then
    exit 0
  fi
  tail -n 5 "$log"
fi
echo "No chromium (or no Chinese font) here, and it can't be installed without asking you."
echo "On Debian or Ubuntu: sudo apt-get install chromium fonts-noto-cjk"
[ "${CI:-}" = true ] && exit 1
exit 0
