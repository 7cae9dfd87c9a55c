/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-query-standing.h"

#include "dd-engine-private.h"
#include "dd-error.h"
#include "dd-query-private.h"
#include "dd-total-store.h"
#include "dd-workspace-store.h"

typedef struct
{
  char  *workspace;
  gint64 now;
} Question;

/* One workspace while it is looked at. */
typedef struct
{
  DdDb       *db;
  DdAsked    *asked;
  DdStanding *standing;
  DdMetrics  *each[DD_STANDING_WINDOWS]; /* a figure for each repository in scope */
} Looking;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->workspace);
  g_free (question);
}

static gboolean
measure_windows (Looking *looking,
                 GError **error)
{
  DdAsked *asked = looking->asked;
  DdPeriod today = {
    .kind = DD_PERIOD_CUSTOM,
    .start = dd_time_local_midnight (asked->now, asked->zone, 0),
    .end = dd_time_local_midnight (asked->now, asked->zone, 1),
    .days = 1,
  };
  DdMetrics metrics;

  for (guint i = 0; i < DD_STANDING_WINDOWS; i++)
    {
      g_autofree char *text = g_strdup_printf ("last-%d-days", dd_standing_days[i]);
      DdPeriod period;

      looking->each[i] = g_new0 (DdMetrics, MAX (1, asked->measured.repositories->len));
      if (!dd_period_parse (text, asked->now, asked->zone, &period, error) ||
          !dd_query_measure (looking->db, asked, &period, &looking->standing->windows[i], looking->each[i], error))
        return FALSE;
    }
  /* What is open now was not resolved by the end of today. */
  if (!dd_query_measure (looking->db, asked, &today, &metrics, NULL, error))
    return FALSE;
  looking->standing->open_incidents = metrics.recovery_time.open;
  return TRUE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp ((*(DdRepositoryStanding * const *) a)->name, (*(DdRepositoryStanding * const *) b)->name);
}

/* Those that a report names. */
static gboolean
add_repositories (Looking *looking,
                  GError **error)
{
  const DdAsked *asked = looking->asked;
  g_autoptr (GArray) totals = dd_total_store_read (looking->db, asked->workspace->id, error);
  g_autoptr (GHashTable) by_id = NULL;

  if (totals == NULL)
    return FALSE;
  by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < totals->len; i++)
    g_hash_table_insert (by_id, &g_array_index (totals, DdTotals, i).repository, &g_array_index (totals, DdTotals, i));
  for (guint i = 0; i < asked->measured.repositories->len; i++)
    {
      const DdRepositoryInfo *info = g_ptr_array_index (asked->measured.repositories, i);
      gint64 id = info->id;
      const DdTotals *own = g_hash_table_lookup (by_id, &id);
      DdRepositoryStanding *repository;

      if (info->excluded || !info->known)
        continue;
      repository = g_new0 (DdRepositoryStanding, 1);
      repository->name = g_strdup (info->name);
      repository->tier = g_strdup (dd_standing_tier (asked->workspace->settings->teams, info->name));
      dd_totals_init (&repository->totals, id);
      if (own != NULL)
        repository->totals = *own;
      for (guint j = 0; j < DD_STANDING_WINDOWS; j++)
        repository->windows[j] = looking->each[j][i];
      g_ptr_array_add (looking->standing->repositories, repository);
    }
  g_ptr_array_sort (looking->standing->repositories, compare_names);
  return TRUE;
}

static gboolean
add_errors (DdDb       *db,
            gint64      workspace,
            DdStanding *standing,
            GError    **error)
{
  GPtrArray *errors = dd_total_store_errors (db, workspace, error);

  if (errors == NULL)
    return FALSE;
  g_ptr_array_unref (standing->errors);
  standing->errors = errors;
  return TRUE;
}

/* A counter is there before its first event, so that the first is seen: each source has one from the beginning. */
static void
add_quiet_sources (DdStanding      *standing,
                   const GPtrArray *states)
{
  for (guint i = 0; i < states->len; i++)
    {
      const DdSourceState *state = g_ptr_array_index (states, i);
      DdErrorTotal *total;
      guint place = 0;

      while (place < standing->errors->len &&
             strcmp (((DdErrorTotal *) g_ptr_array_index (standing->errors, place))->subsystem, state->type) < 0)
        place++;
      if (place < standing->errors->len &&
          strcmp (((DdErrorTotal *) g_ptr_array_index (standing->errors, place))->subsystem, state->type) == 0)
        continue;
      total = g_new0 (DdErrorTotal, 1);
      total->subsystem = g_strdup (state->type);
      g_ptr_array_insert (standing->errors, (int) place, total);
    }
}

static gboolean
add_sources (Looking *looking,
             GError **error)
{
  gint64 workspace = looking->asked->workspace->id;
  g_autoptr (GPtrArray) states = dd_workspace_store_source_states (looking->db, workspace, error);

  if (states == NULL || !add_errors (looking->db, workspace, looking->standing, error))
    return FALSE;
  for (guint i = 0; i < states->len; i++)
    {
      const DdSourceState *state = g_ptr_array_index (states, i);

      if (state->last_sync != DD_TIME_NONE)
        dd_standing_add_age (looking->standing, state->type, MAX (0, looking->asked->now - state->last_sync));
    }
  add_quiet_sources (looking->standing, states);
  return TRUE;
}

static DdStanding *
look (DdDb         *db,
      const char   *name,
      gint64        now,
      GCancellable *cancellable,
      GError      **error)
{
  DdQuery query = { .workspace = name, .period = "last-30-days", .now = now };
  Looking looking = { .db = db };
  g_autoptr (DdStanding) standing = NULL;
  gboolean done = FALSE;
  DdAsked asked;

  if (dd_asked_init (&asked, db, &query, cancellable, error))
    {
      looking.asked = &asked;
      looking.standing = standing = dd_standing_new (asked.workspace->settings->name);
      standing->whole = TRUE;
      done = dd_db_begin_reading (db, error) && measure_windows (&looking, error) && add_repositories (&looking, error) &&
             add_sources (&looking, error) && dd_db_commit (db, error);
    }
  if (!done)
    dd_db_rollback (db);
  for (guint i = 0; i < DD_STANDING_WINDOWS; i++)
    g_free (looking.each[i]);
  dd_asked_clear (&asked);
  return done ? g_steal_pointer (&standing) : NULL;
}

/* Those that happened outside of any workspace. */
static gboolean
add_homeless_errors (DdDb      *db,
                     GPtrArray *list,
                     GError   **error)
{
  g_autoptr (DdStanding) nobody = dd_standing_new ("");

  if (!add_errors (db, 0, nobody, error))
    return FALSE;
  if (nobody->errors->len > 0)
    g_ptr_array_insert (list, 0, g_steal_pointer (&nobody));
  return TRUE;
}

static GPtrArray *
look_at_all (DdDb         *db,
             gint64        now,
             GCancellable *cancellable,
             GError      **error)
{
  g_autoptr (GPtrArray) names = dd_workspace_store_list (db, error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_standing_free);

  if (names == NULL)
    return NULL;
  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GError) failure = NULL;
      DdStanding *standing = look (db, g_ptr_array_index (names, i), now, cancellable, &failure);

      if (standing != NULL)
        g_ptr_array_add (list, standing);
      /* It may have been removed meanwhile. */
      else if (!g_error_matches (failure, DD_ERROR, DD_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
    }
  return add_homeless_errors (db, list, error) ? g_steal_pointer (&list) : NULL;
}

static gpointer
standing_job (DdDb         *db,
              gpointer      data,
              GCancellable *cancellable,
              GError      **error)
{
  const Question *question = data;
  g_autoptr (GPtrArray) list = NULL;
  DdStanding *standing;

  if (question->workspace == NULL)
    return look_at_all (db, question->now, cancellable, error);
  standing = look (db, question->workspace, question->now, cancellable, error);
  if (standing == NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_standing_free);
  g_ptr_array_add (list, standing);
  return g_steal_pointer (&list);
}

void
dd_query_standing_async (DdEngine           *engine,
                         const char         *workspace,
                         gint64              now,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  Question *question = g_new0 (Question, 1);

  question->workspace = g_strdup (workspace);
  question->now = now;
  dd_engine_ask_async (engine, standing_job, question, question_free, (GDestroyNotify) g_ptr_array_unref, cancellable, callback,
                       user_data);
}

GPtrArray *
dd_query_standing_finish (DdEngine     *engine,
                          GAsyncResult *result,
                          GError      **error)
{
  return dd_engine_run_finish (engine, result, error);
}
