/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-help-pages.h"
#include "dd-help-window.h"
#include "dd-metric-page.h"
#include "dd-no-data.h"
#include "dd-page-info.h"
#include "dd-window.h"
#include "gui-fixture.h"

#define FEWEST_WORDS 60
#define MOST_WORDS 210

static gboolean
has_help (gpointer data)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  *(GtkWidget **) data = NULL;
  for (GList *l = windows; l != NULL; l = l->next)
    if (DD_IS_HELP_WINDOW (l->data) && gtk_widget_get_mapped (l->data))
      *(GtkWidget **) data = l->data;
  return *(GtkWidget **) data != NULL;
}

static gboolean
has_no_help (gpointer data)
{
  return !has_help (data);
}

static gboolean
is_loaded (gpointer data)
{
  DdSession *session = dd_window_get_session (DD_WINDOW (data));

  return dd_session_get_report (session) != NULL && !dd_session_is_loading (session);
}

static GtkWidget *
open_window (GuiFixture *fixture)
{
  GtkWidget *window = dd_window_new (NULL, fixture->engine);

  gtk_window_present (GTK_WINDOW (window));
  gui_wait_until (is_loaded, window);
  return window;
}

static DdHelpWindow *
ask (GtkWidget  *window,
     const char *id)
{
  GtkWidget *help;

  g_assert_true (gtk_widget_activate_action (window, "win.help", "s", id));
  gui_wait_until (has_help, &help);
  return DD_HELP_WINDOW (help);
}

static void
close_help (DdHelpWindow *help)
{
  GtkWidget *left;

  gtk_window_close (GTK_WINDOW (help));
  gui_wait_until (has_no_help, &left);
}

/* The first widget of @type below @widget, in the order of the tab key, that @matches. */
static GtkWidget *
find (GtkWidget  *widget,
      GType       type,
      gboolean  (*matches) (GtkWidget *widget, const char *text),
      const char *text)
{
  GtkWidget *found = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && (matches == NULL || matches (widget, text)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type, matches, text);
  return found;
}

static gboolean
leads_to (GtkWidget  *widget,
          const char *target)
{
  GVariant *value = gtk_actionable_get_action_target_value (GTK_ACTIONABLE (widget));

  return value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING) && g_str_equal (g_variant_get_string (value, NULL), target);
}

/* Rows that the search leaves. */
static guint
count_rows (DdHelpWindow *help)
{
  GtkListBox *list = GTK_LIST_BOX (find (GTK_WIDGET (help), GTK_TYPE_LIST_BOX, NULL, NULL));
  GtkListBoxRow *row;
  guint n = 0;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    n += gtk_widget_get_child_visible (GTK_WIDGET (row));
  return n;
}

typedef struct
{
  DdHelpWindow *help;
  guint         rows;
} Found;

static gboolean
has_rows (gpointer data)
{
  return count_rows (((Found *) data)->help) == ((Found *) data)->rows;
}

static guint
count_words (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  return g_strv_length (words);
}

/* A page says something, at no great length, and each link leads to another, each button to an action that there is. */
static void
test_table (GuiFixture   *fixture,
            gconstpointer data)
{
  guint n, n_infos;
  const DdHelpPage *pages = dd_help_pages (&n);
  const DdPageInfo *infos = dd_page_infos (&n_infos);
  GtkWidget *window = open_window (fixture);

  for (guint i = 0; i < n; i++)
    {
      guint words = 0;

      g_assert_true (dd_help_page_find (pages[i].id) == &pages[i]);
      for (guint j = 0; j < pages[i].n_blocks; j++)
        {
          const DdHelpBlock *block = &pages[i].blocks[j];
          g_autofree char *action = NULL;
          g_autoptr (GVariant) target = NULL;

          words += count_words (block->text);
          g_assert_true ((block->target != NULL) == (block->kind == DD_HELP_PAGE || block->kind == DD_HELP_DO));
          if (block->kind == DD_HELP_PAGE)
            g_assert_cmpstr (dd_help_page_find (block->target)->title, ==, block->text);
          if (block->kind != DD_HELP_DO)
            continue;
          g_assert_true (g_action_parse_detailed_name (block->target, &action, &target, NULL));
          g_assert_true (g_action_group_has_action (G_ACTION_GROUP (window), action));
          if (target != NULL)
            g_assert_nonnull (dd_page_info_find (g_variant_get_string (target, NULL)));
        }
      g_test_message ("%s: %u words", pages[i].id, words);
      g_assert_cmpuint (words, >=, FEWEST_WORDS);
      g_assert_cmpuint (words, <=, MOST_WORDS);
    }
  for (guint i = 0; i < n_infos; i++)
    g_assert_nonnull (dd_help_page_for (infos[i].name));
  g_assert_null (dd_help_page_find ("nonsense"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Each page opens, with its title as a heading of the first level, and its text. */
static void
test_pages (GuiFixture   *fixture,
            gconstpointer data)
{
  GtkWidget *window = open_window (fixture);
  guint n;
  const DdHelpPage *pages = dd_help_pages (&n);

  for (guint i = 0; i < n; i++)
    {
      DdHelpWindow *help = ask (window, pages[i].id);
      GtkWidget *bin = gtk_widget_get_ancestor (find (GTK_WIDGET (help), ADW_TYPE_CLAMP, NULL, NULL), GTK_TYPE_SCROLLED_WINDOW);
      GtkWidget *heading = gui_find_label (bin, pages[i].title);
      int level = 2;

      g_assert_cmpstr (dd_help_window_get_page (help), ==, pages[i].id);
      gtk_test_accessible_assert_role (GTK_ACCESSIBLE (heading), GTK_ACCESSIBLE_ROLE_HEADING);
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (heading), GTK_ACCESSIBLE_PROPERTY_LEVEL, 1);
      for (guint j = 0; j < pages[i].n_blocks; j++)
        {
          const DdHelpBlock *block = &pages[i].blocks[j];
          GtkWidget *label;

          if (block->kind == DD_HELP_DO)
            {
              g_assert_nonnull (find (bin, GTK_TYPE_BUTTON, leads_to, block->target));
              continue;
            }
          label = gui_find_label (bin, block->text);
          g_assert_nonnull (label);
          g_assert_true (gtk_widget_get_mapped (label));
          if (block->kind == DD_HELP_HEADING && !g_str_equal (block->text, pages[i].title))
            {
              gtk_test_accessible_assert_role (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_ROLE_HEADING);
              gtk_test_accessible_assert_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LEVEL, level);
            }
        }
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

/* F1 asks for the page that belongs to the one on screen, and what is not open is not made. */
static void
test_context (GuiFixture   *fixture,
              gconstpointer data)
{
  static const char * const cases[][2] = {
    { "overview", "overview" },
    { "deployment_frequency", "deployment_frequency" },
    { "lead_time", "lead_time" },
    { "change_failure_rate", "change_failure_rate" },
    { "recovery_time", "recovery_time" },
    { "rework_rate", "rework_rate" },
    { "incidents", "incidents" },
    { "health", "numbers" },
    { "activity", "activity" },
    { "reports", "reports" },
  };
  GtkWidget *window = open_window (fixture), *help;

  g_assert_false (has_help (&help));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DdHelpWindow *shown;

      gtk_widget_activate_action (window, "win.show", "s", cases[i][0]);
      shown = ask (window, "");
      g_assert_cmpstr (dd_help_window_get_page (shown), ==, cases[i][1]);
      if (i % 2 == 0)
        close_help (shown);
    }
  g_assert_cmpstr (dd_help_window_get_page (ask (window, "nonsense")), ==, "overview");
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_false (has_help (&help));
}

static gboolean
has_no_workspace (gpointer data)
{
  return dd_session_get_workspace (dd_window_get_session (DD_WINDOW (data))) == NULL;
}

/* Without a workspace, how to begin; and no button to pages that are not there. */
static void
test_welcome (void)
{
  g_autofree char *folder = g_dir_make_tmp ("dd-help-XXXXXX", NULL);
  g_autofree char *database = g_build_filename (folder, "a.db", NULL);
  g_autoptr (DdEngine) engine = dd_engine_new (database);
  GtkWidget *window = dd_window_new (NULL, engine);
  DdHelpWindow *help;

  gtk_window_present (GTK_WINDOW (window));
  gui_wait_until (has_no_workspace, window);
  help = ask (window, "");
  g_assert_cmpstr (dd_help_window_get_page (help), ==, "sources");
  g_assert_nonnull (find (GTK_WIDGET (help), GTK_TYPE_BUTTON, leads_to, "connect"));
  dd_help_window_show_page (help, "numbers");
  g_assert_null (find (GTK_WIDGET (help), GTK_TYPE_BUTTON, leads_to, "show::health"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_search (GuiFixture   *fixture,
             gconstpointer data)
{
  static const struct
  {
    const char *words;
    const char *page; /* the first that is found; NULL for none */
  } cases[] = {
    { "read:org", "github" },
    { "  PREPARED postmortem", NULL },
    { "OPS-12", "incident_services" },
    { "telemetry", "privacy" },
    { "xoxb", "reports" },
    { "pickup CODING", "lead_time" },
  };
  GtkWidget *window = open_window (fixture);
  DdHelpWindow *help = ask (window, "privacy");
  GtkWidget *search = find (GTK_WIDGET (help), GTK_TYPE_SEARCH_ENTRY, NULL, NULL);
  Found found = { help, 0 };
  guint n;
  const DdHelpPage *pages = dd_help_pages (&n);

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (search), GTK_ACCESSIBLE_PROPERTY_LABEL, "Search help");
  gtk_widget_activate_action (GTK_WIDGET (help), "help.search", NULL);
  g_assert_true (gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (help)), GTK_TYPE_SEARCH_ENTRY) == search);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *first = NULL;

      gtk_editable_set_text (GTK_EDITABLE (search), cases[i].words);
      found.rows = 0;
      for (guint j = 0; j < n; j++)
        if (dd_help_page_matches (&pages[j], cases[i].words))
          {
            first = first != NULL ? first : pages[j].id;
            found.rows++;
          }
      g_assert_cmpstr (first, ==, cases[i].page);
      gui_wait_until (has_rows, &found);
      dd_help_window_show_page (help, "privacy");
      g_signal_emit_by_name (search, "activate");
      g_assert_cmpstr (dd_help_window_get_page (help), ==, first != NULL ? first : "privacy");
    }
  /* Escape empties the search first, and closes the window then. */
  g_signal_emit_by_name (search, "stop-search");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (search)), ==, "");
  g_signal_emit_by_name (search, "stop-search");
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
shows_incidents (gpointer data)
{
  return g_strcmp0 (dd_session_get_page (dd_window_get_session (DD_WINDOW (data))), "incidents") == 0;
}

/* Links go from page to page, buttons back to the window. */
static void
test_links (GuiFixture   *fixture,
            gconstpointer data)
{
  GtkWidget *window = open_window (fixture), *left;
  DdHelpWindow *help = ask (window, "recovery_time");
  GtkWidget *button = find (GTK_WIDGET (help), GTK_TYPE_BUTTON, leads_to, "incidents");

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, "Incidents and Their Causes");
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (dd_help_window_get_page (help), ==, "incidents");
  g_signal_emit_by_name (find (GTK_WIDGET (help), GTK_TYPE_BUTTON, leads_to, "show::incidents"), "clicked");
  gui_wait_until (has_no_help, &left);
  gui_wait_until (shows_incidents, window);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The page of a metric without a figure. */
static gboolean
offers_help (gpointer data)
{
  GtkWidget *button = find (find (data, DD_TYPE_METRIC_PAGE, NULL, NULL), GTK_TYPE_BUTTON, leads_to, "empty");

  return button != NULL && gtk_widget_get_mapped (button);
}

/* From where the question arises: beside the definition, where there is no figure, and on the page of what counts. */
static void
test_from_pages (GuiFixture   *fixture,
                 gconstpointer data)
{
  GtkWidget *window = open_window (fixture), *button, *help;
  const DdSummary *summary;
  DdNoData no_data;
  guint n = 0;

  gtk_widget_activate_action (window, "win.show", "s", "lead_time");
  button = gtk_widget_get_ancestor (gui_find_label (window, "Learn More"), GTK_TYPE_BUTTON);
  g_signal_emit_by_name (button, "clicked");
  gui_wait_until (has_help, &help);
  g_assert_cmpstr (dd_help_window_get_page (DD_HELP_WINDOW (help)), ==, "lead_time");
  close_help (DD_HELP_WINDOW (help));
  gtk_widget_activate_action (window, "win.show", "s", "health");
  g_signal_emit_by_name (find (window, GTK_TYPE_BUTTON, leads_to, "numbers"), "clicked");
  gui_wait_until (has_help, &help);
  g_assert_cmpstr (dd_help_window_get_page (DD_HELP_WINDOW (help)), ==, "numbers");
  /* A period that nothing is known of. */
  dd_session_set_period (dd_window_get_session (DD_WINDOW (window)), "2001-01-01..2001-01-07", 0);
  gui_wait_until (is_loaded, window);
  summary = dd_session_get_report (dd_window_get_session (DD_WINDOW (window)))->summary;
  for (int metric = 0; metric < DD_N_METRICS; metric++)
    if (dd_no_data_explain (metric, summary, &no_data))
      {
        g_assert_nonnull (dd_help_page_find (no_data.help));
        n++;
        g_free (no_data.reason);
      }
  g_assert_cmpuint (n, >, 1);
  gtk_widget_activate_action (window, "win.show", "s", "lead_time");
  gui_wait_until (offers_help, window);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_help_button (GtkWidget  *widget,
                const char *text)
{
  return g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) == 0;
}

static GtkWidget *
find_dialog (GtkWidget *window)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (gtk_window_get_transient_for (l->data) == GTK_WINDOW (window) && gtk_window_get_modal (l->data) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

typedef struct
{
  GtkWidget *window;
  GtkWidget *dialog;
} Open;

static gboolean
has_dialog (gpointer data)
{
  Open *open = data;

  open->dialog = find_dialog (open->window);
  return open->dialog != NULL;
}

static gboolean
has_no_dialog (gpointer data)
{
  return !has_dialog (data);
}

static void
open_dialog (Open       *open,
             const char *action)
{
  g_assert_true (gtk_widget_activate_action (open->window, action, NULL));
  gui_wait_until (has_dialog, open);
}

/* Where a token is asked for: its page, which can be used beside the dialog, does nothing else, and goes with it. */
static void
test_above (GuiFixture   *fixture,
            gconstpointer data)
{
  Open open = { open_window (fixture), NULL };
  GtkWidget *help, *button;

  open_dialog (&open, "win.connect");
  g_signal_emit_by_name (find (open.dialog, GTK_TYPE_BUTTON, is_help_button, "Help on this service"), "clicked");
  gui_wait_until (has_help, &help);
  g_assert_cmpstr (dd_help_window_get_page (DD_HELP_WINDOW (help)), ==, "github");
  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (help)) == GTK_WINDOW (open.dialog));
  /* What is modal keeps to its group. */
  g_assert_true (gtk_window_get_group (GTK_WINDOW (help)) != gtk_window_get_group (GTK_WINDOW (open.dialog)));
  dd_help_window_show_page (DD_HELP_WINDOW (help), "sources");
  g_assert_null (find (help, GTK_TYPE_BUTTON, leads_to, "connect"));
  button = find (help, GTK_TYPE_BUTTON, leads_to, "woodpecker");
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (dd_help_window_get_page (DD_HELP_WINDOW (help)), ==, "woodpecker");
  gtk_window_close (GTK_WINDOW (open.dialog));
  gui_wait_until (has_no_help, &help);
  gui_wait_until (has_no_dialog, &open);

  open_dialog (&open, "win.preferences");
  dd_help_window_show_above (open.dialog, "privacy");
  gui_wait_until (has_help, &help);
  close_help (DD_HELP_WINDOW (help));
  g_assert_true (gtk_widget_get_mapped (open.dialog));
  gtk_window_close (GTK_WINDOW (open.dialog));
  gui_wait_until (has_no_dialog, &open);
  gtk_window_destroy (GTK_WINDOW (open.window));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/help/table", GuiFixture, NULL, gui_fixture_set_up, test_table, gui_fixture_tear_down);
  g_test_add ("/help/pages", GuiFixture, NULL, gui_fixture_set_up, test_pages, gui_fixture_tear_down);
  g_test_add ("/help/context", GuiFixture, NULL, gui_fixture_set_up, test_context, gui_fixture_tear_down);
  g_test_add_func ("/help/welcome", test_welcome);
  g_test_add ("/help/search", GuiFixture, NULL, gui_fixture_set_up, test_search, gui_fixture_tear_down);
  g_test_add ("/help/links", GuiFixture, NULL, gui_fixture_set_up, test_links, gui_fixture_tear_down);
  g_test_add ("/help/from-pages", GuiFixture, NULL, gui_fixture_set_up, test_from_pages, gui_fixture_tear_down);
  g_test_add ("/help/above", GuiFixture, NULL, gui_fixture_set_up, test_above, gui_fixture_tear_down);
  return g_test_run ();
}
