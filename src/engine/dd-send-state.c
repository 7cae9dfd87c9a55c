/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-engine-private.h"
#include "dd-send-private.h"
#include "dd-send-store.h"
#include "dd-send.h"
#include "dd-token-store.h"
#include "dd-workspace.h"

/* What the store knows. */
typedef struct
{
  char *name;
  char *what;
} Question;

typedef struct
{
  char        *workspace;
  DdSendState *state;
} Answer;

static Question *
question_new (const char *workspace,
              const char *payload)
{
  Question *question = g_new0 (Question, 1);

  question->name = g_strdup (workspace);
  question->what = dd_send_what (payload);
  return question;
}

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->name);
  g_free (question->what);
  g_free (question);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->workspace);
  dd_send_state_free (answer->state);
  g_free (answer);
}

void
dd_send_state_free (DdSendState *state)
{
  if (state == NULL)
    return;
  g_free (state->last);
  g_free (state->channel);
  g_free (state);
}

static gpointer
state_job (DdDb         *db,
           gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  const Question *question = data;
  g_autoptr (DdWorkspace) workspace = dd_workspace_load (db, question->name, error);
  GError *cause = NULL;
  Answer *answer;

  if (workspace == NULL)
    return NULL;
  answer = g_new0 (Answer, 1);
  answer->workspace = g_strdup (workspace->settings->name);
  answer->state = g_new0 (DdSendState, 1);
  answer->state->last = dd_send_store_last (db, workspace->id, question->what, DD_SEND_MESSAGE, &cause);
  answer->state->channel = dd_send_store_channel (db, workspace->id);
  if (cause == NULL)
    return answer;
  answer_free (answer);
  g_propagate_error (error, cause);
  return NULL;
}

static gpointer
confirm_job (DdDb         *db,
             gpointer      data,
             GCancellable *cancellable,
             GError      **error)
{
  const Question *question = data;
  g_autoptr (DdWorkspace) workspace = dd_workspace_load (db, question->name, error);

  return GINT_TO_POINTER (workspace != NULL && dd_send_store_confirm (db, workspace->id, question->what, error));
}

static gboolean
has_token (GAsyncResult *result)
{
  g_autofree char *token = dd_token_store_lookup_finish (result, NULL);

  return token != NULL;
}

static void
bot_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Answer *answer = g_task_get_task_data (task);

  answer->state->has_bot = has_token (result);
  g_task_return_pointer (task, g_steal_pointer (&answer->state), (GDestroyNotify) dd_send_state_free);
}

static void
webhook_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  Answer *answer = g_task_get_task_data (task);

  answer->state->has_webhook = has_token (result);
  dd_token_store_lookup_async (answer->workspace, DD_SEND_BOT, g_task_get_cancellable (task), bot_cb, task);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  Answer *answer = dd_engine_run_finish (DD_ENGINE (object), result, &error);

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, answer, answer_free);
  dd_token_store_lookup_async (answer->workspace, DD_SEND_WEBHOOK, cancellable, webhook_cb, g_steal_pointer (&task));
}

void
dd_send_state_async (DdEngine           *engine,
                     const char         *workspace,
                     const char         *payload,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  GTask *task = g_task_new (engine, cancellable, callback, user_data);

  dd_engine_ask_async (engine, state_job, question_new (workspace, payload), question_free, answer_free, cancellable, answered_cb, task);
}

DdSendState *
dd_send_state_finish (DdEngine     *engine,
                      GAsyncResult *result,
                      GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
dd_send_confirm_async (DdEngine           *engine,
                       const char         *workspace,
                       const char         *payload,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  dd_engine_run_async (engine, confirm_job, question_new (workspace, payload), question_free, NULL, cancellable, callback, user_data);
}

gboolean
dd_send_confirm_finish (DdEngine     *engine,
                        GAsyncResult *result,
                        GError      **error)
{
  return GPOINTER_TO_INT (dd_engine_run_finish (engine, result, error));
}
