/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-link.h"

void
dd_link_positions (DdCommit * const *commits,
                   guint             n,
                   const char       *head,
                   gint32           *out)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) chain = g_array_new (FALSE, FALSE, sizeof (guint));
  const char *sha = head;

  for (guint i = 0; i < n; i++)
    {
      out[i] = DD_NO_POSITION;
      g_hash_table_insert (places, commits[i]->sha, GUINT_TO_POINTER (i + 1));
    }
  /* Each commit is visited once, so that a circle (a server that lies) ends. */
  while (sha != NULL && chain->len < n)
    {
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, sha));

      if (place == 0)
        break;
      place--;
      g_array_append_val (chain, place);
      sha = commits[place]->parent;
    }
  for (guint i = 0; i < chain->len; i++)
    out[g_array_index (chain, guint, i)] = (gint32) (chain->len - 1 - i);
}
