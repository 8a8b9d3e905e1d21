#!/bin/sh
# Sees to a browser for the browser tests: Debian's headless shell (the same engine without windows, which opens a page in a
# third of the time), else a browser that is there, else the one that Playwright installs. Where none can be had the tests
# say `skipped` and why; that is no failure of this script.
# Usage: ensure_browser.sh PYTHON
set -u
command -v chromium-headless-shell >/dev/null 2>&1 && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q >/dev/null 2>&1
  for package in chromium-headless-shell chromium; do
    apt-get install -q -y --no-install-recommends "$package" >/dev/null 2>&1 && exit 0
  done
fi
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
"$1" -m playwright install --only-shell chromium >/dev/null 2>&1 && exit 0
echo "no browser could be installed: the browser tests will be skipped" >&2
exit 0
