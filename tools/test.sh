#!/usr/bin/env bash
# Install everything that the tests need, and run all tests, or those that the arguments select in pytest.
# Never prompts, and exits with pytest's status. `make test` and CI run this.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Package registries fail now and then, and the tests take long: each download is tried again, after a pause.
persistently() {
  local pause
  for pause in 10 60; do
    "$@" && return
    echo "Trying again in $pause seconds: $*" >&2
    sleep "$pause"
  done
  "$@"
}

missing=()
command -v chromium >/dev/null || missing+=(chromium fonts-liberation)
command -v firefox-esr >/dev/null || missing+=(firefox-esr)
[[ -x /usr/bin/WebKitWebDriver ]] || missing+=(webkit2gtk-driver)
command -v Xvfb >/dev/null || missing+=(xvfb)
command -v jekyll >/dev/null || missing+=(jekyll)
PATH="$PATH:/usr/sbin" command -v nginx >/dev/null || missing+=(nginx-light)
PATH="$PATH:/usr/sbin" command -v apache2 >/dev/null || missing+=(apache2-bin)
"${PYTHON:-python3}" -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
if ((${#missing[@]})); then
  if ! command -v apt-get >/dev/null; then
    echo "Missing: ${missing[*]}. Install these packages (the names are Debian's) and try again." >&2
    exit 1
  fi
  as_root=()
  ((EUID == 0)) || as_root=(sudo)
  # Another process, such as an automatic upgrade, may hold the lock for a while.
  apt_get=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=5 -o DPkg::Lock::Timeout=300)
  persistently "${apt_get[@]}" update
  persistently "${apt_get[@]}" install -y --no-install-recommends "${missing[@]}"
fi

persistently env PIP_RETRIES=10 PIP_TIMEOUT=60 npm_config_fetch_retries=5 tools/install.sh test
export PATH="$PWD/.venv/bin:$PATH" # tools/install.sh installs Node.js there if the system has none
persistently env PIP_RETRIES=10 PIP_TIMEOUT=60 npm_config_fetch_retries=5 .venv/bin/python tools/fetch_test_pyodides.py
npm run --silent build
# As after an installation. Hundreds of builds would each compile two hundred modules where Python may not write bytecode.
.venv/bin/python -m compileall -q ./*pyrun*
# All tests run in two processes, file by file, in the order of the folders: otherwise the files with the fewest tests run
# last, which include the longest. A selection runs in one process, for easier debugging.
(($#)) || set -- --numprocesses=2 --dist=loadfile --no-loadscope-reorder
exec .venv/bin/pytest "$@"
