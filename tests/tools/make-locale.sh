#!/bin/sh
# make-locale.sh - compile one UTF-8 locale into a folder for LOCPATH
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: make-locale.sh LOCALEDEF NAME STAMP FOLDER

set -eu
mkdir -p "$4"
"$1" --quiet --no-archive -i "$2" -f UTF-8 "$4/$2.UTF-8"
touch "$3"
