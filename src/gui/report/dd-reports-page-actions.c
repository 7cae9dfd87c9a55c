/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-reports-page-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-report-compare.h"
#include "dd-save.h"
#include "dd-slack-dialog.h"
#include "dd-snapshots.h"

/* A report that is being written, kept or compared on a thread. */
typedef struct
{
  DdReportSource *source;
  char           *what; /* the format, or the outcome */
} Work;

static Work *
work_new (DdReportSource *source,
          const char     *what)
{
  Work *work = g_new0 (Work, 1);

  work->source = dd_report_source_ref (source);
  work->what = g_strdup (what);
  return work;
}

static void
work_free (gpointer data)
{
  Work *work = data;

  dd_report_source_unref (work->source);
  g_free (work->what);
  g_free (work);
}

static void
run (DdReportsPage      *self,
     const char         *what,
     GTaskThreadFunc     func,
     GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, NULL);

  g_task_set_task_data (task, work_new (self->source, what), work_free);
  g_task_run_in_thread (task, func);
}

static DdEngine *
engine_of (DdReportsPage *self)
{
  return dd_session_get_engine (dd_page_get_session (DD_PAGE (self)));
}

static const char *
workspace_of (DdReportsPage *self)
{
  return dd_session_get_workspace (dd_page_get_session (DD_PAGE (self)));
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DdReportsPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dd_snapshots_keep_finish (DD_ENGINE (source), result, &error) && self->list != NULL)
    dd_say (GTK_WIDGET (self), error->message);
  if (self->list != NULL)
    dd_reports_page_update_list (self);
}

static void
keep_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Work *work = task_data;

  g_task_return_pointer (task, dd_report_source_keep (work->source, work->what), (GDestroyNotify) dd_snapshot_free);
}

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  DdReportsPage *self = DD_REPORTS_PAGE (source);
  DdSnapshot *snapshot = g_task_propagate_pointer (G_TASK (result), NULL);

  if (snapshot != NULL)
    dd_snapshots_keep_async (engine_of (self), workspace_of (self), snapshot, NULL, stored_cb, g_object_ref (self));
}

/* What leaves the page stands among the earlier ones, as it was. */
static void
keep (DdReportsPage *self,
      const char    *outcome)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.note-use", "s", strcmp (outcome, "sent") == 0 ? "report-sent" : "report-exported");
  if (self->source != NULL && dd_report_source_get_report (self->source) != NULL)
    run (self, outcome, keep_thread, kept_cb);
}

static void
saved_cb (gpointer data)
{
  keep (data, "saved");
}

static void
write_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Work *work = task_data;
  GError *error = NULL;
  GBytes *bytes = dd_report_source_write (work->source, work->what, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  DdReportsPage *self = DD_REPORTS_PAGE (source);
  Work *work = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *title = NULL;
  g_autofree char *name = NULL;

  if (self->list == NULL)
    return;
  if (bytes == NULL)
    {
      dd_say (GTK_WIDGET (self), error->message);
      return;
    }
  title = dd_report_source_title (work->source);
  /* Translators: the name of a report's file; the second is "pdf" or the like. */
  name = g_strdup_printf (_("Delivery %s.%s"), title, g_str_equal (work->what, "markdown") ? "md" : work->what);
  g_strdelimit (name, "/\\:", '-');
  dd_save_bytes_and_tell (GTK_WIDGET (self), _("Save Report"), name, bytes, saved_cb, self);
}

static void
save_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  run (DD_REPORTS_PAGE (widget), g_variant_get_string (parameter, NULL), write_thread, written_cb);
}

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  DdReportsPage *self = DD_REPORTS_PAGE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *text = NULL;
  gsize length;

  if (self->list == NULL)
    return;
  if (bytes == NULL)
    {
      dd_say (GTK_WIDGET (self), error->message);
      return;
    }
  text = g_strndup (g_bytes_get_data (bytes, &length), g_bytes_get_size (bytes));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  dd_say (GTK_WIDGET (self), _("Copied as Markdown"));
  keep (self, "copied");
}

static void
copy_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  run (DD_REPORTS_PAGE (widget), "markdown", write_thread, copied_cb);
}

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              DdReportsPage     *self)
{
  DdPages *pages = dd_preview_get_pages (self->preview);
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double width, height, scale;

  if (pages == NULL || (guint) page >= dd_pages_count (pages))
    return;
  dd_pages_get_size (pages, &width, &height);
  scale = MIN (gtk_print_context_get_width (context) / width, gtk_print_context_get_height (context) / height);
  cairo_scale (cr, scale, scale);
  dd_pages_draw (pages, (guint) page, cr);
}

static void
printed_cb (GtkPrintOperation      *operation,
            GtkPrintOperationResult result,
            DdReportsPage          *self)
{
  g_autoptr (GError) error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      gtk_print_operation_get_error (operation, &error);
      dd_say (GTK_WIDGET (self), error->message);
    }
  else if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    {
      keep (self, "printed");
    }
}

static void
print_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  DdReportsPage *self = DD_REPORTS_PAGE (widget);
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autofree char *title = dd_report_source_title (self->source);

  gtk_print_operation_set_n_pages (operation, (int) dd_pages_count (dd_preview_get_pages (self->preview)));
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, title);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_object (operation, "draw-page", G_CALLBACK (draw_page_cb), self, 0);
  g_signal_connect_object (operation, "done", G_CALLBACK (printed_cb), self, 0);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (gtk_widget_get_root (widget)), NULL);
}

static void
posted_cb (DdReportsPage *self)
{
  keep (self, "sent");
}

static void
send_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  DdReportsPage *self = DD_REPORTS_PAGE (widget);
  const DdSnapshot *kept = dd_report_source_get_snapshot (self->source);
  DdPages *pages = dd_preview_get_pages (self->preview);
  g_autoptr (GBytes) pdf = kept != NULL && pages != NULL ? dd_pages_to_pdf (pages, NULL) : NULL;
  GtkWidget *dialog;

  if (kept != NULL)
    dialog = dd_slack_dialog_new_for_message (widget, engine_of (self), workspace_of (self), kept->slack, pdf);
  else
    dialog = dd_slack_dialog_new (widget, engine_of (self), dd_report_source_get_report (self->source));
  g_signal_connect_object (dialog, "posted", G_CALLBACK (posted_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
new_cb (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  dd_reports_page_show_new (DD_REPORTS_PAGE (widget));
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DdReportsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  DdSnapshot *snapshot = dd_snapshots_load_finish (DD_ENGINE (source), result, &error);

  if (self->list == NULL)
    dd_snapshot_free (snapshot);
  else if (snapshot != NULL)
    dd_reports_page_show_kept (self, snapshot);
  else
    dd_say (GTK_WIDGET (self), error->message);
}

static void
open_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  DdReportsPage *self = DD_REPORTS_PAGE (widget);

  dd_snapshots_load_async (engine_of (self), workspace_of (self), g_variant_get_int64 (parameter), NULL, opened_cb, g_object_ref (self));
}

static const DdSnapshot *
find_earlier (DdReportsPage *self,
              gint64         id)
{
  for (guint i = 0; i < self->earlier->len; i++)
    if (((DdSnapshot *) g_ptr_array_index (self->earlier, i))->id == id)
      return g_ptr_array_index (self->earlier, i);
  return NULL;
}

/* The first is remembered, the second shows both side by side; choosing the same again forgets it. */
static void
compare_cb (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  DdReportsPage *self = DD_REPORTS_PAGE (widget);
  const DdSnapshot *one = find_earlier (self, self->compare), *other = find_earlier (self, g_variant_get_int64 (parameter));
  g_autoptr (GError) error = NULL;
  DdSnapshot *both;

  self->compare = one == NULL && other != NULL ? other->id : 0;
  if (one != NULL && other != NULL && one != other)
    {
      gboolean in_order = one->start < other->start || (one->start == other->start && one->made <= other->made);

      both = in_order ? dd_report_compare (one, other, &error) : dd_report_compare (other, one, &error);
      if (both != NULL)
        dd_reports_page_show_kept (self, both);
      else
        dd_say (widget, error->message);
    }
  dd_reports_page_update_list (self);
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DdReportsPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->list == NULL)
    return;
  if (!dd_snapshots_remove_finish (DD_ENGINE (source), result, &error))
    dd_say (GTK_WIDGET (self), error->message);
  dd_reports_page_update_list (self);
}

static void
remove_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  DdReportsPage *self = DD_REPORTS_PAGE (widget);

  dd_snapshots_remove_async (engine_of (self), workspace_of (self), g_variant_get_int64 (parameter), NULL, removed_cb, g_object_ref (self));
}

void
dd_reports_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "report.save", "s", save_cb);
  gtk_widget_class_install_action (widget_class, "report.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "report.print", NULL, print_cb);
  gtk_widget_class_install_action (widget_class, "report.send", NULL, send_cb);
  gtk_widget_class_install_action (widget_class, "report.new", NULL, new_cb);
  gtk_widget_class_install_action (widget_class, "report.open", "x", open_cb);
  gtk_widget_class_install_action (widget_class, "report.compare", "x", compare_cb);
  gtk_widget_class_install_action (widget_class, "report.remove", "x", remove_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "report.print", NULL);
}

void
dd_reports_page_update_actions (DdReportsPage *self)
{
  const DdSnapshot *kept = self->source != NULL ? dd_report_source_get_snapshot (self->source) : NULL;
  gboolean any = self->source != NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.save", any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.copy", any && (kept == NULL || kept->markdown != NULL));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.print", any && dd_preview_get_pages (self->preview) != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.send", any && (kept == NULL || kept->slack != NULL));
}
