#!/bin/sh
# Sees to a browser for the browser tests: one that is there, else Debian's Chromium, else the one that Playwright
# installs. Where none can be had the tests say `skipped` and why; that is no failure of this script.
# Usage: ensure_browser.sh PYTHON
set -u
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -q && apt-get install -q -y --no-install-recommends chromium; } >/dev/null 2>&1 && exit 0
fi
"$1" -m playwright install chromium >/dev/null 2>&1 && exit 0
echo "no browser could be installed: the browser tests will be skipped" >&2
exit 0
