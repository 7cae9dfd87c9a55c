/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-scope-button.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BEGINNING_CHARS 8

struct _DdScopeButton
{
  GtkWidget parent;

  DdSession      *session;
  GCancellable   *cancellable;
  GtkMenuButton  *button;
  GtkLabel       *label;
  GtkPopover     *popover;
  GtkSearchEntry *search;
  GtkListBox     *list;
};

G_DEFINE_FINAL_TYPE (DdScopeButton, dd_scope_button, GTK_TYPE_WIDGET)

/* A row is a repository, a team, or (with neither) all. */
static void
add_row (DdScopeButton *self,
         const char    *repository,
         const char    *team,
         const char    *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  if (team != NULL)
    {
      GtkWidget *kind = gtk_label_new (_("Team"));

      gtk_widget_add_css_class (kind, "dim-label");
      gtk_widget_add_css_class (kind, "caption");
      gtk_box_append (GTK_BOX (box), kind);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data_full (G_OBJECT (row), "dd-repository", g_strdup (repository), g_free);
  g_object_set_data_full (G_OBJECT (row), "dd-team", g_strdup (team), g_free);
  gtk_list_box_append (self->list, row);
}

static void
clear_list (DdScopeButton *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
}

static void
add_groups (DdScopeButton   *self,
            const GPtrArray *groups,
            gboolean         teams)
{
  for (guint i = 0; i < groups->len; i++)
    {
      const DdGroup *group = g_ptr_array_index (groups, i);

      add_row (self, teams ? NULL : group->name, teams ? group->name : NULL, group->name);
    }
}

static void
names_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (DdScopeButton) self = user_data;
  g_autoptr (DdSummary) summary = dd_query_summary_finish (DD_ENGINE (source), result, NULL);

  if (summary == NULL || self->session == NULL)
    return;
  clear_list (self);
  add_row (self, NULL, NULL, _("All Repositories"));
  add_groups (self, summary->teams, TRUE);
  add_groups (self, summary->repositories, FALSE);
}

/* The report in the session knows only what it is narrowed to: all names come from a question of their own. */
static void
popover_shown_cb (DdScopeButton *self)
{
  DdQuery query;

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  dd_session_fill_query (self->session, &query);
  query.repository = NULL;
  query.team = NULL;
  dd_query_summary_async (dd_session_get_engine (self->session), &query, self->cancellable, names_cb, g_object_ref (self));
}

static gboolean
is_found_cb (GtkListBoxRow *row,
             gpointer       user_data)
{
  DdScopeButton *self = user_data;
  g_autofree char *typed = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  const char *name = g_object_get_data (G_OBJECT (row), "dd-repository");
  g_autofree char *folded = NULL;

  if (name == NULL)
    name = g_object_get_data (G_OBJECT (row), "dd-team");
  if (*typed == '\0' || name == NULL)
    return *typed == '\0';
  folded = g_utf8_casefold (name, -1);
  return strstr (folded, typed) != NULL;
}

static void
row_activated_cb (DdScopeButton *self,
                  GtkListBoxRow *row)
{
  dd_session_narrow (self->session, g_object_get_data (G_OBJECT (row), "dd-repository"), g_object_get_data (G_OBJECT (row), "dd-team"));
  gtk_popover_popdown (self->popover);
}

/* Return in the search takes the first that is found. */
static void
search_activated_cb (DdScopeButton *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL; row = gtk_widget_get_next_sibling (row))
    if (gtk_widget_get_child_visible (row))
      {
        row_activated_cb (self, GTK_LIST_BOX_ROW (row));
        return;
      }
}

static void
update (DdScopeButton *self)
{
  const char *name = dd_session_get_repository (self->session);

  if (name == NULL)
    name = dd_session_get_team (self->session);
  gtk_label_set_text (self->label, name != NULL ? name : _("All Repositories"));
  /* A name's beginning stays, however little room the title beside it leaves. */
  gtk_label_set_width_chars (self->label, (int) MIN (g_utf8_strlen (gtk_label_get_text (self->label), -1), BEGINNING_CHARS));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), gtk_label_get_text (self->label));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, gtk_label_get_text (self->label), -1);
}

static void
dd_scope_button_dispose (GObject *object)
{
  DdScopeButton *self = DD_SCOPE_BUTTON (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (object), DD_TYPE_SCOPE_BUTTON);
  G_OBJECT_CLASS (dd_scope_button_parent_class)->dispose (object);
}

static void
dd_scope_button_class_init (DdScopeButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_scope_button_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/common/dd-scope-button.ui");
  gtk_widget_class_bind_template_child (widget_class, DdScopeButton, button);
  gtk_widget_class_bind_template_child (widget_class, DdScopeButton, label);
  gtk_widget_class_bind_template_child (widget_class, DdScopeButton, popover);
  gtk_widget_class_bind_template_child (widget_class, DdScopeButton, search);
  gtk_widget_class_bind_template_child (widget_class, DdScopeButton, list);
  gtk_widget_class_bind_template_callback (widget_class, popover_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
dd_scope_button_init (DdScopeButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, is_found_cb, self, NULL);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (gtk_list_box_invalidate_filter), self->list);
}

GtkWidget *
dd_scope_button_new (void)
{
  return g_object_new (DD_TYPE_SCOPE_BUTTON, NULL);
}

void
dd_scope_button_set_session (DdScopeButton *self,
                             DdSession     *session)
{
  g_return_if_fail (self->session == NULL);
  self->session = g_object_ref (session);
  g_signal_connect_swapped (session, "changed", G_CALLBACK (update), self);
  update (self);
}
