/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-process.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "dd-time.h"

/* A process is written down a little after it began; clocks that tell of both are not the same. */
#define CLOCK_TOLERANCE (10 * DD_SECOND)

/* Where the time of its start stands behind a process's name in /proc/PID/stat, from 0. */
#define STAT_START 19

static gint64
boot_time (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/stat", &text, NULL, NULL) || (line = strstr (text, "\nbtime ")) == NULL)
    return DD_TIME_NONE;
  return g_ascii_strtoll (line + strlen ("\nbtime "), NULL, 10) * DD_SECOND;
}

gboolean
dd_process_is_alive (int    process,
                     gint64 since)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", process);
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;
  gint64 boot = boot_time (), began;
  const char *name_end;

  if (process <= 0 || (kill (process, 0) != 0 && errno == ESRCH))
    return FALSE;
  if (boot == DD_TIME_NONE || !g_file_get_contents (path, &text, NULL, NULL) || (name_end = strrchr (text, ')')) == NULL)
    return TRUE;
  words = g_strsplit (g_strchug ((char *) name_end + 1), " ", -1);
  if (g_strv_length (words) <= STAT_START)
    return TRUE;
  began = boot + g_ascii_strtoll (words[STAT_START], NULL, 10) * (DD_SECOND / sysconf (_SC_CLK_TCK));
  return began <= since + CLOCK_TOLERANCE;
}
