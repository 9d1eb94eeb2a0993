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
static char calls[1000]; /* one letter for each */
static int at;
static const char *mode = "";

/* 0 for nothing, 1 to count and hit, 2 to count only. */
void
kill_shim_arm (int on)
{
  const char *text = getenv ("STRATA_SHIM_AT");

  at = text != NULL && on == 1 ? atoi (text) : 0;
  mode = getenv ("STRATA_SHIM_MODE") != NULL ? getenv ("STRATA_SHIM_MODE") : "kill";
  armed = on;
}

const char *
kill_shim_get_calls (void)
{
  return calls;
}

/* Returns 1, with errno set, when the call of which @letter is one is to fail. */
static int
hit (char letter)
{
  if (!armed)
    return 0;

  calls[n_calls++ % (sizeof calls - 1)] = letter;
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

  return hit ('w') ? -1 : NEXT (write) (fd, data, size);
}

#define FAILS(letter, name, parameters, arguments) \
  int name parameters { return hit (letter) ? -1 : NEXT (name) arguments; }

FAILS ('s', fsync, (int fd), (fd))
FAILS ('s', fdatasync, (int fd), (fd))
FAILS ('r', rename, (const char *from, const char *to), (from, to))
FAILS ('l', link, (const char *from, const char *to), (from, to))
FAILS ('u', unlink, (const char *path), (path))
FAILS ('t', ftruncate, (int fd, off_t size), (fd, size))
FAILS ('t', ftruncate64, (int fd, off64_t size), (fd, size))
FAILS ('a', fallocate, (int fd, int flags, off_t offset, off_t size), (fd, flags, offset, size))
FAILS ('a', fallocate64, (int fd, int flags, off64_t offset, off64_t size), (fd, flags, offset, size))
FAILS ('m', mkdir, (const char *path, mode_t access), (path, access))
FAILS ('d', utimensat, (int folder, const char *path, const struct timespec times[2], int flags),
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
    return makes_file (flags) && hit ('o') ? -1 : NEXT (name) (path, flags, access); \
  }

OPENS (open)
OPENS (open64)
