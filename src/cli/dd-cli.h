/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "dd-engine.h"

G_BEGIN_DECLS

/* Exit statuses of cli.md. */
enum
{
  DD_EXIT_DONE = 0,
  DD_EXIT_FAILED = 1,
  DD_EXIT_USAGE = 2,
  DD_EXIT_PART = 3,
};

/* One run of the command line: its options, and what commands share. */
typedef struct
{
  /* common options */
  char    *workspace;
  char    *database;
  gboolean json;
  gboolean quiet;
  gboolean verbose;
  /* options of some commands */
  char    *period;
  char    *format;
  char    *output;
  char    *repository;
  char    *team;
  char    *since;
  char    *window;
  char    *until;
  char    *without;
  char    *note;
  char    *paper;
  char    *listen;
  char    *schedule;
  char    *pdf_to;
  gboolean full;
  int      years;
  gboolean one_page;
  gboolean dry_run;
  gboolean again;
  gboolean serve;
  /* the words behind the command */
  char   **words;

  DdEngine     *engine;      /* made when first asked for */
  GCancellable *cancellable; /* cancelled by Ctrl-C */
  GAsyncResult *result;      /* of what was waited for last */
} DdCli;

typedef int (*DdCommandFunc) (DdCli *cli);

typedef struct
{
  const char         *name;
  const char         *words;    /* what may follow it, for help */
  const char         *summary;
  const char         *examples; /* a line each */
  const GOptionEntry *(*options) (DdCli *cli); /* its own; NULL for none */
  DdCommandFunc       run;
} DdCommand;

/* All commands, ended by one without a name. */
const DdCommand *dd_cli_commands (void);

/* What every command takes; to be freed. */
const GOptionEntry *dd_cli_common_options (DdCli *cli);

DdEngine *dd_cli_engine (DdCli *cli);

/* A callback for anything asynchronous, with the DdCli as its data, and the wait for it: the program's one main loop. */
void          dd_cli_ready_cb (GObject *object, GAsyncResult *result, gpointer cli);
GAsyncResult *dd_cli_wait (DdCli *cli);

/* Data to standard output or to the file of --output, which is replaced whole or not at all. */
gboolean dd_cli_write (DdCli *cli, const char *text, GError **error);
gboolean dd_cli_write_data (DdCli *cli, const char *data, gsize length, GError **error);
/* The same to any file. */
gboolean dd_cli_write_file (const char *file, const char *data, gsize length, GError **error);

/* @text for people, as far as the locale can show it. */
char    *dd_cli_plain (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* A line to standard error; dd_cli_say() is left out with --quiet. */
void     dd_cli_warn (const char *format, ...) G_GNUC_PRINTF (1, 2);
void     dd_cli_say (DdCli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* "doradash: MESSAGE" to standard error, and the status for it. Takes @error. */
int      dd_cli_fail (GError *error);
int      dd_cli_usage (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* How many words follow the command. */
guint    dd_cli_count (const DdCli *cli);

gboolean dd_cli_is_terminal (int fd);
int      dd_cli_columns (void);

/* The one of @period (NULL: weekly) that can be read, or a usage error in @status. */
gboolean dd_cli_check_period (DdCli *cli, int *status);

/* Keeps @error among those of activity, and returns when it is there: what is sent off is lost where the program ends first. */
void     dd_cli_note_error (DdCli *cli, const char *workspace, const char *subsystem, const char *operation, const GError *error);

G_END_DECLS
