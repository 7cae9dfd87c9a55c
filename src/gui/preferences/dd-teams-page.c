/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-preferences-private.h"

struct _DdTeamsPage
{
  AdwPreferencesPage parent;

  DdSettingsEditor    *editor;
  GPtrArray           *rows; /* of GtkWidget, beside the settings' teams */
  AdwPreferencesGroup *teams;
};

G_DEFINE_FINAL_TYPE (DdTeamsPage, dd_teams_page, ADW_TYPE_PREFERENCES_PAGE)

/* What a control of a team belongs to: teams have no names of their own until they are given one. */
typedef struct
{
  DdTeamsPage *page;
  DdTeam      *team;
  GtkWidget   *row;  /* of the team */
  GtkWidget   *name; /* where the name is typed */
  GtkWidget   *tier;
  GPtrArray   *checks; /* of GtkCheckButton, one a repository */
} TeamRow;

static void
team_row_free (gpointer data)
{
  g_ptr_array_unref (((TeamRow *) data)->checks);
  g_free (data);
}

static void
show_team (TeamRow *team_row)
{
  guint n = g_strv_length (team_row->team->repositories);
  g_autofree char *words = g_strdup_printf (ngettext ("%u repository", "%u repositories", n), n);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (team_row->row), team_row->team->name);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (team_row->row), words);
}

/* TRUE where another team is called so. */
static gboolean
is_taken (DdTeamsPage  *self,
          const DdTeam *but,
          const char   *name)
{
  GPtrArray *teams = dd_settings_editor_get_settings (self->editor)->teams;

  for (guint i = 0; i < teams->len; i++)
    {
      const DdTeam *team = g_ptr_array_index (teams, i);

      if (team != but && g_strcmp0 (team->name, name) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
applied_cb (TeamRow *team_row)
{
  DdTeamsPage *self = team_row->page;
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (team_row->name))));
  g_autofree char *tier = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (team_row->tier))));

  if (*name == '\0' || is_taken (self, team_row->team, name))
    {
      gtk_widget_add_css_class (team_row->name, "error");
      dd_preferences_toast (GTK_WIDGET (self), self->editor,
                            *name == '\0' ? _("A team needs a name") : _("Another team has that name"), FALSE, NULL, NULL, NULL);
      return;
    }
  gtk_widget_remove_css_class (team_row->name, "error");
  g_free (team_row->team->name);
  team_row->team->name = g_steal_pointer (&name);
  g_free (team_row->team->tier);
  team_row->team->tier = *tier != '\0' ? g_steal_pointer (&tier) : NULL;
  show_team (team_row);
  dd_settings_editor_commit (self->editor);
}

static void
toggled_cb (TeamRow        *team_row,
            GtkCheckButton *check)
{
  const char *name = g_object_get_data (G_OBJECT (check), "dd-name");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  DdTeam *team = team_row->team;

  for (guint i = 0; team->repositories[i] != NULL; i++)
    if (g_ascii_strcasecmp (team->repositories[i], name) != 0)
      g_strv_builder_add (builder, team->repositories[i]);
  if (gtk_check_button_get_active (check))
    g_strv_builder_add (builder, name);
  g_strfreev (team->repositories);
  team->repositories = g_strv_builder_end (builder);
  show_team (team_row);
  dd_settings_editor_commit (team_row->page->editor);
}

static void
remove_cb (TeamRow *team_row)
{
  DdTeamsPage *self = team_row->page;
  g_autofree char *title = g_strdup_printf (_("Team %s removed"), team_row->team->name);
  GtkWidget *row = team_row->row;

  g_ptr_array_remove (dd_settings_editor_get_settings (self->editor)->teams, team_row->team);
  dd_settings_editor_commit (self->editor);
  g_ptr_array_remove (self->rows, row);
  /* Frees @team_row too. */
  adw_preferences_group_remove (self->teams, row);
  dd_preferences_toast (GTK_WIDGET (self), self->editor, title, TRUE, NULL, NULL, NULL);
}

static gboolean
has_repository (const DdTeam *team,
                const char   *name)
{
  for (guint i = 0; team->repositories[i] != NULL; i++)
    if (g_ascii_strcasecmp (team->repositories[i], name) == 0)
      return TRUE;
  return FALSE;
}

/* The same as its check: what is dragged from another team stays in that one too, as a repository may be in several. */
static gboolean
drop_cb (TeamRow      *team_row,
         const GValue *value)
{
  const char *name = g_value_get_string (value);

  for (guint i = 0; name != NULL && i < team_row->checks->len; i++)
    {
      GtkCheckButton *check = g_ptr_array_index (team_row->checks, i);

      if (strcmp (g_object_get_data (G_OBJECT (check), "dd-name"), name) == 0)
        {
          gtk_check_button_set_active (check, TRUE);
          return TRUE;
        }
    }
  return FALSE;
}

static void
drag_begin_cb (GtkDragSource *source,
               GdkDrag       *drag,
               GtkWidget     *row)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (row);

  gtk_drag_source_set_icon (source, picture, 0, 0);
}

static void
add_drag (GtkWidget  *row,
          const char *repository)
{
  GtkDragSource *source = gtk_drag_source_new ();
  g_autoptr (GdkContentProvider) content = gdk_content_provider_new_typed (G_TYPE_STRING, repository);

  gtk_drag_source_set_content (source, content);
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), row);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
}

static void
add_drop (TeamRow *team_row)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_COPY);

  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), team_row);
  gtk_widget_add_controller (team_row->row, GTK_EVENT_CONTROLLER (target));
}

static void
add_check (TeamRow    *team_row,
           const char *repository)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), repository);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), has_repository (team_row->team, repository));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, repository, -1);
  g_object_set_data_full (G_OBJECT (check), "dd-name", g_strdup (repository), g_free);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (toggled_cb), team_row);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_ptr_array_add (team_row->checks, check);
  add_drag (row, repository);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (team_row->row), row);
}

static GtkWidget *
make_entry (TeamRow    *team_row,
            const char *title,
            const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_swapped (row, "apply", G_CALLBACK (applied_cb), team_row);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (team_row->row), row);
  return row;
}

static TeamRow *
add_row (DdTeamsPage *self,
         DdTeam      *team)
{
  const DdSeen *seen = dd_settings_editor_get_seen (self->editor);
  TeamRow *team_row = g_new0 (TeamRow, 1);
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  team_row->page = self;
  team_row->team = team;
  team_row->row = adw_expander_row_new ();
  g_object_set_data_full (G_OBJECT (team_row->row), "dd-team", team_row, team_row_free);
  team_row->checks = g_ptr_array_new ();
  add_drop (team_row);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (team_row->row), FALSE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Remove this team"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Remove this team"), -1);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_cb), team_row);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (team_row->row), button);
  team_row->name = make_entry (team_row, _("Name"), team->name);
  team_row->tier = make_entry (team_row, _("Service tier (may be empty)"), team->tier);
  for (guint i = 0; i < seen->repositories->len; i++)
    add_check (team_row, ((DdSeenRepository *) g_ptr_array_index (seen->repositories, i))->name);
  show_team (team_row);
  adw_preferences_group_add (self->teams, team_row->row);
  g_ptr_array_add (self->rows, team_row->row);
  return team_row;
}

static void
add_cb (DdTeamsPage *self)
{
  DdSettings *settings = dd_settings_editor_get_settings (self->editor);
  DdTeam *team;
  TeamRow *team_row;

  if (settings == NULL)
    return;
  team = g_new0 (DdTeam, 1);
  team->name = g_strdup (_("New team"));
  for (guint n = 2; is_taken (self, team, team->name); n++)
    {
      g_free (team->name);
      team->name = g_strdup_printf (_("New team %u"), n);
    }
  team->repositories = g_new0 (char *, 1);
  g_ptr_array_add (settings->teams, team);
  dd_settings_editor_commit (self->editor);
  team_row = add_row (self, team);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (team_row->row), TRUE);
  gtk_widget_grab_focus (team_row->name);
}

static void
loaded_cb (DdTeamsPage *self)
{
  GPtrArray *teams = dd_settings_editor_get_settings (self->editor)->teams;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->teams, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < teams->len; i++)
    add_row (self, g_ptr_array_index (teams, i));
}

static void
dd_teams_page_dispose (GObject *object)
{
  DdTeamsPage *self = DD_TEAMS_PAGE (object);

  g_ptr_array_set_size (self->rows, 0);
  g_clear_object (&self->editor);
  G_OBJECT_CLASS (dd_teams_page_parent_class)->dispose (object);
}

static void
dd_teams_page_finalize (GObject *object)
{
  g_ptr_array_unref (DD_TEAMS_PAGE (object)->rows);
  G_OBJECT_CLASS (dd_teams_page_parent_class)->finalize (object);
}

static void
dd_teams_page_class_init (DdTeamsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_teams_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = dd_teams_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/preferences/dd-teams-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DdTeamsPage, teams);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
dd_teams_page_init (DdTeamsPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
dd_teams_page_new (DdSettingsEditor *editor)
{
  DdTeamsPage *self = g_object_new (DD_TYPE_TEAMS_PAGE, NULL);

  self->editor = g_object_ref (editor);
  g_signal_connect_object (editor, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
