/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-join.h"

#include <glib/gi18n-lib.h>

static void
join (GString    *text,
      const char *between,
      const char *more)
{
  if (text->len > 0)
    g_string_append (text, between);
  g_string_append (text, more);
}

void
dd_join_item (GString    *list,
              const char *item)
{
  /* Translators: stands between what is listed: "production, staging". Arabic: "، ", Japanese: "、". */
  join (list, C_("between items", ", "), item);
}

char *
dd_join_items (const char * const *items)
{
  GString *list = g_string_new (NULL);

  for (int i = 0; items[i] != NULL; i++)
    dd_join_item (list, items[i]);
  return g_string_free (list, FALSE);
}

void
dd_join_clause (GString    *text,
                const char *clause)
{
  /* Translators: stands between clauses that are short sentences of their own: "37 deployments; High". Arabic: "؛ ". */
  join (text, C_("between clauses", "; "), clause);
}
