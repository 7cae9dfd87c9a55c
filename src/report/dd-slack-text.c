/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-slack-text.h"

#include "dd-clean.h"

static const char *
escape_of (gunichar c)
{
  return c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : NULL;
}

static char *
cut (const char *text,
     guint       longest,
     gboolean    escapes)
{
  g_autofree char *clean = dd_clean (text, 0);
  GString *out = g_string_new (NULL);
  gsize word_end = 0;
  guint n = 0;

  for (const char *cursor = clean; *cursor != '\0'; cursor = g_utf8_next_char (cursor))
    {
      gunichar c = g_utf8_get_char (cursor);
      const char *escape = escapes ? escape_of (c) : NULL;
      guint own = escape != NULL ? (guint) g_utf8_strlen (escape, -1) : 1;
      gboolean last = *g_utf8_next_char (cursor) == '\0';

      if (n + own > longest - (last ? 0 : 1))
        {
          /* A word so long that little would be left is cut within. */
          if (word_end > out->len / 2)
            g_string_truncate (out, word_end);
          if (out->len > 0 && out->str[out->len - 1] == ' ')
            g_string_truncate (out, out->len - 1);
          g_string_append (out, "…");
          return g_string_free (out, FALSE);
        }
      if (g_unichar_isspace (c))
        word_end = out->len;
      if (escape != NULL)
        g_string_append (out, escape);
      else
        g_string_append_unichar (out, c);
      n += own;
    }
  return g_string_free (out, FALSE);
}

char *
dd_slack_text (const char *text,
               guint       longest)
{
  return cut (text, longest, TRUE);
}

char *
dd_slack_plain (const char *text,
                guint       longest)
{
  return cut (text, longest, FALSE);
}
