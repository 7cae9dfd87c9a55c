/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dd-demo-answers.h"
#include "dd-time.h"

#define OWNER "lindholm"

static void
add_id (JsonBuilder            *builder,
        const char             *prefix,
        const DdDemoRepository *repository,
        guint                   number)
{
  g_autofree char *id = g_strdup_printf ("%s_%s_%u", prefix, repository->name, number);

  dd_demo_add_string (builder, "id", id);
}

static void
add_url (JsonBuilder            *builder,
         const DdDemoRepository *repository,
         const char             *rest)
{
  g_autofree char *url = g_strdup_printf ("https://github.example/" OWNER "/%s%s", repository->name, rest);

  dd_demo_add_string (builder, "url", url);
}

/* The newest is at place 0. */
static gpointer
newest (const GPtrArray *list,
        guint            place)
{
  return g_ptr_array_index (list, list->len - 1 - place);
}

static gint64
committed_at (const DdDemoRepository *repository,
              const char             *sha)
{
  for (guint i = repository->changes->len; i > 0; i--)
    {
      const DdDemoChange *change = g_ptr_array_index (repository->changes, i - 1);

      if (strcmp (change->sha, sha) == 0)
        return change->merged;
    }
  return DD_TIME_NONE;
}

static void
add_commit (JsonBuilder            *builder,
            const char             *name,
            const DdDemoRepository *repository,
            const char             *sha)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  dd_demo_add_string (builder, "oid", sha);
  dd_demo_add_time (builder, "committedDate", committed_at (repository, sha));
  json_builder_end_object (builder);
}

static void
add_status (JsonBuilder *builder,
            const char  *state,
            gint64       at)
{
  json_builder_begin_object (builder);
  dd_demo_add_string (builder, "state", state);
  dd_demo_add_time (builder, "createdAt", at);
  json_builder_end_object (builder);
}

/* As GitHub does, a success that was followed by another one in its environment is inactive now. */
static gboolean
is_superseded (const DdDemoRepository *repository,
               const DdDemoDeployment *deployment)
{
  for (guint i = deployment->number; i < repository->deployments->len; i++)
    {
      const DdDemoDeployment *later = g_ptr_array_index (repository->deployments, i);

      if (!later->failed && strcmp (later->environment, deployment->environment) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_deployment (JsonBuilder *builder,
                guint        place,
                gpointer     data)
{
  const DdDemoRepository *repository = data;
  const DdDemoDeployment *deployment = newest (repository->deployments, place);

  json_builder_begin_object (builder);
  dd_demo_add_string (builder, "__typename", "Deployment");
  add_id (builder, "DE", repository, deployment->number);
  dd_demo_add_string (builder, "commitOid", deployment->sha);
  dd_demo_add_string (builder, "environment", deployment->environment);
  dd_demo_add_time (builder, "createdAt", deployment->created);
  add_commit (builder, "commit", repository, deployment->sha);
  json_builder_set_member_name (builder, "ref");
  json_builder_begin_object (builder);
  dd_demo_add_string (builder, "name", deployment->ref);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "statuses");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "nodes");
  json_builder_begin_array (builder);
  if (!deployment->failed && is_superseded (repository, deployment))
    add_status (builder, "INACTIVE", deployment->finished + DD_HOUR);
  add_status (builder, deployment->failed ? "FAILURE" : "SUCCESS", deployment->finished);
  add_status (builder, "IN_PROGRESS", deployment->created + 5 * DD_SECOND);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
add_person (JsonBuilder *builder,
            const char  *login,
            gboolean     bot)
{
  json_builder_set_member_name (builder, "author");
  json_builder_begin_object (builder);
  dd_demo_add_string (builder, "__typename", bot ? "Bot" : "User");
  dd_demo_add_string (builder, "login", login);
  json_builder_end_object (builder);
}

static void
add_commits_of_change (JsonBuilder        *builder,
                       const DdDemoChange *change)
{
  json_builder_set_member_name (builder, "commits");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "nodes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < change->commits; i++)
    {
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "commit");
      json_builder_begin_object (builder);
      dd_demo_add_time (builder, "authoredDate", change->first_commit + i * (change->opened - change->first_commit) / change->commits);
      json_builder_end_object (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_reviews (JsonBuilder        *builder,
             const DdDemoChange *change)
{
  json_builder_set_member_name (builder, "reviews");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "nodes");
  json_builder_begin_array (builder);
  if (change->first_review != DD_TIME_NONE)
    {
      json_builder_begin_object (builder);
      dd_demo_add_time (builder, "submittedAt", change->first_review);
      add_person (builder, "reviewer", FALSE);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_change (JsonBuilder *builder,
            guint        place,
            gpointer     data)
{
  const DdDemoRepository *repository = data;
  const DdDemoChange *change = newest (repository->changes, place);
  g_autofree char *rest = g_strdup_printf ("/pull/%u", change->number);

  json_builder_begin_object (builder);
  add_id (builder, "PR", repository, change->number);
  json_builder_set_member_name (builder, "number");
  json_builder_add_int_value (builder, change->number);
  dd_demo_add_string (builder, "title", change->title);
  add_url (builder, repository, rest);
  dd_demo_add_string (builder, "baseRefName", "main");
  dd_demo_add_string (builder, "headRefName", change->head);
  dd_demo_add_time (builder, "createdAt", change->opened);
  dd_demo_add_time (builder, "updatedAt", change->merged);
  dd_demo_add_time (builder, "mergedAt", change->merged);
  add_person (builder, change->author, change->bot);
  add_commit (builder, "mergeCommit", repository, change->sha);
  add_commits_of_change (builder, change);
  add_reviews (builder, change);
  json_builder_end_object (builder);
}

static void
add_branch_commit (JsonBuilder *builder,
                   guint        place,
                   gpointer     data)
{
  const DdDemoRepository *repository = data;
  const DdDemoChange *change = newest (repository->changes, place);

  json_builder_begin_object (builder);
  dd_demo_add_string (builder, "oid", change->sha);
  dd_demo_add_time (builder, "committedDate", change->merged);
  json_builder_set_member_name (builder, "parents");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "nodes");
  json_builder_begin_array (builder);
  if (place + 1 < repository->changes->len)
    {
      json_builder_begin_object (builder);
      dd_demo_add_string (builder, "oid", ((const DdDemoChange *) newest (repository->changes, place + 1))->sha);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
add_release (JsonBuilder *builder,
             guint        place,
             gpointer     data)
{
  const DdDemoRepository *repository = data;
  const DdDemoDeployment *release = newest (repository->deployments, place);
  g_autofree char *rest = g_strconcat ("/releases/tag/", release->ref, NULL);

  json_builder_begin_object (builder);
  add_id (builder, "RE", repository, release->number);
  dd_demo_add_string (builder, "name", release->ref);
  dd_demo_add_string (builder, "tagName", release->ref);
  dd_demo_add_bool (builder, "isDraft", FALSE);
  dd_demo_add_bool (builder, "isPrerelease", FALSE);
  dd_demo_add_time (builder, "createdAt", release->created);
  dd_demo_add_time (builder, "publishedAt", release->finished);
  add_url (builder, repository, rest);
  add_commit (builder, "tagCommit", repository, release->sha);
  json_builder_end_object (builder);
}

static void
add_tag (JsonBuilder *builder,
         guint        place,
         gpointer     data)
{
  const DdDemoRepository *repository = data;
  const DdDemoDeployment *tag = newest (repository->deployments, place);

  json_builder_begin_object (builder);
  dd_demo_add_string (builder, "name", tag->ref);
  json_builder_set_member_name (builder, "target");
  json_builder_begin_object (builder);
  dd_demo_add_string (builder, "__typename", "Tag");
  dd_demo_add_string (builder, "oid", tag->sha);
  json_builder_set_member_name (builder, "tagger");
  json_builder_begin_object (builder);
  dd_demo_add_time (builder, "date", tag->finished);
  json_builder_end_object (builder);
  add_commit (builder, "target", repository, tag->sha);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static guint
count_of (const DdDemoRepository *repository,
          DdDemoKind              kind)
{
  return repository->kind == kind ? repository->deployments->len : 0;
}

/* Each list as it is asked for, alone or together with the others. */
static void
add_list (JsonBuilder            *builder,
          const DdDemoRepository *repository,
          const char             *list,
          guint                   first,
          const char             *after)
{
  gpointer data = (gpointer) repository;

  if (strcmp (list, "deployments") == 0)
    dd_demo_add_connection (builder, list, count_of (repository, DD_DEMO_DEPLOYS), first, after, add_deployment, data);
  else if (strcmp (list, "pullRequests") == 0)
    dd_demo_add_connection (builder, list, repository->changes->len, first, after, add_change, data);
  else if (strcmp (list, "releases") == 0)
    dd_demo_add_connection (builder, list, count_of (repository, DD_DEMO_RELEASES), first, after, add_release, data);
  else if (strcmp (list, "refs") == 0)
    dd_demo_add_connection (builder, list, count_of (repository, DD_DEMO_TAGS), first, after, add_tag, data);
  else
    dd_demo_add_connection (builder, list, repository->changes->len, first, after, add_branch_commit, data);
}

static void
add_repository (JsonBuilder *builder,
                guint        place,
                gpointer     data)
{
  const DdDemoWorld *world = data;
  const DdDemoRepository *repository = g_ptr_array_index (world->repositories, place);
  g_autofree char *full_name = g_strconcat (OWNER "/", repository->name, NULL);

  json_builder_begin_object (builder);
  dd_demo_add_string (builder, "__typename", "Repository");
  dd_demo_add_string (builder, "id", repository->name);
  dd_demo_add_string (builder, "name", repository->name);
  dd_demo_add_string (builder, "nameWithOwner", full_name);
  add_url (builder, repository, "");
  dd_demo_add_bool (builder, "isArchived", repository->kind == DD_DEMO_ARCHIVED);
  dd_demo_add_bool (builder, "isDisabled", FALSE);
  dd_demo_add_bool (builder, "isFork", FALSE);
  json_builder_set_member_name (builder, "defaultBranchRef");
  if (repository->changes->len == 0)
    json_builder_add_null_value (builder);
  else
    {
      json_builder_begin_object (builder);
      dd_demo_add_string (builder, "name", "main");
      add_commit (builder, "target", repository, ((const DdDemoChange *) newest (repository->changes, 0))->sha);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

static const DdDemoRepository *
find_repository (const DdDemoWorld *world,
                 const char        *name)
{
  for (guint i = 0; name != NULL && i < world->repositories->len; i++)
    {
      const DdDemoRepository *repository = g_ptr_array_index (world->repositories, i);

      if (strcmp (repository->name, name) == 0)
        return repository;
    }
  return NULL;
}

static void
answer_list (JsonBuilder       *builder,
             const DdDemoWorld *world,
             const char        *list,
             JsonObject        *variables)
{
  const DdDemoRepository *repository = find_repository (world, json_object_get_string_member_with_default (variables, "name", NULL));
  guint first = (guint) CLAMP (json_object_get_int_member_with_default (variables, "first", 100), 1, 100);
  const char *after = json_object_get_string_member_with_default (variables, "after", NULL);
  gboolean history = strcmp (list, "history") == 0;

  json_builder_set_member_name (builder, "repository");
  if (repository == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  if (history)
    {
      json_builder_set_member_name (builder, "object");
      json_builder_begin_object (builder);
      dd_demo_add_string (builder, "__typename", "Commit");
    }
  add_list (builder, repository, list, first, after);
  if (history)
    json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
answer_outline (JsonBuilder       *builder,
                const DdDemoWorld *world,
                JsonObject        *variables)
{
  const DdDemoRepository *repository = find_repository (world, json_object_get_string_member_with_default (variables, "name", NULL));

  json_builder_set_member_name (builder, "repository");
  if (repository == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  add_list (builder, repository, "deployments", 100, NULL);
  add_list (builder, repository, "releases", 1, NULL);
  add_list (builder, repository, "refs", 1, NULL);
  json_builder_end_object (builder);
}

static void
answer_changed (JsonBuilder       *builder,
                const DdDemoWorld *world,
                JsonObject        *variables)
{
  JsonArray *ids = json_object_get_array_member (variables, "ids");

  json_builder_set_member_name (builder, "nodes");
  json_builder_begin_array (builder);
  for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    {
      const char *id = json_array_get_string_element (ids, i);
      const DdDemoRepository *repository = find_repository (world, id);

      json_builder_begin_object (builder);
      dd_demo_add_string (builder, "__typename", "Repository");
      dd_demo_add_string (builder, "id", id);
      if (repository != NULL)
        {
          add_list (builder, repository, "deployments", 10, NULL);
          add_list (builder, repository, "pullRequests", 10, NULL);
          add_list (builder, repository, "releases", 20, NULL);
          add_list (builder, repository, "refs", 20, NULL);
        }
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* Deployments by their ids: the repository's name stands in the middle, its number at the end. */
static void
answer_refresh (JsonBuilder       *builder,
                const DdDemoWorld *world,
                JsonObject        *variables)
{
  JsonArray *ids = json_object_get_array_member (variables, "ids");

  json_builder_set_member_name (builder, "nodes");
  json_builder_begin_array (builder);
  for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    {
      const char *id = json_array_get_string_element (ids, i);
      const char *last = id != NULL ? strrchr (id, '_') : NULL;
      g_autofree char *name = last != NULL && g_str_has_prefix (id, "DE_") ? g_strndup (id + 3, (gsize) (last - id - 3)) : NULL;
      const DdDemoRepository *repository = find_repository (world, name);
      guint number = last != NULL ? (guint) g_ascii_strtoull (last + 1, NULL, 10) : 0;

      if (repository == NULL || number < 1 || number > repository->deployments->len)
        json_builder_add_null_value (builder);
      else
        add_deployment (builder, repository->deployments->len - number, (gpointer) repository);
    }
  json_builder_end_array (builder);
}

static void
answer_owner (JsonBuilder       *builder,
              const DdDemoWorld *world,
              JsonObject        *variables)
{
  json_builder_set_member_name (builder, "viewer");
  json_builder_begin_object (builder);
  dd_demo_add_string (builder, "login", "maralind");
  dd_demo_add_string (builder, "name", "Mara Lindqvist");
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "repositoryOwner");
  json_builder_begin_object (builder);
  dd_demo_add_string (builder, "__typename", "Organization");
  dd_demo_add_string (builder, "login", OWNER);
  dd_demo_add_connection (builder, "repositories", world->repositories->len, 100,
                          json_object_get_string_member_with_default (variables, "after", NULL), add_repository, (gpointer) world);
  json_builder_end_object (builder);
}

JsonNode *
dd_demo_answer_github (const DdDemoWorld *world,
                       const char        *query,
                       JsonObject        *variables)
{
  static const struct
  {
    const char *name;
    const char *list;
  } lists[] = {
    { "Deployments", "deployments" }, { "Changes", "pullRequests" }, { "Commits", "history" }, { "Releases", "releases" }, { "Tags", "refs" },
  };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gboolean known = TRUE;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "data");
  json_builder_begin_object (builder);
  if (dd_demo_query_is (query, "Repositories") || dd_demo_query_is (query, "Viewer"))
    answer_owner (builder, world, variables);
  else if (dd_demo_query_is (query, "Outline"))
    answer_outline (builder, world, variables);
  else if (dd_demo_query_is (query, "Changed"))
    answer_changed (builder, world, variables);
  else if (dd_demo_query_is (query, "Refresh"))
    answer_refresh (builder, world, variables);
  else
    {
      known = FALSE;
      for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
        if (dd_demo_query_is (query, lists[i].name))
          {
            answer_list (builder, world, lists[i].list, variables);
            known = TRUE;
          }
    }
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  return known ? json_builder_get_root (builder) : NULL;
}
