/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-link-editor.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-clean.h"
#include "dd-columns.h"
#include "dd-query-decision.h"
#include "dd-time.h"
#include "dd-words.h"
#include "dd-workspaces.h"

/* Deployments of so many days before an incident are offered, the latest first. */
#define DAYS_BEFORE 7
#define MOST_OFFERED 100

struct _DdLinkEditor
{
  AdwBin parent;

  DdSession      *session;
  GCancellable   *listing;
  GCancellable   *asking;
  char           *incident;
  gint64          started;
  char           *chosen; /* a deployment's key */
  GTimeZone      *zone;
  GtkLabel       *name;
  GtkLabel       *title;
  GtkSearchEntry *search;
  GtkListBox     *deployments;
  GtkLabel       *effect;
  GtkWidget      *link_button;
  DdColumns      *buttons;
  GtkCheckButton *group; /* the first of the radio buttons */
};

/* A decision on its way, with what it takes to undo it. */
typedef struct
{
  DdLinkEditor *editor;
  char         *incident;
  DdLink        link;
  char         *deployment;
} Decision;

enum
{
  DECIDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DdLinkEditor, dd_link_editor, ADW_TYPE_BIN)

static Decision *
decision_new (DdLinkEditor *self,
              DdLink        link,
              const char   *deployment)
{
  Decision *decision = g_new0 (Decision, 1);

  decision->editor = g_object_ref (self);
  decision->incident = g_strdup (self->incident);
  decision->link = link;
  decision->deployment = g_strdup (deployment);
  return decision;
}

static void
decision_free (Decision *decision)
{
  g_object_unref (decision->editor);
  g_free (decision->incident);
  g_free (decision->deployment);
  g_free (decision);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Decision, decision_free)

static void
renew (GCancellable **cancellable)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
  *cancellable = g_cancellable_new ();
}

static char *
effect_words (DdLinkEditor    *self,
              const DdSummary *would)
{
  const DdReport *report = dd_session_get_report (self->session);
  const DdFailureRate *now, *then = &would->metrics.change_failure_rate;
  g_autofree char *value_now = NULL;
  g_autofree char *value_then = NULL;

  if (report == NULL)
    return g_strdup ("");
  now = &report->summary->metrics.change_failure_rate;
  value_now = dd_words_value (DD_METRIC_CHANGE_FAILURE_RATE,
                              dd_metrics_value (&report->summary->metrics, DD_METRIC_CHANGE_FAILURE_RATE, would->aggregate));
  value_then = dd_words_value (DD_METRIC_CHANGE_FAILURE_RATE,
                               dd_metrics_value (&would->metrics, DD_METRIC_CHANGE_FAILURE_RATE, would->aggregate));
  if (now->failed == then->failed && now->deployments == then->deployments)
    return g_strdup_printf (_("The change failure rate stays %s."), value_now);
  /* Translators: both values, the counts, both tiers. */
  return g_strdup_printf (_("Change failure rate %s → %s: %u of %u instead of %u. Tier %s → %s."), value_now, value_then, then->failed,
                          then->deployments, now->failed, dd_tier_title (now->tier), dd_tier_title (then->tier));
}

static void
effect_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DdLinkEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DdDecisionEffect) effect = dd_query_decision_finish (DD_ENGINE (source), result, &error);
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  words = effect != NULL ? effect_words (self, effect->summary) : g_strdup (error->message);
  gtk_label_set_label (self->effect, words);
}

static void
chosen_cb (DdLinkEditor   *self,
           GtkCheckButton *button)
{
  DdQuery query;

  if (!gtk_check_button_get_active (button))
    return;
  g_free (self->chosen);
  self->chosen = g_strdup (g_object_get_data (G_OBJECT (button), "dd-key"));
  gtk_widget_set_sensitive (self->link_button, TRUE);
  gtk_label_set_label (self->effect, _("Calculating…"));
  renew (&self->asking);
  dd_session_fill_query (self->session, &query);
  dd_query_decision_async (dd_session_get_engine (self->session), &query, self->incident, DD_LINK_BY_HAND, self->chosen, self->asking,
                           effect_cb, g_object_ref (self));
}

static void
add_deployment (DdLinkEditor      *self,
                const DdRecordRow *row)
{
  GtkWidget *line = adw_action_row_new (), *button = gtk_check_button_new ();
  g_autofree char *title = dd_clean (row->title != NULL ? row->title : row->id, 80);
  g_autofree char *both = g_strdup_printf ("%s %s", row->repository != NULL ? row->repository : "", title);
  g_autofree char *at = dd_words_time (row->time, self->zone);
  g_autofree char *distance = dd_duration_format ((double) (self->started - row->time) / DD_SECOND);
  /* Translators: a duration before something, "48 min before". */
  g_autofree char *before = g_strdup_printf (_("%s before"), distance);
  GtkWidget *label = gtk_label_new (before);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), both);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), at);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  adw_action_row_add_prefix (ADW_ACTION_ROW (line), button);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line), label);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (line), button);
  if (self->group != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), self->group);
  else
    self->group = GTK_CHECK_BUTTON (button);
  g_object_set_data_full (G_OBJECT (button), "dd-key", g_strdup (row->id), g_free);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (chosen_cb), self);
  gtk_list_box_append (self->deployments, line);
}

static void
clear_deployments (DdLinkEditor *self)
{
  GtkWidget *row;

  self->group = NULL;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->deployments))) != NULL)
    gtk_list_box_remove (self->deployments, row);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DdLinkEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DdRecordList) list = dd_query_records_finish (DD_ENGINE (source), result, &error);
  guint n = 0;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  clear_deployments (self);
  for (guint i = list != NULL ? list->rows->len : 0; i > 0 && n < MOST_OFFERED; i--)
    {
      const DdRecordRow *row = g_ptr_array_index (list->rows, i - 1);

      if (row->time > self->started || !row->counted)
        continue;
      add_deployment (self, row);
      n++;
    }
  gtk_label_set_label (self->effect, error != NULL ? error->message
                                     : n == 0 ? _("No production deployment succeeded in the week before.") : "");
}

/* Local dates from a week before the incident to its own. */
static char *
period_before (gint64     started,
               GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (started / DD_SECOND);
  g_autoptr (GDateTime) last = g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) first = g_date_time_add_days (last, -DAYS_BEFORE);
  g_autofree char *from = g_date_time_format (first, "%Y-%m-%d");
  g_autofree char *to = g_date_time_format (last, "%Y-%m-%d");

  return g_strdup_printf ("%s..%s", from, to);
}

static gboolean
is_found_cb (GtkListBoxRow *row,
             gpointer       user_data)
{
  DdLinkEditor *self = user_data;
  g_autofree char *typed = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  g_autofree char *title = g_utf8_casefold (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), -1);

  return strstr (title, typed) != NULL;
}

static void
search_changed_cb (DdLinkEditor *self)
{
  gtk_list_box_invalidate_filter (self->deployments);
}

static char *
decision_words (const Decision *decision)
{
  switch ((int) decision->link)
    {
    case DD_LINK_BY_HAND:
      return g_strdup_printf (_("%s linked"), decision->incident);
    case DD_LINK_EXCLUDED:
      return g_strdup_printf (_("%s marked as not caused by a change"), decision->incident);
    case DD_LINK_UNLINKED:
      return g_strdup_printf (_("%s unlinked"), decision->incident);
    default:
      return g_strdup_printf (_("%s follows the rules again"), decision->incident);
    }
}

static void
toast (DdLinkEditor *self,
       const char   *words,
       GVariant     *undo)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *escaped = g_markup_escape_text (words, -1);
  AdwToast *event = adw_toast_new (escaped);

  if (undo != NULL)
    {
      adw_toast_set_button_label (event, _("Undo"));
      adw_toast_set_action_name (event, "win.undo");
      gtk_widget_activate_action_variant (GTK_WIDGET (self), "win.keep-undo", undo);
    }
  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), event);
  else
    g_object_unref (event);
}

static void
decided_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Decision) decision = user_data;
  g_autoptr (GError) error = NULL;

  if (!dd_workspaces_decide_finish (DD_ENGINE (source), result, &error))
    toast (decision->editor, error->message, NULL);
  else
    g_signal_emit (decision->editor, signals[DECIDED], 0);
}

/* What is decided now is known: it is what undo goes back to. */
static void
prepared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Decision) decision = user_data;
  DdLinkEditor *self = decision->editor;
  g_autoptr (GError) error = NULL;
  g_autoptr (DdDecisionEffect) effect = dd_query_decision_finish (DD_ENGINE (source), result, &error);
  g_autofree char *words = decision_words (decision);
  const char *incident = decision->incident, *deployment = decision->deployment;
  DdLink link = decision->link;
  g_autoptr (GVariant) undo = NULL;

  if (effect == NULL)
    {
      toast (self, error->message, NULL);
      return;
    }
  undo = g_variant_ref_sink (g_variant_new ("(sis)", incident, (int) effect->link_now,
                                            effect->deployment_now != NULL ? effect->deployment_now : ""));
  toast (self, words, undo);
  dd_workspaces_decide_async (DD_ENGINE (source), dd_session_get_workspace (self->session), incident, link, deployment, NULL, decided_cb,
                              g_steal_pointer (&decision));
}

static void
decide (DdLinkEditor *self,
        DdLink        link,
        const char   *deployment)
{
  Decision *decision = decision_new (self, link, deployment);
  DdQuery query;

  dd_session_fill_query (self->session, &query);
  dd_query_decision_async (dd_session_get_engine (self->session), &query, self->incident, link, deployment, NULL, prepared_cb, decision);
}

static void
link_cb (DdLinkEditor *self)
{
  if (self->chosen != NULL)
    decide (self, DD_LINK_BY_HAND, self->chosen);
}

static void
exclude_cb (DdLinkEditor *self)
{
  decide (self, DD_LINK_EXCLUDED, NULL);
}

static void
unlink_cb (DdLinkEditor *self)
{
  decide (self, DD_LINK_UNLINKED, NULL);
}

static void
restore_cb (DdLinkEditor *self)
{
  decide (self, DD_LINK_NONE, NULL);
}

static void
dd_link_editor_dispose (GObject *object)
{
  DdLinkEditor *self = DD_LINK_EDITOR (object);

  g_cancellable_cancel (self->listing);
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->listing);
  g_clear_object (&self->asking);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (object), DD_TYPE_LINK_EDITOR);
  G_OBJECT_CLASS (dd_link_editor_parent_class)->dispose (object);
}

static void
dd_link_editor_finalize (GObject *object)
{
  DdLinkEditor *self = DD_LINK_EDITOR (object);

  g_free (self->incident);
  g_free (self->chosen);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (dd_link_editor_parent_class)->finalize (object);
}

static void
dd_link_editor_class_init (DdLinkEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_link_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = dd_link_editor_finalize;
  signals[DECIDED] = g_signal_new ("decided", DD_TYPE_LINK_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (DD_TYPE_COLUMNS);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/incidents/dd-link-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, DdLinkEditor, name);
  gtk_widget_class_bind_template_child (widget_class, DdLinkEditor, title);
  gtk_widget_class_bind_template_child (widget_class, DdLinkEditor, search);
  gtk_widget_class_bind_template_child (widget_class, DdLinkEditor, deployments);
  gtk_widget_class_bind_template_child (widget_class, DdLinkEditor, effect);
  gtk_widget_class_bind_template_child (widget_class, DdLinkEditor, link_button);
  gtk_widget_class_bind_template_child (widget_class, DdLinkEditor, buttons);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, link_cb);
  gtk_widget_class_bind_template_callback (widget_class, exclude_cb);
  gtk_widget_class_bind_template_callback (widget_class, unlink_cb);
  gtk_widget_class_bind_template_callback (widget_class, restore_cb);
}

static void
dd_link_editor_init (DdLinkEditor *self)
{
  static const DdColumnStep steps[] = { { 340, 2 }, { 0, 1 } };

  gtk_widget_init_template (GTK_WIDGET (self));
  dd_columns_set_steps (self->buttons, steps, 1);
  gtk_list_box_set_filter_func (self->deployments, is_found_cb, self, NULL);
}

GtkWidget *
dd_link_editor_new (DdSession *session)
{
  DdLinkEditor *self = g_object_new (DD_TYPE_LINK_EDITOR, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

void
dd_link_editor_show (DdLinkEditor      *self,
                     const DdRecordRow *row,
                     GTimeZone         *zone)
{
  g_autofree char *title = row != NULL ? dd_clean (row->title, 300) : NULL;
  g_autofree char *period = NULL;
  DdQuery query;

  gtk_widget_set_visible (GTK_WIDGET (self), row != NULL);
  if (row == NULL)
    return;
  g_free (self->incident);
  self->incident = g_strdup (row->id);
  g_clear_pointer (&self->chosen, g_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_time_zone_ref (zone);
  /* A row's time is its end, where it has one. */
  self->started = row->value != DD_TIME_NONE ? row->time - row->value : row->time;
  gtk_label_set_label (self->name, row->id);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->effect, _("Looking for deployments…"));
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_set_sensitive (self->link_button, FALSE);
  clear_deployments (self);
  renew (&self->listing);
  period = period_before (self->started, zone);
  dd_session_fill_query (self->session, &query);
  query.period = period;
  query.back = 0;
  query.repository = query.team = NULL;
  dd_query_records_async (dd_session_get_engine (self->session), &query, DD_METRIC_DEPLOYMENT_FREQUENCY, self->listing, listed_cb,
                          g_object_ref (self));
}
