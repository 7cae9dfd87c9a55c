/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-repository-scout.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-choice-group.h"
#include "dd-join.h"
#include "dd-source-outline.h"
#include "dd-source-trial.h"

/* So many are asked for side by side. */
#define MOST_ASKED 4
/* So many environments are told of on a row. */
#define MOST_NAMED 3

struct _DdRepositoryScout
{
  GtkBox parent;

  DdEngine         *engine;
  DdSourceSettings *source;
  char             *token;
  DdRepositoryList *list;     /* NULL when it is gone */
  GCancellable     *cancellable;
  GHashTable       *asked;    /* name → DdSeenOutline, NULL until it is there */
  guint             asking;
  guint             idle;
  GtkAdjustment    *adjustment;
  DdChoiceGroup    *group;
};

G_DEFINE_FINAL_TYPE (DdRepositoryScout, dd_repository_scout, GTK_TYPE_BOX)

/* One question on its way. */
typedef struct
{
  DdRepositoryScout *scout;
  char              *name;
} Question;

static void look_soon (DdRepositoryScout *self);

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const DdSeenName *first = *(const DdSeenName * const *) a, *second = *(const DdSeenName * const *) b;

  if (first->n != second->n)
    return first->n < second->n ? 1 : -1;
  return strcmp (first->name, second->name);
}

static void
add_name (GPtrArray  *names,
          const char *name,
          guint       n)
{
  DdSeenName *seen;

  for (guint i = 0; i < names->len; i++)
    {
      seen = g_ptr_array_index (names, i);
      if (strcmp (seen->name, name) == 0)
        {
          seen->n += n;
          return;
        }
    }
  seen = g_new0 (DdSeenName, 1);
  seen->name = g_strdup (name);
  seen->n = n;
  g_ptr_array_add (names, seen);
}

/* The environments of all repositories that were asked for so far. */
static void
show_environments (DdRepositoryScout *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_seen_name_free);
  g_auto (GStrv) words = dd_choice_group_get_words (self->group);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->asked);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    for (guint i = 0; value != NULL && i < ((DdSeenOutline *) value)->environments->len; i++)
      {
        const DdSeenName *seen = g_ptr_array_index (((DdSeenOutline *) value)->environments, i);

        add_name (names, seen->name, seen->n);
      }
  g_ptr_array_sort (names, compare_names);
  dd_choice_group_set (self->group, words, names);
}

/* "production 104, staging 88, …" */
static char *
list_environments (const DdSeenOutline *outline)
{
  GString *text = g_string_new (NULL);

  g_ptr_array_sort (outline->environments, compare_names);
  for (guint i = 0; i < MIN (outline->environments->len, MOST_NAMED); i++)
    {
      const DdSeenName *seen = g_ptr_array_index (outline->environments, i);

      g_autofree char *named = g_strdup_printf ("%s %u", seen->name, seen->n);

      dd_join_item (text, named);
    }
  if (outline->environments->len > MOST_NAMED)
    dd_join_item (text, "…");
  return g_string_free (text, FALSE);
}

/* What would stand for its deployments, by the rules that the sync goes by. */
static char *
describe (const DdSeenOutline *outline,
          char               **environments)
{
  g_autofree char *names = list_environments (outline);
  guint production = 0;

  for (guint i = 0; i < outline->environments->len; i++)
    {
      const DdSeenName *seen = g_ptr_array_index (outline->environments, i);

      if (dd_patterns_match (environments, seen->name))
        production += seen->n;
    }
  if (production > 0 && outline->deployments > outline->read)
    /* Translators: deployments to production, those that were looked at, and a list of environments with their counts. */
    return g_strdup_printf (ngettext ("%u of the newest %u deployment is to production: %s", "%u of the newest %u deployments are to production: %s",
                                      outline->read), production, outline->read, names);
  if (production > 0)
    /* Translators: deployments to production, all of them, and a list of environments with their counts. */
    return g_strdup_printf (ngettext ("%u of %u deployment is to production: %s", "%u of %u deployments are to production: %s",
                                      outline->read), production, outline->read, names);
  if (outline->releases > 0)
    return g_strdup_printf (ngettext ("No deployment to production; %u release", "No deployment to production; %u releases",
                                      outline->releases), outline->releases);
  if (outline->tags > 0)
    return g_strdup_printf (ngettext ("No deployment to production, no release; %u tag such as %s",
                                      "No deployment to production, no release; %u tags such as %s", outline->tags),
                            outline->tags, outline->tag != NULL ? outline->tag : "");
  if (outline->read > 0)
    return g_strdup_printf (_("Nothing deployed to production: %s"), names);
  return g_strdup (_("Nothing deployed; changes would count as merged"));
}

static void
describe_all (DdRepositoryScout *self)
{
  g_auto (GStrv) environments = dd_choice_group_get_words (self->group);
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, self->asked);
  while (self->list != NULL && g_hash_table_iter_next (&iter, &name, &value))
    if (value != NULL)
      {
        g_autofree char *words = describe (value, environments);

        dd_repository_list_describe (self->list, name, words);
      }
}

static void
outlined_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autofree Question *question = user_data;
  g_autoptr (DdRepositoryScout) self = question->scout;
  g_autofree char *name = question->name;
  g_autoptr (GError) error = NULL;
  DdSeenOutline *outline = dd_source_outline_finish (DD_ENGINE (object), result, &error);

  self->asking--;
  if (self->list == NULL || g_cancellable_is_cancelled (self->cancellable))
    {
      dd_seen_outline_free (outline);
      return;
    }
  if (outline == NULL)
    /* The sync tells more of it; the choice does not depend on it. */
    dd_repository_list_describe (self->list, name, error->message);
  else
    g_hash_table_insert (self->asked, g_steal_pointer (&name), outline);
  /* Not with each answer: the rows would dance. */
  if (self->asking == 0)
    {
      show_environments (self);
      describe_all (self);
    }
  look_soon (self);
}

static gboolean
look_cb (gpointer user_data)
{
  DdRepositoryScout *self = user_data;
  const char *name;

  self->idle = 0;
  for (guint i = 0; self->list != NULL && self->asking < MOST_ASKED && (name = dd_repository_list_get_name (self->list, i)) != NULL; i++)
    {
      Question *question;

      if (g_hash_table_contains (self->asked, name) || !dd_repository_list_is_near (self->list, i))
        continue;
      question = g_new0 (Question, 1);
      question->scout = g_object_ref (self);
      question->name = g_strdup (name);
      g_hash_table_insert (self->asked, g_strdup (name), NULL);
      self->asking++;
      dd_source_outline_async (self->engine, self->source, self->token, name, self->cancellable, outlined_cb, question);
    }
  return G_SOURCE_REMOVE;
}

/* Where rows stand is known when they have been laid out. */
static void
look_soon (DdRepositoryScout *self)
{
  if (self->idle == 0 && self->list != NULL && !g_cancellable_is_cancelled (self->cancellable))
    self->idle = g_idle_add_full (G_PRIORITY_LOW, look_cb, self, NULL);
}

static void
chosen_cb (DdRepositoryScout *self)
{
  describe_all (self);
}

static void
map_cb (DdRepositoryScout *self)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);

  if (scrolled != NULL && self->adjustment == NULL)
    {
      self->adjustment = g_object_ref (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)));
      g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (look_soon), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->adjustment, "changed", G_CALLBACK (look_soon), self, G_CONNECT_SWAPPED);
    }
  look_soon (self);
}

static void
dd_repository_scout_dispose (GObject *object)
{
  DdRepositoryScout *self = DD_REPOSITORY_SCOUT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_object (&self->adjustment);
  g_clear_weak_pointer (&self->list);
  G_OBJECT_CLASS (dd_repository_scout_parent_class)->dispose (object);
}

static void
dd_repository_scout_finalize (GObject *object)
{
  DdRepositoryScout *self = DD_REPOSITORY_SCOUT (object);

  g_object_unref (self->cancellable);
  g_object_unref (self->engine);
  g_hash_table_unref (self->asked);
  dd_source_settings_free (self->source);
  g_free (self->token);
  G_OBJECT_CLASS (dd_repository_scout_parent_class)->finalize (object);
}

static void
dd_repository_scout_class_init (DdRepositoryScoutClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dd_repository_scout_dispose;
  G_OBJECT_CLASS (klass)->finalize = dd_repository_scout_finalize;
}

static void
dd_repository_scout_init (DdRepositoryScout *self)
{
  GtkWidget *group = dd_choice_group_new (_("Production Environments"), _("What is deployed elsewhere counts in no metric"),
                                          _("Patterns, between commas"), FALSE);

  self->cancellable = g_cancellable_new ();
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) dd_seen_outline_free);
  self->group = DD_CHOICE_GROUP (group);
  gtk_widget_set_hexpand (group, TRUE);
  gtk_box_append (GTK_BOX (self), group);
  g_signal_connect_object (group, "changed", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
}

GtkWidget *
dd_repository_scout_new (DdEngine               *engine,
                         const DdSourceSettings *source,
                         const char             *token,
                         DdRepositoryList       *list,
                         char                  **environments)
{
  DdRepositoryScout *self = g_object_new (DD_TYPE_REPOSITORY_SCOUT, NULL);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  self->engine = g_object_ref (engine);
  self->source = dd_source_trial_copy (source);
  self->token = g_strdup (token);
  g_set_weak_pointer (&self->list, list);
  dd_choice_group_set (self->group, environments, none);
  return GTK_WIDGET (self);
}

char **
dd_repository_scout_get_environments (DdRepositoryScout *self)
{
  return dd_choice_group_get_words (self->group);
}
