#!/usr/bin/env bash
# Installs Debian's Chromium and small RDF tools for the tests, where apt and the right to use it are there.
# Their absence is no error: the tests that need them are skipped and say so.
set -u
missing=()
command -v chromium >/dev/null || missing+=(chromium)
command -v rapper >/dev/null || missing+=(raptor2-utils)
command -v serdi >/dev/null || missing+=(serdi)
[ ${#missing[@]} -eq 0 ] && exit 0
if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
  echo "Not installed, so their tests are skipped: ${missing[*]} (install them with your package manager)"
  exit 0
fi
echo "Installing for the tests: ${missing[*]}"
if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null 2>&1; then
  echo "apt could not install ${missing[*]}; their tests are skipped"
fi
exit 0
