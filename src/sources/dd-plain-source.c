/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-plain-source.h"

#include <string.h>

#include "dd-error.h"

/* The most of a server's words that a sentence quotes. */
#define LONGEST_QUOTE 200
/* Words from this length on that hold a digit may be a token. */
#define SHORTEST_TOKEN 16

struct _DdPlainSource
{
  GObject               parent_instance;
  const DdPlainService *service;
  DdSourceSetup         setup;
  char                 *token;
};

static void source_iface_init (DdSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DdPlainSource, dd_plain_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DD_TYPE_SOURCE, source_iface_init))

static void
finish_check (GTask             *task,
              const DdHttpReply *reply,
              GError            *error)
{
  DdPlainSource *self = g_task_get_source_object (task);
  DdSourceCheck *check;

  if (reply == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  check = g_new0 (DdSourceCheck, 1);
  check->missing = g_ptr_array_new_with_free_func (g_free);
  self->service->read_who (self, reply, check);
  g_task_return_pointer (task, check, (GDestroyNotify) dd_source_check_free);
  g_object_unref (task);
}

static void
checked_again_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  GError *error = NULL;
  g_autoptr (DdHttpReply) reply = dd_http_send_finish (DD_HTTP (object), result, &error);

  finish_check (user_data, reply, error);
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  DdPlainSource *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (DdHttpReply) reply = dd_http_send_finish (DD_HTTP (object), result, &error);
  DdHttpRequest *again = NULL;

  if (reply == NULL && error->domain == DD_ERROR && self->service->ask_again != NULL)
    again = self->service->ask_again (self, error);
  if (again != NULL)
    dd_http_send_async (self->setup.http, again, g_task_get_cancellable (task), checked_again_cb, task);
  else
    finish_check (task, reply, g_steal_pointer (&error));
}

static void
dd_plain_source_check_async (DdSource           *source,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  DdPlainSource *self = DD_PLAIN_SOURCE (source);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  dd_http_send_async (self->setup.http, self->service->ask_who (self), cancellable, checked_cb, task);
}

static DdSourceCheck *
dd_plain_source_check_finish (DdSource     *source,
                              GAsyncResult *result,
                              GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
walked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (dd_walk_group_run_finish (DD_WALK_GROUP (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
dd_plain_source_sync_async (DdSource           *source,
                            DdSink             *sink,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  DdPlainSource *self = DD_PLAIN_SOURCE (source);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  DdWalkGroup *group = dd_walk_group_new (NULL, NULL);

  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, group, g_object_unref);
  self->service->add_walks (self, group, sink);
  dd_walk_group_run_async (group, cancellable, walked_cb, task);
}

static gboolean
dd_plain_source_sync_finish (DdSource     *source,
                             GAsyncResult *result,
                             GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
source_iface_init (DdSourceInterface *iface)
{
  iface->check_async = dd_plain_source_check_async;
  iface->check_finish = dd_plain_source_check_finish;
  iface->sync_async = dd_plain_source_sync_async;
  iface->sync_finish = dd_plain_source_sync_finish;
}

static void
dd_plain_source_finalize (GObject *object)
{
  DdPlainSource *self = DD_PLAIN_SOURCE (object);

  g_clear_object (&self->setup.http);
  g_free (self->token);
  G_OBJECT_CLASS (dd_plain_source_parent_class)->finalize (object);
}

static void
dd_plain_source_class_init (DdPlainSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dd_plain_source_finalize;
}

static void
dd_plain_source_init (DdPlainSource *self)
{
}

DdSource *
dd_plain_source_new (const DdPlainService *service,
                     const DdSourceSetup  *setup)
{
  DdPlainSource *self = g_object_new (DD_TYPE_PLAIN_SOURCE, NULL);

  self->service = service;
  self->setup = *setup;
  self->setup.http = g_object_ref (setup->http);
  self->token = g_strdup (setup->token != NULL ? setup->token : "");
  return DD_SOURCE (self);
}

const DdSourceSettings *
dd_plain_source_get_settings (DdPlainSource *self)
{
  return self->setup.settings;
}

DdHttp *
dd_plain_source_get_http (DdPlainSource *self)
{
  return self->setup.http;
}

const char *
dd_plain_source_get_token (DdPlainSource *self)
{
  return self->token;
}

gint64
dd_plain_source_get_since (DdPlainSource *self)
{
  return self->setup.since;
}

gboolean
dd_plain_source_get_full (DdPlainSource *self)
{
  return self->setup.full;
}

static gboolean
could_be_token (const char *word)
{
  return strlen (word) >= SHORTEST_TOKEN && strpbrk (word, "0123456789") != NULL;
}

char *
dd_plain_source_tidy (const char *words)
{
  g_autoptr (GString) tidy = g_string_new (NULL);
  g_auto (GStrv) list = g_strsplit_set (words != NULL ? words : "?", " \t\r\n", -1);

  for (int i = 0; list[i] != NULL; i++)
    {
      if (*list[i] == '\0')
        continue;
      if (tidy->len > 0)
        g_string_append_c (tidy, ' ');
      g_string_append (tidy, could_be_token (list[i]) ? "…" : list[i]);
    }
  for (gsize i = 0; i < tidy->len; i++)
    if (g_ascii_iscntrl (tidy->str[i]))
      tidy->str[i] = ' ';
  if (g_utf8_strlen (tidy->str, -1) <= LONGEST_QUOTE)
    return g_strdup (tidy->str);
  g_string_truncate (tidy, (gsize) (g_utf8_offset_to_pointer (tidy->str, LONGEST_QUOTE) - tidy->str));
  return g_strconcat (tidy->str, "…", NULL);
}
