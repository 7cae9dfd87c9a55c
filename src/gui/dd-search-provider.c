/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-search-provider.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-errand.h"
#include "dd-names.h"
#include "dd-shell-search.h"
#include "dd-tiers.h"

#define OBJECT_PATH "/com/example/DoraDash/SearchProvider"
/* More than the shell shows of one program. */
#define MOST_RESULTS 20
/* Milliseconds. People type on: a program that was started for a search stays for the next letters. */
#define LINGER 30000

struct _DdSearchProvider
{
  GObject parent;

  GtkApplication    *application; /* not owned: it owns this */
  DdSearchEngineFunc engine;
  DdShellSearch     *skeleton;
  GCancellable      *cancellable;
};

G_DEFINE_FINAL_TYPE (DdSearchProvider, dd_search_provider, G_TYPE_OBJECT)

/* A question that waits for the names. */
typedef struct
{
  DdSearchProvider      *provider;
  GDBusMethodInvocation *invocation;
  char                 **terms;
  gboolean               further; /* narrows an earlier one */
} Question;

static void
question_free (Question *question)
{
  g_application_release (G_APPLICATION (question->provider->application));
  g_object_unref (question->provider);
  g_strfreev (question->terms);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static gboolean
matches (char      **terms,
         const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  for (guint i = 0; terms[i] != NULL; i++)
    {
      g_autofree char *term = g_utf8_casefold (terms[i], -1);

      if (strstr (folded, term) == NULL)
        return FALSE;
    }
  return TRUE;
}

/* What stands for a result in the shell's hands: its kind, workspace and name, in lines. Names have no line breaks. */
static char *
identify (const char *kind,
          const char *workspace,
          const char *name)
{
  return g_strjoin ("\n", kind, workspace, name, NULL);
}

static GPtrArray *
find_metrics (char **terms)
{
  GPtrArray *results = g_ptr_array_new_with_free_func (g_free);

  for (int i = 0; i < DD_N_METRICS; i++)
    if (matches (terms, dd_metric_title (i)) || matches (terms, dd_metric_name (i)))
      g_ptr_array_add (results, identify ("metric", "", dd_metric_name (i)));
  return results;
}

static void
names_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GPtrArray) names = dd_names_finish (DD_ENGINE (source), result, NULL);
  g_autoptr (GPtrArray) results = find_metrics (question->terms);

  /* A store that cannot be read is told of in the window; the search finds what it can. */
  for (guint i = 0; names != NULL && i < names->len && results->len < MOST_RESULTS; i++)
    {
      const DdName *name = g_ptr_array_index (names, i);

      if (matches (question->terms, name->name))
        g_ptr_array_add (results, identify (name->team ? "team" : "repository", name->workspace, name->name));
    }
  g_ptr_array_add (results, NULL);
  if (question->further)
    dd_shell_search_complete_get_subsearch_result_set (question->provider->skeleton, question->invocation,
                                                       (const char * const *) results->pdata);
  else
    dd_shell_search_complete_get_initial_result_set (question->provider->skeleton, question->invocation,
                                                     (const char * const *) results->pdata);
}

static void
ask (DdSearchProvider      *self,
     GDBusMethodInvocation *invocation,
     const char * const    *terms,
     gboolean               further)
{
  Question *question = g_new0 (Question, 1);

  g_application_set_inactivity_timeout (G_APPLICATION (self->application), LINGER);
  g_application_hold (G_APPLICATION (self->application));
  question->provider = g_object_ref (self);
  question->invocation = invocation;
  question->terms = g_strdupv ((char **) terms);
  question->further = further;
  dd_names_async (self->engine (self->application), self->cancellable, names_cb, question);
}

static gboolean
initial_cb (DdSearchProvider      *self,
            GDBusMethodInvocation *invocation,
            const char * const    *terms)
{
  ask (self, invocation, terms, FALSE);
  return TRUE;
}

static gboolean
further_cb (DdSearchProvider      *self,
            GDBusMethodInvocation *invocation,
            const char * const    *before,
            const char * const    *terms)
{
  ask (self, invocation, terms, TRUE);
  return TRUE;
}

/* A metric's title or another name, and what kind of thing it is. FALSE for what this never gave out. */
static gboolean
describe (const char  *identifier,
          char       **name,
          char       **description)
{
  g_auto (GStrv) parts = g_strsplit (identifier, "\n", 3);
  DdMetric metric;

  if (g_strv_length (parts) != 3)
    return FALSE;
  if (strcmp (parts[0], "metric") == 0 && dd_metric_parse (parts[2], &metric, NULL))
    {
      *name = g_strdup (dd_metric_title (metric));
      *description = g_strdup (_("Metric"));
      return TRUE;
    }
  if (strcmp (parts[0], "team") != 0 && strcmp (parts[0], "repository") != 0)
    return FALSE;
  *name = g_strdup (parts[2]);
  if (strcmp (parts[0], "team") == 0)
    *description = g_strdup_printf (_("Team in %s"), parts[1]); /* Translators: a workspace's name. */
  else
    *description = g_strdup_printf (_("Repository in %s"), parts[1]); /* Translators: a workspace's name. */
  return TRUE;
}

static gboolean
metas_cb (DdSearchProvider      *self,
          GDBusMethodInvocation *invocation,
          const char * const    *identifiers)
{
  g_autoptr (GIcon) icon = g_themed_icon_new ("com.example.DoraDash");
  g_autofree char *icon_text = g_icon_to_string (icon);
  GVariantBuilder metas;

  g_variant_builder_init (&metas, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; identifiers[i] != NULL; i++)
    {
      g_autofree char *name = NULL;
      g_autofree char *description = NULL;

      if (!describe (identifiers[i], &name, &description))
        continue;
      g_variant_builder_open (&metas, G_VARIANT_TYPE ("a{sv}"));
      g_variant_builder_add (&metas, "{sv}", "id", g_variant_new_string (identifiers[i]));
      g_variant_builder_add (&metas, "{sv}", "name", g_variant_new_string (name));
      g_variant_builder_add (&metas, "{sv}", "description", g_variant_new_string (description));
      g_variant_builder_add (&metas, "{sv}", "gicon", g_variant_new_string (icon_text));
      g_variant_builder_close (&metas);
    }
  dd_shell_search_complete_get_result_metas (self->skeleton, invocation, g_variant_builder_end (&metas));
  return TRUE;
}

static gboolean
activate_cb (DdSearchProvider      *self,
             GDBusMethodInvocation *invocation,
             const char            *identifier,
             const char * const    *terms,
             guint                  timestamp)
{
  g_auto (GStrv) parts = g_strsplit (identifier, "\n", 3);
  DdErrand errand = { 0 };

  if (g_strv_length (parts) == 3)
    {
      errand.workspace = *parts[1] != '\0' ? parts[1] : NULL;
      errand.page = strcmp (parts[0], "metric") == 0 ? parts[2] : "overview";
      errand.repository = strcmp (parts[0], "repository") == 0 ? parts[2] : NULL;
      errand.team = strcmp (parts[0], "team") == 0 ? parts[2] : NULL;
    }
  dd_errand_run (self->application, &errand);
  dd_shell_search_complete_activate_result (self->skeleton, invocation);
  return TRUE;
}

static gboolean
launch_cb (DdSearchProvider      *self,
           GDBusMethodInvocation *invocation,
           const char * const    *terms,
           guint                  timestamp)
{
  g_application_activate (G_APPLICATION (self->application));
  dd_shell_search_complete_launch_search (self->skeleton, invocation);
  return TRUE;
}

static void
dd_search_provider_dispose (GObject *object)
{
  DdSearchProvider *self = DD_SEARCH_PROVIDER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->skeleton);
  G_OBJECT_CLASS (dd_search_provider_parent_class)->dispose (object);
}

static void
dd_search_provider_class_init (DdSearchProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dd_search_provider_dispose;
}

static void
dd_search_provider_init (DdSearchProvider *self)
{
  self->cancellable = g_cancellable_new ();
  self->skeleton = dd_shell_search_skeleton_new ();
  g_signal_connect_swapped (self->skeleton, "handle-get-initial-result-set", G_CALLBACK (initial_cb), self);
  g_signal_connect_swapped (self->skeleton, "handle-get-subsearch-result-set", G_CALLBACK (further_cb), self);
  g_signal_connect_swapped (self->skeleton, "handle-get-result-metas", G_CALLBACK (metas_cb), self);
  g_signal_connect_swapped (self->skeleton, "handle-activate-result", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (self->skeleton, "handle-launch-search", G_CALLBACK (launch_cb), self);
}

DdSearchProvider *
dd_search_provider_new (GtkApplication    *application,
                        DdSearchEngineFunc engine)
{
  DdSearchProvider *self = g_object_new (DD_TYPE_SEARCH_PROVIDER, NULL);

  self->application = application;
  self->engine = engine;
  return self;
}

gboolean
dd_search_provider_export (DdSearchProvider *self,
                           GDBusConnection  *connection,
                           GError          **error)
{
  return g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton), connection, OBJECT_PATH, error);
}

void
dd_search_provider_unexport (DdSearchProvider *self)
{
  if (g_dbus_interface_skeleton_get_connection (G_DBUS_INTERFACE_SKELETON (self->skeleton)) != NULL)
    g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->skeleton));
}
