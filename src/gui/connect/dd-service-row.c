/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-service-row.h"

#include <glib/gi18n-lib.h>

#include "dd-error.h"
#include "dd-help-window.h"
#include "dd-join.h"
#include "dd-service-info.h"
#include "dd-source-trial.h"

struct _DdServiceRow
{
  AdwExpanderRow parent;

  DdEngine            *engine;
  const DdServiceInfo *info;
  char                *workspace; /* that it is saved in; NULL while it is new */
  DdSourceSettings    *saved;     /* what it started from */
  GCancellable        *cancellable;
  GPtrArray           *missing;   /* of GtkWidget: rows of the last check */
  gboolean             accepted;
  gboolean             touched;
  gboolean             filling;   /* what is typed now is not typed by the user */

  GtkLabel     *letter;
  GtkStack     *mark;
  GtkSpinner   *spinner;
  GtkEditable  *url_row;
  GtkEditable  *organization_row;
  GtkEditable  *repositories_row;
  GtkEditable  *token_row;
  GtkWidget    *paste_button;
  AdwActionRow *rights_row;
  GtkWidget    *page_icon;
  AdwActionRow *check_row;
  GtkButton    *check_button;
  GtkWidget    *remove_button;
};

G_DEFINE_FINAL_TYPE (DdServiceRow, dd_service_row, ADW_TYPE_EXPANDER_ROW)

enum
{
  CHANGED,
  ACCEPTED,
  REMOVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
set_mark (DdServiceRow *self,
          const char   *name)
{
  gtk_stack_set_visible_child_name (self->mark, name);
  gtk_spinner_set_spinning (self->spinner, self->cancellable != NULL);
}

static void
clear_missing (DdServiceRow *self)
{
  for (guint i = 0; i < self->missing->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_ptr_array_index (self->missing, i));
  g_ptr_array_set_size (self->missing, 0);
}

static void
say (DdServiceRow *self,
     const char   *title,
     const char   *subtitle)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->check_row), title);
  adw_action_row_set_subtitle (self->check_row, subtitle != NULL ? subtitle : "");
}

static void
add_missing (DdServiceRow *self,
             const char   *sentence)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  gtk_widget_add_css_class (icon, "warning");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Missing right"), -1);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), sentence);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->missing, row);
}

static void
stop (DdServiceRow *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
update_page (DdServiceRow *self)
{
  g_autofree char *page = dd_service_info_token_page (self->info, gtk_editable_get_text (self->url_row),
                                                      gtk_editable_get_text (self->organization_row));

  g_autofree char *title = page != NULL ? g_strdup_printf (_("Create a Token on %s"), self->info->name)
                                        : g_strdup (_("Rights that are needed"));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rights_row), title);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->rights_row), page != NULL);
  gtk_widget_set_visible (self->page_icon, page != NULL);
}

static void
typed_cb (DdServiceRow *self)
{
  if (self->filling)
    return;
  stop (self);
  clear_missing (self);
  self->accepted = FALSE;
  self->touched = TRUE;
  set_mark (self, "none");
  say (self, _("Not checked yet"), NULL);
  update_page (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
pasted_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DdServiceRow) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);

  if (text == NULL || self->token_row == NULL)
    return;
  gtk_editable_set_text (self->token_row, g_strstrip (text));
  gtk_widget_grab_focus (GTK_WIDGET (self->check_button));
}

static void
paste_cb (DdServiceRow *self)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, pasted_cb, g_object_ref (self));
}

static void
open_page_cb (DdServiceRow *self)
{
  g_autofree char *page = dd_service_info_token_page (self->info, gtk_editable_get_text (self->url_row),
                                                      gtk_editable_get_text (self->organization_row));

  if (page != NULL)
    gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), page, GDK_CURRENT_TIME);
}

static void
help_cb (DdServiceRow *self)
{
  dd_help_window_show_above (GTK_WIDGET (self), self->info->help);
}

static void
remove_cb (DdServiceRow *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

/* Names between commas, without the spaces around them. */
static char **
split_names (const char *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = g_strsplit (text, ",", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (*g_strstrip (words[i]) != '\0')
      g_strv_builder_add (builder, words[i]);
  return g_strv_builder_end (builder);
}

static gboolean
is_github (DdServiceRow *self)
{
  return g_str_equal (self->info->type, "github");
}

DdSourceSettings *
dd_service_row_get_settings (DdServiceRow *self,
                             GError      **error)
{
  g_autoptr (DdSourceSettings) settings = dd_source_trial_copy (self->saved);
  g_autofree char *organization = g_strstrip (g_strdup (gtk_editable_get_text (self->organization_row)));

  if (self->info->token == NULL)
    return g_steal_pointer (&settings);
  g_free (settings->url);
  settings->url = g_strstrip (g_strdup (gtk_editable_get_text (self->url_row)));
  if (*settings->url == '\0')
    {
      g_set_error (error, DD_ERROR, DD_ERROR_INVALID, _("Give the address of your %s."), self->info->name);
      return NULL;
    }
  if (!dd_source_trial_check_url (settings->url, error))
    return NULL;
  g_free (settings->organization);
  settings->organization = *organization != '\0' ? g_steal_pointer (&organization) : NULL;
  g_strfreev (settings->repositories);
  settings->repositories = split_names (gtk_editable_get_text (self->repositories_row));
  if (is_github (self) && settings->organization == NULL && settings->repositories[0] == NULL)
    {
      g_set_error_literal (error, DD_ERROR, DD_ERROR_INVALID, _("Name the organization or user whose repositories are read."));
      return NULL;
    }
  return g_steal_pointer (&settings);
}

/* The window's own words where those of the engine speak of the command line. */
static void
show_failure (DdServiceRow *self,
              const GError *error)
{
  g_autofree char *sentence = NULL;

  if (!g_error_matches (error, DD_ERROR, DD_ERROR_AUTH))
    sentence = g_strdup (error->message);
  else if (dd_service_row_get_token (self) != NULL)
    sentence = g_strdup_printf (_("%s does not know this token."), self->info->name);
  else if (self->workspace != NULL)
    sentence = g_strdup_printf (_("%s does not know the token in the keyring, or there is none; give another."), self->info->name);
  else
    sentence = g_strdup_printf (_("There is no token for %s yet; paste one."), self->info->name);
  dd_service_row_set_error (self, sentence);
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DdServiceRow) self = user_data;
  g_autoptr (GError) error = NULL;
  DdTokenCheck *check = dd_source_trial_check_finish (DD_ENGINE (object), result, &error);

  /* Cancelled: something else was typed, or the row is gone. */
  if (check == NULL || self->engine == NULL)
    {
      dd_token_check_free (check);
      return;
    }
  g_clear_object (&self->cancellable);
  clear_missing (self);
  gtk_button_set_label (self->check_button, _("_Check Again"));
  if (check->error != NULL)
    {
      show_failure (self, check->error);
    }
  else
    {
      self->accepted = TRUE;
      say (self, check->who != NULL ? check->who : _("The token is good"), check->detail);
      for (guint i = 0; check->missing != NULL && i < check->missing->len; i++)
        add_missing (self, g_ptr_array_index (check->missing, i));
      set_mark (self, self->missing->len > 0 ? "trouble" : "good");
      g_signal_emit (self, signals[ACCEPTED], 0);
    }
  dd_token_check_free (check);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
dd_service_row_check (DdServiceRow *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DdSourceSettings) settings = dd_service_row_get_settings (self, &error);

  stop (self);
  clear_missing (self);
  self->accepted = FALSE;
  if (settings == NULL)
    {
      dd_service_row_set_error (self, error->message);
      g_signal_emit (self, signals[CHANGED], 0);
      return;
    }
  self->cancellable = g_cancellable_new ();
  set_mark (self, "checking");
  say (self, _("Checking…"), NULL);
  dd_source_trial_check_async (self->engine, self->workspace, settings, dd_service_row_get_token (self), self->cancellable,
                               checked_cb, g_object_ref (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

/* GTK 4.8 gives a row no action of its own that screen readers could do. */
static void
expand_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  AdwExpanderRow *row = ADW_EXPANDER_ROW (widget);

  adw_expander_row_set_expanded (row, !adw_expander_row_get_expanded (row));
}

static void
dd_service_row_dispose (GObject *object)
{
  DdServiceRow *self = DD_SERVICE_ROW (object);

  stop (self);
  g_clear_object (&self->engine);
  gtk_widget_dispose_template (GTK_WIDGET (object), DD_TYPE_SERVICE_ROW);
  G_OBJECT_CLASS (dd_service_row_parent_class)->dispose (object);
}

static void
dd_service_row_finalize (GObject *object)
{
  DdServiceRow *self = DD_SERVICE_ROW (object);

  g_ptr_array_unref (self->missing);
  g_clear_pointer (&self->saved, dd_source_settings_free);
  g_free (self->workspace);
  G_OBJECT_CLASS (dd_service_row_parent_class)->finalize (object);
}

static void
dd_service_row_class_init (DdServiceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_service_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = dd_service_row_finalize;
  signals[CHANGED] = g_signal_new ("changed", DD_TYPE_SERVICE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACCEPTED] = g_signal_new ("accepted", DD_TYPE_SERVICE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVE] = g_signal_new ("remove", DD_TYPE_SERVICE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "service.expand", NULL, expand_cb);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/connect/dd-service-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DdServiceRow, letter);
  gtk_widget_class_bind_template_child (widget_class, DdServiceRow, mark);
  gtk_widget_class_bind_template_child (widget_class, DdServiceRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, DdServiceRow, url_row);
  gtk_widget_class_bind_template_child (widget_class, DdServiceRow, organization_row);
  gtk_widget_class_bind_template_child (widget_class, DdServiceRow, repositories_row);
  gtk_widget_class_bind_template_child (widget_class, DdServiceRow, token_row);
  gtk_widget_class_bind_template_child (widget_class, DdServiceRow, paste_button);
  gtk_widget_class_bind_template_child (widget_class, DdServiceRow, rights_row);
  gtk_widget_class_bind_template_child (widget_class, DdServiceRow, page_icon);
  gtk_widget_class_bind_template_child (widget_class, DdServiceRow, check_row);
  gtk_widget_class_bind_template_child (widget_class, DdServiceRow, check_button);
  gtk_widget_class_bind_template_child (widget_class, DdServiceRow, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, paste_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_page_cb);
  gtk_widget_class_bind_template_callback (widget_class, help_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, dd_service_row_check);
}

static void
dd_service_row_init (DdServiceRow *self)
{
  self->missing = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What is asked for depends on the service. */
static void
fill (DdServiceRow *self)
{
  gboolean token = self->info->token != NULL;
  gboolean github = is_github (self);
  gboolean woodpecker = g_str_equal (self->info->type, "woodpecker");
  g_autofree char *names = dd_join_items ((const char * const *) self->saved->repositories);

  self->filling = TRUE;
  gtk_editable_set_text (self->url_row, self->saved->url);
  gtk_editable_set_text (self->organization_row, self->saved->organization != NULL ? self->saved->organization : "");
  gtk_editable_set_text (self->repositories_row, names);
  self->filling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->url_row), token);
  gtk_widget_set_visible (GTK_WIDGET (self->organization_row), github);
  gtk_widget_set_visible (GTK_WIDGET (self->repositories_row), github || woodpecker);
  gtk_widget_set_visible (GTK_WIDGET (self->token_row), token);
  gtk_widget_set_visible (GTK_WIDGET (self->rights_row), token);
  gtk_widget_set_visible (GTK_WIDGET (self->check_button), token);
  update_page (self);
}

GtkWidget *
dd_service_row_new (DdEngine   *engine,
                    const char *type)
{
  DdServiceRow *self = g_object_new (DD_TYPE_SERVICE_ROW, NULL);
  g_autofree char *style = g_strconcat ("service-", type, NULL);

  self->engine = g_object_ref (engine);
  self->info = dd_service_info_find (type);
  self->saved = dd_source_settings_new (type);
  gtk_label_set_label (self->letter, self->info->letter);
  gtk_widget_add_css_class (GTK_WIDGET (self->letter), style);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _(self->info->name));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _(self->info->name), -1);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), _(self->info->gives));
  if (self->info->token != NULL)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->token_row), _(self->info->token));
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->token_row), _(self->info->token));
      adw_action_row_set_subtitle (self->rights_row, _(self->info->rights));
    }
  fill (self);
  return GTK_WIDGET (self);
}

void
dd_service_row_set_saved (DdServiceRow           *self,
                          const char             *workspace,
                          const DdSourceSettings *source)
{
  DdSourceSettings *copy = dd_source_trial_copy (source);
  g_autofree char *title = NULL;

  g_free (self->workspace);
  self->workspace = g_strdup (workspace);
  dd_source_settings_free (self->saved);
  self->saved = copy;
  gtk_widget_set_visible (self->remove_button, TRUE);
  if (self->info->token != NULL)
    {
      /* Translators: %s is what the service calls its token. */
      title = g_strdup_printf (_("%s: kept in the keyring; type another to renew it"), _(self->info->token));
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->token_row), title);
    }
  else
    {
      say (self, _("Nothing is asked: records come from files"), NULL);
    }
  fill (self);
  self->touched = FALSE;
}

void
dd_service_row_set_state (DdServiceRow *self,
                          const char   *words,
                          gboolean      trouble)
{
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), words);
  set_mark (self, trouble ? "trouble" : "good");
}

void
dd_service_row_set_error (DdServiceRow *self,
                          const char   *sentence)
{
  self->accepted = FALSE;
  set_mark (self, "trouble");
  say (self, sentence, NULL);
}

const char *
dd_service_row_get_source_type (DdServiceRow *self)
{
  return self->info->type;
}

gboolean
dd_service_row_is_touched (DdServiceRow *self)
{
  return self->touched;
}

gboolean
dd_service_row_is_accepted (DdServiceRow *self)
{
  return self->accepted || self->info->token == NULL;
}

gboolean
dd_service_row_is_checking (DdServiceRow *self)
{
  return self->cancellable != NULL;
}

const char *
dd_service_row_get_token (DdServiceRow *self)
{
  const char *token = gtk_editable_get_text (self->token_row);

  return *token != '\0' ? token : NULL;
}

void
dd_service_row_forget_token (DdServiceRow *self)
{
  self->filling = TRUE;
  gtk_editable_set_text (self->token_row, "");
  self->filling = FALSE;
  self->touched = FALSE;
}
