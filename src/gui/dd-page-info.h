/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A page of the window as sidebar and header bar show it; those of one section follow each other. */
typedef struct
{
  const char *name;    /* as `win.show` takes it */
  const char *title;   /* untranslated, as are all texts here */
  const char *icon;
  const char *section; /* NULL: none */
} DdPageInfo;

/* All of them in the sidebar's order. */
const DdPageInfo *dd_page_infos (guint *n);

/* NULL where there is no such page. */
const DdPageInfo *dd_page_info_find (const char *name);

G_END_DECLS
