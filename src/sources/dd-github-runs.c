/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-github-runs.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-error.h"
#include "dd-github-judge.h"
#include "dd-github-records.h"
#include "dd-json.h"

/* A list with a filter ends here, whatever there is: it is read in slices of time below that. */
#define MOST_RESULTS 1000

/* Only completed runs are listed, by the time they were created: one that took long turns up late. */
#define OVERLAP (2 * DD_DAY)

#define STREAM "workflow"
#define ETAG_STREAM "workflow-etag"

typedef struct
{
  DdGithubSync       *sync;
  DdGithubRepository *repository;
  const char         *pattern;
  DdPosition          position;
  gint64              from;  /* of the slice */
  gint64              width;
  gint64              end;   /* when the walk began: the last slice is open beyond */
  gboolean            open;  /* it is the last slice */
  char               *first_url;
  char               *url;   /* next page of the slice; NULL: its first */
  char               *etag;  /* of its first page */
  gboolean            ended;
} RunWalk;

static void
run_walk_free (gpointer data)
{
  RunWalk *self = data;

  dd_position_clear (&self->position);
  g_free (self->first_url);
  g_free (self->url);
  g_free (self->etag);
  g_free (self);
}

static char *
format_second (gint64 time)
{
  return dd_time_format (time - time % DD_SECOND, NULL);
}

static char *
make_url (RunWalk *self)
{
  g_autofree char *owner = g_uri_escape_string (self->repository->owner, NULL, FALSE);
  g_autofree char *name = g_uri_escape_string (self->repository->own_name, NULL, FALSE);
  g_autofree char *from = format_second (self->from);
  g_autofree char *to = format_second (self->from + self->width);
  g_autofree char *created = self->open ? g_strconcat ("%3E%3D", from, NULL) : g_strconcat (from, "..", to, NULL);

  return g_strdup_printf ("%s/repos/%s/%s/actions/runs"
                          "?status=completed&exclude_pull_requests=true&per_page=100&created=%s",
                          self->sync->server->rest_url, owner, name, created);
}

/* The ETag of the same page when it was last read to its end. */
static char *
find_etag (RunWalk *self)
{
  const char *text = dd_sink_get_cursor (self->sync->sink, self->repository->name, ETAG_STREAM);
  const char *space = text != NULL ? strchr (text, ' ') : NULL;

  if (space == NULL || self->sync->full || strlen (self->first_url) != (gsize) (space - text)
      || !g_str_has_prefix (text, self->first_url))
    return NULL;
  return g_strdup (space + 1);
}

static DdHttpRequest *
run_walk_next (DdWalk  *walk,
               gpointer state)
{
  RunWalk *self = state;
  DdHttpRequest *request;

  if (self->ended)
    return NULL;
  if (self->url != NULL)
    return dd_github_server_get (self->sync->server, self->url);
  self->open = self->from + self->width >= self->end;
  g_free (self->first_url);
  self->first_url = make_url (self);
  request = dd_github_server_get (self->sync->server, self->first_url);
  if (self->open)
    request->etag = find_etag (self);
  return request;
}

static void
save (RunWalk *self,
      DdBatch *batch)
{
  g_autofree char *text = dd_position_format (&self->position);

  dd_batch_add_cursor (batch, self->repository->name, STREAM, text);
}

static void
end_slice (RunWalk *self,
           DdBatch *batch)
{
  if (self->open)
    {
      dd_position_end (&self->position);
      self->ended = TRUE;
      if (self->etag != NULL)
        {
          g_autofree char *text = g_strconcat (self->first_url, " ", self->etag, NULL);

          dd_batch_add_cursor (batch, self->repository->name, ETAG_STREAM, text);
        }
    }
  else
    {
      self->from += self->width;
      self->width *= 2;
      self->position.reached = MAX (self->position.reached, self->from);
    }
  save (self, batch);
}

static void
take_runs (RunWalk   *self,
           JsonArray *runs,
           DdBatch   *batch)
{
  for (guint i = 0; i < dd_json_length (runs); i++)
    {
      g_autoptr (DdDeployment) record = dd_github_run_record (dd_json_element (runs, i), self->repository->name);

      if (record == NULL)
        continue;
      dd_position_see (&self->position, record->created, dd_sink_now (self->sync->sink));
      if (record->label != NULL && dd_pattern_matches (self->pattern, record->label))
        g_ptr_array_add (batch->deployments, g_steal_pointer (&record));
    }
}

static gboolean
run_walk_page (DdWalk            *walk,
               const DdHttpReply *reply,
               gpointer           state,
               GError           **error)
{
  RunWalk *self = state;
  JsonObject *root = dd_github_reply_root (reply);
  JsonArray *runs = dd_json_array (root, "workflow_runs");
  gboolean first = self->url == NULL;
  DdBatch *batch;

  if (reply->status == 304)
    {
      self->ended = TRUE;
      return TRUE;
    }
  if (runs == NULL)
    {
      g_set_error_literal (error, DD_ERROR, DD_ERROR_BAD_REPLY,
                           _("GitHub answered something else than it was asked; try again later."));
      return FALSE;
    }
  if (first && dd_json_int (root, "total_count", 0) >= MOST_RESULTS && self->width > DD_MINUTE)
    {
      self->width = MAX (MIN (self->width, self->end - self->from) / 2, DD_MINUTE);
      return TRUE;
    }
  if (first)
    {
      g_free (self->etag);
      self->etag = g_strdup (reply->etag);
    }
  batch = dd_batch_new ();
  take_runs (self, runs, batch);
  g_free (self->url);
  self->url = g_strdup (reply->next_url);
  if (self->url == NULL)
    end_slice (self, batch);
  dd_walk_put (walk, batch);
  return TRUE;
}

void
dd_github_runs_walk (DdGithubSync       *sync,
                     DdGithubRepository *repository)
{
  RunWalk *self = g_new0 (RunWalk, 1);
  DdWalkKind kind = {
    .source = "github",
    .scope = repository->name,
    .step = N_("workflow runs"),
    .next = run_walk_next,
    .page = run_walk_page,
  };
  const char *text = dd_sink_get_cursor (sync->sink, repository->name, STREAM);

  self->sync = sync;
  self->repository = repository;
  self->pattern = repository->from + strlen ("workflow:");
  self->end = dd_sink_now (sync->sink);
  dd_position_load (&self->position, text, sync->since, sync->full, self->end);
  /* Another pattern chooses among all runs. */
  if (g_strcmp0 (self->position.found, self->pattern) != 0)
    {
      dd_position_clear (&self->position);
      dd_position_init (&self->position, sync->since);
      self->position.found = g_strdup (self->pattern);
    }
  self->from = self->position.since;
  if (self->position.reached != DD_TIME_NONE)
    self->from = MAX (self->from, self->position.reached - OVERLAP);
  self->width = MAX (self->end - self->from, DD_MINUTE);
  dd_github_sync_add_walk_of (sync, dd_walk_new (sync->server->http, sync->sink, &kind, self, run_walk_free),
                              repository);
}
