/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-syncer.h"

#include <glib/gi18n-lib.h>

#include "dd-time.h"

/* How often the window looks what a first sync has brought. */
#define SECONDS_BETWEEN_LOOKS 3

/* How far one source is. */
typedef struct
{
  guint done;
  guint total;
  guint records;
} Part;

struct _DdSyncer
{
  GObject parent;

  DdSession    *session;
  GCancellable *cancellable; /* of the sync that is running */
  GHashTable   *parts;       /* source type → Part */
  char         *words;
  guint         looks;       /* what a first sync brings is looked at by this timer */
  char         *workspace;   /* that @result is of */
  DdSyncResult *result;
  GError       *error;
  gboolean      offline;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DdSyncer, dd_syncer, G_TYPE_OBJECT)

static void
add_up (DdSyncer *self,
        Part     *sum)
{
  GHashTableIter iter;
  gpointer part;

  *sum = (Part) { 0 };
  g_hash_table_iter_init (&iter, self->parts);
  while (g_hash_table_iter_next (&iter, NULL, &part))
    {
      sum->done += ((Part *) part)->done;
      sum->total += ((Part *) part)->total;
      sum->records += ((Part *) part)->records;
    }
}

static void
update_words (DdSyncer *self)
{
  const Part *repositories = g_hash_table_lookup (self->parts, "github");
  Part sum;

  g_free (self->words);
  add_up (self, &sum);
  if (repositories != NULL && repositories->total > 0 && repositories->done < repositories->total)
    self->words = g_strdup_printf (ngettext ("%u of %u repository", "%u of %u repositories", repositories->total), repositories->done,
                                   repositories->total);
  else if (sum.records > 0)
    self->words = g_strdup_printf (ngettext ("%u record fetched", "%u records fetched", sum.records), sum.records);
  else
    self->words = g_strdup (_("Asking the services…"));
}

static void
progress_cb (const char *source,
             const char *what,
             guint       done,
             guint       total,
             guint       records,
             gpointer    user_data)
{
  DdSyncer *self = user_data;
  Part *part = g_hash_table_lookup (self->parts, source);

  if (part == NULL)
    {
      part = g_new0 (Part, 1);
      g_hash_table_insert (self->parts, g_strdup (source), part);
    }
  part->records = records;
  if (total > 0)
    {
      part->done = done;
      part->total = total;
    }
  update_words (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
look_cb (gpointer user_data)
{
  DdSyncer *self = user_data;

  if (dd_session_is_first_sync (self->session))
    dd_session_look_again (self->session);
  return G_SOURCE_CONTINUE;
}

static void
synced_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DdSyncer) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DdSyncResult) ended = dd_sync_run_finish (result, &error);

  /* Where another one did it, how the last one here ended still stands. */
  if (ended == NULL || !ended->skipped)
    {
      g_clear_pointer (&self->result, dd_sync_result_free);
      g_clear_error (&self->error);
      self->result = g_steal_pointer (&ended);
      self->error = g_steal_pointer (&error);
    }
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->words, g_free);
  g_clear_handle_id (&self->looks, g_source_remove);
  dd_session_set_syncing (self->session, FALSE);
  g_signal_emit (self, signals[CHANGED], 0);
  dd_session_refresh (self->session);
}

/* What another workspace's sync said is nothing to this one. */
static void
workspaces_changed_cb (DdSyncer *self)
{
  if (self->cancellable != NULL || g_strcmp0 (self->workspace, dd_session_get_workspace (self->session)) == 0)
    return;
  g_clear_pointer (&self->result, dd_sync_result_free);
  g_clear_error (&self->error);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
dd_syncer_dispose (GObject *object)
{
  DdSyncer *self = DD_SYNCER (object);

  g_clear_object (&self->session);
  G_OBJECT_CLASS (dd_syncer_parent_class)->dispose (object);
}

static void
dd_syncer_finalize (GObject *object)
{
  DdSyncer *self = DD_SYNCER (object);

  g_clear_object (&self->cancellable);
  g_hash_table_unref (self->parts);
  g_free (self->words);
  g_free (self->workspace);
  g_clear_pointer (&self->result, dd_sync_result_free);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (dd_syncer_parent_class)->finalize (object);
}

static void
dd_syncer_class_init (DdSyncerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dd_syncer_dispose;
  G_OBJECT_CLASS (klass)->finalize = dd_syncer_finalize;
  signals[CHANGED] = g_signal_new ("changed", DD_TYPE_SYNCER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dd_syncer_init (DdSyncer *self)
{
  self->parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

DdSyncer *
dd_syncer_new (DdSession *session)
{
  DdSyncer *self = g_object_new (DD_TYPE_SYNCER, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "workspaces-changed", G_CALLBACK (workspaces_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
dd_syncer_start (DdSyncer *self)
{
  dd_syncer_start_unless (self, 0);
}

void
dd_syncer_start_unless (DdSyncer *self,
                        gint64    since)
{
  DdSyncOptions options = {
    .workspace = dd_session_get_workspace (self->session),
    .unless_since = since,
    .since = DD_TIME_NONE,
    .progress = progress_cb,
    .progress_data = self,
  };

  if (self->cancellable != NULL || options.workspace == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  g_free (self->workspace);
  self->workspace = g_strdup (options.workspace);
  self->offline = FALSE;
  g_hash_table_remove_all (self->parts);
  update_words (self);
  dd_sync_run_async (dd_session_get_engine (self->session), &options, self->cancellable, synced_cb, g_object_ref (self));
  self->looks = g_timeout_add_seconds (SECONDS_BETWEEN_LOOKS, look_cb, self);
  dd_session_set_syncing (self->session, TRUE);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
dd_syncer_cancel (DdSyncer *self)
{
  g_cancellable_cancel (self->cancellable);
}

gboolean
dd_syncer_is_running (DdSyncer *self)
{
  return self->cancellable != NULL;
}

const char *
dd_syncer_get_words (DdSyncer *self)
{
  return self->words;
}

double
dd_syncer_get_fraction (DdSyncer *self)
{
  Part sum;

  add_up (self, &sum);
  return sum.total > 0 ? (double) sum.done / sum.total : -1;
}

void
dd_syncer_set_offline (DdSyncer *self,
                       gboolean  offline)
{
  if (offline == self->offline)
    return;
  self->offline = offline;
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
dd_syncer_is_offline (DdSyncer *self)
{
  return self->offline;
}

const DdSyncResult *
dd_syncer_get_result (DdSyncer *self)
{
  return self->result;
}

const GError *
dd_syncer_get_error (DdSyncer *self)
{
  return self->error;
}

const DdSyncSourceResult *
dd_syncer_get_failed (DdSyncer *self)
{
  const DdSyncResult *result = dd_syncer_get_result (self);

  for (guint i = 0; result != NULL && i < result->sources->len; i++)
    {
      const DdSyncSourceResult *source = g_ptr_array_index (result->sources, i);

      if (source->error != NULL)
        return source;
    }
  return NULL;
}
