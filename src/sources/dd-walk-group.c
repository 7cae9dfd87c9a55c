/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-walk.h"

struct _DdWalkGroup
{
  GObject          parent_instance;
  DdWalkGroupEnded ended;
  gpointer         user_data;
  GPtrArray       *waiting; /* of DdWalk: added before the group runs */
  guint            running;
  GTask           *task;    /* while it runs */
  GError          *error;   /* the first */
};

G_DEFINE_FINAL_TYPE (DdWalkGroup, dd_walk_group, G_TYPE_OBJECT)

static void
end_if_done (DdWalkGroup *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->running > 0)
    return;
  task = g_steal_pointer (&self->task);
  if (self->error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
walked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DdWalkGroup) self = user_data;
  g_autoptr (GError) error = NULL;

  dd_walk_run_finish (DD_WALK (object), result, &error);
  /* While `ended` runs the group counts as running, so that it may add walks. */
  if (self->ended != NULL)
    self->ended (self, DD_WALK (object), error, self->user_data);
  if (self->error == NULL)
    self->error = g_steal_pointer (&error);
  self->running--;
  end_if_done (self);
}

static void
start (DdWalkGroup *self,
       DdWalk      *walk)
{
  self->running++;
  dd_walk_run_async (walk, g_task_get_cancellable (self->task), walked_cb, g_object_ref (self));
}

static void
dd_walk_group_finalize (GObject *object)
{
  DdWalkGroup *self = DD_WALK_GROUP (object);

  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (dd_walk_group_parent_class)->finalize (object);
}

static void
dd_walk_group_class_init (DdWalkGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dd_walk_group_finalize;
}

static void
dd_walk_group_init (DdWalkGroup *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

DdWalkGroup *
dd_walk_group_new (DdWalkGroupEnded ended,
                   gpointer         user_data)
{
  DdWalkGroup *self = g_object_new (DD_TYPE_WALK_GROUP, NULL);

  self->ended = ended;
  self->user_data = user_data;
  return self;
}

void
dd_walk_group_add (DdWalkGroup *self,
                   DdWalk      *walk)
{
  g_return_if_fail (DD_IS_WALK_GROUP (self));
  if (self->task == NULL)
    {
      g_ptr_array_add (self->waiting, walk);
      return;
    }
  start (self, walk);
  g_object_unref (walk);
}

void
dd_walk_group_run_async (DdWalkGroup        *self,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GPtrArray) waiting = NULL;

  g_return_if_fail (DD_IS_WALK_GROUP (self) && self->task == NULL);
  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, dd_walk_group_run_async);
  g_task_set_check_cancellable (self->task, FALSE);
  waiting = g_steal_pointer (&self->waiting);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  /* One for itself, so that it cannot end before all are started. */
  self->running++;
  for (guint i = 0; i < waiting->len; i++)
    start (self, g_ptr_array_index (waiting, i));
  self->running--;
  end_if_done (self);
}

gboolean
dd_walk_group_run_finish (DdWalkGroup  *self,
                          GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
