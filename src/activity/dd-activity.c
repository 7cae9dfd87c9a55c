/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-activity.h"

#include <glib/gi18n-lib.h>

#include "dd-error.h"

#define MOST_HOURS 8760
#define HOURS_OF_DAY 24

gboolean
dd_activity_window_parse (const char *text,
                          int        *hours,
                          GError    **error)
{
  const char *cursor = text;
  gint64 number = 0;

  for (; g_ascii_isdigit (*cursor) && number <= MOST_HOURS; cursor++)
    number = number * 10 + (*cursor - '0');
  if (cursor > text && (*cursor == 'h' || *cursor == 'd') && cursor[1] == '\0')
    {
      if (*cursor == 'd')
        number *= HOURS_OF_DAY;
      if (number >= 1 && number <= MOST_HOURS)
        {
          *hours = (int) number;
          return TRUE;
        }
    }
  g_set_error (error, DD_ERROR, DD_ERROR_INVALID, _("“%s” is no window: it takes hours or days like 24h or 7d, from 1h to 8760h"), text);
  return FALSE;
}

static void
share_free (gpointer data)
{
  DdActivityShare *share = data;

  g_free (share->name);
  g_free (share);
}

static int
compare_shares (gconstpointer a,
                gconstpointer b)
{
  const DdActivityShare *left = *(DdActivityShare * const *) a, *right = *(DdActivityShare * const *) b;

  if (left->count != right->count)
    return left->count > right->count ? -1 : 1;
  return g_strcmp0 (left->name, right->name);
}

GPtrArray *
dd_activity_shares (const GPtrArray *counts,
                    guint64         *total)
{
  GPtrArray *shares = g_ptr_array_new_with_free_func (share_free);

  *total = 0;
  for (guint i = 0; i < counts->len; i++)
    *total += ((const DdNameCount *) g_ptr_array_index (counts, i))->count;
  for (guint i = 0; i < counts->len; i++)
    {
      const DdNameCount *count = g_ptr_array_index (counts, i);
      DdActivityShare *share = g_new0 (DdActivityShare, 1);

      share->name = g_strdup (count->name);
      share->count = count->count;
      share->rate = *total > 0 ? (double) count->count / (double) *total : 0;
      g_ptr_array_add (shares, share);
    }
  g_ptr_array_sort (shares, compare_shares);
  return shares;
}

double
dd_activity_activation_rate (const DdActivity *activity)
{
  return activity->workspaces > 0 ? (double) activity->activated / activity->workspaces : 0;
}

void
dd_activity_free (DdActivity *activity)
{
  if (activity == NULL)
    return;
  g_free (activity->workspace);
  g_clear_pointer (&activity->zone, g_time_zone_unref);
  g_clear_pointer (&activity->runs, g_ptr_array_unref);
  g_clear_pointer (&activity->schedules, g_ptr_array_unref);
  g_clear_pointer (&activity->load, g_ptr_array_unref);
  g_clear_pointer (&activity->errors, g_ptr_array_unref);
  g_clear_pointer (&activity->engagement, g_ptr_array_unref);
  g_free (activity);
}
