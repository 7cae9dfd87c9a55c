/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-session.h"

G_BEGIN_DECLS

/**
 * DdPage:
 *
 * One page of the window. It looks at the session; while it is on screen, it is told of each change, and what happened while it was
 * not is made good when it comes back. Its cancellable is cancelled when it is left or asked anew, so that no question outlives
 * the interest in its answer. Pages report to the window by the actions `win.*` and by dd_page_toast().
 */
#define DD_TYPE_PAGE (dd_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (DdPage, dd_page, DD, PAGE, AdwBin)

struct _DdPageClass
{
  AdwBinClass parent_class;

  /* There is another report or error in the session, or none yet: show it. May be NULL. */
  void (*report_changed) (DdPage *self);
  gboolean takes_brief; /* also where the report is brief */
  /* Another question than the one that was asked last: ask what the page needs beyond the report, with the page's cancellable. May
   * be NULL. */
  void (*ask) (DdPage *self, const DdQuery *query, GCancellable *cancellable);
};

void       dd_page_set_session (DdPage *self, DdSession *session); /* once */
DdSession *dd_page_get_session (DdPage *self);

/* Asks again, as after a change of data that only this page knows of. */
void dd_page_ask_again (DdPage *self);

/* A short event at the foot of the window. @button and @action NULL: no button. @target: (transfer floating) (nullable) */
void dd_page_toast (DdPage *self, const char *title, const char *button, const char *action, GVariant *target);

G_END_DECLS
