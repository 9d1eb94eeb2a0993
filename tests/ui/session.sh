#!/bin/bash
# session.sh - run a command on a desktop of its own: X server, window manager, session bus, accessibility bus
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: session.sh COMMAND…
# STRATA_SCREEN is the size of the screen, 1440x1000 unless it is set. Nothing is read from the home folder and nothing
# is left behind; all that was started ends with the command. Exits with 77 where there is no Xvfb.

set -uo pipefail

inside ()
{
  local manager status=0

  exec >&3 2>&4 3>&- 4>&-
  openbox >/dev/null 2>&1 &
  manager=$!
  # A window that comes before the window manager is ready may never be mapped.
  for _ in $(seq 200); do
    ! xprop -root _NET_SUPPORTING_WM_CHECK 2>/dev/null | grep -q 'window id' || break
    sleep 0.05
  done
  # GTK asks once, at its start, whether somebody listens.
  gdbus call --session --dest org.a11y.Bus --object-path /org/a11y/bus \
    --method org.a11y.Bus.GetAddress >/dev/null
  gdbus call --session --dest org.a11y.Bus --object-path /org/a11y/bus \
    --method org.freedesktop.DBus.Properties.Set org.a11y.Status IsEnabled '<true>' >/dev/null
  "$@" || status=$?
  kill "$manager" 2>/dev/null
  exit "$status"
}

clean_up ()
{
  [ -z "${server:-}" ] || { kill "$server" && wait "$server"; } 2>/dev/null
  rm -rf "$place"
}

start_server ()
{
  mkfifo "$place/display"
  Xvfb -displayfd 3 -screen 0 "${STRATA_SCREEN:-1440x1000}x24" -nolisten tcp -noreset \
    3>"$place/display" >"$place/server.log" 2>&1 &
  server=$!
  read -r -t 20 number <"$place/display" || { cat "$place/server.log" >&2; exit 1; }
  export DISPLAY=:$number
}

if [ "${1:-}" = --inside ]; then
  shift
  inside "$@"
fi

command -v Xvfb >/dev/null || { echo "session.sh: there is no Xvfb" >&2; exit 77; }
place=$(mktemp -d)
trap clean_up EXIT
trap 'exit 143' TERM INT
start_server

mkdir -m 700 "$place/home" "$place/run"
mkdir -p "$place/home/.config/gtk-4.0"
cat >"$place/home/.config/gtk-4.0/settings.ini" <<'SETTINGS'
[Settings]
gtk-font-name=Cantarell 11
gtk-icon-theme-name=Adwaita
gtk-decoration-layout=appmenu:close
gtk-xft-antialias=1
gtk-xft-hinting=1
gtk-xft-hintstyle=hintslight
SETTINGS
unset WAYLAND_DISPLAY XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME XDG_STATE_HOME
export HOME=$place/home XDG_RUNTIME_DIR=$place/run LANG=${LANG:-C.UTF-8}
export GSETTINGS_BACKEND=keyfile GTK_A11Y=atspi GTK_USE_PORTAL=0 ADW_DISABLE_PORTAL=1
# A keyring of its own, too: nobody is there to answer when one is locked.
if [ -z "${SECRET_BACKEND:-}" ]; then
  export SECRET_BACKEND=file SECRET_FILE_TEST_PATH=$place/test.keyring SECRET_FILE_TEST_PASSWORD=test
fi
# Without a graphics card GTK starts faster and needs less memory when it does not look for one.
export GDK_BACKEND=x11 GSK_RENDERER=cairo
if pkg-config --atleast-version=4.16 gtk4 2>/dev/null; then
  export GDK_DISABLE=gl,vulkan
else
  export GDK_DEBUG=gl-disable
fi
# What the bus has to say about itself stays out of what the command says.
dbus-run-session -- "$0" --inside "$@" 3>&1 4>&2 >"$place/bus.log" 2>&1
