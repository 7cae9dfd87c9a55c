/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-value-text.h"

static gboolean
is_of_number (const char *at)
{
  gunichar c = g_utf8_get_char (at);

  /* A separator is of the number only where a digit follows. */
  if (c == '.' || c == ',')
    return g_unichar_isdigit (g_utf8_get_char (g_utf8_next_char (at)));
  return g_unichar_isdigit (c);
}

char *
dd_value_markup (const char *words)
{
  g_autoptr (GString) markup = g_string_new (NULL);
  const char *at = words;
  gboolean any = FALSE;

  while (*at != '\0')
    {
      const char *start = at;
      gboolean number = is_of_number (at);
      g_autofree char *escaped = NULL;

      while (*at != '\0' && is_of_number (at) == number)
        at = g_utf8_next_char (at);
      escaped = g_markup_escape_text (start, at - start);
      any = any || number;
      g_string_append_printf (markup, number ? "%s" : "<span size=\"55%%\" weight=\"bold\" alpha=\"70%%\">%s</span>", escaped);
    }
  return any ? g_string_free (g_steal_pointer (&markup), FALSE) : g_markup_escape_text (words, -1);
}
