/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-event-row.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "dd-clean.h"
#include "dd-join.h"
#include "dd-words.h"

/* Longer titles are cut: nobody reads on in a list. */
#define LONGEST_TITLE 300
#define LONGEST_NAME 80

struct _DdEventRow
{
  AdwBin parent;

  const DdIncidentEvent *event;
  GtkWidget             *icon;
  GtkLabel              *title;
  GtkLabel              *when;
  GtkWidget             *link;
  GtkLabel              *rule;
  GtkLabel              *severity;
  GtkLabel              *effect;
};

G_DEFINE_FINAL_TYPE (DdEventRow, dd_event_row, ADW_TYPE_BIN)

char *
dd_event_deployment_name (const DdDeploymentName *deployment)
{
  g_autofree char *both = g_strdup_printf ("%s %s", deployment->repository, deployment->name);

  return dd_clean (both, LONGEST_NAME);
}

char *
dd_event_title (const DdIncidentEvent *event)
{
  const char *title = event->title != NULL && *event->title != '\0' ? event->title : event->id;
  g_autofree char *words = NULL;

  if (!event->failed_deployment)
    return dd_clean (title, LONGEST_TITLE);
  words = g_strdup_printf (_("Deployment of %s failed"), event->repository);
  return dd_clean (words, LONGEST_TITLE);
}

static char *
failure_rule (const DdIncidentEvent *event)
{
  if (event->deployment == NULL)
    return g_strdup (_("none has succeeded since"));
  /* Only the first failure of several is one to recover from. */
  return g_strdup (event->duration != DD_TIME_NONE ? _("the next success ended it") : _("ended several failures"));
}

/* "no deployment of push-relay in the 24 hours before" */
static char *
none_rule (const DdIncidentEvent *event,
           double                 hours)
{
  g_autofree char *repository = event->repository != NULL ? dd_clean (event->repository, LONGEST_NAME) : NULL;
  /* One and a half are several, too. */
  gulong n = (gulong) ceil (hours);

  if (repository == NULL)
    return g_strdup_printf (ngettext ("no deployment in the %g hour before", "no deployment in the %g hours before", n), hours);
  return g_strdup_printf (ngettext ("no deployment of %s in the %g hour before", "no deployment of %s in the %g hours before", n),
                          repository, hours);
}

static char *
linked_rule (const DdIncidentEvent *event)
{
  double seconds = (double) (event->started - event->deployment->finished) / DD_SECOND;
  g_autofree char *distance = dd_duration_format (seconds);

  switch ((int) event->link)
    {
    case DD_LINK_REPOSITORY:
      /* Translators: a repository and a duration: "latest of shop, 1 h 12 min before". */
      return g_strdup_printf (_("latest of %s, %s before"), event->deployment->repository, distance);
    case DD_LINK_ANY:
      return g_strdup_printf (_("latest of any repository, %s before"), distance);
    case DD_LINK_BY_HAND:
      if (event->deployment->finished == DD_TIME_NONE || seconds < 0)
        return g_strdup (_("linked by you"));
      return g_strdup_printf (_("linked by you, %s before"), distance);
    default:
      return g_strdup (_("named by the incident"));
    }
}

char *
dd_event_rule (const DdIncidentEvent *event,
               double                 attribution_hours)
{
  if (event->failed_deployment)
    return failure_rule (event);
  if (event->link == DD_LINK_EXCLUDED)
    return g_strdup (_("set by you"));
  if (event->link == DD_LINK_UNLINKED)
    return g_strdup (_("unlinked by you"));
  return event->deployment != NULL ? linked_rule (event) : none_rule (event, attribution_hours);
}

/* The deployment, or what stands in its place, strongly, and the rule behind it. */
static void
show_rule (DdEventRow *self,
           double      attribution_hours)
{
  const DdIncidentEvent *event = self->event;
  g_autofree char *rule = dd_event_rule (event, attribution_hours);
  g_autofree char *strong = NULL;
  g_autofree char *line = NULL;
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  if (event->link == DD_LINK_EXCLUDED && !event->failed_deployment)
    strong = g_strdup (_("Not caused by a change"));
  else if (event->deployment != NULL)
    strong = dd_event_deployment_name (event->deployment);
  if (strong != NULL)
    {
      PangoAttribute *weight = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

      weight->start_index = 0;
      weight->end_index = (guint) strlen (strong);
      pango_attr_list_insert (attributes, weight);
      line = g_strdup_printf ("%s  %s", strong, rule);
    }
  gtk_label_set_attributes (self->rule, attributes);
  gtk_label_set_text (self->rule, line != NULL ? line : rule);
  gtk_widget_set_visible (self->link, event->deployment != NULL);
}

static void
show_when (DdEventRow *self,
           GTimeZone  *zone)
{
  const DdIncidentEvent *event = self->event;
  g_autofree char *started = dd_words_time (event->started, zone);
  g_autofree char *name = event->failed_deployment ? g_strdup_printf ("%s %s", event->repository, event->title) : g_strdup (event->id);
  g_autofree char *clean = dd_clean (name, LONGEST_NAME);
  g_autofree char *lasted = NULL;
  g_autofree char *words = NULL;

  if (event->duration != DD_TIME_NONE)
    lasted = dd_duration_format ((double) event->duration / DD_SECOND);
  else if (event->open)
    lasted = g_strdup (_("open"));
  if (lasted != NULL)
    /* Translators: an incident's key, when it began, how long it lasted or "open". */
    words = g_strdup_printf (_("%s · %s · %s"), clean, started, lasted);
  else
    words = g_strdup_printf (_("%s · %s"), clean, started);
  gtk_label_set_text (self->when, words);
}

static const char *
effect_words (const DdIncidentEvent *event)
{
  switch (event->effect)
    {
    case DD_EFFECT_FAILURE:
      return _("counts as failure");
    case DD_EFFECT_ELSEWHERE:
      return _("counts elsewhere");
    case DD_EFFECT_NONE:
    default:
      return event->open ? _("open") : _("does not count");
    }
}

static void
set_class (GtkWidget  *widget,
           const char *name,
           gboolean    set)
{
  if (set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
show_event (DdEventRow           *self,
            const DdIncidentList *list)
{
  const DdIncidentEvent *event = self->event;
  gboolean counts = event->effect == DD_EFFECT_FAILURE;
  g_autofree char *title = dd_event_title (event);
  g_autofree char *severity = event->severity != NULL ? dd_clean (event->severity, LONGEST_NAME) : NULL;
  g_autofree char *label = NULL;

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), event->failed_deployment ? "dd-failure-symbolic" : "dd-incident-symbolic");
  set_class (self->icon, "dd-worse", counts);
  set_class (self->icon, "dim-label", !counts);
  gtk_label_set_text (self->title, title);
  show_when (self, list->zone);
  show_rule (self, list->attribution_hours);
  gtk_widget_set_visible (GTK_WIDGET (self->severity), severity != NULL && *severity != '\0');
  gtk_label_set_text (self->severity, severity != NULL ? severity : "");
  gtk_label_set_text (self->effect, effect_words (event));
  set_class (GTK_WIDGET (self->effect), "dd-worse", counts);
  set_class (GTK_WIDGET (self->effect), "dim-label", !counts);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->effect), event->effect == DD_EFFECT_ELSEWHERE
                               ? _("Its deployment is of another period, or of another repository than is shown.") : NULL);
  label = dd_join_items ((const char *[]) { title, gtk_label_get_text (self->when), gtk_label_get_text (self->rule),
                                            effect_words (event), NULL });
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  /* Lines that end early say all of it there: labels that wrap are measured so often that a list of them holds the window. */
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->when), gtk_label_get_text (self->when));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->rule), gtk_label_get_text (self->rule));
}

static void
dd_event_row_dispose (GObject *object)
{
  /* The bin must know that its child goes: the template unparents it behind its back. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), DD_TYPE_EVENT_ROW);
  G_OBJECT_CLASS (dd_event_row_parent_class)->dispose (object);
}

static void
dd_event_row_class_init (DdEventRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_event_row_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/incidents/dd-event-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DdEventRow, icon);
  gtk_widget_class_bind_template_child (widget_class, DdEventRow, title);
  gtk_widget_class_bind_template_child (widget_class, DdEventRow, when);
  gtk_widget_class_bind_template_child (widget_class, DdEventRow, link);
  gtk_widget_class_bind_template_child (widget_class, DdEventRow, rule);
  gtk_widget_class_bind_template_child (widget_class, DdEventRow, severity);
  gtk_widget_class_bind_template_child (widget_class, DdEventRow, effect);
}

static void
dd_event_row_init (DdEventRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
dd_event_row_new (void)
{
  return g_object_new (DD_TYPE_EVENT_ROW, NULL);
}

void
dd_event_row_set_event (DdEventRow            *self,
                        const DdIncidentEvent *event,
                        const DdIncidentList  *list)
{
  self->event = event;
  show_event (self, list);
}

const DdIncidentEvent *
dd_event_row_get_event (DdEventRow *self)
{
  return self->event;
}

static gboolean
contains (const char *text,
          const char *folded)
{
  g_autofree char *own = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return own != NULL && strstr (own, folded) != NULL;
}

gboolean
dd_event_matches (const DdIncidentEvent *event,
                  const char            *folded)
{
  return *folded == '\0' || contains (event->title, folded) || contains (event->id, folded) || contains (event->repository, folded) ||
         contains (event->severity, folded) ||
         (event->deployment != NULL && (contains (event->deployment->repository, folded) || contains (event->deployment->name, folded)));
}
