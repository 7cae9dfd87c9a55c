/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-window-private.h"

#include <glib/gi18n-lib.h>

#include "dd-workspaces.h"

/* Of a decision, as it is handed to the window: incident, link, deployment ("" for none) and how people call the deployment. */
#define DECISION_TYPE "(siss)"
/* What puts an earlier one back: workspace, incident, link, deployment. */
#define UNDO_TYPE "(ssis)"

/* One on its way to the store. */
typedef struct
{
  DdWindow *window;
  char     *workspace;
  char     *incident;
  char     *words; /* what is said once it is done */
  gboolean  undoes;
} Deciding;

static void
deciding_free (Deciding *deciding)
{
  g_object_unref (deciding->window);
  g_free (deciding->workspace);
  g_free (deciding->incident);
  g_free (deciding->words);
  g_free (deciding);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Deciding, deciding_free)

/* Of several toasts only the last offers to undo, because that is what would be undone. */
static void
say (DdWindow   *self,
     const char *words,
     gboolean    offers_undo)
{
  g_autofree char *escaped = g_markup_escape_text (words, -1);
  AdwToast *toast = adw_toast_new (escaped);

  if (self->undo_toast != NULL)
    adw_toast_dismiss (self->undo_toast);
  g_clear_object (&self->undo_toast);
  if (offers_undo)
    {
      adw_toast_set_button_label (toast, _("Undo"));
      adw_toast_set_action_name (toast, "win.undo");
      self->undo_toast = g_object_ref (toast);
    }
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
decided_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Deciding) deciding = user_data;
  DdWindow *self = deciding->window;
  g_autoptr (GError) error = NULL;
  g_autofree char *deployment = NULL;
  DdLink link;
  gboolean done = dd_workspaces_decide_finish (DD_ENGINE (source), result, &link, &deployment, &error);

  if (self->closed || self->undo == NULL)
    return;
  if (done && !deciding->undoes)
    g_ptr_array_add (self->undo, g_variant_ref_sink (g_variant_new (UNDO_TYPE, deciding->workspace, deciding->incident, (int) link,
                                                                    deployment != NULL ? deployment : "")));
  dd_window_update_actions (self);
  say (self, done ? deciding->words : error->message, done && !deciding->undoes);
  if (done && g_strcmp0 (deciding->workspace, dd_session_get_workspace (self->session)) == 0)
    dd_session_refresh (self->session);
}

static void
decide (DdWindow   *self,
        const char *workspace,
        const char *incident,
        DdLink      link,
        const char *deployment,
        char       *words, /* taken */
        gboolean    undoes)
{
  Deciding *deciding = g_new0 (Deciding, 1);

  deciding->window = g_object_ref (self);
  deciding->workspace = g_strdup (workspace);
  deciding->incident = g_strdup (incident);
  deciding->words = words;
  deciding->undoes = undoes;
  dd_workspaces_decide_async (dd_session_get_engine (self->session), workspace, incident, link,
                              *deployment != '\0' ? deployment : NULL, NULL, decided_cb, deciding);
}

static char *
decision_words (const char *incident,
                DdLink      link,
                const char *deployment)
{
  switch ((int) link)
    {
    case DD_LINK_BY_HAND:
      /* Translators: "OPS-246 linked to mobile-api 318". */
      return g_strdup_printf (_("%s linked to %s"), incident, deployment);
    case DD_LINK_EXCLUDED:
      return g_strdup_printf (_("%s marked as not caused by a change"), incident);
    case DD_LINK_UNLINKED:
      return g_strdup_printf (_("%s unlinked"), incident);
    default:
      return g_strdup_printf (_("%s follows the rules again"), incident);
    }
}

static void
decide_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  DdWindow *self = DD_WINDOW (user_data);
  const char *incident, *deployment, *name;
  int link;

  g_variant_get (parameter, "(&si&s&s)", &incident, &link, &deployment, &name);
  if (dd_session_get_workspace (self->session) == NULL ||
      (link != DD_LINK_NONE && link != DD_LINK_BY_HAND && link != DD_LINK_UNLINKED && link != DD_LINK_EXCLUDED))
    return;
  decide (self, dd_session_get_workspace (self->session), incident, link, deployment, decision_words (incident, link, name), FALSE);
}

static void
undo_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  DdWindow *self = DD_WINDOW (user_data);
  const char *workspace, *incident, *deployment;
  int link;

  if (self->undo->len > 0)
    {
      g_autoptr (GVariant) last = g_ptr_array_steal_index (self->undo, self->undo->len - 1);

      g_variant_get (last, "(&s&si&s)", &workspace, &incident, &link, &deployment);
      /* Translators: %s is an incident's key. */
      decide (self, workspace, incident, link, deployment, g_strdup_printf (_("%s is as it was before"), incident), TRUE);
    }
  dd_window_update_actions (self);
}

void
dd_window_add_decide_actions (DdWindow *self)
{
  static const GActionEntry actions[] = {
    { .name = "decide", .activate = decide_cb, .parameter_type = DECISION_TYPE },
    { .name = "undo", .activate = undo_cb },
  };

  self->undo = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}
