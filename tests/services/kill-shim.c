/* kill-shim.c - preloaded: ends a program, or fails it, at one call that changes the disk
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Counts the calls below from when the program calls kill_shim_arm(). STRATA_SHIM_AT is the number
 * of the call to hit, STRATA_SHIM_MODE what happens there: "kill" before it is made, "short" after
 * half of it when it is a write, else the number of an errno with which it fails; with "sticky" after
 * that, so do all that follow.
 */

/* Both names of a call that has two are wanted as they are. */
#undef _FILE_OFFSET_BITS

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include "kill-shim.h"

#define NEXT(name) ((__typeof__ (&name)) dlsym (RTLD_NEXT, #name))

static int armed;
static int n_calls;
static int at;
static const char *mode = "";

void
kill_shim_arm (int on)
{
  const char *text = getenv ("STRATA_SHIM_AT");

  at = text != NULL ? atoi (text) : 0;
  mode = getenv ("STRATA_SHIM_MODE") != NULL ? getenv ("STRATA_SHIM_MODE") : "kill";
  armed = on;
}

int
kill_shim_get_n_calls (void)
{
  return n_calls;
}

/* Returns 1, with errno set, when the call is to fail. */
static int
hit (void)
{
  if (!armed)
    return 0;

  n_calls++;
  if (n_calls != at && (n_calls < at || at == 0 || strstr (mode, "sticky") == NULL))
    return 0;

  if (atoi (mode) == 0)
    raise (SIGKILL);

  errno = atoi (mode);

  return 1;
}

ssize_t
write (int         fd,
       const void *data,
       size_t      size)
{
  if (armed && n_calls + 1 == at && strcmp (mode, "short") == 0 && size > 1)
    NEXT (write) (fd, data, size / 2);

  return hit () ? -1 : NEXT (write) (fd, data, size);
}

#define FAILS(name, parameters, arguments) \
  int name parameters { return hit () ? -1 : NEXT (name) arguments; }

FAILS (fsync, (int fd), (fd))
FAILS (fdatasync, (int fd), (fd))
FAILS (rename, (const char *from, const char *to), (from, to))
FAILS (link, (const char *from, const char *to), (from, to))
FAILS (unlink, (const char *path), (path))
FAILS (ftruncate, (int fd, off_t size), (fd, size))
FAILS (ftruncate64, (int fd, off64_t size), (fd, size))
FAILS (fallocate, (int fd, int flags, off_t offset, off_t size), (fd, flags, offset, size))
FAILS (fallocate64, (int fd, int flags, off64_t offset, off64_t size), (fd, flags, offset, size))
FAILS (mkdir, (const char *path, mode_t access), (path, access))
FAILS (utimensat, (int folder, const char *path, const struct timespec times[2], int flags),
       (folder, path, times, flags))

static int
makes_file (int flags)
{
  return (flags & O_CREAT) != 0 || (flags & O_ACCMODE) != O_RDONLY;
}

#define OPENS(name) \
  int name (const char *path, int flags, ...) \
  { \
    va_list arguments; \
    va_start (arguments, flags); \
    mode_t access = (flags & O_CREAT) != 0 ? va_arg (arguments, mode_t) : 0; \
    va_end (arguments); \
    return makes_file (flags) && hit () ? -1 : NEXT (name) (path, flags, access); \
  }

OPENS (open)
OPENS (open64)
