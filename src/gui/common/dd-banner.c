/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-banner.h"

struct _DdBanner
{
  GtkWidget parent;

  GtkRevealer *revealer;
  GtkWidget   *box;
  GtkLabel    *title;
  GtkButton   *button;
};

G_DEFINE_FINAL_TYPE (DdBanner, dd_banner, GTK_TYPE_WIDGET)

static void
dd_banner_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DD_TYPE_BANNER);
  G_OBJECT_CLASS (dd_banner_parent_class)->dispose (object);
}

static void
dd_banner_class_init (DdBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_banner_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/common/dd-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, DdBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, DdBanner, box);
  gtk_widget_class_bind_template_child (widget_class, DdBanner, title);
  gtk_widget_class_bind_template_child (widget_class, DdBanner, button);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "dd-banner");
}

static void
dd_banner_init (DdBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The target first: an action with another one than it takes is complained of. */
static void
set_action (DdBanner   *self,
            const char *action)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  if (action != NULL && !g_action_parse_detailed_name (action, &name, &target, NULL))
    return;
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), NULL);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), name);
}

void
dd_banner_show (DdBanner   *self,
                const char *title,
                const char *button,
                const char *action,
                gboolean    trouble)
{
  gtk_revealer_set_reveal_child (self->revealer, title != NULL);
  if (title == NULL)
    return;
  gtk_label_set_label (self->title, title);
  gtk_widget_set_visible (GTK_WIDGET (self->button), button != NULL);
  gtk_button_set_label (self->button, button != NULL ? button : "");
  set_action (self, button != NULL ? action : NULL);
  if (trouble)
    gtk_widget_add_css_class (self->box, "trouble");
  else
    gtk_widget_remove_css_class (self->box, "trouble");
}
