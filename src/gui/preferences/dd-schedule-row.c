/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-schedule-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-cron-simple.h"
#include "dd-schedule-write.h"
#include "dd-time.h"

struct _DdScheduleRow
{
  AdwExpanderRow parent;

  DdScheduleSettings   *schedule;
  char                 *timezone;
  GtkFileChooserNative *chooser;
  gboolean              filling;

  AdwComboRow   *action_row;
  AdwComboRow   *kind_row;
  AdwComboRow   *weekday_row;
  GtkWidget     *day_row;
  GtkSpinButton *day_spin;
  GtkWidget     *time_row;
  GtkSpinButton *hour_spin;
  GtkSpinButton *minute_spin;
  AdwComboRow   *period_row;
  AdwActionRow  *folder_row;
  GtkWidget     *clear_button;
};

G_DEFINE_FINAL_TYPE (DdScheduleRow, dd_schedule_row, ADW_TYPE_EXPANDER_ROW)

enum
{
  CHANGED,
  REMOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char * const actions[] = { "run", "report", "send", "sync" };
static const char * const periods[] = { "weekly", "monthly", "quarterly" };

/* Monday first, as the numbers of cron from Sunday on. */
static const int weekdays[] = { 1, 2, 3, 4, 5, 6, 0 };

static void
set_words (AdwComboRow        *row,
           const char * const *words)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (words);

  adw_combo_row_set_model (row, G_LIST_MODEL (list));
}

/* Its index in @words; @n where it is none of them. */
static guint
find_word (const char * const *words,
           guint               n,
           const char         *word)
{
  guint i = 0;

  while (i < n && strcmp (words[i], word) != 0)
    i++;
  return i;
}

static char *
describe_time (const DdCronSimple *simple,
               const char         *cron)
{
  static const char * const names[] = { N_("Sundays at %02d:%02d"),    N_("Mondays at %02d:%02d"),   N_("Tuesdays at %02d:%02d"),
                                        N_("Wednesdays at %02d:%02d"), N_("Thursdays at %02d:%02d"), N_("Fridays at %02d:%02d"),
                                        N_("Saturdays at %02d:%02d") };

  switch (simple->kind)
    {
    case DD_CRON_DAILY:
      return g_strdup_printf (_("Each day at %02d:%02d"), simple->hour, simple->minute);
    case DD_CRON_WEEKLY:
      return g_strdup_printf (_(names[simple->day]), simple->hour, simple->minute);
    case DD_CRON_MONTHLY:
      return g_strdup_printf (_("On day %d of each month at %02d:%02d"), simple->day, simple->hour, simple->minute);
    case DD_CRON_OTHER:
    default:
      return g_strdup (cron);
    }
}

static void
show_summary (DdScheduleRow *self)
{
  DdCronSimple simple = dd_cron_simple_read (self->schedule->cron);
  g_autofree char *times = describe_time (&simple, self->schedule->cron);
  g_autoptr (GTimeZone) zone = dd_time_zone_new (self->timezone, NULL);
  g_autofree char *next = NULL;
  g_autofree char *words = NULL;
  DdCron cron;
  gint64 time = DD_TIME_NONE;

  if (zone != NULL && dd_cron_parse (self->schedule->cron, &cron, NULL))
    time = dd_cron_next (&cron, zone, g_get_real_time ());
  if (time != DD_TIME_NONE)
    {
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / DD_SECOND);
      g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

      /* Translators: a day and a time. */
      next = g_date_time_format (local, _("%a %-d %b %Y, %H:%M"));
    }
  /* Translators: when something is done ("Mondays at 08:00"), and when that is the next time. */
  words = next != NULL ? g_strdup_printf (_("%s · next %s"), times, next) : g_strdup (times);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), dd_words_schedule_action (self->schedule->action));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), words);
}

static void
show_rows (DdScheduleRow *self)
{
  guint kind = adw_combo_row_get_selected (self->kind_row);
  gboolean reports = strcmp (self->schedule->action, "sync") != 0;
  gboolean has_folder = self->schedule->folder != NULL && *self->schedule->folder != '\0';

  gtk_widget_set_visible (GTK_WIDGET (self->weekday_row), kind == DD_CRON_WEEKLY);
  gtk_widget_set_visible (self->day_row, kind == DD_CRON_MONTHLY);
  gtk_widget_set_visible (self->time_row, kind != DD_CRON_OTHER);
  gtk_widget_set_visible (GTK_WIDGET (self->period_row), reports);
  gtk_widget_set_visible (GTK_WIDGET (self->folder_row), reports);
  gtk_widget_set_visible (self->clear_button, has_folder);
  adw_action_row_set_subtitle (self->folder_row, has_folder ? self->schedule->folder : _("No folder: kept in the list of reports"));
  show_summary (self);
}

static void
fill (DdScheduleRow *self)
{
  DdCronSimple simple = dd_cron_simple_read (self->schedule->cron);
  const char *kinds[] = { _("Daily"), _("Weekly"), _("Monthly"), simple.kind == DD_CRON_OTHER ? self->schedule->cron : NULL, NULL };
  const char *period_words[] = { _("The week before"), _("The month before"), _("The quarter before"), NULL, NULL };
  guint period = find_word (periods, G_N_ELEMENTS (periods), self->schedule->period);

  self->filling = TRUE;
  set_words (self->kind_row, kinds);
  adw_combo_row_set_selected (self->kind_row, simple.kind);
  period_words[3] = period == G_N_ELEMENTS (periods) ? self->schedule->period : NULL;
  set_words (self->period_row, period_words);
  adw_combo_row_set_selected (self->period_row, period);
  adw_combo_row_set_selected (self->action_row, find_word (actions, G_N_ELEMENTS (actions), self->schedule->action));
  for (guint i = 0; simple.kind == DD_CRON_WEEKLY && i < G_N_ELEMENTS (weekdays); i++)
    if (weekdays[i] == simple.day)
      adw_combo_row_set_selected (self->weekday_row, i);
  gtk_spin_button_set_value (self->day_spin, simple.kind == DD_CRON_MONTHLY ? simple.day : 1);
  gtk_spin_button_set_value (self->hour_spin, simple.kind != DD_CRON_OTHER ? simple.hour : 8);
  gtk_spin_button_set_value (self->minute_spin, simple.kind != DD_CRON_OTHER ? simple.minute : 0);
  self->filling = FALSE;
  show_rows (self);
}

static void
replace (char      **text,
         const char *with)
{
  char *copy = g_strdup (with);

  g_free (*text);
  *text = copy;
}

static void
changed_cb (DdScheduleRow *self)
{
  DdCronSimple simple;
  guint period, action;
  char *cron;

  if (self->filling)
    return;
  period = adw_combo_row_get_selected (self->period_row);
  action = adw_combo_row_get_selected (self->action_row);
  simple = (DdCronSimple) {
    .kind = adw_combo_row_get_selected (self->kind_row),
    .hour = gtk_spin_button_get_value_as_int (self->hour_spin),
    .minute = gtk_spin_button_get_value_as_int (self->minute_spin),
    .day = gtk_spin_button_get_value_as_int (self->day_spin),
  };
  if (simple.kind == DD_CRON_WEEKLY)
    simple.day = weekdays[MIN (adw_combo_row_get_selected (self->weekday_row), G_N_ELEMENTS (weekdays) - 1)];
  cron = dd_cron_simple_write (&simple);
  if (cron != NULL)
    {
      g_free (self->schedule->cron);
      self->schedule->cron = cron;
    }
  if (period < G_N_ELEMENTS (periods))
    replace (&self->schedule->period, periods[period]);
  if (action < G_N_ELEMENTS (actions))
    replace (&self->schedule->action, actions[action]);
  show_rows (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
two_digits_cb (GtkSpinButton *spin)
{
  g_autofree char *text = g_strdup_printf ("%02d", gtk_spin_button_get_value_as_int (spin));

  gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

static void
remove_cb (DdScheduleRow *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

static void
clear_cb (DdScheduleRow *self)
{
  g_clear_pointer (&self->schedule->folder, g_free);
  show_rows (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
chosen_cb (GtkNativeDialog *chooser,
           int              response,
           DdScheduleRow   *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL && g_utf8_validate (path, -1, NULL))
    {
      replace (&self->schedule->folder, path);
      show_rows (self);
      g_signal_emit (self, signals[CHANGED], 0);
    }
  g_clear_object (&self->chooser);
}

static void
choose_cb (DdScheduleRow *self)
{
  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_("Folder for Reports"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                               GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Choose"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
dd_schedule_row_dispose (GObject *object)
{
  DdScheduleRow *self = DD_SCHEDULE_ROW (object);

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  self->filling = TRUE;
  G_OBJECT_CLASS (dd_schedule_row_parent_class)->dispose (object);
}

static void
dd_schedule_row_finalize (GObject *object)
{
  g_free (DD_SCHEDULE_ROW (object)->timezone);
  G_OBJECT_CLASS (dd_schedule_row_parent_class)->finalize (object);
}

static void
dd_schedule_row_class_init (DdScheduleRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_schedule_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = dd_schedule_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/preferences/dd-schedule-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DdScheduleRow, action_row);
  gtk_widget_class_bind_template_child (widget_class, DdScheduleRow, kind_row);
  gtk_widget_class_bind_template_child (widget_class, DdScheduleRow, weekday_row);
  gtk_widget_class_bind_template_child (widget_class, DdScheduleRow, day_row);
  gtk_widget_class_bind_template_child (widget_class, DdScheduleRow, day_spin);
  gtk_widget_class_bind_template_child (widget_class, DdScheduleRow, time_row);
  gtk_widget_class_bind_template_child (widget_class, DdScheduleRow, hour_spin);
  gtk_widget_class_bind_template_child (widget_class, DdScheduleRow, minute_spin);
  gtk_widget_class_bind_template_child (widget_class, DdScheduleRow, period_row);
  gtk_widget_class_bind_template_child (widget_class, DdScheduleRow, folder_row);
  gtk_widget_class_bind_template_child (widget_class, DdScheduleRow, clear_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, two_digits_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  signals[CHANGED] = g_signal_new ("changed", DD_TYPE_SCHEDULE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVED] = g_signal_new ("removed", DD_TYPE_SCHEDULE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
set_range (GtkSpinButton *spin,
           int            least,
           int            most,
           int            page)
{
  gtk_spin_button_set_range (spin, least, most);
  gtk_spin_button_set_increments (spin, 1, page);
  gtk_spin_button_set_wrap (spin, TRUE);
}

static void
dd_schedule_row_init (DdScheduleRow *self)
{
  const char *action_words[G_N_ELEMENTS (actions) + 1] = { NULL };
  const char *weekday_words[] = { _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"), NULL };

  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    action_words[i] = dd_words_schedule_action (actions[i]);
  set_words (self->action_row, action_words);
  set_words (self->weekday_row, weekday_words);
  set_range (self->day_spin, 1, 31, 7);
  set_range (self->hour_spin, 0, 23, 6);
  set_range (self->minute_spin, 0, 59, 15);
  /* A time is read from the hour to the minute in all scripts. */
  gtk_widget_set_direction (gtk_widget_get_parent (GTK_WIDGET (self->hour_spin)), GTK_TEXT_DIR_LTR);
}

GtkWidget *
dd_schedule_row_new (DdScheduleSettings *schedule,
                     const char         *timezone)
{
  DdScheduleRow *self = g_object_new (DD_TYPE_SCHEDULE_ROW, NULL);

  self->schedule = schedule;
  self->timezone = g_strdup (timezone);
  fill (self);
  return GTK_WIDGET (self);
}

const DdScheduleSettings *
dd_schedule_row_get_schedule (DdScheduleRow *self)
{
  return self->schedule;
}
