/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * DdChoiceGroup:
 *
 * A list of words, picked from those that the services told of, each with its count; or typed, for what has not been seen. Signal
 * `changed`: the user has made another choice.
 */
#define DD_TYPE_CHOICE_GROUP (dd_choice_group_get_type ())
G_DECLARE_FINAL_TYPE (DdChoiceGroup, dd_choice_group, DD, CHOICE_GROUP, AdwPreferencesGroup)

/* @entry: the title of the row where words are typed. @empty_is_all: no word means that all count. */
GtkWidget *dd_choice_group_new (const char *title, const char *description, const char *entry, gboolean empty_is_all);

/* @names (element-type DdSeenName) */
void       dd_choice_group_set (DdChoiceGroup *self, char **words, GPtrArray *names);

char     **dd_choice_group_get_words (DdChoiceGroup *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
