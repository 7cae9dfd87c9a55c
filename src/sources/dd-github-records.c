/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-github-records.h"

#include <string.h>

#include "dd-json.h"

/* Ids of nodes hold no colon. */
#define RELEASE_KEY "release:"
#define TAG_KEY "tag:"
#define RUN_KEY "run:"

static char *
copy_string (JsonObject *object,
             const char *member)
{
  return g_strdup (dd_json_string (object, member));
}

DdRepository *
dd_github_repository_record (JsonObject *node)
{
  JsonObject *branch = dd_json_object (node, "defaultBranchRef");
  DdRepository *record;

  if (dd_json_string (node, "id") == NULL || dd_json_string (node, "name") == NULL)
    return NULL;
  record = g_new0 (DdRepository, 1);
  record->key = copy_string (node, "id");
  record->name = copy_string (node, "name");
  record->full_name = copy_string (node, "nameWithOwner");
  record->url = copy_string (node, "url");
  record->head = copy_string (dd_json_object (branch, "target"), "oid");
  record->archived = dd_json_bool (node, "isArchived", FALSE);
  return record;
}

static DdDeployment *
new_deployment (DdDeploymentKind kind,
                const char      *repository)
{
  DdDeployment *record = g_new0 (DdDeployment, 1);

  record->kind = kind;
  record->repository = g_strdup (repository);
  record->created = DD_TIME_NONE;
  record->finished = DD_TIME_NONE;
  record->committed = DD_TIME_NONE;
  return record;
}

DdDeployment *
dd_github_deployment_record (JsonObject *node,
                             const char *repository)
{
  JsonArray *statuses = dd_json_array (dd_json_object (node, "statuses"), "nodes");
  gint64 created = dd_json_time (node, "createdAt");
  DdDeployment *record;

  if (dd_json_string (node, "id") == NULL || created == DD_TIME_NONE)
    return NULL;
  record = new_deployment (DD_KIND_DEPLOYMENT, repository);
  record->key = copy_string (node, "id");
  /* An environment that is not said must not pass for production, which NULL stands for. */
  record->environment = g_strdup (dd_json_string (node, "environment") ?: "");
  record->commit = copy_string (node, "commitOid");
  record->ref = copy_string (dd_json_object (node, "ref"), "name");
  record->url = copy_string (dd_json_object (node, "latestStatus"), "logUrl");
  record->created = created;
  record->committed = dd_json_time (dd_json_object (node, "commit"), "committedDate");
  /* They come newest first. */
  for (guint i = dd_json_length (statuses); i > 0; i--)
    {
      JsonObject *status = dd_json_element (statuses, i - 1);
      const char *state = dd_json_string (status, "state");
      gint64 at = dd_json_time (status, "createdAt");
      g_autofree char *lower = state != NULL ? g_ascii_strdown (state, -1) : NULL;

      if (lower != NULL && at != DD_TIME_NONE)
        dd_deployment_add_status (record, lower, at);
    }
  dd_deployment_settle (record);
  return record;
}

static gboolean
is_bot (JsonObject *actor)
{
  const char *login = dd_json_string (actor, "login");

  return g_strcmp0 (dd_json_string (actor, "__typename"), "Bot") == 0
         || (login != NULL && g_str_has_suffix (login, "[bot]"));
}

/* Deleted accounts are null: a review by one counts unless the author is one too, since the two may be the
 * same. */
static gboolean
is_other_person (JsonObject *reviewer,
                 JsonObject *author)
{
  if (is_bot (reviewer))
    return FALSE;
  return g_strcmp0 (dd_json_string (reviewer, "login"), dd_json_string (author, "login")) != 0;
}

static gint64
earlier (gint64 a,
         gint64 b)
{
  if (a == DD_TIME_NONE || b == DD_TIME_NONE)
    return a == DD_TIME_NONE ? b : a;
  return MIN (a, b);
}

static gint64
find_first_commit (JsonObject *node)
{
  JsonArray *commits = dd_json_array (dd_json_object (node, "commits"), "nodes");
  gint64 first = DD_TIME_NONE;

  for (guint i = 0; i < dd_json_length (commits); i++)
    {
      JsonObject *commit = dd_json_object (dd_json_element (commits, i), "commit");

      first = earlier (first, dd_json_time (commit, "authoredDate"));
    }
  return first;
}

static gint64
find_first_review (JsonObject *node)
{
  JsonArray *reviews = dd_json_array (dd_json_object (node, "reviews"), "nodes");
  JsonObject *author = dd_json_object (node, "author");
  gint64 first = DD_TIME_NONE;

  for (guint i = 0; i < dd_json_length (reviews); i++)
    {
      JsonObject *review = dd_json_element (reviews, i);

      if (is_other_person (dd_json_object (review, "author"), author))
        first = earlier (first, dd_json_time (review, "submittedAt"));
    }
  return first;
}

DdChange *
dd_github_change_record (JsonObject *node,
                         const char *repository)
{
  JsonObject *author = dd_json_object (node, "author");
  gint64 merged = dd_json_time (node, "mergedAt");
  DdChange *record;

  if (dd_json_string (node, "id") == NULL || merged == DD_TIME_NONE)
    return NULL;
  record = g_new0 (DdChange, 1);
  record->key = copy_string (node, "id");
  record->repository = g_strdup (repository);
  record->number = dd_json_int (node, "number", 0);
  record->title = copy_string (node, "title");
  record->author = copy_string (author, "login");
  record->author_is_bot = is_bot (author);
  record->head = copy_string (node, "headRefName");
  record->merge_commit = copy_string (dd_json_object (node, "mergeCommit"), "oid");
  record->url = copy_string (node, "url");
  record->first_commit = find_first_commit (node);
  record->opened = dd_json_time (node, "createdAt");
  record->first_review = find_first_review (node);
  record->merged = merged;
  return record;
}

DdCommit *
dd_github_commit_record (JsonObject *node)
{
  JsonArray *parents = dd_json_array (dd_json_object (node, "parents"), "nodes");
  DdCommit *record;

  if (dd_json_string (node, "oid") == NULL)
    return NULL;
  record = g_new0 (DdCommit, 1);
  record->sha = copy_string (node, "oid");
  record->parent = copy_string (dd_json_element (parents, 0), "oid");
  record->committed = dd_json_time (node, "committedDate");
  return record;
}

DdDeployment *
dd_github_release_record (JsonObject *node,
                          const char *repository)
{
  JsonObject *commit = dd_json_object (node, "tagCommit");
  const char *id = dd_json_string (node, "id");
  const char *name = dd_json_string (node, "name");
  const char *tag = dd_json_string (node, "tagName");
  gint64 published = dd_json_time (node, "publishedAt");
  DdDeployment *record;

  if (id == NULL || published == DD_TIME_NONE
      || dd_json_bool (node, "isDraft", FALSE) || dd_json_bool (node, "isPrerelease", FALSE))
    return NULL;
  record = new_deployment (DD_KIND_RELEASE, repository);
  record->key = g_strconcat (RELEASE_KEY, id, NULL);
  record->commit = copy_string (commit, "oid");
  record->ref = g_strdup (tag);
  record->label = g_strdup (name != NULL && *name != '\0' ? name : tag);
  record->url = copy_string (node, "url");
  record->created = dd_json_time (node, "createdAt");
  if (record->created == DD_TIME_NONE)
    record->created = published;
  record->finished = published;
  record->committed = dd_json_time (commit, "committedDate");
  record->result = DD_RESULT_SUCCESS;
  return record;
}

gboolean
dd_github_is_version (const char *tag)
{
  const char *at = tag;
  guint numbers = 0;

  if (at == NULL)
    return FALSE;
  if (*at == 'v')
    at++;
  for (;;)
    {
      gsize digits = strspn (at, "0123456789");

      if (digits == 0)
        return FALSE;
      numbers++;
      at += digits;
      if (*at == '\0')
        return numbers >= 2;
      if (*at != '.')
        return FALSE;
      at++;
    }
}

/* The commit that a tag stands for: an annotated one names it through an object of its own. */
static JsonObject *
find_tagged_commit (JsonObject *node)
{
  JsonObject *target = dd_json_object (node, "target");

  if (g_strcmp0 (dd_json_string (target, "__typename"), "Tag") == 0)
    target = dd_json_object (target, "target");
  return g_strcmp0 (dd_json_string (target, "__typename"), "Commit") == 0 ? target : NULL;
}

gint64
dd_github_tag_time (JsonObject *node)
{
  return dd_json_time (find_tagged_commit (node), "committedDate");
}

DdDeployment *
dd_github_tag_record (JsonObject *node,
                      const char *repository,
                      const char *url)
{
  const char *name = dd_json_string (node, "name");
  JsonObject *tagger = dd_json_object (dd_json_object (node, "target"), "tagger");
  JsonObject *commit = find_tagged_commit (node);
  gint64 committed = dd_json_time (commit, "committedDate");
  gint64 at = dd_json_time (tagger, "date");
  DdDeployment *record;

  if (at == DD_TIME_NONE)
    at = committed;
  if (!dd_github_is_version (name) || at == DD_TIME_NONE)
    return NULL;
  record = new_deployment (DD_KIND_TAG, repository);
  record->key = g_strconcat (TAG_KEY, repository, ":", name, NULL);
  record->commit = copy_string (commit, "oid");
  record->ref = g_strdup (name);
  record->label = g_strdup (name);
  record->url = url != NULL ? g_strconcat (url, "/tree/", name, NULL) : NULL;
  record->created = at;
  record->finished = at;
  record->committed = committed;
  record->result = DD_RESULT_SUCCESS;
  return record;
}

static DdResult
read_conclusion (const char *conclusion)
{
  static const char * const failures[] = { "failure", "timed_out", "startup_failure", NULL };

  if (g_strcmp0 (conclusion, "success") == 0)
    return DD_RESULT_SUCCESS;
  if (conclusion != NULL && g_strv_contains (failures, conclusion))
    return DD_RESULT_FAILURE;
  return DD_RESULT_CANCELLED;
}

DdDeployment *
dd_github_run_record (JsonObject *object,
                      const char *repository)
{
  gint64 id = dd_json_int (object, "id", 0);
  gint64 created = dd_json_time (object, "created_at");
  gint64 updated = dd_json_time (object, "updated_at");
  DdDeployment *record;

  if (id == 0 || created == DD_TIME_NONE || updated == DD_TIME_NONE
      || g_strcmp0 (dd_json_string (object, "status"), "completed") != 0)
    return NULL;
  record = new_deployment (DD_KIND_WORKFLOW, repository);
  record->key = g_strdup_printf (RUN_KEY "%" G_GINT64_FORMAT, id);
  record->commit = copy_string (object, "head_sha");
  record->ref = copy_string (object, "head_branch");
  record->label = copy_string (object, "name");
  record->url = copy_string (object, "html_url");
  record->created = created;
  /* There is no time of its end; it is last touched when it ends. */
  record->finished = updated;
  record->committed = dd_json_time (dd_json_object (object, "head_commit"), "timestamp");
  record->result = read_conclusion (dd_json_string (object, "conclusion"));
  return record;
}

gboolean
dd_github_key_is_deployment (const char *key)
{
  return strchr (key, ':') == NULL;
}
