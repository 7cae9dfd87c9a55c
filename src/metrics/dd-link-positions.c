/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-link.h"

void
dd_link_positions (DdCommit * const *commits,
                   guint             n,
                   const char       *head,
                   gint32           *out)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  const char *sha = head;
  gint32 length = 0;

  for (guint i = 0; i < n; i++)
    {
      out[i] = DD_NO_POSITION;
      g_hash_table_insert (places, commits[i]->sha, GUINT_TO_POINTER (i + 1));
    }
  /* Down from the tip, counted from there at first. A commit that was visited ends it: a server that lies may tell of a
   * circle. */
  while (sha != NULL)
    {
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, sha));

      if (place == 0 || out[place - 1] != DD_NO_POSITION)
        break;
      out[place - 1] = length++;
      sha = commits[place - 1]->parent;
    }
  for (guint i = 0; i < n; i++)
    if (out[i] != DD_NO_POSITION)
      out[i] = length - 1 - out[i];
}
