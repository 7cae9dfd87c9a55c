/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-manual.h"

#include <stdio.h>
#include <string.h>

#include "dd-tiers.h"

static GOptionEntry *
copy_option (const GOptionEntry *option)
{
  return g_memdup2 (option, sizeof *option);
}

GPtrArray *
dd_manual_options (const DdCommand *command)
{
  static DdCli cli; /* the entries point into it; nothing is read into them here */
  g_autofree const GOptionEntry *entries = NULL;
  GPtrArray *options = g_ptr_array_new_with_free_func (g_free);

  if (command == NULL)
    entries = dd_cli_common_options (&cli);
  else if (command->options != NULL)
    entries = command->options (&cli);
  for (guint i = 0; entries != NULL && entries[i].long_name != NULL; i++)
    if (*entries[i].long_name != '\0' && (entries[i].flags & G_OPTION_FLAG_HIDDEN) == 0)
      g_ptr_array_add (options, copy_option (&entries[i]));
  return options;
}

/* A word that is typed as it stands: FILE and last-N-days are not. */
static gboolean
is_literal (const char *word)
{
  for (const char *c = word; *c != '\0'; c++)
    if (!g_ascii_islower (*c) && !g_ascii_isdigit (*c) && *c != '-' && *c != '_')
      return FALSE;
  return *word != '\0';
}

static void
add_literal (GStrvBuilder *words,
             const char   *text)
{
  if (is_literal (text))
    g_strv_builder_add (words, text);
}

char **
dd_manual_words (const DdCommand *command)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) choices = g_strsplit_set (command->words, "|[]", -1);

  for (guint i = 0; choices[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (g_strstrip (choices[i]), " ", 2);

      if (parts[0] == NULL)
        continue;
      add_literal (words, parts[0]);
      if (strcmp (parts[0], "METRIC") == 0)
        for (int metric = 0; metric < DD_N_METRICS; metric++)
          g_strv_builder_add (words, dd_metric_name (metric));
    }
  return g_strv_builder_end (words);
}

char **
dd_manual_values (const GOptionEntry *option)
{
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  const char *list = option->description;
  g_auto (GStrv) commas = NULL;

  if (option->arg != G_OPTION_ARG_STRING || list == NULL)
    return g_strv_builder_end (values);
  if (strstr (list, ": ") != NULL)
    list = strstr (list, ": ") + 2;
  commas = g_strsplit (list, ", ", -1);
  for (guint i = 0; commas[i] != NULL; i++)
    {
      g_auto (GStrv) ends = g_strsplit (commas[i], " or ", 2);

      /* A description that goes on is a sentence, not a list. */
      if (strchr (ends[0], ' ') != NULL)
        return g_new0 (char *, 1);
      for (guint j = 0; ends[j] != NULL; j++)
        add_literal (values, ends[j]);
    }
  return g_strv_builder_end (values);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *name;
    char *(*write) (void);
  } kinds[] = {
    { "page", dd_manual_page },
    { "bash", dd_manual_bash },
    { "zsh", dd_manual_zsh },
    { "fish", dd_manual_fish },
  };

  for (gsize i = 0; argc == 2 && i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (argv[1], kinds[i].name) == 0)
      {
        g_autofree char *text = kinds[i].write ();

        return fputs (text, stdout) < 0 ? 1 : 0;
      }
  fputs ("usage: dd-manual page|bash|zsh|fish\n", stderr);
  return 2;
}
