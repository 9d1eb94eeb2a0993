#!/bin/bash
# trixie.sh - build and test in a Debian 13 tree; it is made once, and again when the list of packages changes
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: trixie.sh FOLDER PACKAGE…

set -euo pipefail

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
folder=$1
shift
tree=$folder/tree

as_root ()
{
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# The archive that this machine gets its own packages from, but not the one for security updates.
mirror ()
{
  # shellcheck disable=SC2016  # $(SITE) is for apt-get
  apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -v security | sort -u | head -n 1
}

make_tree ()
{
  local site packages
  site=$(mirror)
  packages=$(IFS=,; printf '%s' "$*")

  [ -n "$site" ] || { echo "trixie.sh: apt-get knows no Debian archive; run apt-get update first" >&2; exit 1; }
  as_root rm -rf "$tree"
  mkdir -p "$folder"
  as_root mmdebstrap --quiet --variant=apt --mode=root --include="$packages,dpkg-dev" \
    --aptopt='Acquire::Languages "none"' --aptopt='APT::Install-Recommends "false"' \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    --keyring=/usr/share/keyrings/debian-archive-keyring.gpg --keyring=/etc/apt/trusted.gpg.d \
    trixie "$tree" "deb $site trixie main"
  as_root mkdir -p "$tree/src/strata" "$tree/src/shared" "$tree/src/out"
  printf '%s\n' "$packages" >"$folder/packages"
}

# The mounts live in a namespace of their own: when the command ends, nothing of them is left.
# shellcheck disable=SC2016  # the inner shell expands its own arguments
enter_tree ()
{
  as_root unshare --mount --pid --fork --kill-child --propagation private bash -c '
    set -euo pipefail
    tree=$1 top=$2 shared=$3
    shift 3
    mount -t proc proc "$tree/proc"
    mount --rbind /dev "$tree/dev"
    mount --rbind /sys "$tree/sys"
    mount -t tmpfs -o mode=755 tmpfs "$tree/run"
    mount --bind "$top" "$tree/src/strata"
    mount -o remount,bind,ro "$tree/src/strata"
    if [ -d "$shared" ]; then
      mount --bind "$shared" "$tree/src/shared"
      mount -o remount,bind,ro "$tree/src/shared"
    fi
    exec chroot "$tree" /usr/bin/env -i HOME=/root LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
  ' bash "$tree" "$top" "$(realpath -m "$top/../shared")" "$@"
}

if [ "$(cat "$folder/packages" 2>/dev/null)" != "$(IFS=,; printf '%s' "$*")" ]; then
  printf '\n== Making a Debian 13 tree in %s\n' "$tree" >&2
  make_tree "$@"
fi
enter_tree STRATA_OUT=/src/out /src/strata/dev test
