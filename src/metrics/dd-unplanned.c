/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-link.h"

#include <string.h>

/* What stands before @place is neither letter nor digit, or nothing. */
static gboolean
begins_word (const char *text,
             const char *place)
{
  const char *before = g_utf8_find_prev_char (text, place);
  gunichar c = before != NULL ? g_utf8_get_char_validated (before, place - before) : 0;

  /* What is no UTF-8 is no letter either. */
  return c >= (gunichar) -2 || !g_unichar_isalnum (c);
}

gboolean
dd_text_is_unplanned (const char *text)
{
  static const char * const words[] = { "hotfix", "rollback", "roll back", "revert" };

  if (text == NULL)
    return FALSE;
  /* In place and byte by byte: each title and branch of a store is looked at, and no locale has a say in it. */
  for (const char *place = text; *place != '\0'; place++)
    {
      if (strchr ("hHrR", *place) == NULL)
        continue;
      for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
        if (g_ascii_strncasecmp (place, words[i], strlen (words[i])) == 0 && begins_word (text, place))
          return TRUE;
    }
  return FALSE;
}

gboolean
dd_text_is_version (const char *text)
{
  guint numbers = 0;

  if (text == NULL)
    return FALSE;
  if (*text == 'v')
    text++;
  for (;;)
    {
      if (!g_ascii_isdigit (*text))
        return FALSE;
      while (g_ascii_isdigit (*text))
        text++;
      numbers++;
      if (*text == '\0')
        return numbers >= 2;
      if (*text++ != '.')
        return FALSE;
    }
}
