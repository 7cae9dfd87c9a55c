/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-count-words.h"

#include <glib/gi18n-lib.h>

#include "dd-join.h"

static const char *
format_of (DdCounted what,
           gulong    n)
{
  switch (what)
    {
    case DD_COUNTED_OK:
      /* Translators: tasks of a run that went well. */
      return ngettext ("%u ok", "%u ok", n);
    case DD_COUNTED_DONE:
      /* Translators: runs of a schedule that went well. */
      return ngettext ("%u done", "%u done", n);
    case DD_COUNTED_FAILED:
      /* Translators: tasks, runs or deployments. */
      return ngettext ("%u failed", "%u failed", n);
    case DD_COUNTED_MISSED:
      /* Translators: runs of a schedule whose time went by while the computer was off. */
      return ngettext ("%u missed", "%u missed", n);
    case DD_COUNTED_ENQUEUED:
      /* Translators: runs of a schedule. */
      return ngettext ("%u enqueued", "%u enqueued", n);
    case DD_COUNTED_STARTED:
      /* Translators: tasks, or runs of a schedule. */
      return ngettext ("%u started", "%u started", n);
    case DD_COUNTED_SUCCEEDED:
      /* Translators: tasks, or runs of a schedule. */
      return ngettext ("%u succeeded", "%u succeeded", n);
    case DD_COUNTED_RETRIED:
      /* Translators: tasks that failed at first. */
      return ngettext ("%u tried again", "%u tried again", n);
    case DD_COUNTED_OPEN:
      /* Translators: incidents that have not ended. */
      return ngettext ("%u open", "%u open", n);
    case DD_COUNTED_WITH_INCIDENT:
      /* Translators: deployments that caused an incident. */
      return ngettext ("%u with an incident", "%u with an incident", n);
    case DD_COUNTED_BY_DEPLOYMENT:
      /* Translators: changes whose lead time ends with a deployment. */
      return ngettext ("%u by deployment", "%u by deployment", n);
    case DD_COUNTED_AS_MERGED:
    default:
      /* Translators: changes whose lead time ends when they are merged. */
      return ngettext ("%u as merged", "%u as merged", n);
    }
}

char *
dd_words_counted (DdCounted what,
                  guint64   n)
{
  guint shown = (guint) MIN (n, G_MAXUINT);

  return g_strdup_printf (format_of (what, shown), shown);
}

char *
dd_words_counts (const DdCount *counts,
                 gsize          n_counts)
{
  GString *list = g_string_new (NULL);

  for (gsize i = 0; i < n_counts; i++)
    {
      g_autofree char *words = dd_words_counted (counts[i].what, counts[i].n);

      dd_join_item (list, words);
    }
  return g_string_free (list, FALSE);
}
