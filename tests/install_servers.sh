#!/bin/sh
# Installs Chromium and PostgreSQL from Debian's packages where they are missing.
set -eu
wanted=
command -v chromium >/dev/null 2>&1 || wanted="$wanted chromium"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || wanted="$wanted postgresql"
[ -z "$wanted" ] && exit 0
as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
# shellcheck disable=SC2086 # a list of names
$as_root apt-get install -y -qq --no-install-recommends $wanted
