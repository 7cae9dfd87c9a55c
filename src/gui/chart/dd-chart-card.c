/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-chart-card.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "dd-chart-export.h"
#include "dd-chart-grid.h"
#include "dd-chart-legend.h"
#include "dd-chart-words.h"
#include "dd-save.h"

/* Exports are as large as a page of a document wants them, whatever the window's size is. */
#define EXPORT_WIDTH 960

struct _DdChartCard
{
  GtkWidget parent;

  GtkBox        *box;
  GtkLabel      *title;
  GtkLabel      *subtitle;
  GtkStack      *stack;
  DdChartView   *view;
  AdwBin        *table;
  DdChartLegend *legend;
  gboolean       as_table;
};

enum
{
  PROP_AS_TABLE = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static guint activated_signal;

G_DEFINE_FINAL_TYPE (DdChartCard, dd_chart_card, GTK_TYPE_WIDGET)

static void
show_content (DdChartCard *self)
{
  const DdChartSpec *spec = dd_chart_view_get_spec (self->view);
  gboolean table = self->as_table && spec != NULL;

  adw_bin_set_child (self->table, table ? dd_chart_grid_new (spec) : NULL);
  gtk_stack_set_visible_child_name (self->stack, table ? "table" : "picture");
  gtk_widget_set_visible (GTK_WIDGET (self->legend), !table && spec != NULL && spec->series->len > 1);
}

/* Charts are drawn outside a window too, where nobody counts. */
static void
note_use (DdChartCard *self,
          const char  *type)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.note-use", "s", type);
}

static GBytes *
export (DdChartCard   *self,
        DdExportFormat format)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const DdChartSpec *spec = dd_chart_view_get_spec (self->view);
  DdChartLook look = { .palette = dd_palette_get (DD_THEME_LIGHT), .text_scale = 1, .heading = TRUE };
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  if (spec == NULL)
    return NULL;
  bytes = dd_chart_export (spec, format, EXPORT_WIDTH, dd_chart_natural_height (spec, &look, EXPORT_WIDTH),
                           gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL, &error);
  if (bytes == NULL)
    dd_say (widget, error->message);
  return bytes;
}

static GBytes *
export_data (DdChartCard *self)
{
  const DdChartSpec *spec = dd_chart_view_get_spec (self->view);
  char *text = spec != NULL ? dd_chart_to_csv (spec) : NULL;

  return text != NULL ? g_bytes_new_take (text, strlen (text)) : NULL;
}

static void
save_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  DdChartCard *self = DD_CHART_CARD (widget);
  const DdChartSpec *spec = dd_chart_view_get_spec (self->view);
  const char *ending = strrchr (action, '-') + 1;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *name = NULL;

  if (g_str_equal (ending, "csv"))
    bytes = export_data (self);
  else
    bytes = export (self, g_str_equal (ending, "svg") ? DD_EXPORT_SVG : DD_EXPORT_PNG);
  if (bytes == NULL)
    return;
  note_use (self, "chart-exported");
  name = g_strdup_printf ("%s.%s", spec->metric < DD_N_METRICS ? dd_metric_name (spec->metric) : "chart", ending);
  dd_save_bytes (widget, g_str_equal (ending, "csv") ? _("Save Data") : _("Save Picture"), name, bytes);
}

static void
copy_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  g_autoptr (GBytes) bytes = export (DD_CHART_CARD (widget), DD_EXPORT_PNG);
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GError) error = NULL;

  if (bytes == NULL)
    return;
  texture = gdk_texture_new_from_bytes (bytes, &error);
  note_use (DD_CHART_CARD (widget), "chart-exported");
  if (texture != NULL)
    gdk_clipboard_set_texture (gtk_widget_get_clipboard (widget), texture);
  dd_say (widget, texture != NULL ? _("Picture copied") : error->message);
}

static void
copy_data_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  const DdChartSpec *spec = dd_chart_view_get_spec (DD_CHART_CARD (widget)->view);
  g_autofree char *text = spec != NULL ? dd_chart_to_csv (spec) : NULL;

  if (text == NULL)
    return;
  note_use (DD_CHART_CARD (widget), "chart-exported");
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  dd_say (widget, _("Data copied"));
}

static void
whole_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  dd_chart_view_reset_range (DD_CHART_CARD (widget)->view);
}

static void
range_changed_cb (DdChartCard *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "chart.whole", dd_chart_view_is_zoomed (self->view));
}

static void
activated_cb (DdChartCard *self,
              int          point)
{
  note_use (self, "chart-opened");
  g_signal_emit (self, activated_signal, 0, point);
}

static void
dd_chart_card_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  if (id == PROP_AS_TABLE)
    g_value_set_boolean (value, DD_CHART_CARD (object)->as_table);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dd_chart_card_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  DdChartCard *self = DD_CHART_CARD (object);

  if (id != PROP_AS_TABLE)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  if (self->as_table == g_value_get_boolean (value))
    return;
  self->as_table = g_value_get_boolean (value);
  show_content (self);
  g_object_notify_by_pspec (object, properties[PROP_AS_TABLE]);
}

static void
dd_chart_card_dispose (GObject *object)
{
  DdChartCard *self = DD_CHART_CARD (object);

  /* The table reads the view's spec. */
  if (self->table != NULL)
    adw_bin_set_child (self->table, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), DD_TYPE_CHART_CARD);
  G_OBJECT_CLASS (dd_chart_card_parent_class)->dispose (object);
}

static void
dd_chart_card_class_init (DdChartCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dd_chart_card_dispose;
  object_class->get_property = dd_chart_card_get_property;
  object_class->set_property = dd_chart_card_set_property;
  properties[PROP_AS_TABLE] = g_param_spec_boolean ("as-table", NULL, NULL, FALSE,
                                                    G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  activated_signal = g_signal_new ("activated", DD_TYPE_CHART_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  g_type_ensure (DD_TYPE_CHART_VIEW);
  g_type_ensure (DD_TYPE_CHART_LEGEND);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/chart/dd-chart-card.ui");
  gtk_widget_class_bind_template_child (widget_class, DdChartCard, box);
  gtk_widget_class_bind_template_child (widget_class, DdChartCard, title);
  gtk_widget_class_bind_template_child (widget_class, DdChartCard, subtitle);
  gtk_widget_class_bind_template_child (widget_class, DdChartCard, stack);
  gtk_widget_class_bind_template_child (widget_class, DdChartCard, view);
  gtk_widget_class_bind_template_child (widget_class, DdChartCard, table);
  gtk_widget_class_bind_template_child (widget_class, DdChartCard, legend);
  gtk_widget_class_install_property_action (widget_class, "chart.table", "as-table");
  gtk_widget_class_install_action (widget_class, "chart.whole", NULL, whole_cb);
  gtk_widget_class_install_action (widget_class, "chart.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "chart.copy-data", NULL, copy_data_cb);
  gtk_widget_class_install_action (widget_class, "chart.save-png", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "chart.save-svg", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "chart.save-csv", NULL, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_t, GDK_CONTROL_MASK, "chart.table", NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dd_chart_card_init (DdChartCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_swapped (self->view, "range-changed", G_CALLBACK (range_changed_cb), self);
  g_signal_connect_swapped (self->view, "activated", G_CALLBACK (activated_cb), self);
  range_changed_cb (self);
}

GtkWidget *
dd_chart_card_new (void)
{
  return g_object_new (DD_TYPE_CHART_CARD, NULL);
}

void
dd_chart_card_take (DdChartCard *self,
                    const char  *title,
                    DdChartSpec *spec)
{
  const char *name = title != NULL ? title : spec->title;

  adw_bin_set_child (self->table, NULL);
  gtk_label_set_text (self->title, name);
  gtk_label_set_text (self->subtitle, spec->subtitle != NULL ? spec->subtitle : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  dd_chart_view_take (self->view, spec);
  dd_chart_legend_fill (self->legend, self->view);
  dd_chart_card_set_stale (self, FALSE);
  range_changed_cb (self);
  show_content (self);
}

void
dd_chart_card_set_stale (DdChartCard *self,
                         gboolean     stale)
{
  gtk_widget_set_opacity (GTK_WIDGET (self->stack), stale ? 0.55 : 1);
}

DdChartView *
dd_chart_card_get_view (DdChartCard *self)
{
  return self->view;
}
