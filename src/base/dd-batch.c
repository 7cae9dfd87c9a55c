/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-batch.h"

static void
clear_cursor (gpointer data)
{
  DdCursor *cursor = data;

  g_free (cursor->scope);
  g_free (cursor->stream);
  g_free (cursor->value);
}

DdBatch *
dd_batch_new (void)
{
  DdBatch *batch = g_new0 (DdBatch, 1);

  batch->repositories = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_repository_free);
  batch->deployments = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_deployment_free);
  batch->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_change_free);
  batch->commits = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_commit_free);
  batch->incidents = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_incident_free);
  batch->gone = g_ptr_array_new_with_free_func (g_free);
  batch->cursors = g_array_new (FALSE, FALSE, sizeof (DdCursor));
  g_array_set_clear_func (batch->cursors, clear_cursor);
  return batch;
}

void
dd_batch_free (DdBatch *batch)
{
  if (batch == NULL)
    return;
  g_free (batch->repository);
  g_ptr_array_unref (batch->repositories);
  g_ptr_array_unref (batch->deployments);
  g_ptr_array_unref (batch->changes);
  g_ptr_array_unref (batch->commits);
  g_ptr_array_unref (batch->incidents);
  g_ptr_array_unref (batch->gone);
  g_array_unref (batch->cursors);
  g_free (batch);
}

void
dd_batch_add_cursor (DdBatch    *batch,
                     const char *scope,
                     const char *stream,
                     const char *value)
{
  DdCursor cursor = { .scope = g_strdup (scope), .stream = g_strdup (stream), .value = g_strdup (value) };

  g_array_append_val (batch->cursors, cursor);
}

guint
dd_batch_count (const DdBatch *batch)
{
  return batch->deployments->len + batch->changes->len + batch->commits->len + batch->incidents->len;
}
