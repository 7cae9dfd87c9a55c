/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-link-editor.h"

#include <glib/gi18n-lib.h>

#include "dd-choice-row.h"
#include "dd-clean.h"
#include "dd-columns.h"
#include "dd-decision-words.h"
#include "dd-event-row.h"
#include "dd-query-decision.h"
#include "dd-query-incidents.h"
#include "dd-words.h"

/* So many deployments are offered; others are found by the search. */
#define MOST_OFFERED 50
/* Rows that a frame has time for. */
#define ROWS_A_FRAME 1

struct _DdLinkEditor
{
  AdwBin parent;

  DdSession    *session;
  GCancellable *listing;
  GCancellable *asking;

  /* The incident, and how it is linked now. */
  char      *incident;
  char      *url;
  gint64     started;
  DdLink     linked_by;
  char      *deployment; /* id; NULL for none */
  GTimeZone *zone;

  char      *chosen;      /* id of a deployment */
  char      *chosen_name; /* for people */
  DdSummary *would;       /* what the decision that is looked at would make; NULL while there is none */

  GtkLabel       *name;
  GtkLabel       *severity;
  GtkWidget      *open_button;
  GtkLabel       *title;
  GtkLabel       *about;
  GtkLabel       *linked;
  GtkWidget      *choices;
  GtkSearchEntry *search;
  GtkStack       *stack;
  GtkListBox     *deployments;
  GtkLabel       *nothing;
  GtkLabel       *effect;
  GtkLabel       *detail;
  DdColumns      *buttons;
  GtkWidget      *link_button;
  GtkWidget      *exclude_button;
  GtkWidget      *unlink_button;
  GtkWidget      *restore_button;
  DdChoiceRow    *first; /* of the list; NULL while it is empty */
  GPtrArray      *found; /* of DdDeploymentName: what the list is to offer */
  guint           offered;
  guint           offering; /* source of the next frame */
};

G_DEFINE_FINAL_TYPE (DdLinkEditor, dd_link_editor, ADW_TYPE_BIN)

static void
renew (GCancellable **cancellable)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
  *cancellable = g_cancellable_new ();
}

static void
say_effect (DdLinkEditor *self,
            const char   *effect,
            const char   *detail)
{
  gtk_label_set_text (self->effect, effect);
  gtk_label_set_text (self->detail, detail != NULL ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->detail), detail != NULL && *detail != '\0');
}

static void
show_effect (DdLinkEditor *self)
{
  const DdReport *report = dd_session_get_report (self->session);
  g_autofree char *effect = NULL;
  g_autofree char *detail = NULL;

  /* Beside figures of another moment it would say what is not so. */
  if (self->would == NULL || report == NULL || dd_session_is_loading (self->session))
    return;
  effect = dd_decision_words (report->summary, self->would);
  detail = dd_decision_details (report->summary, self->would);
  say_effect (self, effect, detail);
}

static void
effect_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DdLinkEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  DdSummary *would = dd_query_decision_finish (DD_ENGINE (source), result, &error);

  if (would != NULL)
    {
      g_clear_pointer (&self->would, dd_summary_free);
      self->would = would;
      show_effect (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      say_effect (self, _("What it would change is not known."), error->message);
    }
}

/* Says what a decision would make of the rate; nothing is decided. */
static void
look_at (DdLinkEditor *self,
         DdLink        link,
         const char   *deployment)
{
  DdQuery query;

  renew (&self->asking);
  g_clear_pointer (&self->would, dd_summary_free);
  say_effect (self, _("Calculating…"), NULL);
  dd_session_fill_query (self->session, &query);
  dd_query_decision_async (dd_session_get_engine (self->session), &query, self->incident, link, deployment, self->asking, effect_cb,
                           g_object_ref (self));
}

static gboolean
is_linked_to (DdLinkEditor *self,
              const char   *deployment)
{
  return self->deployment != NULL && g_strcmp0 (self->deployment, deployment) == 0;
}

/* What is chosen among the deployments, looked at again after the pointer or the focus has left another button. */
static void
look_at_chosen (DdLinkEditor *self)
{
  if (self->chosen != NULL && !is_linked_to (self, self->chosen))
    {
      look_at (self, DD_LINK_BY_HAND, self->chosen);
      return;
    }
  renew (&self->asking);
  g_clear_pointer (&self->would, dd_summary_free);
  say_effect (self, _("Choose a deployment to see what it would change."), _("Nothing is linked before you say so."));
}

static void
forget_chosen (DdLinkEditor *self)
{
  g_clear_pointer (&self->chosen, g_free);
  g_clear_pointer (&self->chosen_name, g_free);
  gtk_widget_set_sensitive (self->link_button, FALSE);
}

static void
chosen_cb (DdLinkEditor *self,
           DdChoiceRow  *row)
{
  g_free (self->chosen);
  g_free (self->chosen_name);
  self->chosen = g_strdup (dd_choice_row_get_id (row));
  self->chosen_name = g_strdup (dd_choice_row_get_name (row));
  gtk_widget_set_sensitive (self->link_button, self->linked_by != DD_LINK_BY_HAND || !is_linked_to (self, self->chosen));
  look_at_chosen (self);
}

static void
add_choice (DdLinkEditor           *self,
            const DdDeploymentName *deployment)
{
  GtkWidget *row = dd_choice_row_new (deployment, self->started, self->zone, self->first);

  if (self->first == NULL)
    self->first = DD_CHOICE_ROW (row);
  g_signal_connect_swapped (row, "chosen", G_CALLBACK (chosen_cb), self);
  gtk_list_box_append (self->deployments, row);
  /* What it is linked to is chosen at first, what was chosen before stays so. */
  if (g_strcmp0 (self->chosen != NULL ? self->chosen : self->deployment, deployment->id) == 0)
    dd_choice_row_choose (DD_CHOICE_ROW (row));
}

static void
clear_deployments (DdLinkEditor *self)
{
  GtkWidget *row;

  self->first = NULL;
  self->offered = 0;
  g_clear_pointer (&self->found, g_ptr_array_unref);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->deployments))) != NULL)
    gtk_list_box_remove (self->deployments, row);
}

static void
say_nothing (DdLinkEditor *self,
             const char   *words)
{
  gtk_label_set_text (self->nothing, words);
  gtk_stack_set_visible_child_name (self->stack, "nothing");
}

static gboolean
offer (DdLinkEditor *self)
{
  for (guint i = 0; i < ROWS_A_FRAME && self->found != NULL && self->offered < self->found->len; i++)
    add_choice (self, g_ptr_array_index (self->found, self->offered++));
  return self->found != NULL && self->offered < self->found->len ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
offer_cb (GtkWidget     *widget,
          GdkFrameClock *clock,
          gpointer       data)
{
  DdLinkEditor *self = DD_LINK_EDITOR (widget);

  if (offer (self))
    return G_SOURCE_CONTINUE;
  self->offering = 0;
  return G_SOURCE_REMOVE;
}

static void
causes_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DdLinkEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = dd_query_causes_finish (DD_ENGINE (source), result, &error);
  gboolean narrowed = *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0';
  gboolean is_there = FALSE;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  clear_deployments (self);
  if (found == NULL || found->len == 0)
    say_nothing (self, error != NULL ? error->message : narrowed ? _("No deployment before it contains these words.")
                                                                 : _("No production deployment finished in the 30 days before it."));
  else
    gtk_stack_set_visible_child_name (self->stack, "list");
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      const DdDeploymentName *deployment = g_ptr_array_index (found, i);

      is_there = is_there || g_strcmp0 (self->chosen, deployment->id) == 0;
    }
  self->found = g_steal_pointer (&found);
  if (offer (self) && self->offering == 0)
    self->offering = gtk_widget_add_tick_callback (GTK_WIDGET (self), offer_cb, NULL, NULL);
  if (self->chosen != NULL && !is_there && !is_linked_to (self, self->chosen))
    {
      forget_chosen (self);
      look_at_chosen (self);
    }
}

static void
list_causes (DdLinkEditor *self)
{
  renew (&self->listing);
  dd_query_causes_async (dd_session_get_engine (self->session), dd_session_get_workspace (self->session), self->started,
                         gtk_editable_get_text (GTK_EDITABLE (self->search)), MOST_OFFERED, self->listing, causes_cb,
                         g_object_ref (self));
}

static void
search_changed_cb (DdLinkEditor *self)
{
  if (self->incident != NULL)
    list_causes (self);
}

static void
open_cb (DdLinkEditor *self)
{
  if (self->url != NULL)
    gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->url, GDK_CURRENT_TIME);
}

static void
decide (DdLinkEditor *self,
        DdLink        link,
        const char   *deployment,
        const char   *name)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.decide", "(siss)", self->incident, (int) link, deployment != NULL ? deployment : "",
                              name != NULL ? name : "");
}

static void
row_activated_cb (DdLinkEditor  *self,
                  GtkListBoxRow *row)
{
  dd_choice_row_choose (DD_CHOICE_ROW (row));
}

static void
link_cb (DdLinkEditor *self)
{
  if (self->chosen != NULL)
    decide (self, DD_LINK_BY_HAND, self->chosen, self->chosen_name);
}

static void
exclude_cb (DdLinkEditor *self)
{
  decide (self, DD_LINK_EXCLUDED, NULL, NULL);
}

static void
unlink_cb (DdLinkEditor *self)
{
  decide (self, DD_LINK_UNLINKED, NULL, NULL);
}

static void
restore_cb (DdLinkEditor *self)
{
  decide (self, DD_LINK_NONE, NULL, NULL);
}

/* The decision behind a button; -1 for none. */
static int
link_of (DdLinkEditor *self,
         GtkWidget    *button)
{
  if (button == self->exclude_button)
    return DD_LINK_EXCLUDED;
  if (button == self->unlink_button)
    return DD_LINK_UNLINKED;
  if (button == self->restore_button)
    return DD_LINK_NONE;
  return -1;
}

/* The pointer or the focus is on a button: what it would do is said before it does it. */
static void
considered_cb (GtkEventController *controller,
               DdLinkEditor       *self)
{
  int link = link_of (self, gtk_event_controller_get_widget (controller));

  if (link >= 0 && self->incident != NULL)
    look_at (self, (DdLink) link, NULL);
}

static void
pointed_at_cb (GtkEventController *controller,
               double              x,
               double              y,
               DdLinkEditor       *self)
{
  considered_cb (controller, self);
}

static void
left_cb (DdLinkEditor *self)
{
  if (self->incident != NULL)
    look_at_chosen (self);
}

static void
watch_button (DdLinkEditor *self,
              GtkWidget    *button)
{
  GtkEventController *pointer = gtk_event_controller_motion_new (), *focus = gtk_event_controller_focus_new ();

  g_signal_connect (pointer, "enter", G_CALLBACK (pointed_at_cb), self);
  g_signal_connect_swapped (pointer, "leave", G_CALLBACK (left_cb), self);
  g_signal_connect (focus, "enter", G_CALLBACK (considered_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (button, pointer);
  gtk_widget_add_controller (button, focus);
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
  g_clear_pointer (&self->incident, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), DD_TYPE_LINK_EDITOR);
  G_OBJECT_CLASS (dd_link_editor_parent_class)->dispose (object);
}

static void
dd_link_editor_finalize (GObject *object)
{
  DdLinkEditor *self = DD_LINK_EDITOR (object);

  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_free (self->url);
  g_free (self->deployment);
  g_free (self->chosen);
  g_free (self->chosen_name);
  g_clear_pointer (&self->would, dd_summary_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (dd_link_editor_parent_class)->finalize (object);
}

static void
dd_link_editor_class_init (DdLinkEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_link_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = dd_link_editor_finalize;
  g_type_ensure (DD_TYPE_COLUMNS);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/incidents/dd-link-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, DdLinkEditor, name);
  gtk_widget_class_bind_template_child (widget_class, DdLinkEditor, severity);
  gtk_widget_class_bind_template_child (widget_class, DdLinkEditor, open_button);
  gtk_widget_class_bind_template_child (widget_class, DdLinkEditor, title);
  gtk_widget_class_bind_template_child (widget_class, DdLinkEditor, about);
  gtk_widget_class_bind_template_child (widget_class, DdLinkEditor, linked);
  gtk_widget_class_bind_template_child (widget_class, DdLinkEditor, choices);
  gtk_widget_class_bind_template_child (widget_class, DdLinkEditor, search);
  gtk_widget_class_bind_template_child (widget_class, DdLinkEditor, stack);
  gtk_widget_class_bind_template_child (widget_class, DdLinkEditor, deployments);
  gtk_widget_class_bind_template_child (widget_class, DdLinkEditor, nothing);
  gtk_widget_class_bind_template_child (widget_class, DdLinkEditor, effect);
  gtk_widget_class_bind_template_child (widget_class, DdLinkEditor, detail);
  gtk_widget_class_bind_template_child (widget_class, DdLinkEditor, buttons);
  gtk_widget_class_bind_template_child (widget_class, DdLinkEditor, link_button);
  gtk_widget_class_bind_template_child (widget_class, DdLinkEditor, exclude_button);
  gtk_widget_class_bind_template_child (widget_class, DdLinkEditor, unlink_button);
  gtk_widget_class_bind_template_child (widget_class, DdLinkEditor, restore_button);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
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
  watch_button (self, self->exclude_button);
  watch_button (self, self->unlink_button);
  watch_button (self, self->restore_button);
}

GtkWidget *
dd_link_editor_new (DdSession *session)
{
  DdLinkEditor *self = g_object_new (DD_TYPE_LINK_EDITOR, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

/* "Linear · push-relay · since Fri 13 Nov 2026, 16:40" */
static char *
about_words (const DdIncidentEvent *event,
             GTimeZone             *zone)
{
  DdSourceState source = { .type = event->source };
  g_autofree char *at = dd_words_time (event->started, zone);
  g_autofree char *repository = event->repository != NULL ? dd_clean (event->repository, 60) : NULL;

  if (event->failed_deployment)
    return g_strdup_printf (_("%s · %s · at %s"), dd_words_source_name (&source), repository, at);
  if (repository == NULL)
    return g_strdup_printf (_("%s · of no repository · since %s"), dd_words_source_name (&source), at);
  return g_strdup_printf (_("%s · %s · since %s"), dd_words_source_name (&source), repository, at);
}

static void
show_head (DdLinkEditor          *self,
           const DdIncidentEvent *event,
           double                 attribution_hours)
{
  g_autofree char *name = event->failed_deployment ? g_strdup_printf ("%s %s", event->repository, event->title) : g_strdup (event->id);
  g_autofree char *clean = dd_clean (name, 80);
  g_autofree char *title = dd_event_title (event);
  g_autofree char *severity = event->severity != NULL ? dd_clean (event->severity, 40) : NULL;
  g_autofree char *about = about_words (event, self->zone);
  g_autofree char *rule = dd_event_rule (event, attribution_hours);
  g_autofree char *deployment = event->deployment != NULL ? dd_event_deployment_name (event->deployment) : NULL;
  g_autofree char *linked = NULL;

  if (event->failed_deployment)
    linked = g_strdup (_("It counts as a failed deployment by its own result; there is nothing to link."));
  else if (deployment != NULL)
    /* Translators: a deployment and the rule that linked it. */
    linked = g_strdup_printf (_("Linked to %s: %s"), deployment, rule);
  else if (event->link == DD_LINK_EXCLUDED)
    linked = g_strdup (_("Marked by you as not caused by a change"));
  else
    linked = g_strdup_printf (_("Linked to nothing: %s"), rule);
  gtk_label_set_text (self->name, clean);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->about, about);
  gtk_label_set_text (self->linked, linked);
  gtk_label_set_text (self->severity, severity != NULL ? severity : "");
  gtk_widget_set_visible (GTK_WIDGET (self->severity), severity != NULL && *severity != '\0');
  gtk_widget_set_visible (self->open_button, event->url != NULL);
}

static void
show_buttons (DdLinkEditor *self)
{
  gboolean decided = self->linked_by == DD_LINK_BY_HAND || self->linked_by == DD_LINK_UNLINKED || self->linked_by == DD_LINK_EXCLUDED;

  gtk_widget_set_visible (self->exclude_button, self->linked_by != DD_LINK_EXCLUDED);
  gtk_widget_set_visible (self->unlink_button, self->deployment != NULL);
  gtk_widget_set_visible (self->restore_button, decided);
}

void
dd_link_editor_show (DdLinkEditor          *self,
                     const DdIncidentEvent *event,
                     const DdIncidentList  *list)
{
  const char *deployment = event->deployment != NULL ? event->deployment->id : NULL;
  gboolean same = g_strcmp0 (self->incident, event->id) == 0 && self->linked_by == event->link && self->started == event->started &&
                  g_strcmp0 (self->deployment, deployment) == 0;

  g_cancellable_cancel (self->asking);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_time_zone_ref (list->zone);
  g_free (self->url);
  self->url = g_strdup (event->url);
  show_head (self, event, list->attribution_hours);
  gtk_widget_set_visible (self->choices, !event->failed_deployment);
  if (event->failed_deployment)
    {
      g_clear_pointer (&self->incident, g_free);
      return;
    }
  if (!same)
    {
      g_free (self->incident);
      g_free (self->deployment);
      self->incident = g_strdup (event->id);
      self->deployment = g_strdup (deployment);
      self->started = event->started;
      self->linked_by = event->link;
      forget_chosen (self);
      gtk_editable_set_text (GTK_EDITABLE (self->search), "");
      clear_deployments (self);
      say_nothing (self, _("Looking for deployments…"));
      show_buttons (self);
    }
  list_causes (self);
  look_at_chosen (self);
}

void
dd_link_editor_report_changed (DdLinkEditor *self)
{
  show_effect (self);
}
