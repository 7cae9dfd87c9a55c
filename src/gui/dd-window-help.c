/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-window-private.h"

#include "dd-help-pages.h"
#include "dd-help-window.h"

/* The page that belongs to what is on screen. */
static const char *
find_page (DdWindow *self)
{
  gboolean any = dd_session_get_workspace (self->session) != NULL;

  return dd_help_page_for (any ? gtk_stack_get_visible_child_name (self->pages) : NULL)->id;
}

/* It is made when somebody asks for help, and shown again while it is open. */
static void
help_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  DdWindow *self = DD_WINDOW (user_data);
  const char *id = g_variant_get_string (parameter, NULL);

  if (self->help == NULL)
    g_set_weak_pointer (&self->help, dd_help_window_new (GTK_WINDOW (self), self->session));
  dd_help_window_show_page (DD_HELP_WINDOW (self->help), *id != '\0' ? id : find_page (self));
  gtk_window_present (GTK_WINDOW (self->help));
}

void
dd_window_add_help_actions (DdWindow *self)
{
  static const GActionEntry actions[] = {
    { .name = "help", .activate = help_cb, .parameter_type = "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}
