/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-reports-page-private.h"

#include <glib/gi18n-lib.h>

#include "dd-report-maker.h"
#include "dd-save.h"
#include "dd-snapshots.h"

/* Milliseconds after the last letter. */
#define PAUSE 400
#define MOST_EARLIER 50

G_DEFINE_FINAL_TYPE (DdReportsPage, dd_reports_page, DD_TYPE_PAGE)

static guint
sections_left_out (DdReportsPage *self)
{
  guint without = 0;

  for (int i = 0; i < DD_N_SECTIONS; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->sections, i);

      if (!gtk_check_button_get_active (GTK_CHECK_BUTTON (gtk_list_box_row_get_child (row))))
        without |= 1u << i;
    }
  return without;
}

static void
update_sections_label (DdReportsPage *self)
{
  guint without = sections_left_out (self), n = 0;
  g_autofree char *words = NULL;

  for (int i = 0; i < DD_N_SECTIONS; i++)
    n += (without & 1u << i) == 0;
  if (n == DD_N_SECTIONS)
    words = g_strdup (_("All"));
  else
    /* Translators: sections of a report, "7 of 10". */
    words = g_strdup_printf (_("%u of %u"), n, (guint) DD_N_SECTIONS);
  gtk_menu_button_set_label (self->sections_button, words);
}

static void
show_source (DdReportsPage  *self,
             DdReportSource *source)
{
  g_clear_pointer (&self->source, dd_report_source_unref);
  self->source = source;
  dd_preview_show (self->preview, source);
  dd_reports_page_update_actions (self);
}

void
dd_reports_page_show_new (DdReportsPage *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->note);
  GtkTextIter start, end;
  g_autofree char *note = NULL;

  gtk_widget_set_visible (self->kept_bar, FALSE);
  if (self->report == NULL)
    return;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  note = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  show_source (self, dd_report_source_new (self->report, gtk_toggle_button_get_active (self->one_page), sections_left_out (self), note,
                                           gtk_drop_down_get_selected (self->paper) == 1 ? DD_PAPER_LETTER : DD_PAPER_A4));
}

void
dd_reports_page_show_kept (DdReportsPage *self,
                           DdSnapshot    *snapshot)
{
  gtk_label_set_text (self->kept_title, snapshot->title != NULL ? snapshot->title : snapshot->period);
  gtk_widget_set_visible (self->kept_bar, TRUE);
  show_source (self, dd_report_source_new_kept (snapshot, gtk_drop_down_get_selected (self->paper) == 1 ? DD_PAPER_LETTER : DD_PAPER_A4));
  adw_leaflet_set_visible_child (self->columns, self->paper_side);
}

static void
form_changed_cb (DdReportsPage *self)
{
  update_sections_label (self);
  dd_reports_page_show_new (self);
}

static gboolean
typed_cb (gpointer user_data)
{
  DdReportsPage *self = user_data;

  self->typing = 0;
  dd_reports_page_show_new (self);
  return G_SOURCE_REMOVE;
}

static void
note_changed_cb (DdReportsPage *self)
{
  g_clear_handle_id (&self->typing, g_source_remove);
  self->typing = g_timeout_add (PAUSE, typed_cb, self);
}

static void
preview_changed_cb (DdReportsPage *self)
{
  dd_reports_page_update_actions (self);
}

static void
preview_cb (DdReportsPage *self)
{
  adw_leaflet_set_visible_child (self->columns, self->paper_side);
}

static void
options_cb (DdReportsPage *self)
{
  adw_leaflet_set_visible_child (self->columns, self->options);
}

static const char *
outcome_words (const char *outcome)
{
  static const struct
  {
    const char *outcome;
    const char *words;
  } table[] = { { "saved", N_("saved") }, { "printed", N_("printed") }, { "copied", N_("copied") }, { "sent", N_("sent") } };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (outcome, table[i].outcome) == 0)
      return _(table[i].words);
  return NULL;
}

/* "Mon 9 Nov, 08:00 · sent", and what it was narrowed to. */
static char *
subtitle_of (const DdSnapshot *snapshot)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (snapshot->made / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autoptr (GString) words = g_string_new (NULL);
  /* Translators: when a report was made. */
  g_autofree char *time = g_date_time_format (local, _("%a %-d %b %Y, %H:%M"));
  const char *outcome = outcome_words (snapshot->outcome);

  g_string_append (words, time);
  if (outcome != NULL)
    g_string_append_printf (words, " · %s", outcome);
  if (snapshot->scope != NULL)
    g_string_append_printf (words, " · %s", snapshot->scope);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static GtkWidget *
menu_button_new (const DdSnapshot *snapshot,
                 gboolean          comparing)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();
  const char *compare = comparing ? _("_Compare with the Chosen One") : _("_Compare with Another");
  g_autofree char *open = g_strdup_printf ("report.open(int64 %" G_GINT64_FORMAT ")", snapshot->id);
  g_autofree char *with = g_strdup_printf ("report.compare(int64 %" G_GINT64_FORMAT ")", snapshot->id);
  g_autofree char *away = g_strdup_printf ("report.remove(int64 %" G_GINT64_FORMAT ")", snapshot->id);

  g_menu_append (menu, _("_Open"), open);
  g_menu_append (menu, compare, with);
  g_menu_append (menu, _("_Delete"), away);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("More"), -1);
  return button;
}

static GtkWidget *
row_new (const DdSnapshot *snapshot,
         gint64            comparing)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *subtitle = subtitle_of (snapshot);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), snapshot->title != NULL ? snapshot->title : snapshot->period);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), comparing == snapshot->id ? _("Choose the one to compare it with") : subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("dd-report-symbolic"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), menu_button_new (snapshot, comparing != 0));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

static void
show_list (DdReportsPage *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < self->earlier->len; i++)
    gtk_list_box_append (self->list, row_new (g_ptr_array_index (self->earlier, i), self->compare));
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->earlier->len > 0);
  gtk_widget_set_visible (self->no_reports, self->earlier->len == 0);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DdReportsPage) self = user_data;
  g_autoptr (GPtrArray) earlier = dd_snapshots_list_finish (DD_ENGINE (source), result, NULL);

  if (earlier == NULL || self->list == NULL)
    return;
  g_clear_pointer (&self->earlier, g_ptr_array_unref);
  self->earlier = g_steal_pointer (&earlier);
  show_list (self);
}

void
dd_reports_page_update_list (DdReportsPage *self)
{
  DdSession *session = dd_page_get_session (DD_PAGE (self));

  dd_snapshots_list_async (dd_session_get_engine (session), dd_session_get_workspace (session), MOST_EARLIER, NULL, listed_cb,
                           g_object_ref (self));
}

static void
row_activated_cb (DdReportsPage *self,
                  GtkListBoxRow *row)
{
  const DdSnapshot *snapshot = g_ptr_array_index (self->earlier, (guint) gtk_list_box_row_get_index (row));

  gtk_widget_activate_action (GTK_WIDGET (self), self->compare != 0 ? "report.compare" : "report.open", "x", snapshot->id);
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (DdReportsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  DdReport *report = dd_report_make_finish (result, &error);

  if (report == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && self->list != NULL)
        dd_say (GTK_WIDGET (self), error->message);
      return;
    }
  g_clear_pointer (&self->report, dd_shared_report_unref);
  self->report = dd_shared_report_new (report);
  if (self->list != NULL)
    dd_reports_page_show_new (self);
}

static void
dd_reports_page_ask (DdPage        *page,
                     const DdQuery *query,
                     GCancellable  *cancellable)
{
  dd_report_make_async (dd_session_get_engine (dd_page_get_session (page)), query, cancellable, made_cb, g_object_ref (page));
  dd_reports_page_update_list (DD_REPORTS_PAGE (page));
}

static void
dd_reports_page_dispose (GObject *object)
{
  DdReportsPage *self = DD_REPORTS_PAGE (object);

  g_clear_handle_id (&self->typing, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), DD_TYPE_REPORTS_PAGE);
  self->list = NULL;
  g_clear_pointer (&self->source, dd_report_source_unref);
  g_clear_pointer (&self->report, dd_shared_report_unref);
  g_clear_pointer (&self->earlier, g_ptr_array_unref);
  G_OBJECT_CLASS (dd_reports_page_parent_class)->dispose (object);
}

static void
dd_reports_page_class_init (DdReportsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_reports_page_dispose;
  DD_PAGE_CLASS (klass)->ask = dd_reports_page_ask;
  g_type_ensure (DD_TYPE_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/report/dd-reports-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DdReportsPage, one_page);
  gtk_widget_class_bind_template_child (widget_class, DdReportsPage, full);
  gtk_widget_class_bind_template_child (widget_class, DdReportsPage, sections_button);
  gtk_widget_class_bind_template_child (widget_class, DdReportsPage, sections);
  gtk_widget_class_bind_template_child (widget_class, DdReportsPage, paper);
  gtk_widget_class_bind_template_child (widget_class, DdReportsPage, note);
  gtk_widget_class_bind_template_child (widget_class, DdReportsPage, list);
  gtk_widget_class_bind_template_child (widget_class, DdReportsPage, no_reports);
  gtk_widget_class_bind_template_child (widget_class, DdReportsPage, preview);
  gtk_widget_class_bind_template_child (widget_class, DdReportsPage, kept_bar);
  gtk_widget_class_bind_template_child (widget_class, DdReportsPage, kept_title);
  gtk_widget_class_bind_template_child (widget_class, DdReportsPage, columns);
  gtk_widget_class_bind_template_child (widget_class, DdReportsPage, options);
  gtk_widget_class_bind_template_child (widget_class, DdReportsPage, paper_side);
  gtk_widget_class_bind_template_callback (widget_class, form_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, preview_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, preview_cb);
  gtk_widget_class_bind_template_callback (widget_class, options_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  dd_reports_page_install_actions (widget_class);
}

static void
add_sections (DdReportsPage *self)
{
  for (int i = 0; i < DD_N_SECTIONS; i++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (dd_section_title (i));

      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
      g_signal_connect_swapped (check, "toggled", G_CALLBACK (form_changed_cb), self);
      gtk_list_box_append (self->sections, check);
    }
  update_sections_label (self);
}

static void
dd_reports_page_init (DdReportsPage *self)
{
  self->earlier = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_snapshot_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  add_sections (self);
  gtk_drop_down_set_selected (self->paper, dd_paper_default () == DD_PAPER_LETTER ? 1 : 0);
  g_signal_connect_swapped (gtk_text_view_get_buffer (self->note), "changed", G_CALLBACK (note_changed_cb), self);
  show_list (self);
  dd_reports_page_update_actions (self);
}

GtkWidget *
dd_reports_page_new (void)
{
  return g_object_new (DD_TYPE_REPORTS_PAGE, NULL);
}
