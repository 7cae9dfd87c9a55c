/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-health-page.h"

#include <glib/gi18n-lib.h>

#include "dd-by-frame.h"
#include "dd-columns.h"
#include "dd-data-health.h"
#include "dd-funnel-bar.h"
#include "dd-join.h"
#include "dd-record.h"
#include "dd-words.h"

struct _DdHealthPage
{
  DdPage parent;

  GtkStack      *stack;
  GtkBox        *box;
  GtkLabel      *subtitle;
  GtkBox        *sections;
  AdwStatusPage *failed;
};

G_DEFINE_FINAL_TYPE (DdHealthPage, dd_health_page, DD_TYPE_PAGE)

/* The kinds of records in the order of dd_data_health(). */
static const struct
{
  const char *title;
  const char *page; /* with the list of such records */
} kinds[] = {
  { N_("Deployments"), "deployment_frequency" },
  { N_("Changes"), "lead_time" },
  { N_("Incidents"), "recovery_time" },
};

/* What the button to a setting is called. */
static const struct
{
  const char *setting;
  const char *words;
} settings[] = {
  { "metrics.environments", N_("Production Environments…") },
  { "metrics.first_deployment_days", N_("Days Before the First…") },
  { "metrics.exclude_bots", N_("Bots…") },
  { "metrics.severities", N_("Severities…") },
  { "metrics.recovery", N_("Kind of Recovery…") },
  { "sources.deployments_from", N_("Deployment Sources…") },
  { "sources.exclude", N_("Repositories…") },
  { "sources.labels", N_("Incident Labels…") },
};

static GtkWidget *
label_new (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* "its environment…" begins a row, so that it begins with a capital. */
static char *
as_title (const char *words)
{
  g_autofree char *first = g_utf8_substring (words, 0, 1);
  g_autofree char *upper = g_utf8_strup (first, -1);

  return g_strconcat (upper, g_utf8_next_char (words), NULL);
}

static const char *
setting_words (const char *setting)
{
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    if (strcmp (settings[i].setting, setting) == 0)
      return _(settings[i].words);
  return _("Change Setting…");
}

static GtkWidget *
button_new (const DdHealthStep *step,
            guint               kind)
{
  GtkWidget *button;

  if (step->setting != NULL)
    {
      button = gtk_button_new_with_label (setting_words (step->setting));
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", step->setting);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.change-setting");
    }
  else
    {
      button = gtk_button_new_with_label (_("Show"));
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", kinds[kind].page);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show");
    }
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  return button;
}

static GtkWidget *
words_new (const char *title,
           const char *detail,
           gboolean    end)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_append (GTK_BOX (box), label_new (title, end ? "heading" : NULL));
  if (detail != NULL)
    {
      GtkWidget *label = label_new (detail, "caption");

      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static GtkWidget *
step_row_new (const DdHealthStep *step,
              guint               kind,
              guint               whole,
              gboolean            end)
{
  static const DdColumnStep steps[] = { { 700, 3 }, { 0, 1 } };
  GtkWidget *row = gtk_list_box_row_new (), *columns = dd_columns_new (), *right = gtk_grid_new ();
  GtkWidget *count, *bar = dd_funnel_bar_new (step->records, step->left_out, whole, end);
  g_autofree char *title = step->describe != NULL ? as_title (step->describe) : NULL;
  g_autofree char *number = NULL;

  if (step->left_out > 0)
    /* Translators: how many records a rule leaves out; the sign is a minus. */
    number = g_strdup_printf (_("−%u"), step->left_out);
  else
    number = g_strdup_printf ("%u", step->records);
  if (title == NULL)
    title = g_strdup (end ? _("Counted") : _("Fetched"));
  count = label_new (number, step->left_out > 0 ? NULL : "heading");
  gtk_widget_add_css_class (count, "numeric");
  gtk_label_set_xalign (GTK_LABEL (count), 1);
  gtk_label_set_width_chars (GTK_LABEL (count), 7);
  gtk_widget_set_hexpand (bar, TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (right), 12);
  gtk_grid_attach (GTK_GRID (right), bar, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (right), count, 1, 0, 1, 1);
  dd_columns_set_steps (DD_COLUMNS (columns), steps, 1);
  dd_columns_append (DD_COLUMNS (columns), words_new (title, step->detail, end));
  dd_columns_append (DD_COLUMNS (columns), right);
  if (step->left_out > 0)
    dd_columns_append (DD_COLUMNS (columns), button_new (step, kind));
  gtk_widget_add_css_class (columns, "dd-step");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), columns);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

/* "Deployments  37 of 198 count", and at the end what is said in @more. */
static GtkWidget *
head_new (guint       kind,
          guint       counted,
          guint       whole,
          const char *more)
{
  static const DdColumnStep steps[] = { { 620, 2 }, { 0, 1 } };
  GtkWidget *columns = dd_columns_new (), *grid = gtk_grid_new (), *label;
  /* Translators: how many records of a kind count, of all that were fetched: "37 of 198 count". */
  g_autofree char *words = g_strdup_printf (ngettext ("%u of %u counts", "%u of %u count", counted), counted, whole);

  gtk_grid_set_column_spacing (GTK_GRID (grid), 10);
  gtk_grid_attach (GTK_GRID (grid), label_new (_(kinds[kind].title), "heading"), 0, 0, 1, 1);
  label = label_new (words, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_grid_attach (GTK_GRID (grid), label, 1, 0, 1, 1);
  dd_columns_set_steps (DD_COLUMNS (columns), steps, 0.62);
  dd_columns_append (DD_COLUMNS (columns), grid);
  if (more != NULL)
    {
      label = label_new (more, "caption");
      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_set_halign (label, GTK_ALIGN_END);
      gtk_widget_set_valign (label, GTK_ALIGN_END);
      dd_columns_append (DD_COLUMNS (columns), label);
    }
  return columns;
}

/* Each counts repositories. */
static const char *
origin_format (DdDeploymentKind kind,
               guint            n)
{
  switch ((int) kind)
    {
    case DD_KIND_DEPLOYMENT:
      return ngettext ("GitHub deployments in %u", "GitHub deployments in %u", n);
    case DD_KIND_WOODPECKER:
      return ngettext ("Woodpecker pipelines in %u", "Woodpecker pipelines in %u", n);
    case DD_KIND_FILE:
      return ngettext ("files in %u", "files in %u", n);
    case DD_KIND_RELEASE:
      return ngettext ("releases in %u", "releases in %u", n);
    case DD_KIND_TAG:
      return ngettext ("tags in %u", "tags in %u", n);
    default:
      return ngettext ("workflow runs in %u", "workflow runs in %u", n);
    }
}

/* "From deployments in 15 repositories, releases in 2": of those that deployed. */
static char *
origin_words (DdHealthPage *self)
{
  static const DdDeploymentKind origins[] = {
    DD_KIND_DEPLOYMENT, DD_KIND_WOODPECKER, DD_KIND_FILE, DD_KIND_RELEASE, DD_KIND_TAG, DD_KIND_WORKFLOW,
  };
  const DdReport *report = dd_session_get_report (dd_page_get_session (DD_PAGE (self)));
  g_autoptr (GString) words = g_string_new (NULL);

  for (gsize i = 0; report != NULL && i < G_N_ELEMENTS (origins); i++)
    {
      g_autofree char *part = NULL;
      guint n = 0;

      for (guint j = 0; j < report->summary->repositories->len; j++)
        n += ((DdGroup *) g_ptr_array_index (report->summary->repositories, j))->kind == (int) origins[i];
      if (n == 0)
        continue;
      part = g_strdup_printf (origin_format (origins[i], n), n);
      dd_join_item (words, part);
    }
  /* Translators: where deployments are read from, and in how many repositories: "By repository: releases in 2, tags in 1". */
  return words->len > 0 ? g_strdup_printf (_("By repository: %s"), words->str) : NULL;
}

static GtkWidget *
section_new (guint        kind,
             GtkWidget   *head,
             GtkListBox **list)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *rows = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (rows), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (rows, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (rows), GTK_ACCESSIBLE_PROPERTY_LABEL, _(kinds[kind].title), -1);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), rows);
  *list = GTK_LIST_BOX (rows);
  return box;
}

static void
clear_sections (DdHealthPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->sections))) != NULL)
    gtk_box_remove (self->sections, child);
}

/* Of the kind that begins at a step. */
static guint
counted_from (const GPtrArray *steps,
              guint            first)
{
  for (guint i = first + 1; i < steps->len; i++)
    {
      const DdHealthStep *step = g_ptr_array_index (steps, i);

      if (step->rule == NULL)
        return step->records;
    }
  return 0;
}

static char *
subtitle_words (const guint counted[3])
{
  g_autofree char *deployments = dd_words_records ("deployment", counted[0]);
  g_autofree char *changes = dd_words_records ("change", counted[1]);
  g_autofree char *incidents = g_strdup_printf (ngettext ("%u incident", "%u incidents", counted[2]), counted[2]);

  /* Translators: "37 deployments", "61 changes", "4 incidents". */
  return g_strdup_printf (_("%s, %s and %s count. What was left out, why, and where to change that."), deployments, changes, incidents);
}

/* One section a frame. */
static void
show_next (GtkWidget *widget)
{
  DdHealthPage *self = DD_HEALTH_PAGE (widget);
  GtkWidget *section = gtk_widget_get_first_child (GTK_WIDGET (self->sections));

  while (section != NULL && gtk_widget_get_visible (section))
    section = gtk_widget_get_next_sibling (section);
  if (section == NULL)
    return;
  gtk_widget_set_visible (section, TRUE);
  dd_by_frame_add (widget, show_next);
}

/* Each kind begins with what was fetched and ends with what counts; neither has a rule. */
static void
show_steps (DdHealthPage    *self,
            const GPtrArray *steps)
{
  guint counted[G_N_ELEMENTS (kinds)] = { 0 }, fetched = 0;
  guint kind = 0, whole = 0;
  GtkListBox *list = NULL;
  g_autofree char *origins = origin_words (self);
  g_autofree char *words = NULL;

  clear_sections (self);
  for (guint i = 0; i < steps->len && kind < G_N_ELEMENTS (kinds); i++)
    {
      const DdHealthStep *step = g_ptr_array_index (steps, i);
      gboolean end = step->rule == NULL && list != NULL;

      if (list == NULL)
        {
          GtkWidget *section;

          whole = step->records;
          fetched += whole;
          section = section_new (kind, head_new (kind, counted_from (steps, i), whole, kind == 0 ? origins : NULL), &list);
          gtk_widget_set_visible (section, kind == 0);
          gtk_box_append (self->sections, section);
        }
      gtk_list_box_append (list, step_row_new (step, kind, whole, end));
      if (end)
        {
          counted[kind++] = step->records;
          list = NULL;
        }
    }
  words = subtitle_words (counted);
  gtk_label_set_label (self->subtitle, words);
  gtk_stack_set_visible_child_name (self->stack, fetched > 0 ? "steps" : "nothing");
  dd_by_frame_add (GTK_WIDGET (self), show_next);
}

static void
health_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DdHealthPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps = dd_query_health_finish (DD_ENGINE (source), result, &error);

  if (steps != NULL)
    {
      show_steps (self, steps);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      adw_status_page_set_description (self->failed, error->message);
      gtk_stack_set_visible_child_name (self->stack, "failed");
    }
}

static void
dd_health_page_ask (DdPage        *page,
                    const DdQuery *query,
                    GCancellable  *cancellable)
{
  dd_query_health_async (dd_session_get_engine (dd_page_get_session (page)), query, cancellable, health_cb, g_object_ref (page));
}

static void
dd_health_page_dispose (GObject *object)
{
  /* The bin must know that its child goes: the template unparents it behind its back. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), DD_TYPE_HEALTH_PAGE);
  G_OBJECT_CLASS (dd_health_page_parent_class)->dispose (object);
}

static void
dd_health_page_class_init (DdHealthPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_health_page_dispose;
  DD_PAGE_CLASS (klass)->ask = dd_health_page_ask;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/health/dd-health-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DdHealthPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DdHealthPage, box);
  gtk_widget_class_bind_template_child (widget_class, DdHealthPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, DdHealthPage, sections);
  gtk_widget_class_bind_template_child (widget_class, DdHealthPage, failed);
}

static void
dd_health_page_init (DdHealthPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
dd_health_page_new (void)
{
  return g_object_new (DD_TYPE_HEALTH_PAGE, NULL);
}
