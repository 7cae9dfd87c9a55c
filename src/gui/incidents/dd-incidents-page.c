/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-incidents-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-clean.h"
#include "dd-columns.h"
#include "dd-headline.h"
#include "dd-link-editor.h"
#include "dd-tier-bars.h"
#include "dd-time.h"
#include "dd-value-text.h"
#include "dd-words.h"

struct _DdIncidentsPage
{
  DdPage parent;

  GtkStack       *stack;
  GtkLabel       *value;
  GtkBox         *rating;
  GtkWidget      *chip;
  GtkLabel       *change;
  GtkLabel       *count;
  DdColumns      *columns;
  GtkSearchEntry *search;
  GtkListBox     *incidents;
  AdwStatusPage  *nothing;
  GtkWidget      *editor;   /* made when there is an incident to edit */
  DdRecordList   *list;
  char           *selected; /* the incident that was, across new answers */
};

G_DEFINE_FINAL_TYPE (DdIncidentsPage, dd_incidents_page, DD_TYPE_PAGE)

static char *
when_words (const DdRecordRow *row,
            GTimeZone         *zone)
{
  gint64 started = row->value != DD_TIME_NONE ? row->time - row->value : row->time;
  g_autofree char *at = dd_words_time (started, zone);
  g_autofree char *lasted = row->value != DD_TIME_NONE ? dd_duration_format ((double) row->value / DD_SECOND) : g_strdup (_("open"));

  /* Translators: its key, when it began, how long it lasted or "open". */
  return g_strdup_printf (_("%s · %s · %s"), row->id, at, lasted);
}

static char *
row_title (const DdRecordRow *record)
{
  if (strcmp (record->kind, "incident") != 0 && record->repository != NULL)
    return g_strdup_printf (_("Deployment of %s failed"), record->repository);
  return dd_clean (record->title != NULL ? record->title : record->id, 200);
}

static GtkWidget *
row_new (const DdRecordRow *record,
         GTimeZone         *zone)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (strcmp (record->kind, "incident") == 0 ? "dd-incident-symbolic" : "dd-failure-symbolic");
  GtkWidget *effect = gtk_label_new (record->counted ? _("counts") : dd_rule_describe (record->rule));
  g_autofree char *title = row_title (record);
  g_autofree char *when = when_words (record, zone);
  g_autofree char *subtitle = g_strdup_printf ("%s\n%s", when, record->note != NULL ? record->note : "");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  gtk_widget_add_css_class (icon, record->counted ? "dd-worse" : "dim-label");
  gtk_widget_add_css_class (effect, "caption");
  gtk_label_set_wrap (GTK_LABEL (effect), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (effect), 14);
  gtk_label_set_xalign (GTK_LABEL (effect), 1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), effect);
  g_object_set_data (G_OBJECT (row), "dd-record", (gpointer) record);
  return row;
}

static gboolean
is_found_cb (GtkListBoxRow *row,
             gpointer       user_data)
{
  DdIncidentsPage *self = user_data;
  const DdRecordRow *record = g_object_get_data (G_OBJECT (row), "dd-record");
  g_autofree char *typed = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  g_autofree char *both = g_strconcat (record->id, " ", record->title != NULL ? record->title : "", NULL);
  g_autofree char *folded = g_utf8_casefold (both, -1);

  return strstr (folded, typed) != NULL;
}

static void
search_changed_cb (DdIncidentsPage *self)
{
  gtk_list_box_invalidate_filter (self->incidents);
}

static void
decided_cb (DdIncidentsPage *self)
{
  dd_session_refresh (dd_page_get_session (DD_PAGE (self)));
}

static void
selected_cb (DdIncidentsPage *self,
             GtkListBoxRow   *row)
{
  const DdRecordRow *record = row != NULL ? g_object_get_data (G_OBJECT (row), "dd-record") : NULL;

  if (record == NULL)
    return;
  g_free (self->selected);
  self->selected = g_strdup (record->id);
  if (self->editor == NULL)
    {
      self->editor = dd_link_editor_new (dd_page_get_session (DD_PAGE (self)));
      gtk_widget_set_valign (self->editor, GTK_ALIGN_START);
      dd_columns_append (self->columns, self->editor);
      g_signal_connect_swapped (self->editor, "decided", G_CALLBACK (decided_cb), self);
    }
  /* A failing streak is what its deployments say: there is nothing to link. */
  dd_link_editor_show (DD_LINK_EDITOR (self->editor), strcmp (record->kind, "incident") == 0 ? record : NULL, self->list->zone);
}

static void
clear_rows (DdIncidentsPage *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->incidents))) != NULL)
    gtk_list_box_remove (self->incidents, row);
}

static void
take_list (DdIncidentsPage *self,
           DdRecordList    *list)
{
  g_autofree char *selected = g_steal_pointer (&self->selected);
  GtkListBoxRow *chosen = NULL, *first = NULL;

  clear_rows (self);
  g_clear_pointer (&self->list, dd_record_list_free);
  self->list = list;
  for (guint i = list->rows->len; i > 0; i--)
    {
      const DdRecordRow *record = g_ptr_array_index (list->rows, i - 1);
      GtkWidget *row = row_new (record, list->zone);

      gtk_list_box_append (self->incidents, row);
      if (g_strcmp0 (record->id, selected) == 0)
        chosen = GTK_LIST_BOX_ROW (row);
      else if (first == NULL && strcmp (record->kind, "incident") == 0)
        first = GTK_LIST_BOX_ROW (row);
    }
  if (chosen == NULL)
    chosen = first;
  if (chosen != NULL)
    gtk_list_box_select_row (self->incidents, chosen);
  adw_status_page_set_title (self->nothing, _("No Incidents in This Period"));
  adw_status_page_set_description (self->nothing, _("None was fetched that ended in these days or is open."));
  gtk_stack_set_visible_child_name (self->stack, list->rows->len > 0 ? "list" : "nothing");
}

static void
records_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DdIncidentsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  DdRecordList *list = dd_query_records_finish (DD_ENGINE (source), result, &error);

  if (list != NULL)
    {
      take_list (self, list);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      adw_status_page_set_title (self->nothing, _("Not Read"));
      adw_status_page_set_description (self->nothing, error->message);
      gtk_stack_set_visible_child_name (self->stack, "nothing");
    }
}

static void
dd_incidents_page_ask (DdPage        *page,
                       const DdQuery *query,
                       GCancellable  *cancellable)
{
  dd_query_records_async (dd_session_get_engine (dd_page_get_session (page)), query, DD_METRIC_RECOVERY_TIME, cancellable, records_cb,
                          g_object_ref (page));
}

static void
dd_incidents_page_report_changed (DdPage *page)
{
  DdIncidentsPage *self = DD_INCIDENTS_PAGE (page);
  const DdReport *report = dd_session_get_report (dd_page_get_session (page));
  g_autofree char *words = NULL;
  g_autofree char *markup = NULL;
  g_autofree char *count = NULL;
  g_autofree char *line = NULL;
  DdTier tier;

  gtk_widget_set_visible (GTK_WIDGET (self->rating), report != NULL);
  if (report == NULL)
    return;
  words = dd_words_value (DD_METRIC_CHANGE_FAILURE_RATE, dd_metrics_value (&report->summary->metrics, DD_METRIC_CHANGE_FAILURE_RATE,
                                                                          report->summary->aggregate));
  markup = dd_value_markup (words);
  count = dd_words_count (DD_METRIC_CHANGE_FAILURE_RATE, &report->summary->metrics);
  /* Translators: %s is "3 of 37 deployments". */
  line = g_strdup_printf (_("change failure rate · %s"), count);
  tier = dd_metrics_tier (&report->summary->metrics, DD_METRIC_CHANGE_FAILURE_RATE);
  gtk_label_set_markup (self->value, markup);
  gtk_label_set_label (self->count, line);
  gtk_widget_set_visible (self->chip, tier != DD_TIER_NONE);
  dd_tier_chip_set_tier (self->chip, tier);
  dd_show_change (self->change, DD_METRIC_CHANGE_FAILURE_RATE, report->summary);
}

static void
dd_incidents_page_dispose (GObject *object)
{
  DdIncidentsPage *self = DD_INCIDENTS_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), DD_TYPE_INCIDENTS_PAGE);
  g_clear_pointer (&self->list, dd_record_list_free);
  g_clear_pointer (&self->selected, g_free);
  G_OBJECT_CLASS (dd_incidents_page_parent_class)->dispose (object);
}

static void
dd_incidents_page_class_init (DdIncidentsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_incidents_page_dispose;
  DD_PAGE_CLASS (klass)->ask = dd_incidents_page_ask;
  DD_PAGE_CLASS (klass)->report_changed = dd_incidents_page_report_changed;
  g_type_ensure (DD_TYPE_COLUMNS);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/incidents/dd-incidents-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DdIncidentsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DdIncidentsPage, value);
  gtk_widget_class_bind_template_child (widget_class, DdIncidentsPage, rating);
  gtk_widget_class_bind_template_child (widget_class, DdIncidentsPage, count);
  gtk_widget_class_bind_template_child (widget_class, DdIncidentsPage, columns);
  gtk_widget_class_bind_template_child (widget_class, DdIncidentsPage, search);
  gtk_widget_class_bind_template_child (widget_class, DdIncidentsPage, incidents);
  gtk_widget_class_bind_template_child (widget_class, DdIncidentsPage, nothing);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static void
dd_incidents_page_init (DdIncidentsPage *self)
{
  static const DdColumnStep steps[] = { { 760, 2 }, { 0, 1 } };

  gtk_widget_init_template (GTK_WIDGET (self));
  dd_columns_set_steps (self->columns, steps, 1.45);
  gtk_list_box_set_filter_func (self->incidents, is_found_cb, self, NULL);
  self->chip = dd_tier_chip_new ();
  self->change = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->change, PANGO_ELLIPSIZE_END);
  gtk_box_append (self->rating, self->chip);
  gtk_box_append (self->rating, GTK_WIDGET (self->change));
}

GtkWidget *
dd_incidents_page_new (void)
{
  return g_object_new (DD_TYPE_INCIDENTS_PAGE, NULL);
}
