/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-activity-write.h"
#include "dd-join.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

char *
dd_words_events_read (const char             *name,
                      gboolean                missing,
                      const DdEventLogCounts *counts)
{
  if (missing)
    return g_strdup_printf (_("%s: there is no such file, so it holds no events."), name);
  return g_strdup_printf (ngettext ("%s: %" PRIu64 " event, %" PRIu64 " of them new.",
                                    "%s: %" PRIu64 " events, %" PRIu64 " of them new.", (gulong) counts->events),
                          name, counts->events, counts->added);
}

/* "3, 17, 20 and 5 more". */
static char *
list_lines (const DdEventLogCounts *counts)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < counts->broken_lines->len; i++)
    {
      g_autofree char *line = g_strdup_printf ("%" PRIu64, g_array_index (counts->broken_lines, guint64, i));

      dd_join_item (list, line);
    }
  if (counts->broken > counts->broken_lines->len)
    g_string_append_printf (list, _(" and %" PRIu64 " more"), counts->broken - counts->broken_lines->len);
  return g_string_free (list, FALSE);
}

char *
dd_words_broken_lines (const char             *name,
                       const DdEventLogCounts *counts)
{
  g_autofree char *lines = NULL;

  if (counts->broken == 0)
    return NULL;
  lines = list_lines (counts);
  return g_strdup_printf (ngettext ("%s: %" PRIu64 " line is no event and was skipped: line %s.",
                                    "%s: %" PRIu64 " lines are no events and were skipped: lines %s.", (gulong) counts->broken),
                          name, counts->broken, lines);
}
