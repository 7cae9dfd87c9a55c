/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-link.h"

/* @text is folded. At its start, or after what is neither letter nor digit. */
static gboolean
has_word_start (const char *text,
                const char *word)
{
  for (const char *found = strstr (text, word); found != NULL; found = strstr (found + 1, word))
    if (found == text || !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (found))))
      return TRUE;
  return FALSE;
}

gboolean
dd_text_is_unplanned (const char *text)
{
  static const char * const words[] = { "hotfix", "rollback", "roll back", "revert" };
  g_autofree char *folded = NULL;

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  folded = g_utf8_strdown (text, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (has_word_start (folded, words[i]))
      return TRUE;
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
