/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-manual.h"

#include <string.h>

static gboolean
takes_value (const GOptionEntry *option)
{
  return option->arg != G_OPTION_ARG_NONE;
}

/* The names of all commands, with spaces. */
static char *
join_commands (void)
{
  const DdCommand *commands = dd_cli_commands ();
  GString *names = g_string_new (NULL);

  for (guint i = 0; commands[i].name != NULL; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "", commands[i].name);
  return g_string_free (names, FALSE);
}

/* @options as they are typed, with spaces. */
static void
append_option_names (GString   *text,
                     GPtrArray *options)
{
  for (guint i = 0; i < options->len; i++)
    {
      const GOptionEntry *option = g_ptr_array_index (options, i);

      g_string_append_printf (text, " --%s", option->long_name);
      if (option->short_name != '\0')
        g_string_append_printf (text, " -%c", option->short_name);
    }
}

/* What completes an option's value: a case of `$before`. */
static void
append_bash_values (GString         *text,
                    const DdCommand *command)
{
  g_autoptr (GPtrArray) options = dd_manual_options (command);

  for (guint i = 0; i < options->len; i++)
    {
      const GOptionEntry *option = g_ptr_array_index (options, i);
      g_auto (GStrv) values = dd_manual_values (option);
      g_autofree char *joined = g_strjoinv (" ", values);

      if (!takes_value (option))
        continue;
      g_string_append_printf (text, "    %s:--%s", command != NULL ? command->name : "*", option->long_name);
      if (option->short_name != '\0')
        g_string_append_printf (text, " | %s:-%c", command != NULL ? command->name : "*", option->short_name);
      if (option->arg == G_OPTION_ARG_FILENAME)
        g_string_append (text, ") COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n");
      else
        g_string_append_printf (text, ") COMPREPLY=($(compgen -W '%s' -- \"$word\")); return ;;\n", joined);
    }
}

char *
dd_manual_bash (void)
{
  const DdCommand *commands = dd_cli_commands ();
  g_autofree char *names = join_commands ();
  g_autoptr (GPtrArray) common = dd_manual_options (NULL);
  GString *text = g_string_new ("# bash completion for doradash\n"
                                "_doradash ()\n{\n"
                                "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}\n\n");

  g_string_append_printf (text, "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                                "    COMPREPLY=($(compgen -W '%s --help --version' -- \"$word\"))\n    return\n  fi\n", names);
  g_string_append (text, "  case $command:$before in\n");
  for (guint i = 0; commands[i].name != NULL; i++)
    append_bash_values (text, &commands[i]);
  append_bash_values (text, NULL);
  g_string_append (text, "  esac\n  case $command in\n");
  for (guint i = 0; commands[i].name != NULL; i++)
    {
      g_autoptr (GPtrArray) options = dd_manual_options (&commands[i]);
      g_auto (GStrv) words = dd_manual_words (&commands[i]);
      g_autofree char *joined = g_strjoinv (" ", words);

      g_string_append_printf (text, "    %s) words='%s", commands[i].name, joined);
      append_option_names (text, options);
      g_string_append (text, "' ;;\n");
    }
  g_string_append (text, "    *) words= ;;\n  esac\n"
                         "  COMPREPLY=($(compgen -W \"$words");
  append_option_names (text, common);
  g_string_append (text, " --help\" -- \"$word\"))\n}\n"
                         "complete -o default -F _doradash doradash\n");
  return g_string_free (text, FALSE);
}

/* @text within single quotes of zsh and fish, and within brackets of zsh. */
static char *
quote (const char *text)
{
  GString *quoted = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '\'')
        g_string_append (quoted, "'\\'");
      else if (strchr ("[]:\\", *c) != NULL)
        g_string_append_c (quoted, '\\');
      g_string_append_c (quoted, *c);
    }
  return g_string_free (quoted, FALSE);
}

static void
append_zsh_options (GString         *text,
                    const DdCommand *command)
{
  g_autoptr (GPtrArray) options = dd_manual_options (command);

  for (guint i = 0; i < options->len; i++)
    {
      const GOptionEntry *option = g_ptr_array_index (options, i);
      g_auto (GStrv) values = dd_manual_values (option);
      g_autofree char *joined = g_strjoinv (" ", values);
      g_autofree char *description = quote (option->description);

      g_string_append (text, " \\\n        ");
      if (option->short_name != '\0')
        g_string_append_printf (text, "'(-%c --%s)'{-%c,--%s}'", option->short_name, option->long_name, option->short_name,
                                option->long_name);
      else
        g_string_append_printf (text, "'--%s", option->long_name);
      g_string_append_printf (text, "[%s]", description);
      if (takes_value (option))
        g_string_append_printf (text, ":%s:", option->arg_description != NULL ? option->arg_description : "");
      if (option->arg == G_OPTION_ARG_FILENAME)
        g_string_append (text, "_files");
      else if (*joined != '\0')
        g_string_append_printf (text, "(%s)", joined);
      g_string_append_c (text, '\'');
    }
}

char *
dd_manual_zsh (void)
{
  const DdCommand *commands = dd_cli_commands ();
  GString *text = g_string_new ("#compdef doradash\n\n"
                                "local -a commands\n"
                                "commands=(\n");

  for (guint i = 0; commands[i].name != NULL; i++)
    {
      g_autofree char *summary = quote (commands[i].summary);

      g_string_append_printf (text, "  '%s:%s'\n", commands[i].name, summary);
    }
  g_string_append (text, ")\n"
                         "if ((CURRENT == 2)); then\n"
                         "  _describe command commands\n"
                         "  _arguments '--help[Say what there is]' '--version[Say which version this is]'\n"
                         "  return\n"
                         "fi\n"
                         "local command=$words[2]\n"
                         "shift words\n"
                         "((CURRENT--))\n"
                         "case $command in\n");
  for (guint i = 0; commands[i].name != NULL; i++)
    {
      g_auto (GStrv) words = dd_manual_words (&commands[i]);
      g_autofree char *joined = g_strjoinv (" ", words);

      g_string_append_printf (text, "  (%s)\n    _arguments", commands[i].name);
      append_zsh_options (text, &commands[i]);
      append_zsh_options (text, NULL);
      g_string_append (text, " \\\n        '--help[Say what there is]'");
      if (*joined != '\0')
        g_string_append_printf (text, " \\\n        '1: :(%s)'", joined);
      g_string_append (text, " \\\n        '*:file:_files'\n    ;;\n");
    }
  g_string_append (text, "esac\n");
  return g_string_free (text, FALSE);
}

static void
append_fish_options (GString         *text,
                     const DdCommand *command)
{
  g_autoptr (GPtrArray) options = dd_manual_options (command);

  for (guint i = 0; i < options->len; i++)
    {
      const GOptionEntry *option = g_ptr_array_index (options, i);
      g_auto (GStrv) values = dd_manual_values (option);
      g_autofree char *joined = g_strjoinv (" ", values);
      g_autofree char *description = g_shell_quote (option->description);

      g_string_append_printf (text, "complete -c doradash -n '%s%s' -l %s",
                              command != NULL ? "__fish_seen_subcommand_from " : "not __fish_use_subcommand",
                              command != NULL ? command->name : "", option->long_name);
      if (option->short_name != '\0')
        g_string_append_printf (text, " -s %c", option->short_name);
      if (option->arg == G_OPTION_ARG_FILENAME)
        g_string_append (text, " -r -F");
      else if (takes_value (option))
        g_string_append_printf (text, " -x -a '%s'", joined);
      g_string_append_printf (text, " -d %s\n", description);
    }
}

char *
dd_manual_fish (void)
{
  const DdCommand *commands = dd_cli_commands ();
  GString *text = g_string_new ("# fish completion for doradash\n"
                                "complete -c doradash -n __fish_use_subcommand -f\n"
                                "complete -c doradash -n __fish_use_subcommand -l version -d 'Say which version this is'\n"
                                "complete -c doradash -l help -d 'Say what there is'\n");

  for (guint i = 0; commands[i].name != NULL; i++)
    {
      g_auto (GStrv) words = dd_manual_words (&commands[i]);
      g_autofree char *joined = g_strjoinv (" ", words);
      g_autofree char *summary = g_shell_quote (commands[i].summary);

      g_string_append_printf (text, "complete -c doradash -n __fish_use_subcommand -a %s -d %s\n", commands[i].name, summary);
      if (*joined != '\0')
        g_string_append_printf (text, "complete -c doradash -n '__fish_seen_subcommand_from %s; and not __fish_seen_subcommand_from %s' "
                                      "-a '%s'\n", commands[i].name, joined, joined);
      append_fish_options (text, &commands[i]);
    }
  append_fish_options (text, NULL);
  return g_string_free (text, FALSE);
}
