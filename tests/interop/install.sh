#!/usr/bin/env bash
# Gets other people's triple stores for tests/interop: from npm, PyPI and Debian, below build/interop where that is possible.
# With --light only what is small and quick (N3.js and Oxigraph for JavaScript). What cannot be had is named, and its tests
# are skipped; that is no error. Jena and RDF4J need root, as they are installed for the whole system.
set -u
cd "$(dirname "$0")/../.."
folder=${KG_INTEROP:-build/interop}
light=${1:-}
missing=()
mkdir -p "$folder"

npm_install() {
  if ! command -v npm >/dev/null; then
    missing+=("$@ (npm is not installed)")
  elif ! npm install --prefix "$folder" --no-audit --no-fund --loglevel=error "$@" >/dev/null 2>&1; then
    missing+=("$@ (npm could not install them)")
  fi
}

# Unpacks Debian packages below the folder: no root, and no server that starts by itself.
debian_unpack() {
  local name=$1 work
  shift
  [ -e "$folder/$name" ] && return
  work=$(mktemp -d)
  if command -v apt-get >/dev/null && (cd "$work" && apt-get download -qq "$@") >/dev/null 2>&1; then
    for package in "$work"/*.deb; do dpkg -x "$package" "$work/root"; done
    mkdir "$work/libraries" && find "$work/root" -name "*.so.*" -exec cp -P {} "$work/libraries/" \;
    mv "$work/libraries" "$work/root/libraries"
    mv "$work/root" "$folder/$name"
  else
    missing+=("$* (apt could not download them)")
  fi
  rm -rf "$work"
}

debian_install() {
  local package wanted=()
  for package in "$@"; do
    dpkg -s "$package" >/dev/null 2>&1 || wanted+=("$package")
  done
  [ ${#wanted[@]} -eq 0 ] && return
  if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    missing+=("${wanted[*]} (needs apt and root)")
  elif ! DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null 2>&1; then
    missing+=("${wanted[*]} (apt could not install them)")
  fi
}

if [ "$light" = --light ]; then
  [ -d "$folder/node_modules/oxigraph" ] && [ -d "$folder/node_modules/n3" ] || npm_install n3 oxigraph
else
  npm_install n3 oxigraph @comunica/query-sparql@4
  ${PYTHON:-.venv/bin/python} -m pip --disable-pip-version-check install --quiet --upgrade --target "$folder/python" oxigraph \
    >/dev/null 2>&1 || missing+=("oxigraph (pip could not install the server)")
  [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null && apt-get update -qq >/dev/null 2>&1
  debian_install raptor2-utils serdi default-jdk-headless libapache-jena-java librdf4j-java
  debian_unpack virtuoso virtuoso-opensource-7-bin libpcre3
fi
for one in "${missing[@]+"${missing[@]}"}"; do echo "Not installed, so its tests are skipped: $one"; done
exit 0
