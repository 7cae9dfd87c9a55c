/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-group-table.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "dd-columns.h"
#include "dd-group-item.h"
#include "dd-tier-bars.h"
#include "dd-words.h"

/* A list in a page that scrolls as a whole has a widget for each cell, seen or not: they are made for so many rows at a time. */
#define PAGE_ROWS 15
/* Rows that a frame has time to fill. */
#define ROWS_A_FRAME 2

struct _DdGroupTable
{
  AdwBin parent;

  DdColumns       *head;
  GtkToggleButton *repositories_button;
  GtkToggleButton *teams_button;
  GtkLabel        *count;
  GtkSearchEntry  *search;
  GtkStack        *stack;
  GtkColumnView   *view;
  GListStore      *repositories;
  GListStore      *teams;
  GtkFilterListModel *filtered;
  GtkFilter       *filter;
  GtkSliceListModel  *page;
  GListStore      *shown;  /* what is of it in the view, which follows a few rows a frame */
  guint            next;   /* row of it to follow */
  guint            following; /* source of the next frame */
  GtkWidget       *pager;
  GtkLabel        *range;
};

G_DEFINE_FINAL_TYPE (DdGroupTable, dd_group_table, ADW_TYPE_BIN)

/* A column is the name, a metric, or (where it is none) the changes. */
enum
{
  COLUMN_NAME = -1,
  COLUMN_CHANGES = DD_N_METRICS,
};

/* What has no data stands after what has, in the order in which a column is looked at first: the deployments' is falling. */
static int
compare_cb (gconstpointer a,
            gconstpointer b,
            gpointer      user_data)
{
  DdGroupItem *one = (gpointer) a, *other = (gpointer) b;
  int column = GPOINTER_TO_INT (user_data);
  double x, y;

  if (column == COLUMN_NAME)
    return g_utf8_collate (dd_group_item_get_name (one), dd_group_item_get_name (other));
  if (column == COLUMN_CHANGES)
    return (int) dd_group_item_get_metrics (one)->lead_time.changes - (int) dd_group_item_get_metrics (other)->lead_time.changes;
  x = dd_group_item_get_value (one, column);
  y = dd_group_item_get_value (other, column);
  if (isnan (x) || isnan (y))
    return column == DD_METRIC_DEPLOYMENT_FREQUENCY ? isnan (y) - isnan (x) : isnan (x) - isnan (y);
  return (x > y) - (x < y);
}

static void
cell_setup_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item,
               gpointer                  user_data)
{
  int column = GPOINTER_TO_INT (user_data);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);

  if (column >= 0 && column < DD_METRIC_REWORK_RATE)
    gtk_box_append (GTK_BOX (box), dd_tier_bars_new (12));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), column == COLUMN_NAME ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_widget_add_css_class (label, column == COLUMN_NAME ? "heading" : "numeric");
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_size_request (box, -1, 26);
  gtk_list_item_set_child (item, box);
}

static void
cell_bind_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item,
              gpointer                  user_data)
{
  DdGroupItem *group = gtk_list_item_get_item (item);
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkLabel *label = GTK_LABEL (gtk_widget_get_last_child (box));
  const DdMetrics *metrics = dd_group_item_get_metrics (group);
  int column = GPOINTER_TO_INT (user_data);
  g_autofree char *words = NULL;
  double value;

  if (column == COLUMN_NAME)
    {
      gtk_label_set_text (label, dd_group_item_get_name (group));
      gtk_widget_set_tooltip_text (GTK_WIDGET (label), dd_group_item_get_name (group));
      return;
    }
  if (column == COLUMN_CHANGES)
    {
      words = g_strdup_printf ("%u", metrics->lead_time.changes);
      gtk_label_set_text (label, words);
      return;
    }
  value = dd_group_item_get_value (group, column);
  if (column != DD_METRIC_REWORK_RATE)
    dd_tier_bars_set_tier (DD_TIER_BARS (gtk_widget_get_first_child (box)), dd_metrics_tier (metrics, column));
  words = dd_words_value (column, value);
  gtk_label_set_text (label, words);
  if (isnan (value))
    gtk_widget_add_css_class (GTK_WIDGET (label), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (label), "dim-label");
}

static GtkColumnViewColumn *
add_column (DdGroupTable *self,
            const char   *title,
            int           column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *view_column;
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cb, GINT_TO_POINTER (column), NULL));

  g_signal_connect (factory, "setup", G_CALLBACK (cell_setup_cb), GINT_TO_POINTER (column));
  g_signal_connect (factory, "bind", G_CALLBACK (cell_bind_cb), GINT_TO_POINTER (column));
  view_column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_sorter (view_column, sorter);
  gtk_column_view_column_set_expand (view_column, TRUE);
  gtk_column_view_append_column (self->view, view_column);
  g_object_unref (view_column);
  return view_column;
}

static gboolean
is_found_cb (gpointer item,
             gpointer user_data)
{
  DdGroupTable *self = user_data;
  g_autofree char *typed = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  g_autofree char *name = g_utf8_casefold (dd_group_item_get_name (item), -1);

  return strstr (name, typed) != NULL;
}

static void
update_count (DdGroupTable *self)
{
  GListModel *all = gtk_filter_list_model_get_model (self->filtered);
  guint n = g_list_model_get_n_items (all), deployed = 0;
  gboolean teams = gtk_toggle_button_get_active (self->teams_button);
  g_autofree char *words = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DdGroupItem) item = g_list_model_get_item (all, i);

      deployed += dd_group_item_get_metrics (item)->deployment_frequency.deployments > 0;
    }
  words = g_strdup_printf (teams ? ngettext ("%u of %u team deployed", "%u of %u teams deployed", n)
                                 : ngettext ("%u of %u repository deployed", "%u of %u repositories deployed", n), deployed, n);
  gtk_label_set_label (self->count, words);
}

/* Of those that are found, the ones that are shown; from the first again where there are fewer by now. */
static void
update_pager (DdGroupTable *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->filtered));
  guint first = gtk_slice_list_model_get_offset (self->page);
  g_autofree char *words = NULL;

  if (first >= n && first > 0)
    gtk_slice_list_model_set_offset (self->page, first = 0);
  /* Translators: rows that are shown of all, "21–40 of 500". */
  words = g_strdup_printf (_("%u–%u of %u"), first + 1, MIN (first + PAGE_ROWS, n), n);
  gtk_label_set_label (self->range, words);
  gtk_widget_set_visible (self->pager, n > PAGE_ROWS);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "groups.before", first > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "groups.after", first + PAGE_ROWS < n);
}

/* Whether there is more to follow. */
static gboolean
follow (DdGroupTable *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->page)), done = 0;

  for (; self->next < n && done < ROWS_A_FRAME; self->next++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->page), self->next);
      g_autoptr (GObject) there = g_list_model_get_item (G_LIST_MODEL (self->shown), self->next);

      if (item == there)
        continue;
      g_list_store_splice (self->shown, self->next, there != NULL, (gpointer *) &item, 1);
      done++;
    }
  if (self->next < n)
    return TRUE;
  g_list_store_splice (self->shown, n, g_list_model_get_n_items (G_LIST_MODEL (self->shown)) - n, NULL, 0);
  return FALSE;
}

static gboolean
follow_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       data)
{
  DdGroupTable *self = DD_GROUP_TABLE (widget);

  if (follow (self))
    return G_SOURCE_CONTINUE;
  self->following = 0;
  return G_SOURCE_REMOVE;
}

static void
page_changed_cb (DdGroupTable *self)
{
  self->next = 0;
  if (self->following == 0)
    self->following = gtk_widget_add_tick_callback (GTK_WIDGET (self), follow_cb, NULL, NULL);
}

static void
update_stack (DdGroupTable *self)
{
  gtk_stack_set_visible_child_name (self->stack, g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) > 0 ? "table" : "nothing");
  update_pager (self);
}

static void
turn (DdGroupTable *self,
      guint         first)
{
  gtk_slice_list_model_set_offset (self->page, first);
  update_pager (self);
}

static void
before_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  DdGroupTable *self = DD_GROUP_TABLE (widget);
  guint first = gtk_slice_list_model_get_offset (self->page);

  turn (self, first - MIN (first, PAGE_ROWS));
}

static void
after_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  DdGroupTable *self = DD_GROUP_TABLE (widget);

  turn (self, gtk_slice_list_model_get_offset (self->page) + PAGE_ROWS);
}

static void
search_changed_cb (DdGroupTable *self)
{
  gtk_slice_list_model_set_offset (self->page, 0);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  update_stack (self);
}

static void
kind_toggled_cb (DdGroupTable *self)
{
  gboolean repositories = gtk_toggle_button_get_active (self->repositories_button);

  gtk_filter_list_model_set_model (self->filtered, G_LIST_MODEL (repositories ? self->repositories : self->teams));
  update_count (self);
  update_stack (self);
}

static void
activated_cb (DdGroupTable *self,
              guint         position)
{
  g_autoptr (DdGroupItem) item = g_list_model_get_item (G_LIST_MODEL (gtk_column_view_get_model (self->view)), position);
  const char *name = dd_group_item_get_name (item);
  gboolean team = dd_group_item_is_team (item);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.narrow", "(ss)", team ? "" : name, team ? name : "");
}

static void
dd_group_table_dispose (GObject *object)
{
  DdGroupTable *self = DD_GROUP_TABLE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), DD_TYPE_GROUP_TABLE);
  g_clear_object (&self->repositories);
  g_clear_object (&self->teams);
  g_clear_object (&self->page);
  g_clear_object (&self->shown);
  G_OBJECT_CLASS (dd_group_table_parent_class)->dispose (object);
}

static void
dd_group_table_class_init (DdGroupTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_group_table_dispose;
  g_type_ensure (DD_TYPE_COLUMNS);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/overview/dd-group-table.ui");
  gtk_widget_class_bind_template_child (widget_class, DdGroupTable, head);
  gtk_widget_class_bind_template_child (widget_class, DdGroupTable, repositories_button);
  gtk_widget_class_bind_template_child (widget_class, DdGroupTable, teams_button);
  gtk_widget_class_bind_template_child (widget_class, DdGroupTable, count);
  gtk_widget_class_bind_template_child (widget_class, DdGroupTable, search);
  gtk_widget_class_bind_template_child (widget_class, DdGroupTable, stack);
  gtk_widget_class_bind_template_child (widget_class, DdGroupTable, view);
  gtk_widget_class_bind_template_child (widget_class, DdGroupTable, pager);
  gtk_widget_class_bind_template_child (widget_class, DdGroupTable, range);
  gtk_widget_class_install_action (widget_class, "groups.before", NULL, before_cb);
  gtk_widget_class_install_action (widget_class, "groups.after", NULL, after_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
dd_group_table_init (DdGroupTable *self)
{
  static const DdColumnStep steps[] = { { 560, 2 }, { 0, 1 } };
  GtkSortListModel *sorted;
  GtkNoSelection *selection;
  GtkColumnViewColumn *deployments;

  gtk_widget_init_template (GTK_WIDGET (self));
  dd_columns_set_steps (self->head, steps, 2);
  add_column (self, _("Name"), COLUMN_NAME);
  deployments = add_column (self, _("Deployments"), DD_METRIC_DEPLOYMENT_FREQUENCY);
  add_column (self, _("Lead Time"), DD_METRIC_LEAD_TIME);
  add_column (self, _("Change Failure Rate"), DD_METRIC_CHANGE_FAILURE_RATE);
  add_column (self, _("Time to Recovery"), DD_METRIC_RECOVERY_TIME);
  add_column (self, _("Changes"), COLUMN_CHANGES);
  self->repositories = g_list_store_new (DD_TYPE_GROUP_ITEM);
  self->teams = g_list_store_new (DD_TYPE_GROUP_ITEM);
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_found_cb, self, NULL));
  self->filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->repositories)), self->filter);
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (self->filtered), g_object_ref (gtk_column_view_get_sorter (self->view)));
  self->page = gtk_slice_list_model_new (G_LIST_MODEL (sorted), 0, PAGE_ROWS);
  self->shown = g_list_store_new (DD_TYPE_GROUP_ITEM);
  g_signal_connect_object (self->page, "items-changed", G_CALLBACK (page_changed_cb), self, G_CONNECT_SWAPPED);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->shown)));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
  /* Who deploys most is who is asked about most. */
  gtk_column_view_sort_by_column (self->view, deployments, GTK_SORT_DESCENDING);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (search_changed_cb), self);
}

GtkWidget *
dd_group_table_new (void)
{
  return g_object_new (DD_TYPE_GROUP_TABLE, NULL);
}

static void
fill (GListStore      *store,
      const GPtrArray *groups,
      gboolean         teams,
      DdAggregate      aggregate)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < groups->len; i++)
    g_ptr_array_add (items, dd_group_item_new (g_ptr_array_index (groups, i), teams, aggregate));
  g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)), items->pdata, items->len);
}

void
dd_group_table_show (DdGroupTable    *self,
                     const DdSummary *summary)
{
  fill (self->repositories, summary->repositories, FALSE, summary->aggregate);
  fill (self->teams, summary->teams, TRUE, summary->aggregate);
  gtk_widget_set_visible (GTK_WIDGET (self->teams_button), summary->teams->len > 0);
  update_count (self);
  update_stack (self);
}

void
dd_group_table_search (DdGroupTable *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
