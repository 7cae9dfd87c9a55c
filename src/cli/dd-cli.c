/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-cli.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "dd-error.h"
#include "dd-file.h"
#include "dd-period.h"
#include "dd-query-activity.h"
#include "dd-workspaces.h"

DdEngine *
dd_cli_engine (DdCli *cli)
{
  if (cli->engine == NULL)
    cli->engine = dd_engine_new (cli->database);
  return cli->engine;
}

void
dd_cli_ready_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      data)
{
  DdCli *cli = data;

  g_set_object (&cli->result, result);
}

GAsyncResult *
dd_cli_wait (DdCli *cli)
{
  g_clear_object (&cli->result);
  while (cli->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return cli->result;
}

gboolean
dd_cli_write_file (const char *file,
                   const char *data,
                   gsize       length,
                   GError    **error)
{
  return dd_file_write (file, data, length, error);
}

gboolean
dd_cli_write_data (DdCli      *cli,
                   const char *data,
                   gsize       length,
                   GError    **error)
{
  if (cli->output != NULL)
    return dd_cli_write_file (cli->output, data, length, error);
  if (fwrite (data, 1, length, stdout) == length && fflush (stdout) == 0)
    return TRUE;
  g_set_error_literal (error, DD_ERROR, DD_ERROR_STORE, _("Standard output cannot be written; is the disk full?"));
  return FALSE;
}

gboolean
dd_cli_write (DdCli      *cli,
              const char *text,
              GError    **error)
{
  return dd_cli_write_data (cli, text, strlen (text), error);
}

char *
dd_cli_plain (const char *text)
{
  const char *charset;
  g_autofree char *target = NULL;
  char *plain;

  if (g_get_charset (&charset))
    return g_strdup (text);
  /* Quotes and dashes become plain ones where the locale has no others. */
  target = g_strconcat (charset, "//TRANSLIT", NULL);
  plain = g_convert (text, -1, target, "UTF-8", NULL, NULL, NULL);
  return plain != NULL ? plain : g_str_to_ascii (text, NULL);
}

/* What a service said may be in it: nothing of it moves the cursor or the colours, and a message is one line. */
static char *
one_line (const char *message)
{
  g_autofree char *valid = g_utf8_make_valid (message, -1);
  GString *line = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);
      GUnicodeType type = g_unichar_type (letter);

      if (type == G_UNICODE_CONTROL)
        g_string_append_c (line, ' ');
      else if (type != G_UNICODE_FORMAT)
        g_string_append_unichar (line, letter);
    }
  return g_string_free (line, FALSE);
}

void
dd_cli_warn (const char *format,
             ...)
{
  va_list values;
  g_autofree char *message = NULL;
  g_autofree char *line = NULL;
  g_autofree char *plain = NULL;

  va_start (values, format);
  message = g_strdup_vprintf (format, values);
  va_end (values);
  line = one_line (message);
  plain = dd_cli_plain (line);
  fprintf (stderr, "%s\n", plain);
}

void
dd_cli_say (DdCli      *cli,
            const char *format,
            ...)
{
  va_list values;
  g_autofree char *message = NULL;

  if (cli->quiet)
    return;
  va_start (values, format);
  message = g_strdup_vprintf (format, values);
  va_end (values);
  dd_cli_warn ("%s", message);
}

int
dd_cli_fail (GError *error)
{
  dd_cli_warn ("doradash: %s", error->message);
  g_error_free (error);
  return DD_EXIT_FAILED;
}

int
dd_cli_usage (const char *format,
              ...)
{
  va_list values;
  g_autofree char *message = NULL;

  va_start (values, format);
  message = g_strdup_vprintf (format, values);
  va_end (values);
  dd_cli_warn ("doradash: %s", message);
  return DD_EXIT_USAGE;
}

guint
dd_cli_count (const DdCli *cli)
{
  return cli->words != NULL ? g_strv_length (cli->words) : 0;
}

gboolean
dd_cli_is_terminal (int fd)
{
  return isatty (fd) == 1;
}

int
dd_cli_columns (void)
{
  struct winsize size;

  return ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 100;
}

gboolean
dd_cli_check_period (DdCli *cli,
                     int   *status)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GError) error = NULL;
  DdPeriod period;

  if (cli->period == NULL)
    cli->period = g_strdup ("weekly");
  if (dd_period_parse (cli->period, g_get_real_time (), zone, &period, &error))
    return TRUE;
  *status = dd_cli_usage ("%s", error->message);
  return FALSE;
}

void
dd_cli_note_error (DdCli        *cli,
                   const char   *workspace,
                   const char   *subsystem,
                   const char   *operation,
                   const GError *error)
{
  g_autoptr (GPtrArray) names = NULL;

  dd_error_note (dd_cli_engine (cli), workspace, subsystem, operation, error);
  /* Jobs run in the order in which they were given: when this one has an answer, the one before is done. */
  dd_workspaces_list_async (cli->engine, NULL, dd_cli_ready_cb, cli);
  names = dd_workspaces_list_finish (cli->engine, dd_cli_wait (cli), NULL);
}
