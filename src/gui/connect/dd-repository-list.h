/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-settings.h"

G_BEGIN_DECLS

/**
 * DdRepositoryList:
 *
 * The repositories that a source has, to choose from: which are synced, and what stands for their deployments. With a search, and
 * one check for all.
 *
 * Signal `changed`: another choice.
 */
#define DD_TYPE_REPOSITORY_LIST (dd_repository_list_get_type ())
G_DECLARE_FINAL_TYPE (DdRepositoryList, dd_repository_list, DD, REPOSITORY_LIST, GtkBox)

GtkWidget *dd_repository_list_new (void);

/* @names (element-type utf8); what @source says of them is how they stand at first. */
void       dd_repository_list_set_names (DdRepositoryList *self, GPtrArray *names, const DdSourceSettings *source);

/* What is known of one, below its name. */
void       dd_repository_list_describe (DdRepositoryList *self, const char *name, const char *words);

/* NULL past the last. */
const char *dd_repository_list_get_name (DdRepositoryList *self, guint place);

/* TRUE where a repository's row is on the screen, or less than a page away from it. */
gboolean   dd_repository_list_is_near (DdRepositoryList *self, guint place);

guint      dd_repository_list_get_n (DdRepositoryList *self);
guint      dd_repository_list_get_n_chosen (DdRepositoryList *self);

/* Writes the choice into @source: what is not chosen is excluded, so that new repositories come by themselves. */
void       dd_repository_list_apply (DdRepositoryList *self, DdSourceSettings *source);

G_END_DECLS
