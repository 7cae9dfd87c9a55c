/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-welcome-page.h"

struct _DdWelcomePage
{
  AdwBin parent;
};

G_DEFINE_FINAL_TYPE (DdWelcomePage, dd_welcome_page, ADW_TYPE_BIN)

static void
dd_welcome_page_class_init (DdWelcomePageClass *klass)
{
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), "/com/example/DoraDash/connect/dd-welcome-page.ui");
}

static void
dd_welcome_page_init (DdWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
dd_welcome_page_new (DdSession *session)
{
  return g_object_new (DD_TYPE_WELCOME_PAGE, NULL);
}
