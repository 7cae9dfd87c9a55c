/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-help-text.h"

#include <glib/gi18n-lib.h>

static GtkWidget *
label_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  return label;
}

static GtkWidget *
heading_new (const char *text,
             int         level)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, "label", text, "xalign", 0.0f,
                                   "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LEVEL, level, -1);
  gtk_widget_add_css_class (label, level == 1 ? "title-2" : "heading");
  if (level > 1)
    gtk_widget_set_margin_top (label, 12);
  return label;
}

/* Lines after the first begin under its first word. */
static GtkWidget *
item_new (const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *bullet = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "label", "•", "yalign", 0.0f,
                                    NULL);
  GtkWidget *label = label_new (text);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), bullet);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static GtkWidget *
link_new (const char *text,
          const char *id)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_box_append (GTK_BOX (box), label_new (text));
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "help.page");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "dd-flush");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  return button;
}

static GtkWidget *
button_new (const char *text,
            const char *action)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = label_new (NULL);

  gtk_label_set_text_with_mnemonic (GTK_LABEL (label), text);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), button);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", action);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "help.do");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_margin_top (button, 6);
  return button;
}

static GtkWidget *
block_new (const DdHelpBlock *block)
{
  switch (block->kind)
    {
    case DD_HELP_HEADING:
      return heading_new (_(block->text), 2);
    case DD_HELP_ITEM:
      return item_new (_(block->text));
    case DD_HELP_PAGE:
      return link_new (_(block->text), block->target);
    case DD_HELP_DO:
      return button_new (_(block->text), block->target);
    case DD_HELP_TEXT:
    default:
      return label_new (_(block->text));
    }
}

GtkWidget *
dd_help_text_new (const DdHelpPage *page,
                  DdHelpButtons     buttons)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_widget_add_css_class (box, "page");
  gtk_box_append (GTK_BOX (box), heading_new (_(page->title), 1));
  for (guint i = 0; i < page->n_blocks; i++)
    if (page->blocks[i].kind != DD_HELP_DO || buttons == DD_HELP_ALL_BUTTONS ||
        (buttons == DD_HELP_NO_PAGES && !g_str_has_prefix (page->blocks[i].target, "show::")))
      gtk_box_append (GTK_BOX (box), block_new (&page->blocks[i]));
  return box;
}
