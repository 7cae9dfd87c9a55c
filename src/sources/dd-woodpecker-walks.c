/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-woodpecker-walks.h"

#include <glib/gi18n-lib.h>

#include "dd-error.h"
#include "dd-json.h"
#include "dd-woodpecker-records.h"

#define SERVICE "Woodpecker"
#define STREAM "pipelines"

/* The most that the server gives; it takes larger numbers for this one. */
#define PAGE 50

/* Pipelines of this age may still change (a repeated step, an approval), and are listed again. */
#define OVERLAP (2 * DD_DAY)

DdHttpRequest *
dd_woodpecker_server_get (const DdWoodpeckerServer *server,
                          const char               *path)
{
  g_autofree char *url = g_strconcat (server->url, path, NULL);
  DdHttpRequest *request = dd_http_request_new (SERVICE, url);

  request->authorization = g_strdup (server->authorization);
  return request;
}

/* An empty list may come as null. */
static JsonArray *
get_array (const DdHttpReply *reply)
{
  return reply->json != NULL && JSON_NODE_HOLDS_ARRAY (reply->json) ? json_node_get_array (reply->json) : NULL;
}

static JsonObject *
get_object (const DdHttpReply *reply)
{
  return reply->json != NULL && JSON_NODE_HOLDS_OBJECT (reply->json) ? json_node_get_object (reply->json) : NULL;
}

/* The pipelines of one repository, newest first; then those that had not finished and were not among them. */
typedef struct
{
  DdWoodpeckerSync *sync;
  gint64            id;
  char             *name;
  DdPosition        position;
  gint64            until;
  guint             page;
  gboolean          resumed;   /* it goes on where another sync stopped */
  gboolean          listed;
  GHashTable       *unsettled; /* of char *: keys that are still to be read */
  char             *reading;   /* the one that is being read */
} PipelineWalk;

static void
pipeline_walk_free (gpointer data)
{
  PipelineWalk *self = data;

  g_free (self->name);
  g_free (self->reading);
  dd_position_clear (&self->position);
  g_hash_table_unref (self->unsettled);
  g_free (self);
}

static DdHttpRequest *
list_page (PipelineWalk *self)
{
  /* Servers before 2.5 ignore "after". */
  g_autofree char *after = dd_time_format (self->until - self->until % DD_SECOND - DD_SECOND, NULL);
  g_autofree char *path = NULL;

  path = g_strdup_printf ("/api/repos/%" G_GINT64_FORMAT "/pipelines?page=%u&perPage=%u&after=%s",
                          self->id, self->page, PAGE, after);
  return dd_woodpecker_server_get (self->sync->server, path);
}

static DdHttpRequest *
pipeline_walk_next (DdWalk  *walk,
                    gpointer state)
{
  PipelineWalk *self = state;
  g_autofree char *path = NULL;
  GHashTableIter iter;
  gpointer key;

  if (!self->listed)
    return list_page (self);
  g_clear_pointer (&self->reading, g_free);
  g_hash_table_iter_init (&iter, self->unsettled);
  if (!g_hash_table_iter_next (&iter, &key, NULL))
    return NULL;
  self->reading = g_strdup (key);
  g_hash_table_iter_remove (&iter);
  path = g_strdup_printf ("/api/repos/%" G_GINT64_FORMAT "/pipelines/%" G_GINT64_FORMAT, self->id,
                          dd_woodpecker_key_number (self->reading, self->id));
  return dd_woodpecker_server_get (self->sync->server, path);
}

static void
take_pipeline (PipelineWalk *self,
               JsonObject   *object,
               DdBatch      *batch)
{
  DdDeployment *record = dd_woodpecker_pipeline_record (object, self->id, self->name, self->sync->server->url);

  if (record == NULL)
    return;
  g_hash_table_remove (self->unsettled, record->key);
  g_ptr_array_add (batch->deployments, record);
}

/* FALSE where the page reaches what is known. */
static gboolean
take_pipelines (PipelineWalk *self,
                JsonArray    *pipelines,
                DdBatch      *batch)
{
  gint64 now = dd_sink_now (self->sync->sink);
  gboolean more = dd_json_length (pipelines) >= PAGE;

  for (guint i = 0; i < dd_json_length (pipelines); i++)
    {
      JsonObject *object = dd_json_element (pipelines, i);
      gint64 created = dd_woodpecker_pipeline_created (object);

      dd_position_see (&self->position, created, now);
      if (created != DD_TIME_NONE && created < self->until)
        more = FALSE;
      else
        take_pipeline (self, object, batch);
    }
  return more;
}

/* The list is at its end. What came in while it lay still is above the page at which it went on: once more, down to that. */
static void
end_list (PipelineWalk *self)
{
  gboolean deep = self->position.known != DD_TIME_NONE;

  dd_position_end (&self->position);
  /* One that went further down than what is known leaves it to the next sync. */
  self->listed = !self->resumed || deep;
  self->resumed = FALSE;
  self->page = 1;
  self->until = dd_position_until (&self->position, OVERLAP);
}

static void
save_position (PipelineWalk *self,
               DdBatch      *batch)
{
  g_autofree char *text = dd_position_format (&self->position);

  dd_batch_add_cursor (batch, self->name, STREAM, text);
}

static gboolean
pipeline_walk_page (DdWalk            *walk,
                    const DdHttpReply *reply,
                    gpointer           state,
                    GError           **error)
{
  PipelineWalk *self = state;
  DdBatch *batch = dd_batch_new ();

  if (self->reading != NULL)
    {
      take_pipeline (self, get_object (reply), batch);
      dd_walk_put (walk, batch);
      return TRUE;
    }
  if (take_pipelines (self, get_array (reply), batch))
    {
      g_autofree char *next = g_strdup_printf ("%u", ++self->page);

      dd_position_go_on (&self->position, next, dd_sink_now (self->sync->sink));
    }
  else
    {
      end_list (self);
    }
  save_position (self, batch);
  dd_walk_put (walk, batch);
  return TRUE;
}

/* A pipeline that was deleted is no trouble. */
static gboolean
pipeline_walk_failed (DdWalk       *walk,
                      const GError *error,
                      gpointer      state)
{
  PipelineWalk *self = state;
  DdBatch *batch;

  if (self->reading == NULL || !g_error_matches (error, DD_ERROR, DD_ERROR_NOT_FOUND))
    return FALSE;
  batch = dd_batch_new ();
  g_ptr_array_add (batch->gone, g_strdup (self->reading));
  dd_walk_put (walk, batch);
  return TRUE;
}

static void
load_position (PipelineWalk *self)
{
  DdWoodpeckerSync *sync = self->sync;
  const char *text = dd_sink_get_cursor (sync->sink, self->name, STREAM);
  guint64 page;

  dd_position_load_deep (&self->position, text, sync->since, sync->full, dd_sink_now (sync->sink), TRUE);
  self->until = dd_position_until (&self->position, OVERLAP);
  /* Pages move down while pipelines are added, so that going on at one repeats some and leaves none out. */
  if (self->position.after == NULL
      || !g_ascii_string_to_unsigned (self->position.after, 10, 1, G_MAXUINT - 1, &page, NULL))
    page = 1;
  self->page = (guint) page;
  self->resumed = page > 1;
}

static void
add_pipeline_walk (DdWoodpeckerSync   *sync,
                   const DdRepository *repository,
                   gint64              id)
{
  PipelineWalk *self = g_new0 (PipelineWalk, 1);
  g_autoptr (GPtrArray) keys = dd_sink_get_unsettled (sync->sink, repository->name);
  DdWalkKind kind = {
    .source = "woodpecker",
    .step = N_("pipelines"),
    .next = pipeline_walk_next,
    .page = pipeline_walk_page,
    .failed = pipeline_walk_failed,
  };

  self->sync = sync;
  self->id = id;
  self->name = g_strdup (repository->name);
  self->unsettled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < keys->len; i++)
    if (dd_woodpecker_key_number (keys->pdata[i], id) > 0)
      g_hash_table_add (self->unsettled, g_strdup (keys->pdata[i]));
  load_position (self);
  kind.scope = self->name;
  dd_walk_group_add (sync->group, dd_walk_new (sync->server->http, sync->sink, &kind, self, pipeline_walk_free));
}

static gboolean
is_wanted (const DdSourceSettings *settings,
           const DdRepository     *record,
           JsonObject             *object)
{
  gboolean chosen = *settings->repositories == NULL;

  if (!dd_json_bool (object, "active", TRUE) || dd_patterns_match (settings->exclude, record->name)
      || (record->full_name != NULL && dd_patterns_match (settings->exclude, record->full_name)))
    return FALSE;
  for (guint i = 0; !chosen && settings->repositories[i] != NULL; i++)
    chosen = g_ascii_strcasecmp (settings->repositories[i], record->name) == 0
             || (record->full_name != NULL && g_ascii_strcasecmp (settings->repositories[i], record->full_name) == 0);
  return chosen;
}

typedef struct
{
  DdWoodpeckerSync *sync;
  gboolean          ended;
} Finder;

static DdHttpRequest *
finder_next (DdWalk  *walk,
             gpointer state)
{
  Finder *self = state;

  return self->ended ? NULL : dd_woodpecker_server_get (self->sync->server, "/api/user/repos");
}

static gboolean
finder_page (DdWalk            *walk,
             const DdHttpReply *reply,
             gpointer           state,
             GError           **error)
{
  Finder *self = state;
  DdWoodpeckerSync *sync = self->sync;
  JsonArray *repositories = get_array (reply);
  DdBatch *batch = dd_batch_new ();

  self->ended = TRUE;
  for (guint i = 0; i < dd_json_length (repositories); i++)
    {
      JsonObject *object = dd_json_element (repositories, i);
      g_autoptr (DdRepository) record = dd_woodpecker_repository_record (object);

      if (record == NULL || !is_wanted (sync->settings, record, object))
        continue;
      add_pipeline_walk (sync, record, dd_json_int (object, "id", 0));
      sync->n_repositories++;
      g_ptr_array_add (batch->repositories, g_steal_pointer (&record));
    }
  dd_walk_put (walk, batch);
  return TRUE;
}

static void
walk_ended_cb (DdWalkGroup  *group,
               DdWalk       *walk,
               const GError *error,
               gpointer      user_data)
{
  DdWoodpeckerSync *sync = user_data;

  /* The first one to end is the one that finds the others. */
  if (sync->n_repositories == 0)
    return;
  dd_sink_progress (sync->sink, "repositories", sync->done++, sync->n_repositories);
}

DdWoodpeckerSync *
dd_woodpecker_sync_new (const DdWoodpeckerServer *server,
                        const DdSourceSetup      *setup,
                        DdSink                   *sink)
{
  DdWoodpeckerSync *sync = g_new0 (DdWoodpeckerSync, 1);

  sync->server = server;
  sync->settings = setup->settings;
  sync->since = setup->since;
  sync->full = setup->full;
  sync->sink = g_object_ref (sink);
  sync->group = dd_walk_group_new (walk_ended_cb, sync);
  return sync;
}

void
dd_woodpecker_sync_free (DdWoodpeckerSync *sync)
{
  g_object_unref (sync->group);
  g_object_unref (sync->sink);
  g_free (sync);
}

void
dd_woodpecker_sync_start (DdWoodpeckerSync *sync)
{
  static const DdWalkKind kind = {
    .source = "woodpecker",
    .scope = "",
    .step = N_("repositories"),
    .next = finder_next,
    .page = finder_page,
  };
  Finder *self = g_new0 (Finder, 1);

  self->sync = sync;
  dd_walk_group_add (sync->group, dd_walk_new (sync->server->http, sync->sink, &kind, self, g_free));
}
