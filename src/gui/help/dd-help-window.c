/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-help-window.h"

#include <glib/gi18n-lib.h>

#include "dd-help-text.h"

struct _DdHelpWindow
{
  AdwWindow parent;

  DdSession        *session; /* NULL above a dialog */
  const DdHelpPage *page; /* NULL before the first */

  AdwLeaflet     *leaflet;
  GtkEditable    *search;
  GtkListBox     *list;
  AdwWindowTitle *title;
  GtkWidget      *scrolled;
  AdwBin         *text;
};

G_DEFINE_FINAL_TYPE (DdHelpWindow, dd_help_window, ADW_TYPE_WINDOW)

/* Rows are in the order of the table. */
static const DdHelpPage *
page_of_row (GtkListBoxRow *row)
{
  guint n;

  return &dd_help_pages (&n)[gtk_list_box_row_get_index (row)];
}

static gboolean
filter_row (GtkListBoxRow *row,
            gpointer       user_data)
{
  return dd_help_page_matches (page_of_row (row), gtk_editable_get_text (DD_HELP_WINDOW (user_data)->search));
}

static void
set_header (GtkListBoxRow *row,
            GtkListBoxRow *before,
            gpointer       user_data)
{
  const char *section = page_of_row (row)->section;
  GtkWidget *header;

  if (before != NULL && g_str_equal (page_of_row (before)->section, section))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  header = gtk_label_new (_(section));
  gtk_label_set_xalign (GTK_LABEL (header), 0);
  gtk_widget_add_css_class (header, "dd-section");
  gtk_list_box_row_set_header (row, header);
}

static void
fill_list (DdHelpWindow *self)
{
  guint n;
  const DdHelpPage *pages = dd_help_pages (&n);

  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row = gtk_list_box_row_new ();
      GtkWidget *label = gtk_label_new (_(pages[i].title));

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
      gtk_list_box_append (self->list, row);
    }
  gtk_list_box_set_filter_func (self->list, filter_row, self, NULL);
  gtk_list_box_set_header_func (self->list, set_header, NULL, NULL);
}

static void
row_activated_cb (DdHelpWindow  *self,
                  GtkListBoxRow *row)
{
  dd_help_window_show_page (self, page_of_row (row)->id);
}

static void
search_changed_cb (DdHelpWindow *self)
{
  gtk_list_box_invalidate_filter (self->list);
}

/* Enter opens the first of those that were found. */
static void
search_activated_cb (DdHelpWindow *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (filter_row (row, self))
      {
        row_activated_cb (self, row);
        return;
      }
}

static void
search_stopped_cb (DdHelpWindow *self)
{
  if (*gtk_editable_get_text (self->search) != '\0')
    gtk_editable_set_text (self->search, "");
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
page_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  dd_help_window_show_page (DD_HELP_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/* What is done is seen in the window below, so that this one makes room. */
static void
do_action (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  GtkWindow *outside = gtk_window_get_transient_for (GTK_WINDOW (widget));
  g_autofree char *detailed = g_strconcat ("win.", g_variant_get_string (parameter, NULL), NULL);
  g_autofree char *action = NULL;
  g_autoptr (GVariant) target = NULL;

  if (outside == NULL || !g_action_parse_detailed_name (detailed, &action, &target, NULL))
    return;
  g_object_ref (outside);
  gtk_window_close (GTK_WINDOW (widget));
  gtk_widget_activate_action_variant (GTK_WIDGET (outside), action, target);
  g_object_unref (outside);
}

static void
list_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DdHelpWindow *self = DD_HELP_WINDOW (widget);

  adw_leaflet_set_visible_child_name (self->leaflet, "list");
  gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

static void
search_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  DdHelpWindow *self = DD_HELP_WINDOW (widget);

  adw_leaflet_set_visible_child_name (self->leaflet, "list");
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
dd_help_window_dispose (GObject *object)
{
  DdHelpWindow *self = DD_HELP_WINDOW (object);

  if (self->list != NULL)
    gtk_list_box_set_filter_func (self->list, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), DD_TYPE_HELP_WINDOW);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dd_help_window_parent_class)->dispose (object);
}

static void
dd_help_window_class_init (DdHelpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_help_window_dispose;
  gtk_widget_class_install_action (widget_class, "help.page", "s", page_action);
  gtk_widget_class_install_action (widget_class, "help.do", "s", do_action);
  gtk_widget_class_install_action (widget_class, "help.list", NULL, list_action);
  gtk_widget_class_install_action (widget_class, "help.search", NULL, search_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "help.search", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/help/dd-help-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DdHelpWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, DdHelpWindow, search);
  gtk_widget_class_bind_template_child (widget_class, DdHelpWindow, list);
  gtk_widget_class_bind_template_child (widget_class, DdHelpWindow, title);
  gtk_widget_class_bind_template_child (widget_class, DdHelpWindow, scrolled);
  gtk_widget_class_bind_template_child (widget_class, DdHelpWindow, text);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
}

static void
dd_help_window_init (DdHelpWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_list (self);
}

GtkWidget *
dd_help_window_new (GtkWindow *parent,
                    DdSession *session)
{
  DdHelpWindow *self = g_object_new (DD_TYPE_HELP_WINDOW, "transient-for", parent, NULL);

  self->session = session != NULL ? g_object_ref (session) : NULL;
  /* Closed, the window below may go on unseen; its help does not stay behind. */
  g_signal_connect_object (parent, "hide", G_CALLBACK (gtk_window_close), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

static DdHelpWindow *
find_above (GtkWindow *dialog)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (DD_IS_HELP_WINDOW (l->data) && gtk_window_get_transient_for (l->data) == dialog)
      return l->data;
  return NULL;
}

void
dd_help_window_show_above (GtkWidget  *widget,
                           const char *id)
{
  GtkWindow *dialog = GTK_WINDOW (gtk_widget_get_root (widget));
  DdHelpWindow *self = find_above (dialog);

  if (self == NULL)
    {
      /* What a modal dialog takes is taken from its group. */
      g_autoptr (GtkWindowGroup) group = gtk_window_group_new ();

      self = DD_HELP_WINDOW (dd_help_window_new (dialog, NULL));
      gtk_window_group_add_window (group, GTK_WINDOW (self));
    }
  dd_help_window_show_page (self, id);
  gtk_window_present (GTK_WINDOW (self));
}

static DdHelpButtons
buttons_of (DdHelpWindow *self)
{
  if (self->session == NULL)
    return DD_HELP_NO_BUTTONS;
  return dd_session_get_workspace (self->session) != NULL ? DD_HELP_ALL_BUTTONS : DD_HELP_NO_PAGES;
}

void
dd_help_window_show_page (DdHelpWindow *self,
                          const char   *id)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled));
  guint n;
  const DdHelpPage *pages = dd_help_pages (&n);
  const DdHelpPage *page = dd_help_page_find (id);

  self->page = page != NULL ? page : pages;
  adw_window_title_set_title (self->title, _(self->page->section));
  adw_bin_set_child (self->text, dd_help_text_new (self->page, buttons_of (self)));
  gtk_adjustment_set_value (adjustment, 0);
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, (int) (self->page - pages)));
  adw_leaflet_set_visible_child_name (self->leaflet, "page");
  /* Page Up and Page Down scroll at once, and Tab goes on to the links. */
  gtk_widget_grab_focus (self->scrolled);
}

const char *
dd_help_window_get_page (DdHelpWindow *self)
{
  return self->page != NULL ? self->page->id : NULL;
}
