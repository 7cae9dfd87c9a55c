/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-clean.h"

#define JOINER 0x200d
#define NON_JOINER 0x200c

/* Marks and overrides of direction turn the rest of a line around, and other invisible ones hide what is written.
 * Joiners are kept: scripts and emoji need them. */
static gboolean
is_hidden (gunichar c)
{
  return g_unichar_type (c) == G_UNICODE_FORMAT && c != JOINER && c != NON_JOINER;
}

static gboolean
is_space (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return g_unichar_isspace (c) || type == G_UNICODE_CONTROL || type == G_UNICODE_LINE_SEPARATOR ||
         type == G_UNICODE_PARAGRAPH_SEPARATOR;
}

char *
dd_clean (const char *text,
          guint       longest)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *clean = g_string_new (NULL);
  gsize before_last = 0;
  gboolean space = FALSE;
  guint n = 0;

  for (const char *cursor = valid; *cursor != '\0'; cursor = g_utf8_next_char (cursor))
    {
      gunichar c = g_utf8_get_char (cursor);
      /* Most are, and a chart has thousands of titles. */
      gboolean plain = c < 0x80 && g_ascii_isgraph ((char) c);

      if (!plain && is_hidden (c))
        continue;
      if (!plain && is_space (c))
        {
          space = clean->len > 0;
          continue;
        }
      if (longest > 0 && n + 1 + (space ? 1 : 0) > longest)
        {
          /* The last character makes room for the ellipsis, unless a space leaves it. */
          if (n >= longest)
            g_string_truncate (clean, before_last);
          g_string_append (clean, "…");
          break;
        }
      before_last = clean->len;
      if (space)
        {
          g_string_append_c (clean, ' ');
          n++;
        }
      if (plain)
        g_string_append_c (clean, (char) c);
      else
        g_string_append_unichar (clean, c);
      n++;
      space = FALSE;
    }
  return g_string_free (clean, FALSE);
}

char *
dd_clean_ascii (const char *text)
{
  static const struct
  {
    const char *from;
    const char *to;
  } likenesses[] = {
    { "–", "-" },  { "—", "-" },   { "−", "-" },   { "…", "..." }, { "“", "\"" }, { "”", "\"" }, { "‘", "'" },
    { "’", "'" },  { "≥", ">=" },  { "≤", "<=" },  { "·", "|" },   { "•", "*" },
  };
  g_autoptr (GString) plain = g_string_new (text);

  for (gsize i = 0; i < G_N_ELEMENTS (likenesses); i++)
    g_string_replace (plain, likenesses[i].from, likenesses[i].to, 0);
  return g_str_to_ascii (plain->str, "C");
}
