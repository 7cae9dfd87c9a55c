/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <langinfo.h>
#include <locale.h>
#include <sqlite3.h>
#include <string.h>

#include "dd-locale.h"
#include "dd-page-info.h"
#include "dd-window.h"
#include "gui-fixture.h"

/* Ticks of the frame clock without a new widget after which a page is whole: what comes late comes one piece a frame. */
#define QUIET_TICKS 20

/* So far up a tooltip may stand that says all of a label that is cut. */
#define ROW_DEPTH 4

/* Letters that are no word: units, "P90", "p". */
#define SHORTEST_WORD 3

typedef struct
{
  GuiFixture  base;
  GPtrArray  *data; /* texts of the sample, longest first */
  GHashTable *seen;
  guint       labels;
  guint       problems;
} Fixture;

typedef struct
{
  Fixture    *fixture;
  GtkWidget  *window;
  const char *place;
} Walk;

static gint
compare_lengths (gconstpointer a,
                 gconstpointer b)
{
  return (gint) strlen (*(const char *const *) b) - (gint) strlen (*(const char *const *) a);
}

/* What the sources of the sample call things, which no language changes. */
static void
read_data (Fixture *fixture)
{
  static const char query[] =
      "SELECT name FROM workspace UNION SELECT name FROM repository UNION SELECT environment FROM deployment UNION SELECT ref FROM deployment "
      "UNION SELECT label FROM deployment UNION SELECT key FROM deployment "
      "UNION SELECT substr (sha, 1, 7) FROM deployment UNION SELECT title FROM change UNION SELECT author FROM change UNION SELECT title FROM incident "
      "UNION SELECT name FROM incident UNION SELECT key FROM incident UNION SELECT severity FROM incident UNION SELECT organization FROM source "
      "UNION SELECT url FROM source UNION SELECT value FROM workspace, json_tree (settings) WHERE atom IS NOT NULL AND json_tree.type = 'text'";
  sqlite3 *db;
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_open_v2 (fixture->base.database, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, query, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *text = (const char *) sqlite3_column_text (statement, 0);

      if (text != NULL && strlen (text) > 1)
        g_ptr_array_add (fixture->data, g_strdup (text));
    }
  sqlite3_finalize (statement);
  sqlite3_close (db);
  g_ptr_array_sort (fixture->data, compare_lengths);
  g_assert_cmpuint (fixture->data->len, >, 100);
}

/* Blanks each place of @text where @name stands as a word. */
static void
blank (char       *text,
       const char *name)
{
  gsize length = strlen (name);

  for (char *at = strstr (text, name); at != NULL; at = strstr (at + 1, name))
    if ((at == text || !g_ascii_isalpha (at[-1])) && !g_ascii_isalpha (at[length]))
      memset (at, ' ', length);
}

static void
blank_all (char       *text,
           const char *separated)
{
  g_auto (GStrv) names = g_strsplit (separated, "|", -1);

  for (int i = 0; names[i] != NULL; i++)
    blank (text, names[i]);
}

/* What is the same in every language, GTK's own words, which its translations are for, and dates, which the C library makes. */
static void
blank_known (Fixture *fixture,
             char    *text)
{
  static const nl_item items[] = {
    DAY_1, DAY_2, DAY_3, DAY_4, DAY_5, DAY_6, DAY_7, MON_1, MON_2, MON_3, MON_4, MON_5, MON_6, MON_7, MON_8, MON_9, MON_10, MON_11, MON_12,
    ABDAY_1, ABDAY_2, ABDAY_3, ABDAY_4, ABDAY_5, ABDAY_6, ABDAY_7, ABMON_1, ABMON_2, ABMON_3, ABMON_4, ABMON_5, ABMON_6, ABMON_7, ABMON_8,
    ABMON_9, ABMON_10, ABMON_11, ABMON_12,
  };

  for (guint i = 0; i < fixture->data->len; i++)
    blank (text, g_ptr_array_index (fixture->data, i));
  blank_all (text, "DoraDash|GitHub|Linear|Slab|Woodpecker|incident.io|UTC|Ctrl|Shift|Escape|PDF|HTML|CSV|JSON|Markdown|Slack|Search|Show Text|Show Password");
  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    blank (text, nl_langinfo (items[i]));
}

/* The first word with letters as English has them: all of ours have got accents. */
static char *
english_word (Fixture    *fixture,
              const char *text)
{
  g_autofree char *rest = g_strdup (text);
  gsize length = 0;

  blank_known (fixture, rest);
  for (const char *at = rest;; at++)
    {
      if (g_ascii_isalpha (*at))
        {
          length++;
          continue;
        }
      /* No part of a word either. */
      if (length >= SHORTEST_WORD && (guchar) *at < 0x80 && (at - length == rest || (guchar) at[-(gssize) length - 1] < 0x80))
        return g_strndup (at - length, length);
      length = 0;
      if (*at == '\0')
        return NULL;
    }
}

static void
complain (Walk       *walk,
          const char *what,
          const char *text)
{
  g_autofree char *words = g_strdup_printf ("%s: %s: “%s”", walk->place, what, text);

  if (!g_hash_table_add (walk->fixture->seen, g_strdup (words)))
    return;
  walk->fixture->problems++;
  g_test_message ("%s", words);
}

static void
check_translated (Walk       *walk,
                  const char *what,
                  const char *text)
{
  g_autofree char *word = text != NULL ? english_word (walk->fixture, text) : NULL;

  if (word != NULL)
    complain (walk, what, text);
}

static gboolean
is_told (GtkWidget  *widget,
         const char *text)
{
  for (int i = 0; widget != NULL && i < ROW_DEPTH; i++, widget = gtk_widget_get_parent (widget))
    {
      const char *tooltip = gtk_widget_get_tooltip_text (widget);

      if (tooltip != NULL && strstr (tooltip, text) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* libadwaita's switches of pages cut their labels by themselves, and have an icon beside them. */
static gboolean
is_switch (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (ADW_IS_VIEW_SWITCHER (widget) || ADW_IS_VIEW_SWITCHER_BAR (widget))
      return TRUE;
  return FALSE;
}

static gboolean
scrolls_sideways (GtkWidget *widget,
                  GtkWidget *window)
{
  for (; widget != NULL && widget != window; widget = gtk_widget_get_parent (widget))
    if (GTK_IS_SCROLLED_WINDOW (widget))
      {
        GtkPolicyType policy;

        gtk_scrolled_window_get_policy (GTK_SCROLLED_WINDOW (widget), &policy, NULL);
        if (policy != GTK_POLICY_NEVER)
          return TRUE;
      }
  return FALSE;
}

static void
check_room (Walk      *walk,
            GtkWidget *label)
{
  const char *text = gtk_label_get_text (GTK_LABEL (label));
  graphene_rect_t bounds;

  if (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))) && !is_told (label, text) && !is_switch (label))
    complain (walk, "is cut", text);
  if (scrolls_sideways (label, walk->window) || !gtk_widget_compute_bounds (label, walk->window, &bounds))
    return;
  if (bounds.origin.x < -1 || bounds.origin.x + bounds.size.width > (float) gtk_widget_get_width (walk->window) + 1)
    complain (walk, "lies outside of the window", text);
}

static void
check_drop_down (Walk        *walk,
                 GtkDropDown *drop_down)
{
  GListModel *model = gtk_drop_down_get_model (drop_down);

  for (guint i = 0; model != NULL && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);

      if (GTK_IS_STRING_OBJECT (item))
        check_translated (walk, "is a choice", gtk_string_object_get_string (GTK_STRING_OBJECT (item)));
    }
}

static void
check_menu (Walk       *walk,
            GMenuModel *menu)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autofree char *label = NULL;
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autoptr (GMenuModel) submenu = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SUBMENU);

      if (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label))
        check_translated (walk, "is in a menu", label);
      if (section != NULL)
        check_menu (walk, section);
      if (submenu != NULL)
        check_menu (walk, submenu);
    }
}

/* All that can be seen below @widget. */
static void
walk_through (Walk      *walk,
              GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    {
      walk->fixture->labels++;
      check_translated (walk, "is not translated", gtk_label_get_text (GTK_LABEL (widget)));
      check_room (walk, widget);
    }
  if (GTK_IS_INSCRIPTION (widget))
    check_translated (walk, "is not translated", gtk_inscription_get_text (GTK_INSCRIPTION (widget)));
  if (GTK_IS_DROP_DOWN (widget))
    check_drop_down (walk, GTK_DROP_DOWN (widget));
  if (GTK_IS_MENU_BUTTON (widget) && gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)) != NULL)
    check_menu (walk, gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)));
  check_translated (walk, "is a tooltip", gtk_widget_get_tooltip_text (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    walk_through (walk, child);
}

typedef struct
{
  GtkWidget *window;
  guint      widgets;
  guint      ticks;
} Quiet;

static guint
count_mapped (GtkWidget *widget)
{
  guint n = 1;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_mapped (child))
      n += count_mapped (child);
  return n;
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  Quiet *quiet = user_data;
  guint widgets = count_mapped (widget);

  quiet->ticks = widgets == quiet->widgets ? quiet->ticks + 1 : 0;
  quiet->widgets = widgets;
  return G_SOURCE_CONTINUE;
}

static gboolean
is_quiet (gpointer data)
{
  const Quiet *quiet = data;

  return quiet->ticks >= QUIET_TICKS;
}

static void
wait_until_quiet (GtkWidget *window)
{
  Quiet quiet = { window, 0, 0 };
  guint id = gtk_widget_add_tick_callback (window, tick_cb, &quiet, NULL);

  gui_wait_until (is_quiet, &quiet);
  gtk_widget_remove_tick_callback (window, id);
}

/* The sample has come, and its report is there. */
static gboolean
is_synced (gpointer data)
{
  DdSession *session = dd_window_get_session (data);
  const DdReport *report = dd_session_get_report (session);

  if (!dd_session_is_sample (session) || report == NULL || dd_session_is_loading (session) || report->summary->brief ||
      dd_syncer_is_running (dd_window_get_syncer (data)))
    return FALSE;
  for (guint i = 0; i < report->summary->sources->len; i++)
    if (((const DdSourceState *) g_ptr_array_index (report->summary->sources, i))->last_sync == DD_TIME_NONE)
      return FALSE;
  return report->summary->repositories->len > 0;
}

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data);
}

static gboolean
has_second_window (gpointer data)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (l->data != *(gpointer *) data && gtk_widget_get_mapped (l->data))
      {
        *(gpointer *) data = l->data;
        return TRUE;
      }
  return FALSE;
}

static void
check_window (Fixture    *fixture,
              GtkWidget  *window,
              const char *name,
              int         width)
{
  g_autofree char *place = g_strdup_printf ("%s at %d px", name, width);
  Walk walk = { fixture, window, place };

  wait_until_quiet (window);
  if (gtk_widget_get_width (window) > width)
    {
      g_autofree char *wide = g_strdup_printf ("%d px", gtk_widget_get_width (window));

      complain (&walk, "is as wide as", wide);
    }
  walk_through (&walk, window);
}

/* Windows over the window: preferences, help. Each takes its own size, and the screen's where that is smaller. */
static void
check_dialog (Fixture    *fixture,
              GtkWidget  *window,
              const char *action,
              GVariant   *parameter,
              int         width)
{
  GtkWidget *dialog = window;

  g_assert_true (gtk_widget_activate_action_variant (window, action, parameter));
  gui_wait_until (has_second_window, &dialog);
  gtk_window_set_default_size (GTK_WINDOW (dialog), MIN (width, 800), 700);
  check_window (fixture, dialog, action, width);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_pages (Fixture      *fixture,
            gconstpointer data)
{
  int width = GPOINTER_TO_INT (data);
  GtkWidget *window = dd_window_new (NULL, fixture->base.engine);
  guint n;
  const DdPageInfo *infos = dd_page_infos (&n);

  gtk_window_set_default_size (GTK_WINDOW (window), width, 760);
  gtk_window_present (GTK_WINDOW (window));
  gui_wait_until (is_mapped, window);
  g_assert_true (gtk_widget_activate_action (window, "win.sample", NULL));
  gui_wait_until (is_synced, window);
  read_data (fixture);
  for (guint i = 0; i < n; i++)
    {
      g_assert_true (gtk_widget_activate_action (window, "win.show", "s", infos[i].name));
      gui_wait_until (is_synced, window);
      check_window (fixture, window, infos[i].name, width);
    }
  check_dialog (fixture, window, "win.preferences", NULL, width);
  check_dialog (fixture, window, "win.connect", NULL, width);
  check_dialog (fixture, window, "win.help", g_variant_new_string (""), width);
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_cmpuint (fixture->labels, >, 300);
  if (fixture->problems > 0)
    g_test_fail_printf ("%u texts are not translated or have no room", fixture->problems);
}

static void
test_found (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (GtkBuilder) builder = NULL;

  g_assert_true (g_str_has_prefix (_("Overview"), "["));
  g_assert_true (g_str_has_prefix (C_("tier", "Low"), "["));
  g_assert_true (g_str_has_prefix (ngettext ("%u deployment", "%u deployments", 1), "["));
  g_assert_cmpstr (ngettext ("%u deployment", "%u deployments", 1), !=, ngettext ("%u deployment", "%u deployments", 2));
  builder = gtk_builder_new_from_string ("<interface><object class='GtkLabel' id='label'><property name='label' translatable='yes'>"
                                         "Overview</property></object></interface>", -1);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (gtk_builder_get_object (builder, "label"))), ==, _("Overview"));
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  gui_fixture_set_up (&fixture->base, data);
  g_clear_object (&fixture->base.session);
  fixture->data = g_ptr_array_new_with_free_func (g_free);
  fixture->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_ptr_array_unref (fixture->data);
  g_hash_table_unref (fixture->seen);
  gui_fixture_tear_down (&fixture->base, data);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_nonnull (g_getenv ("DD_TEST_LOCALES"));
  dd_locale_init (g_getenv ("DD_TEST_LOCALES"));
  adw_init ();
  g_test_add ("/translation/found", Fixture, NULL, set_up, test_found, tear_down);
  g_test_add ("/translation/wide", Fixture, GINT_TO_POINTER (1000), set_up, test_pages, tear_down);
  g_test_add ("/translation/narrow", Fixture, GINT_TO_POINTER (360), set_up, test_pages, tear_down);
  return g_test_run ();
}
