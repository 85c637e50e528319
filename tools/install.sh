#!/usr/bin/env bash
# Install pyrun from this folder, and a dependency group of pyproject.toml (docs or test), into .venv/.
# Does nothing when that is done already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
group=$1
python=${PYTHON:-python3}

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "pyrun needs Python 3.11 or newer, as python3 or named by the variable PYTHON." >&2
  exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  echo "$python cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv" >&2
  exit 1
fi
if ! command -v npm >/dev/null; then
  echo "npm is missing: the files that run in the browser are built with it. Install Node.js 20 or newer." >&2
  exit 1
fi

stamp=.venv/installed-$group
inputs=$(cksum "requirements/$group.txt" pyproject.toml hatch_build.py package-lock.json)
if [[ $(cat "$stamp" 2>/dev/null) == "$inputs" && -e node_modules/.package-lock.json ]]; then
  exit 0
fi
[[ -x .venv/bin/python ]] || "$python" -m venv .venv
export PIP_DISABLE_PIP_VERSION_CHECK=1
.venv/bin/pip install --quiet --require-hashes -r "requirements/$group.txt"
.venv/bin/pip install --quiet --no-deps --no-build-isolation --editable .
echo "$inputs" > "$stamp"
