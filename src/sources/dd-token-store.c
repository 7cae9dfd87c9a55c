/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-token-store.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <string.h>

#include "dd-error.h"
#include "dd-source-registry.h"

/* A locked keyring asks on the screen and may never be answered. */
#ifndef KEYRING_SECONDS
#define KEYRING_SECONDS 60
#endif

static const SecretSchema schema = {
  "com.example.DoraDash.Token",
  SECRET_SCHEMA_NONE,
  { { "workspace", SECRET_SCHEMA_ATTRIBUTE_STRING }, { "source", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

/* Tokens that no keyring keeps, by workspace and type; used on the main context only. */
static GHashTable *session_tokens;

/* One question to the keyring, with a clock of its own. */
typedef struct
{
  GCancellable *cancellable;
  gulong        cancelled_id;
  GSource      *clock;
  gboolean      timed_out;
  char         *workspace;
  char         *type;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_object_unref (asking->cancellable);
  g_free (asking->workspace);
  g_free (asking->type);
  g_free (asking);
}

static gboolean
clock_cb (gpointer user_data)
{
  Asking *asking = user_data;

  asking->timed_out = TRUE;
  g_cancellable_cancel (asking->cancellable);
  return G_SOURCE_REMOVE;
}

static void
cancel_cb (GCancellable *cancellable,
           GCancellable *asking)
{
  g_cancellable_cancel (asking);
}

/* What an item of the keyring is found by; of all types where there is none. */
static GHashTable *
attributes_of (const Asking *asking)
{
  GHashTable *attributes = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (attributes, "workspace", asking->workspace);
  if (asking->type != NULL)
    g_hash_table_insert (attributes, "source", asking->type);
  return attributes;
}

static GTask *
ask (const char         *workspace,
     const char         *type,
     GCancellable       *cancellable,
     GAsyncReadyCallback callback,
     gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Asking *asking = g_new0 (Asking, 1);

  asking->workspace = g_strdup (workspace);
  asking->type = g_strdup (type);
  asking->cancellable = g_cancellable_new ();
  asking->clock = g_timeout_source_new_seconds (KEYRING_SECONDS);
  g_source_set_callback (asking->clock, clock_cb, asking, NULL);
  g_source_attach (asking->clock, g_main_context_get_thread_default ());
  if (cancellable != NULL)
    asking->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (cancel_cb), g_object_ref (asking->cancellable),
                                                  g_object_unref);
  g_task_set_task_data (task, asking, asking_free);
  return task;
}

/* Ends what watches over the question; after it the task can return. */
static void
settle (GTask *task)
{
  Asking *asking = g_task_get_task_data (task);

  g_cancellable_disconnect (g_task_get_cancellable (task), asking->cancelled_id);
  g_source_destroy (asking->clock);
  g_clear_pointer (&asking->clock, g_source_unref);
}

static void
fail_as_locked (GTask *task)
{
  g_task_return_new_error (task, DD_ERROR, DD_ERROR_KEYRING, "%s",
                           _("The keyring is locked; unlock it, or set the token in the environment."));
}

/* The keyring's own words are for programmers. */
static void
fail (GTask        *task,
      const GError *cause)
{
  Asking *asking = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (asking->timed_out || g_error_matches (cause, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    fail_as_locked (task);
  else if (asking->type == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, DD_ERROR, DD_ERROR_KEYRING, "%s",
                             _("There is no keyring that could keep tokens; start one, or set the token in the environment."));
}

static void
searched_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GList *found = secret_password_search_finish (result, &error);

  settle (task);
  if (error != NULL)
    fail (task, error);
  else if (found != NULL)
    fail_as_locked (task);
  else if (g_task_get_source_tag (task) == dd_token_store_lookup_async)
    g_task_return_pointer (task, NULL, NULL);
  else
    g_task_return_boolean (task, TRUE);
  g_list_free_full (found, g_object_unref);
}

/* A keyring that stays locked says "nothing found", not that it is locked; it does tell what it would have. */
static void
look_behind_lock (GTask *task)
{
  Asking *asking = g_task_get_task_data (task);
  g_autoptr (GHashTable) attributes = attributes_of (asking);

  secret_password_searchv (&schema, attributes, SECRET_SEARCH_ALL, asking->cancellable, searched_cb, task);
}

static char *
session_key (const char *workspace,
             const char *type)
{
  return g_strconcat (workspace != NULL ? workspace : "", "\n", type, NULL);
}

static const char *
find_session_token (const char *workspace,
                    const char *type)
{
  g_autofree char *key = session_key (workspace, type);

  return session_tokens != NULL ? g_hash_table_lookup (session_tokens, key) : NULL;
}

void
dd_token_store_keep_for_session (const char *workspace,
                                 const char *type,
                                 const char *token)
{
  g_autofree char *key = session_key (workspace, type);

  if (session_tokens == NULL)
    session_tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (token != NULL)
    g_hash_table_insert (session_tokens, g_steal_pointer (&key), g_strdup (token));
  else
    g_hash_table_remove (session_tokens, key);
}

static void
forget_session_tokens (const char *workspace)
{
  g_autofree char *prefix = session_key (workspace, "");
  GHashTableIter iter;
  gpointer key;

  if (session_tokens == NULL)
    return;
  g_hash_table_iter_init (&iter, session_tokens);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (g_str_has_prefix (key, prefix))
      g_hash_table_iter_remove (&iter);
}

const char *
dd_token_store_variable (const char *type)
{
  const DdSourceKind *kind;

  if (strcmp (type, "slack") == 0)
    return "SLACK_WEBHOOK_URL";
  if (strcmp (type, "slack-bot") == 0)
    return "SLACK_BOT_TOKEN";
  kind = dd_source_registry_find (type);
  return kind != NULL ? kind->token_variable : NULL;
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char *token = secret_password_lookup_finish (result, &error);

  if (token == NULL && error == NULL)
    {
      look_behind_lock (g_steal_pointer (&task));
      return;
    }
  settle (task);
  if (token != NULL)
    g_task_return_pointer (task, token, (GDestroyNotify) secret_password_free);
  else
    fail (task, error);
}

void
dd_token_store_lookup_async (const char         *workspace,
                             const char         *type,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  const char *variable = dd_token_store_variable (type);
  const char *token = find_session_token (workspace, type);
  GTask *task;

  if (token == NULL && variable != NULL)
    token = g_getenv (variable);
  if (variable == NULL || (token != NULL && *token != '\0'))
    {
      g_autoptr (GTask) ready = g_task_new (NULL, cancellable, callback, user_data);

      g_task_return_pointer (ready, g_strdup (token), g_free);
      return;
    }
  task = ask (workspace, type, cancellable, callback, user_data);
  g_task_set_source_tag (task, dd_token_store_lookup_async);
  secret_password_lookup (&schema, ((Asking *) g_task_get_task_data (task))->cancellable, looked_up_cb, task, "workspace",
                          workspace, "source", type, NULL);
}

char *
dd_token_store_lookup_finish (GAsyncResult *result,
                              GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  gboolean saved = secret_password_store_finish (result, &error);

  settle (task);
  if (saved)
    g_task_return_boolean (task, TRUE);
  else
    fail (task, error);
}

void
dd_token_store_save_async (const char         *workspace,
                           const char         *type,
                           const char         *token,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  GTask *task = ask (workspace, type, cancellable, callback, user_data);
  g_autofree char *label = g_strdup_printf ("DoraDash: %s, %s", workspace, type);

  dd_token_store_keep_for_session (workspace, type, NULL);
  g_task_set_source_tag (task, dd_token_store_save_async);
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, token, ((Asking *) g_task_get_task_data (task))->cancellable,
                         saved_cb, task, "workspace", workspace, "source", type, NULL);
}

gboolean
dd_token_store_save_finish (GAsyncResult *result,
                            GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
cleared_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  secret_password_clear_finish (result, &error);
  if (error == NULL)
    {
      look_behind_lock (g_steal_pointer (&task));
      return;
    }
  settle (task);
  fail (task, error);
}

void
dd_token_store_clear_async (const char         *workspace,
                            const char         *type,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  GTask *task = ask (workspace, type, cancellable, callback, user_data);
  Asking *asking = g_task_get_task_data (task);
  g_autoptr (GHashTable) attributes = attributes_of (asking);

  if (type != NULL)
    dd_token_store_keep_for_session (workspace, type, NULL);
  else
    forget_session_tokens (workspace);
  g_task_set_source_tag (task, dd_token_store_clear_async);
  secret_password_clearv (&schema, attributes, asking->cancellable, cleared_cb, task);
}

gboolean
dd_token_store_clear_finish (GAsyncResult *result,
                             GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
