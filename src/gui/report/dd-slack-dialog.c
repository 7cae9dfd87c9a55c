/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-slack-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-banner.h"
#include "dd-columns.h"
#include "dd-error.h"
#include "dd-save.h"
#include "dd-send.h"
#include "dd-slack-preview.h"
#include "dd-source-trial.h"
#include "dd-tokens.h"
#include "dd-words.h"

#define WEBHOOK "slack"
#define BOT "slack-bot"

struct _DdSlackDialog
{
  AdwWindow parent;

  DdEngine     *engine;
  char         *workspace;
  char         *payload;
  GBytes       *pdf;          /* NULL where it could not be made */
  GCancellable *cancellable;  /* of questions, not of what goes out */
  gboolean      known;        /* what the keyring holds is known */
  gboolean      has_webhook;
  gboolean      has_bot;
  gboolean      sending;
  gboolean      session_only; /* what is typed is kept for this session, where there is no keyring */
  gboolean      again;        /* knowingly */
  gboolean      closed;
  GtkWidget    *outside;      /* where it was opened; NULL once that is gone */

  GtkWidget           *close_button;
  GtkWidget           *send_button;
  GtkSpinner          *spinner;
  DdBanner            *banner;
  GtkStack            *stack;
  GtkWidget           *form;
  GtkWidget           *webhook_group;
  GtkEditable         *webhook_row;
  GtkWidget           *known_group;
  AdwActionRow        *known_row;
  GtkToggleButton     *json_button;
  GtkStack            *views;
  GtkBox              *message;
  GtkTextView         *json;
  AdwExpanderRow      *pdf_row;
  GtkEditable         *channel_row;
  GtkEditable         *bot_row;
  AdwStatusPage       *done_page;
};

G_DEFINE_FINAL_TYPE (DdSlackDialog, dd_slack_dialog, ADW_TYPE_WINDOW)

/* What was typed, without what a paste brings along; NULL for nothing. */
static char *
typed (GtkEditable *row)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (row)));

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static gboolean
wants_pdf (DdSlackDialog *self)
{
  return adw_expander_row_get_enable_expansion (self->pdf_row);
}

static void
update (DdSlackDialog *self)
{
  g_autofree char *webhook = typed (self->webhook_row);
  g_autofree char *bot = typed (self->bot_row);
  g_autofree char *channel = typed (self->channel_row);
  gboolean may_pdf = !wants_pdf (self) || (channel != NULL && (self->has_bot || bot != NULL));
  gboolean ready = self->known && !self->sending && (self->has_webhook || webhook != NULL) && may_pdf;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "slack.send", ready);
  gtk_widget_set_visible (self->webhook_group, self->known && !self->has_webhook);
  gtk_widget_set_visible (self->known_group, self->known && self->has_webhook);
  gtk_widget_set_visible (GTK_WIDGET (self->bot_row), !self->has_bot);
  gtk_widget_set_sensitive (self->form, !self->sending);
  gtk_spinner_set_spinning (self->spinner, self->sending);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), self->sending);
}

/* ---- what will be posted ---- */

static GtkWidget *
make_label (const DdSlackPiece *piece)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), piece->markup);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  if (piece->kind == DD_SLACK_HEADER)
    gtk_widget_add_css_class (label, "title-4");
  if (piece->kind == DD_SLACK_CONTEXT)
    {
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
    }
  return label;
}

static void
show_payload (DdSlackDialog *self)
{
  static const DdColumnStep steps[] = { { 440, 2 }, { 0, 1 } };
  g_autoptr (GPtrArray) pieces = dd_slack_preview (self->payload);
  DdColumns *fields = NULL;
  guint block = 0;

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->json), self->payload, -1);
  for (guint i = 0; i < pieces->len; i++)
    {
      const DdSlackPiece *piece = g_ptr_array_index (pieces, i);
      GtkWidget *label = make_label (piece);

      if (piece->kind != DD_SLACK_FIELD)
        {
          gtk_box_append (self->message, label);
          continue;
        }
      if (fields == NULL || piece->block != block)
        {
          fields = DD_COLUMNS (dd_columns_new ());
          dd_columns_set_steps (fields, steps, 1);
          gtk_box_append (self->message, GTK_WIDGET (fields));
        }
      block = piece->block;
      dd_columns_append (fields, label);
    }
}

static void
json_toggled_cb (DdSlackDialog *self)
{
  gtk_stack_set_visible_child_name (self->views, gtk_toggle_button_get_active (self->json_button) ? "json" : "message");
}

static void
pdf_enabled_cb (DdSlackDialog *self)
{
  adw_expander_row_set_expanded (self->pdf_row, wants_pdf (self));
  update (self);
}

static void
change_webhook (DdSlackDialog *self)
{
  self->has_webhook = FALSE;
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->webhook_row));
}

/* ---- how it ended ---- */

static void
end_sending (DdSlackDialog *self)
{
  self->sending = FALSE;
  update (self);
}

static void
show_done (DdSlackDialog *self)
{
  const char *words = wants_pdf (self) ? _("The report and its PDF are in Slack.") : _("The report is in Slack.");

  adw_status_page_set_description (self->done_page, words);
  gtk_stack_set_visible_child_name (self->stack, "done");
  dd_banner_show (self->banner, NULL, NULL, NULL, FALSE);
  gtk_widget_set_visible (self->send_button, FALSE);
  gtk_button_set_label (GTK_BUTTON (self->close_button), _("_Close"));
  gtk_widget_grab_focus (self->close_button);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}

static void
confirmed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (DdSlackDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = dd_send_confirm_finish (self->engine, result, &error);

  if (done)
    g_signal_emit_by_name (self, "posted");
  if (self->closed)
    return;
  end_sending (self);
  if (done)
    show_done (self);
  else
    dd_banner_show (self->banner, error->message, NULL, NULL, TRUE);
}

static void
question_answered_cb (DdSlackDialog *self,
                      const char    *response)
{
  if (strcmp (response, "again") == 0)
    {
      self->again = TRUE;
      gtk_widget_activate_action (GTK_WIDGET (self), "slack.send", NULL);
    }
  else if (strcmp (response, "there") == 0)
    {
      self->sending = TRUE;
      update (self);
      dd_send_confirm_async (self->engine, self->workspace, self->payload, NULL, confirmed_cb, g_object_ref (self));
    }
}

/* Only somebody who has looked can say whether it is there. */
static void
ask (DdSlackDialog *self,
     const GError  *error)
{
  GtkWidget *question = adw_message_dialog_new (GTK_WINDOW (self), _("Is It in Slack?"), error->message);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (question);

  adw_message_dialog_add_responses (dialog, "leave", _("_Not Now"), "there", _("It Is _There"), "again", _("Send _Again"),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, "again", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "leave");
  adw_message_dialog_set_close_response (dialog, "leave");
  g_signal_connect_object (dialog, "response", G_CALLBACK (question_answered_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (question));
}

static void
show_failure (DdSlackDialog *self,
              const GError  *error,
              gboolean       at_file)
{
  gboolean no_keyring = g_error_matches (error, DD_ERROR, DD_ERROR_KEYRING);

  dd_banner_show (self->banner, error->message, no_keyring ? _("For This _Session Only") : NULL, "slack.session-only", TRUE);
  if (g_error_matches (error, DD_ERROR, DD_ERROR_UNCONFIRMED))
    {
      ask (self, error);
      return;
    }
  if (!g_error_matches (error, DD_ERROR, DD_ERROR_AUTH) && !g_error_matches (error, DD_ERROR, DD_ERROR_INVALID))
    return;
  /* Another one is wanted of whichever it was. */
  if (at_file)
    self->has_bot = FALSE;
  else
    self->has_webhook = FALSE;
  update (self);
}

/* The dialog may be closed by now: what went out is told all the same. */
static void
say_outside (DdSlackDialog *self,
             const GError  *error)
{
  if (self->outside != NULL)
    dd_say (self->outside, error != NULL ? error->message : _("The report is posted to Slack"));
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (DdSlackDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean posted, done = dd_send_finish (self->engine, result, &posted, &error);

  self->again = FALSE;
  if (posted)
    g_signal_emit_by_name (self, "posted");
  if (self->closed)
    {
      say_outside (self, error);
      return;
    }
  end_sending (self);
  if (done)
    show_done (self);
  else
    show_failure (self, error, dd_send_failed_at_file (result));
}

static void
send_out (DdSlackDialog *self)
{
  g_autofree char *channel = typed (self->channel_row);
  DdSend send = {
    .workspace = self->workspace,
    .payload = self->payload,
    .again = self->again,
    .pdf = wants_pdf (self) ? self->pdf : NULL,
    .pdf_name = "dora-report.pdf",
    .channel = channel,
  };

  dd_send_async (self->engine, &send, NULL, sent_cb, g_object_ref (self));
}

/* ---- what was typed is kept first ---- */

static void keep_next (DdSlackDialog *self);

static void
kept (DdSlackDialog *self,
      const char    *type)
{
  gboolean webhook = strcmp (type, WEBHOOK) == 0;

  gtk_editable_set_text (webhook ? self->webhook_row : self->bot_row, "");
  if (webhook)
    self->has_webhook = TRUE;
  else
    self->has_bot = TRUE;
}

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (DdSlackDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dd_tokens_set_finish (self->engine, result, &error))
    {
      end_sending (self);
      show_failure (self, error, self->has_webhook);
      return;
    }
  kept (self, self->has_webhook ? BOT : WEBHOOK);
  keep_next (self);
}

static void
keep (DdSlackDialog *self,
      const char    *type,
      const char    *token)
{
  if (self->session_only)
    {
      dd_source_trial_keep_for_session (self->workspace, type, token);
      kept (self, type);
      keep_next (self);
      return;
    }
  dd_tokens_set_async (self->engine, self->workspace, type, token, NULL, kept_cb, g_object_ref (self));
}

static void
keep_next (DdSlackDialog *self)
{
  g_autofree char *webhook = typed (self->webhook_row);
  g_autofree char *bot = typed (self->bot_row);
  g_autoptr (GError) error = NULL;

  if (!self->has_webhook && webhook != NULL)
    {
      if (dd_send_check_webhook (webhook, &error))
        {
          keep (self, WEBHOOK, webhook);
          return;
        }
      end_sending (self);
      gtk_widget_add_css_class (GTK_WIDGET (self->webhook_row), "error");
      dd_banner_show (self->banner, error->message, NULL, NULL, TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self->webhook_row));
      return;
    }
  if (wants_pdf (self) && !self->has_bot && bot != NULL)
    keep (self, BOT, bot);
  else
    send_out (self);
}

static void
start_sending (DdSlackDialog *self)
{
  if (self->sending || !gtk_widget_get_sensitive (self->send_button))
    return;
  self->sending = TRUE;
  /* What has the focus may not be used, nor seen, in a moment. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_remove_css_class (GTK_WIDGET (self->webhook_row), "error");
  dd_banner_show (self->banner, NULL, NULL, NULL, FALSE);
  update (self);
  keep_next (self);
}

static void
send_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  start_sending (DD_SLACK_DIALOG (widget));
}

static void
session_only_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  DD_SLACK_DIALOG (widget)->session_only = TRUE;
  start_sending (DD_SLACK_DIALOG (widget));
}

/* ---- what is known before ---- */

/* "Posted last on 23 Nov 2026, 14:05" */
static char *
last_words (const DdSendRecord *last)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (last->at / G_USEC_PER_SEC);
  /* Translators: a day and a time. */
  g_autofree char *when = g_date_time_format (time, _("%-d %b %Y, %H:%M"));

  switch (last->outcome)
    {
    case DD_SEND_SENT:
      return g_strdup_printf (_("This report was posted on %s"), when);
    case DD_SEND_UNKNOWN:
      return g_strdup_printf (_("The post of %s was never confirmed"), when);
    case DD_SEND_REFUSED:
    default:
      return g_strdup_printf (_("The post of %s was refused"), when);
    }
}

static void
known_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (DdSlackDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DdSendState) state = dd_send_state_finish (self->engine, result, &error);
  g_autofree char *words = NULL;

  if (self->closed)
    return;
  if (state == NULL)
    {
      dd_banner_show (self->banner, error->message, NULL, NULL, TRUE);
      return;
    }
  words = state->last != NULL ? last_words (state->last) : NULL;
  self->known = TRUE;
  self->has_webhook = state->has_webhook;
  self->has_bot = state->has_bot;
  adw_action_row_set_subtitle (self->known_row, words != NULL ? words : "");
  if (state->channel != NULL)
    gtk_editable_set_text (self->channel_row, state->channel);
  update (self);
  gtk_widget_grab_focus (self->has_webhook ? self->send_button : GTK_WIDGET (self->webhook_row));
}

static gboolean
dd_slack_dialog_close_request (GtkWindow *window)
{
  DdSlackDialog *self = DD_SLACK_DIALOG (window);

  /* What is on its way cannot be called back. */
  self->closed = TRUE;
  g_cancellable_cancel (self->cancellable);
  return GTK_WINDOW_CLASS (dd_slack_dialog_parent_class)->close_request (window);
}

static void
dd_slack_dialog_dispose (GObject *object)
{
  DdSlackDialog *self = DD_SLACK_DIALOG (object);

  self->closed = TRUE;
  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (object), DD_TYPE_SLACK_DIALOG);
  G_OBJECT_CLASS (dd_slack_dialog_parent_class)->dispose (object);
}

static void
dd_slack_dialog_finalize (GObject *object)
{
  DdSlackDialog *self = DD_SLACK_DIALOG (object);

  g_clear_weak_pointer (&self->outside);
  g_clear_object (&self->engine);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_free (self->workspace);
  g_free (self->payload);
  G_OBJECT_CLASS (dd_slack_dialog_parent_class)->finalize (object);
}

static void
dd_slack_dialog_class_init (DdSlackDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_slack_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = dd_slack_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = dd_slack_dialog_close_request;
  g_type_ensure (DD_TYPE_BANNER);
  gtk_widget_class_install_action (widget_class, "slack.send", NULL, send_action);
  gtk_widget_class_install_action (widget_class, "slack.session-only", NULL, session_only_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  g_signal_new ("posted", DD_TYPE_SLACK_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/report/dd-slack-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DdSlackDialog, close_button);
  gtk_widget_class_bind_template_child (widget_class, DdSlackDialog, send_button);
  gtk_widget_class_bind_template_child (widget_class, DdSlackDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, DdSlackDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, DdSlackDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, DdSlackDialog, form);
  gtk_widget_class_bind_template_child (widget_class, DdSlackDialog, webhook_group);
  gtk_widget_class_bind_template_child (widget_class, DdSlackDialog, webhook_row);
  gtk_widget_class_bind_template_child (widget_class, DdSlackDialog, known_group);
  gtk_widget_class_bind_template_child (widget_class, DdSlackDialog, known_row);
  gtk_widget_class_bind_template_child (widget_class, DdSlackDialog, json_button);
  gtk_widget_class_bind_template_child (widget_class, DdSlackDialog, views);
  gtk_widget_class_bind_template_child (widget_class, DdSlackDialog, message);
  gtk_widget_class_bind_template_child (widget_class, DdSlackDialog, json);
  gtk_widget_class_bind_template_child (widget_class, DdSlackDialog, pdf_row);
  gtk_widget_class_bind_template_child (widget_class, DdSlackDialog, channel_row);
  gtk_widget_class_bind_template_child (widget_class, DdSlackDialog, bot_row);
  gtk_widget_class_bind_template_child (widget_class, DdSlackDialog, done_page);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, start_sending);
  gtk_widget_class_bind_template_callback (widget_class, change_webhook);
  gtk_widget_class_bind_template_callback (widget_class, json_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, pdf_enabled_cb);
}

static void
dd_slack_dialog_init (DdSlackDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

GtkWidget *
dd_slack_dialog_new (GtkWidget      *outside,
                     DdEngine       *engine,
                     const DdReport *report)
{
  DdReport page = *report;
  g_autofree char *payload = dd_report_to_slack (report);
  g_autoptr (GBytes) pdf = NULL;

  /* The short form is made at once, and is what a channel reads. */
  page.one_page = TRUE;
  pdf = dd_report_to_pdf (&page, dd_paper_default (), NULL);
  return dd_slack_dialog_new_for_message (outside, engine, report->summary->workspace, payload, pdf);
}

GtkWidget *
dd_slack_dialog_new_for_message (GtkWidget  *outside,
                                 DdEngine   *engine,
                                 const char *workspace,
                                 const char *payload,
                                 GBytes     *pdf)
{
  GtkRoot *parent = gtk_widget_get_root (outside);
  DdSlackDialog *self = g_object_new (DD_TYPE_SLACK_DIALOG, "transient-for", parent, NULL);

  g_set_weak_pointer (&self->outside, outside);
  self->engine = g_object_ref (engine);
  self->workspace = g_strdup (workspace);
  self->payload = g_strdup (payload);
  self->pdf = pdf != NULL ? g_bytes_ref (pdf) : NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->pdf_row), self->pdf != NULL);
  show_payload (self);
  dd_send_state_async (engine, self->workspace, self->payload, self->cancellable, known_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}
