#!/bin/sh
# Gets what the tests need beside Python, from Debian's packages, where this machine lets us: a
# browser and a Chinese font for the browser tests, the fonts that the samples were drawn with,
# nginx for tests/e2e/cluster. Elsewhere it says so: the tests then skip that part (with CI=true they
# fail instead).
have_font() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh 2>/dev/null | head -n 1)" ]; }
have_face() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list "$1" 2>/dev/null | head -n 1)" ]; }
have_browser() { command -v chromium-headless-shell >/dev/null 2>&1 || command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; }
# Debian's browser without windows where there is one: it costs tests a third less.
browser_package() { apt-cache show chromium-headless-shell >/dev/null 2>&1 && echo chromium-headless-shell || echo chromium; }
have_nginx() { command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ]; }

wanted=""
{ have_browser && have_font; } || wanted="$(browser_package) fonts-noto-cjk fontconfig"
have_face "Liberation Sans" || wanted="$wanted fonts-liberation"
have_face "DejaVu Sans Mono:style=Oblique" || wanted="$wanted fonts-dejavu-extra"
if ! have_nginx; then
  # Debian starts nginx on port 80 as soon as it is installed: on nobody's own machine unasked.
  if [ "${CI:-}" = true ]; then
    wanted="$wanted nginx"
  else
    echo "No nginx here: the tests of two processes behind nginx are left out."
    echo "On Debian or Ubuntu: sudo apt-get install nginx (it also starts a web server on port 80)"
  fi
fi

[ -z "$wanted" ] && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "Installing for the tests: $wanted ..."
  log=$(mktemp)
  # $wanted unquoted: several words
  if { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted; } >"$log" 2>&1; then
    exit 0
  fi
  tail -n 5 "$log"
fi
echo "Missing here, and it can't be installed without asking you: $wanted"
echo "On Debian or Ubuntu: sudo apt-get install $wanted"
[ "${CI:-}" = true ] && exit 1
exit 0
