/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DD_HELP_TEXT,
  DD_HELP_HEADING,
  DD_HELP_ITEM, /* of a list */
  DD_HELP_PAGE, /* a link to the page that @target names */
  DD_HELP_DO,   /* a button for an action of the main window: @target is its detailed name, without "win." */
} DdHelpKind;

typedef struct
{
  DdHelpKind  kind;
  const char *text;   /* untranslated, as are all texts here */
  const char *target;
} DdHelpBlock;

typedef struct
{
  const char        *id;      /* as `win.help` takes it; a metric's is its name */
  const char        *title;
  const char        *section; /* those of one follow each other */
  const DdHelpBlock *blocks;
  guint              n_blocks;
} DdHelpPage;

/* All of them in the order in which they are listed. */
const DdHelpPage *dd_help_pages (guint *n);

/* NULL where there is no such page. */
const DdHelpPage *dd_help_page_find (const char *id);

/* The one that belongs to a page of the window (`win.show`'s names); NULL: to the window without a workspace. Never NULL itself. */
const DdHelpPage *dd_help_page_for (const char *page);

/* TRUE where each word of @words stands in the page, in the user's language. Nothing stands in every page. */
gboolean          dd_help_page_matches (const DdHelpPage *page, const char *words);

G_END_DECLS
