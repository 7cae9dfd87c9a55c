/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-cli.h"

G_BEGIN_DECLS

/* What is written from the table of commands, while the program is built. */
char *dd_manual_page (void) G_GNUC_WARN_UNUSED_RESULT;
char *dd_manual_bash (void) G_GNUC_WARN_UNUSED_RESULT;
char *dd_manual_zsh (void) G_GNUC_WARN_UNUSED_RESULT;
char *dd_manual_fish (void) G_GNUC_WARN_UNUSED_RESULT;

/* A command's own options, or with NULL those of all commands; hidden ones and the words are left out. (element-type GOptionEntry) */
GPtrArray *dd_manual_options (const DdCommand *command) G_GNUC_WARN_UNUSED_RESULT;

/* What may follow a command, or be an option's value, as far as its help lists it; empty where it does not. */
char **dd_manual_words (const DdCommand *command) G_GNUC_WARN_UNUSED_RESULT;
char **dd_manual_values (const GOptionEntry *option) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
