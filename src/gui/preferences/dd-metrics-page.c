/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "dd-calendar-group.h"
#include "dd-choice-group.h"
#include "dd-preferences-private.h"
#include "dd-tiers.h"

#define N_RATED 4

/* The word of a workspace file for thresholds of one's own. */
#define CUSTOM "custom"

struct _DdMetricsPage
{
  AdwPreferencesPage parent;

  DdSettingsEditor *editor;
  gboolean          filling;

  AdwComboRow   *profile;
  AdwComboRow   *aggregate;
  AdwComboRow   *recovery;
  GtkWidget     *custom_rows[N_RATED]; /* by DdMetric */
  GtkSpinButton *custom[N_RATED][3];
  DdChoiceGroup *environments;
  GtkSwitch     *signal_deployments;
  GtkSwitch     *signal_incidents;
  GtkSpinButton *attribution_hours;
  GtkSpinButton *first_deployment_days;
  GtkSwitch     *exclude_bots;
  GtkWidget     *bot_patterns;
  DdChoiceGroup *severities;
  DdChoiceGroup *labels;
  DdCalendarGroup *calendar;
};

G_DEFINE_FINAL_TYPE (DdMetricsPage, dd_metrics_page, ADW_TYPE_PREFERENCES_PAGE)

/* How thresholds are typed: in units of people. */
static const struct
{
  const char *unit;
  double      factor; /* of the stored unit */
  double      most;
  double      step;
  guint       digits;
} units[N_RATED] = {
  [DD_METRIC_DEPLOYMENT_FREQUENCY] = { N_("deployments a day or more"), 1, 1000, 0.1, 3 },
  [DD_METRIC_LEAD_TIME] = { N_("hours, less than"), 3600, 100000, 1, 2 },
  [DD_METRIC_CHANGE_FAILURE_RATE] = { N_("percent at most"), 0.01, 100, 1, 1 },
  [DD_METRIC_RECOVERY_TIME] = { N_("hours, less than"), 3600, 100000, 1, 2 },
};

static double *
custom_values (DdCustomTiers *tiers,
               DdMetric       metric)
{
  switch (metric)
    {
    case DD_METRIC_DEPLOYMENT_FREQUENCY:
      return tiers->deployment_frequency;
    case DD_METRIC_LEAD_TIME:
      return tiers->lead_time;
    case DD_METRIC_CHANGE_FAILURE_RATE:
      return tiers->change_failure_rate;
    default:
      return tiers->recovery_time;
    }
}

/* Thresholds of one's own begin as those that were in force; where a report has no such tier, it begins where the next better does. */
static void
start_custom (DdMetricSettings *metrics)
{
  DdProfile profile;

  if (metrics->tiers != NULL)
    return;
  dd_profile_resolve (metrics, &profile);
  metrics->tiers = g_new0 (DdCustomTiers, 1);
  for (DdMetric metric = 0; metric < N_RATED; metric++)
    for (int tier = 0; tier < 3; tier++)
      {
        double bound = profile.thresholds[metric][tier].bound;

        custom_values (metrics->tiers, metric)[tier] = isnan (bound) ? custom_values (metrics->tiers, metric)[tier - 1] : bound;
      }
}

static guint
n_profiles (void)
{
  guint n = 0;

  while (dd_profiles_list ()[n].name != NULL)
    n++;
  return n;
}

static void
show_profile (DdMetricsPage *self)
{
  const DdMetricSettings *metrics = &dd_settings_editor_get_settings (self->editor)->metrics;
  gboolean custom = strcmp (metrics->profile, CUSTOM) == 0;
  guint n = n_profiles (), selected = n;
  g_autofree char *source = NULL;

  for (guint i = 0; i < n; i++)
    if (strcmp (dd_profiles_list ()[i].name, metrics->profile) == 0)
      selected = i;
  if (selected < n)
    {
      const DdProfile *profile = &dd_profiles_list ()[selected];

      /* Translators: name of a report, and the year it was published. */
      source = profile->year != 0 ? g_strdup_printf (_("%s, published %d"), _(profile->source), profile->year)
                                  : g_strdup (_("Thresholds of several reports"));
    }
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->profile), source != NULL ? source : _("Thresholds of your own"));
  adw_combo_row_set_selected (self->profile, selected);
  for (DdMetric metric = 0; metric < N_RATED; metric++)
    {
      gtk_widget_set_visible (self->custom_rows[metric], custom);
      for (int tier = 0; tier < 3 && metrics->tiers != NULL; tier++)
        gtk_spin_button_set_value (self->custom[metric][tier],
                                   custom_values (metrics->tiers, metric)[tier] / units[metric].factor);
    }
}

/* One of both signals at least is needed, or there would be no failures at all. */
static void
show_signals (DdMetricsPage *self)
{
  const DdMetricSettings *metrics = &dd_settings_editor_get_settings (self->editor)->metrics;

  gtk_widget_set_sensitive (GTK_WIDGET (self->signal_deployments), metrics->signal_incidents || !metrics->signal_deployments);
  gtk_widget_set_sensitive (GTK_WIDGET (self->signal_incidents), metrics->signal_deployments || !metrics->signal_incidents);
}

static void
profile_changed_cb (DdMetricsPage *self)
{
  DdMetricSettings *metrics;
  guint selected = adw_combo_row_get_selected (self->profile);

  if (self->filling)
    return;
  metrics = &dd_settings_editor_get_settings (self->editor)->metrics;
  if (selected >= n_profiles ())
    start_custom (metrics);
  g_free (metrics->profile);
  metrics->profile = g_strdup (selected < n_profiles () ? dd_profiles_list ()[selected].name : CUSTOM);
  self->filling = TRUE;
  show_profile (self);
  self->filling = FALSE;
  dd_settings_editor_commit (self->editor);
}

static void
replace_list (char ***list,
              char  **words)
{
  g_strfreev (*list);
  *list = words;
}

/* Any of the plain controls: all are read. */
static void
changed_cb (DdMetricsPage *self)
{
  DdMetricSettings *metrics;
  guint recovery = adw_combo_row_get_selected (self->recovery);

  if (self->filling)
    return;
  metrics = &dd_settings_editor_get_settings (self->editor)->metrics;
  metrics->aggregate = adw_combo_row_get_selected (self->aggregate);
  metrics->recovery_given = recovery > 0;
  metrics->recovery = recovery == 2 ? DD_RECOVERY_FAILED_DEPLOYMENT : DD_RECOVERY_INCIDENT;
  for (DdMetric metric = 0; metric < N_RATED && strcmp (metrics->profile, CUSTOM) == 0; metric++)
    for (int tier = 0; tier < 3; tier++)
      custom_values (metrics->tiers, metric)[tier] = gtk_spin_button_get_value (self->custom[metric][tier]) * units[metric].factor;
  metrics->signal_deployments = gtk_switch_get_active (self->signal_deployments);
  metrics->signal_incidents = gtk_switch_get_active (self->signal_incidents);
  metrics->attribution_hours = gtk_spin_button_get_value (self->attribution_hours);
  metrics->first_deployment_days = gtk_spin_button_get_value (self->first_deployment_days);
  metrics->exclude_bots = gtk_switch_get_active (self->exclude_bots);
  replace_list (&metrics->bot_patterns, dd_preferences_split (gtk_editable_get_text (GTK_EDITABLE (self->bot_patterns))));
  replace_list (&metrics->environments, dd_choice_group_get_words (self->environments));
  replace_list (&metrics->severities, dd_choice_group_get_words (self->severities));
  dd_calendar_group_apply (self->calendar, &metrics->calendar);
  show_signals (self);
  dd_settings_editor_commit (self->editor);
}

static DdSourceSettings *
find_linear (DdMetricsPage *self)
{
  GPtrArray *sources = dd_settings_editor_get_settings (self->editor)->sources;

  for (guint i = 0; i < sources->len; i++)
    if (strcmp (((DdSourceSettings *) g_ptr_array_index (sources, i))->type, "linear") == 0)
      return g_ptr_array_index (sources, i);
  return NULL;
}

static void
labels_changed_cb (DdMetricsPage *self)
{
  DdSourceSettings *linear = find_linear (self);

  if (linear == NULL)
    return;
  replace_list (&linear->labels, dd_choice_group_get_words (self->labels));
  dd_settings_editor_commit (self->editor);
}

static void
loaded_cb (DdMetricsPage *self)
{
  const DdSeen *seen = dd_settings_editor_get_seen (self->editor);
  const DdMetricSettings *metrics = &seen->settings->metrics;
  const DdSourceSettings *linear = find_linear (self);
  g_autofree char *bots = g_strjoinv (", ", metrics->bot_patterns);

  self->filling = TRUE;
  show_profile (self);
  adw_combo_row_set_selected (self->aggregate, metrics->aggregate);
  adw_combo_row_set_selected (self->recovery, !metrics->recovery_given ? 0 : metrics->recovery == DD_RECOVERY_INCIDENT ? 1 : 2);
  dd_choice_group_set (self->environments, metrics->environments, seen->environments);
  gtk_switch_set_active (self->signal_deployments, metrics->signal_deployments);
  gtk_switch_set_active (self->signal_incidents, metrics->signal_incidents);
  gtk_spin_button_set_value (self->attribution_hours, metrics->attribution_hours);
  gtk_spin_button_set_value (self->first_deployment_days, metrics->first_deployment_days);
  gtk_switch_set_active (self->exclude_bots, metrics->exclude_bots);
  gtk_editable_set_text (GTK_EDITABLE (self->bot_patterns), bots);
  dd_choice_group_set (self->severities, metrics->severities, seen->severities);
  gtk_widget_set_visible (GTK_WIDGET (self->labels), linear != NULL);
  if (linear != NULL)
    dd_choice_group_set (self->labels, linear->labels, seen->labels);
  dd_calendar_group_set (self->calendar, &metrics->calendar);
  show_signals (self);
  self->filling = FALSE;
}

static GtkWidget *
add_group (DdMetricsPage *self,
           const char    *title,
           const char    *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (group));
  return group;
}

static AdwComboRow *
add_combo (GtkWidget          *group,
           const char         *title,
           const char * const *words)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (words);
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return ADW_COMBO_ROW (row);
}

static void
add_custom_rows (DdMetricsPage *self,
                 GtkWidget     *group)
{
  for (DdMetric metric = 0; metric < N_RATED; metric++)
    {
      GtkWidget *row = adw_expander_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), dd_metric_title (metric));
      for (int tier = 0; tier < 3; tier++)
        adw_expander_row_add_row (ADW_EXPANDER_ROW (row),
                                  dd_preferences_spin_row (dd_tier_title (DD_TIER_ELITE - tier), _(units[metric].unit), 0,
                                                           units[metric].most, units[metric].step, units[metric].digits,
                                                           G_CALLBACK (changed_cb), self, &self->custom[metric][tier]));
      self->custom_rows[metric] = row;
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
}

static void
add_tiers (DdMetricsPage *self)
{
  static const char * const aggregates[] = { N_("Median"), N_("Mean"), N_("90th Percentile") };
  static const char * const recoveries[] = { N_("As the Profile Says"), N_("Start of the Incident"), N_("Failed Deployment") };
  GtkWidget *group = add_group (self, _("Tiers"), NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (const DdProfile *profile = dd_profiles_list (); profile->name != NULL; profile++)
    g_ptr_array_add (names, (gpointer) _(profile->title));
  g_ptr_array_add (names, (gpointer) _("Custom"));
  g_ptr_array_add (names, NULL);
  self->profile = add_combo (group, _("Profile"), (const char * const *) names->pdata);
  add_custom_rows (self, group);
  self->aggregate = add_combo (group, _("Durations are rated by"),
                               (const char * const[]) { _(aggregates[0]), _(aggregates[1]), _(aggregates[2]), NULL });
  self->recovery = add_combo (group, _("Recovery is measured from"),
                              (const char * const[]) { _(recoveries[0]), _(recoveries[1]), _(recoveries[2]), NULL });
  g_signal_connect_object (self->profile, "notify::selected", G_CALLBACK (profile_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->aggregate, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->recovery, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

static DdChoiceGroup *
add_choice (DdMetricsPage *self,
            const char    *title,
            const char    *description,
            const char    *entry,
            gboolean       empty_is_all,
            GCallback      changed)
{
  GtkWidget *group = dd_choice_group_new (title, description, entry, empty_is_all);

  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (group));
  g_signal_connect_object (group, "changed", changed, self, G_CONNECT_SWAPPED);
  return DD_CHOICE_GROUP (group);
}

static void
add_failures (DdMetricsPage *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (add_group (self, _("Failures"), NULL));

  adw_preferences_group_add (group, dd_preferences_switch_row (_("Failed deployments count"), NULL, G_CALLBACK (changed_cb), self,
                                                               &self->signal_deployments));
  adw_preferences_group_add (group, dd_preferences_switch_row (_("Incidents count"), _("Linked to the latest deployment before them"),
                                                               G_CALLBACK (changed_cb), self, &self->signal_incidents));
  adw_preferences_group_add (group, dd_preferences_spin_row (_("Look back"), _("Hours from a deployment to its incident, at most"), 0,
                                                             24 * 365, 1, 0, G_CALLBACK (changed_cb), self,
                                                             &self->attribution_hours));
}

static void
add_counting (DdMetricsPage *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (add_group (self, _("What Counts"), NULL));

  adw_preferences_group_add (group, dd_preferences_switch_row (_("Leave out changes by bots"),
                                                               _("By the account’s kind, “[bot]” in its name, or a pattern"),
                                                               G_CALLBACK (changed_cb), self, &self->exclude_bots));
  self->bot_patterns = dd_preferences_entry_row (_("Names of bots (patterns with *, separated by commas)"), G_CALLBACK (changed_cb), self);
  adw_preferences_group_add (group, self->bot_patterns);
  adw_preferences_group_add (group, dd_preferences_spin_row (_("Before the first deployment"),
                                                             _("Days in which a merged change still waits for it"), 0, 36500, 1, 0,
                                                             G_CALLBACK (changed_cb), self, &self->first_deployment_days));
}

static void
dd_metrics_page_dispose (GObject *object)
{
  g_clear_object (&DD_METRICS_PAGE (object)->editor);
  G_OBJECT_CLASS (dd_metrics_page_parent_class)->dispose (object);
}

static void
dd_metrics_page_class_init (DdMetricsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dd_metrics_page_dispose;
}

static void
dd_metrics_page_init (DdMetricsPage *self)
{
  /* Controls take their limits while they are made: no change of the user's. */
  self->filling = TRUE;
  add_tiers (self);
  self->environments = add_choice (self, _("Production Environments"), _("Only deployments to these count"),
                                   _("Patterns, * matches anything"), FALSE, G_CALLBACK (changed_cb));
  add_failures (self);
  self->labels = add_choice (self, _("Incident Labels"), _("Linear’s issues with one of these are incidents"),
                             _("Labels, separated by commas"), FALSE, G_CALLBACK (labels_changed_cb));
  self->severities = add_choice (self, _("Severities"), _("Of incidents that count; none chosen means all"),
                                 _("Severities, separated by commas"), TRUE, G_CALLBACK (changed_cb));
  add_counting (self);
  self->calendar = DD_CALENDAR_GROUP (dd_calendar_group_new ());
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (self->calendar));
  g_signal_connect_object (self->calendar, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  self->filling = FALSE;
}

GtkWidget *
dd_metrics_page_new (DdSettingsEditor *editor)
{
  DdMetricsPage *self = g_object_new (DD_TYPE_METRICS_PAGE, "title", _("Metrics"), "icon-name", "dd-overview-symbolic", NULL);

  self->editor = g_object_ref (editor);
  g_signal_connect_object (editor, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
