#!/usr/bin/env bash
# Lints the explorer page's scripts and styles with ESLint, as package.json pins it; gets it first where npm is there.
# Without npm, or without a network, nothing is linted, and this says so.
set -u
cd "$(dirname "$0")/.."
eslint=node_modules/.bin/eslint
if [ ! -x "$eslint" ]; then
  if ! command -v npm >/dev/null; then
    echo "npm is not installed, so the page's scripts and styles are not linted"
    exit 0
  fi
  echo "Installing ESLint for the page's scripts and styles"
  if ! npm install --no-audit --no-fund --ignore-scripts >/dev/null 2>&1; then
    echo "npm could not install ESLint, so the page's scripts and styles are not linted"
    exit 0
  fi
fi
exec "$eslint" --max-warnings 0 kg/view/page eslint.config.js
