/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-page.h"

#include <string.h>

#include "dd-clean.h"

#define LEAST_COLUMNS 40
#define ITEM_INDENT 4

static int
width_of (gunichar c)
{
  return g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
}

int
dd_page_width (const char *text)
{
  int width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    width += width_of (g_utf8_get_char (text));
  return width;
}

/* How many bytes of @text fit into @width columns. */
static gsize
fitting (const char *text,
         int         width)
{
  const char *cursor = text;

  for (int used = 0; *cursor != '\0'; cursor = g_utf8_next_char (cursor))
    {
      used += width_of (g_utf8_get_char (cursor));
      if (used > width)
        break;
    }
  return (gsize) (cursor - text);
}

/* As this terminal can show it. */
static char *
shown (const DdPage *page,
       const char   *text)
{
  g_autofree char *clean = dd_clean (text, 0);

  return page->utf8 ? g_steal_pointer (&clean) : dd_clean_ascii (clean);
}

int
dd_page_widen (const DdPage *page,
               int           width,
               const char   *text)
{
  g_autofree char *words = shown (page, text);

  return MAX (width, dd_page_width (words) + 1);
}

void
dd_page_init (DdPage  *page,
              gboolean colour,
              gboolean utf8,
              int      columns)
{
  *page = (DdPage) {
    .out = g_string_new (NULL),
    .colour = colour,
    .utf8 = utf8,
    .columns = columns > 0 ? MAX (columns, LEAST_COLUMNS) : 0,
  };
}

char *
dd_page_finish (DdPage *page)
{
  return g_string_free (g_steal_pointer (&page->out), FALSE);
}

static void
begin_style (DdPage *page,
             DdStyle style)
{
  static const char * const codes[] = { "", "\033[1m", "\033[2m", "\033[32m", "\033[33m" };

  if (page->colour && style != DD_STYLE_PLAIN)
    g_string_append (page->out, codes[style]);
}

static void
end_style (DdPage *page,
           DdStyle style)
{
  if (page->colour && style != DD_STYLE_PLAIN)
    g_string_append (page->out, "\033[0m");
}

static void
add_spaces (DdPage *page,
            int     n)
{
  for (int i = 0; i < n; i++)
    g_string_append_c (page->out, ' ');
  page->used += n;
}

void
dd_page_field (DdPage     *page,
               const char *text,
               int         width,
               DdStyle     style)
{
  g_autofree char *words = shown (page, text);
  const char *ellipsis = page->utf8 ? "…" : "...";
  int own;

  if (page->columns > 0)
    width = MIN (width, page->columns - page->used);
  if (width <= 0)
    return;
  if (dd_page_width (words) > width)
    {
      gsize kept = fitting (words, MAX (0, width - dd_page_width (ellipsis)));
      g_autofree char *cut = g_strdup_printf ("%.*s%s", (int) kept, words, ellipsis);

      cut[fitting (cut, width)] = '\0';
      g_free (words);
      words = g_steal_pointer (&cut);
    }
  own = dd_page_width (words);
  if (own > 0)
    begin_style (page, style);
  g_string_append (page->out, words);
  if (own > 0)
    end_style (page, style);
  page->used += own;
  add_spaces (page, width - own);
}

void
dd_page_end_line (DdPage *page)
{
  while (page->out->len > 0 && page->out->str[page->out->len - 1] == ' ')
    g_string_truncate (page->out, page->out->len - 1);
  g_string_append_c (page->out, '\n');
  page->used = 0;
}

/* A word that no line can hold goes on over several. */
static void
add_word (DdPage     *page,
          const char *word,
          int         indent)
{
  while (*word != '\0')
    {
      gsize bytes = page->columns > 0 ? fitting (word, page->columns - page->used) : strlen (word);

      if (bytes == 0)
        {
          dd_page_end_line (page);
          add_spaces (page, indent);
          continue;
        }
      g_string_append_len (page->out, word, (gssize) bytes);
      page->used += (int) dd_page_width (word) - dd_page_width (word + bytes);
      word += bytes;
    }
}

void
dd_page_words (DdPage     *page,
               const char *text,
               int         indent,
               DdStyle     style)
{
  g_autofree char *line = shown (page, text);
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  gboolean first = TRUE;

  for (int i = 0; words[i] != NULL; i++)
    {
      int width = dd_page_width (words[i]);

      if (*words[i] == '\0')
        continue;
      if (page->columns > 0 && page->used > indent && page->used + (first ? 0 : 1) + width > page->columns)
        {
          dd_page_end_line (page);
          add_spaces (page, indent);
        }
      else if (!first)
        add_spaces (page, 1);
      begin_style (page, style);
      add_word (page, words[i], indent);
      end_style (page, style);
      first = FALSE;
    }
  dd_page_end_line (page);
}

void
dd_page_heading (DdPage     *page,
                 const char *text)
{
  dd_page_end_line (page);
  dd_page_words (page, text, 0, DD_STYLE_BOLD);
}

void
dd_page_item (DdPage     *page,
              const char *text,
              DdStyle     style)
{
  dd_page_field (page, "", 2, DD_STYLE_PLAIN);
  dd_page_field (page, "•", 2, DD_STYLE_PLAIN);
  dd_page_words (page, text, ITEM_INDENT, style);
}
