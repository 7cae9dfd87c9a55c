/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "dd-banner.h"
#include "dd-beside.h"
#include "dd-by-frame.h"
#include "dd-columns.h"
#include "dd-either.h"
#include "dd-period-control.h"
#include "dd-scope-button.h"
#include "dd-tier-bars.h"
#include "dd-time.h"
#include "dd-value-text.h"
#include "gui-fixture.h"

static void
test_value_markup (void)
{
  static const struct
  {
    const char *words;
    const char *markup;
  } rows[] = {
    { "No data", "No data" },
    { "8.1 %", "8.1<span size=\"55%\" weight=\"bold\" alpha=\"70%\"> %</span>" },
    { "17 h 42 min", "17<span size=\"55%\" weight=\"bold\" alpha=\"70%\"> h </span>42<span size=\"55%\" weight=\"bold\" alpha=\"70%\"> min</span>" },
    { "<b>", "&lt;b&gt;" },
    { "3.", "3<span size=\"55%\" weight=\"bold\" alpha=\"70%\">.</span>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *markup = dd_value_markup (rows[i].words);

      g_assert_cmpstr (markup, ==, rows[i].markup);
      g_assert_true (pango_parse_markup (markup, -1, 0, NULL, NULL, NULL, NULL));
    }
}

static void
test_tier_bars (void)
{
  GtkWidget *chip = g_object_ref_sink (dd_tier_chip_new ());
  GtkWidget *bars = gtk_widget_get_first_child (chip);

  gtk_test_accessible_assert_role (bars, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (bars, GTK_ACCESSIBLE_PROPERTY_LABEL, "Not rated");
  dd_tier_chip_set_tier (chip, DD_TIER_HIGH);
  gtk_test_accessible_assert_property (bars, GTK_ACCESSIBLE_PROPERTY_LABEL, "Tier High, 3 of 4");
  g_assert_true (gtk_widget_has_css_class (chip, "tier-high"));
  dd_tier_chip_set_tier (chip, DD_TIER_LOW);
  g_assert_false (gtk_widget_has_css_class (chip, "tier-high"));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (gtk_widget_get_last_child (chip))), ==, "Low");
  g_assert_finalize_object (G_OBJECT (chip));
}

static void
test_columns (void)
{
  static const DdColumnStep steps[] = { { 400, 2 }, { 0, 1 } };
  GtkWidget *columns = g_object_ref_sink (dd_columns_new ());
  GtkWidget *children[3];

  dd_columns_set_steps (DD_COLUMNS (columns), steps, 1);
  for (int i = 0; i < 3; i++)
    {
      children[i] = gtk_label_new ("x");
      gtk_widget_set_size_request (children[i], 50, 100);
      dd_columns_append (DD_COLUMNS (columns), children[i]);
    }
  {
    int wide, narrow, least;

    gtk_widget_measure (columns, GTK_ORIENTATION_VERTICAL, 412, &wide, NULL, NULL, NULL);
    gtk_widget_measure (columns, GTK_ORIENTATION_VERTICAL, 200, &narrow, NULL, NULL, NULL);
    gtk_widget_measure (columns, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
    g_assert_cmpint (wide, ==, 212);
    g_assert_cmpint (narrow, ==, 324);
    g_assert_cmpint (least, ==, 50);
  }
  g_assert_finalize_object (G_OBJECT (columns));
}

/* With letters twice as large it is narrow twice as early. */
static void
test_columns_of_large_letters (void)
{
  static const DdColumnStep steps[] = { { 400, 2 }, { 0, 1 } };
  GtkWidget *columns;
  int wide, narrow;

  g_object_set (gtk_settings_get_default (), "gtk-font-name", "Cantarell 22", NULL);
  columns = g_object_ref_sink (dd_columns_new ());
  dd_columns_set_steps (DD_COLUMNS (columns), steps, 1);
  for (int i = 0; i < 2; i++)
    {
      GtkWidget *child = gtk_label_new ("x");

      gtk_widget_set_size_request (child, 50, 100);
      dd_columns_append (DD_COLUMNS (columns), child);
    }
  gtk_widget_measure (columns, GTK_ORIENTATION_VERTICAL, 799, &narrow, NULL, NULL, NULL);
  gtk_widget_measure (columns, GTK_ORIENTATION_VERTICAL, 800, &wide, NULL, NULL, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-font-name", "Cantarell 11", NULL);
  g_assert_cmpint (wide, ==, 100);
  g_assert_cmpint (narrow, ==, 212);
  g_assert_finalize_object (G_OBJECT (columns));
}

/* The wide one where it fits; the other one is not there meanwhile. */
static void
test_either (void)
{
  GtkWidget *wide = gtk_label_new ("x"), *narrow = gtk_label_new ("x");
  GtkWidget *either = g_object_ref_sink (dd_either_new (wide, narrow));
  int least, wished, high;

  gtk_widget_set_size_request (wide, 400, 50);
  gtk_widget_set_size_request (narrow, 100, 200);
  gtk_widget_measure (either, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wished, NULL, NULL);
  g_assert_cmpint (least, ==, 100);
  g_assert_cmpint (wished, ==, 400);
  gtk_widget_measure (either, GTK_ORIENTATION_VERTICAL, 399, &high, NULL, NULL, NULL);
  g_assert_cmpint (high, ==, 200);
  gtk_widget_size_allocate (either, &(GtkAllocation) { 0, 0, 399, 200 }, -1);
  g_assert_false (gtk_widget_get_child_visible (wide));
  g_assert_true (gtk_widget_get_child_visible (narrow));
  gtk_widget_measure (either, GTK_ORIENTATION_VERTICAL, 400, &high, NULL, NULL, NULL);
  g_assert_cmpint (high, ==, 50);
  gtk_widget_size_allocate (either, &(GtkAllocation) { 0, 0, 400, 50 }, -1);
  g_assert_true (gtk_widget_get_child_visible (wide));
  g_assert_false (gtk_widget_get_child_visible (narrow));
  g_assert_finalize_object (G_OBJECT (either));
}

/* The control below the text where that would have too little of the line, at the end of it otherwise; mirrored with the text. */
static void
test_beside (void)
{
  GtkWidget *text = gtk_label_new ("a text of more than ten characters"), *control = gtk_label_new ("x");
  GtkWidget *beside = g_object_ref_sink (dd_beside_new (text, control, 10));
  int least, wished, wide_height, narrow_height;
  graphene_rect_t bounds;

  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_widget_set_size_request (control, 100, 50);
  gtk_widget_measure (beside, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wished, NULL, NULL);
  g_assert_cmpint (least, ==, 100);
  gtk_widget_measure (beside, GTK_ORIENTATION_VERTICAL, wished, &wide_height, NULL, NULL, NULL);
  g_assert_cmpint (wide_height, ==, 50);
  gtk_widget_size_allocate (beside, &(GtkAllocation) { 0, 0, wished, 50 }, -1);
  g_assert_true (gtk_widget_compute_bounds (control, beside, &bounds));
  g_assert_cmpfloat (bounds.origin.x, ==, wished - 100);
  g_assert_cmpfloat (bounds.origin.y, ==, 0);
  gtk_widget_measure (beside, GTK_ORIENTATION_VERTICAL, 120, &narrow_height, NULL, NULL, NULL);
  g_assert_cmpint (narrow_height, >, 50);
  gtk_widget_size_allocate (beside, &(GtkAllocation) { 0, 0, 120, narrow_height }, -1);
  g_assert_true (gtk_widget_compute_bounds (control, beside, &bounds));
  g_assert_cmpfloat (bounds.origin.x, ==, 0);
  g_assert_cmpfloat (bounds.origin.y, ==, narrow_height - 50);
  gtk_widget_set_direction (beside, GTK_TEXT_DIR_RTL);
  gtk_widget_size_allocate (beside, &(GtkAllocation) { 0, 0, 120, narrow_height }, -1);
  g_assert_true (gtk_widget_compute_bounds (control, beside, &bounds));
  g_assert_cmpfloat (bounds.origin.x, ==, 20);
  g_assert_finalize_object (G_OBJECT (beside));
}

static void
test_banner (void)
{
  GtkWidget *banner = g_object_ref_sink (g_object_new (DD_TYPE_BANNER, NULL));
  GtkWidget *revealer = gtk_widget_get_first_child (banner);

  dd_banner_show (DD_BANNER (banner), "<b>Offline.</b>", NULL, NULL, TRUE);
  g_assert_true (gtk_revealer_get_reveal_child (GTK_REVEALER (revealer)));
  dd_banner_show (DD_BANNER (banner), NULL, NULL, NULL, FALSE);
  g_assert_false (gtk_revealer_get_reveal_child (GTK_REVEALER (revealer)));
  g_assert_finalize_object (G_OBJECT (banner));
}

static GString *parts;

static void
first_part (GtkWidget *widget)
{
  g_string_append (parts, "1");
}

static void
second_part (GtkWidget *widget)
{
  g_string_append (parts, "2");
}

static gboolean
are_done (gpointer data)
{
  return parts->len >= 2;
}

/* In their order, once, and not for what is gone. */
static void
test_by_frame (void)
{
  GtkWidget *window = gtk_window_new (), *stays = gtk_label_new ("stays"), *goes = gtk_label_new ("goes");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  parts = g_string_new (NULL);
  gtk_box_append (GTK_BOX (box), stays);
  gtk_box_append (GTK_BOX (box), goes);
  gtk_window_set_child (GTK_WINDOW (window), box);
  dd_by_frame_add (goes, first_part);
  dd_by_frame_add (stays, first_part);
  dd_by_frame_add (stays, first_part);
  dd_by_frame_add (stays, second_part);
  gtk_box_remove (GTK_BOX (box), goes);
  g_assert_cmpuint (parts->len, ==, 0);
  gtk_window_present (GTK_WINDOW (window));
  gui_wait_until (are_done, NULL);
  g_assert_cmpstr (parts->str, ==, "12");
  gtk_window_destroy (GTK_WINDOW (window));
  g_string_free (parts, TRUE);
}

static void
test_period_names (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  static const struct
  {
    const char *period;
    const char *name;
  } rows[] = {
    { "weekly", "Week 46" },
    { "monthly", "October 2026" },
    { "quarterly", "Quarter 3, 2026" },
    { "last-7-days", "7 days" },
    { "2026-11-01..2026-11-01", "1 day" },
  };
  gint64 now;

  g_assert_true (dd_time_parse ("2026-11-16T09:00:00Z", &now));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = NULL;
      DdPeriod period;

      g_assert_true (dd_period_parse (rows[i].period, now, zone, &period, NULL));
      name = dd_period_short_name (&period, zone);
      g_assert_cmpstr (name, ==, rows[i].name);
    }
}

static void
test_controls (void)
{
  GtkWidget *period = g_object_ref_sink (dd_period_control_new ());
  GtkWidget *scope = g_object_ref_sink (dd_scope_button_new ());

  g_assert_finalize_object (G_OBJECT (period));
  g_assert_finalize_object (G_OBJECT (scope));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/common/value-markup", test_value_markup);
  g_test_add_func ("/common/tier-bars", test_tier_bars);
  g_test_add_func ("/common/columns", test_columns);
  g_test_add_func ("/common/columns/large-letters", test_columns_of_large_letters);
  g_test_add_func ("/common/either", test_either);
  g_test_add_func ("/common/beside", test_beside);
  g_test_add_func ("/common/by-frame", test_by_frame);
  g_test_add_func ("/common/banner", test_banner);
  g_test_add_func ("/common/period-names", test_period_names);
  g_test_add_func ("/common/controls", test_controls);
  return g_test_run ();
}
