#!/bin/sh
# Makes a virtual environment; on a Debian without the venv module, installs it first.
set -eu
python=$1
folder=$2
if ! "$python" -m venv "$folder" 2>/dev/null; then
    rm -rf "$folder"
    as_root=
    [ "$(id -u)" = 0 ] || as_root=sudo
    $as_root apt-get update -qq
    $as_root apt-get install -y -qq --no-install-recommends python3-venv
    "$python" -m venv "$folder"
fi
