#!/usr/bin/env bash
# The journeys need a Chromium and an nginx, and the office files are opened by LibreOffice, which computes the workbooks again.
# Where one is missing and Debian's packages can be had, install it.
set -euo pipefail
packages=()
found=""
for browser in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    if [ -n "$browser" ] && command -v "$browser" >/dev/null 2>&1; then found="$browser"; break; fi
done
[ -n "$found" ] || packages+=(chromium)
PATH="$PATH:/usr/sbin:/usr/local/sbin" command -v nginx >/dev/null 2>&1 || packages+=(nginx-light)
office="$(dirname "$(readlink -f "$(command -v soffice || echo /nowhere/soffice)")")"
for part in writer:sw calc:sc impress:sd; do
    [ -e "$office/lib${part#*:}lo.so" ] || packages+=("libreoffice-${part%:*}-nogui")
done
[ "${#packages[@]}" -gt 0 ] || exit 0
if ! command -v apt-get >/dev/null 2>&1; then
    echo "Not found: ${packages[*]}. Install them; a Chromium elsewhere may be named in CHROMIUM=/path/to/chromium." >&2
    exit 1
fi
sudo=""; [ "$(id -u)" = 0 ] || sudo="sudo"
$sudo apt-get update -qq
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
