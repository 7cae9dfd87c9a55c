/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-report-source.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-document-keep.h"
#include "dd-error.h"
#include "dd-report-snapshot.h"
#include "dd-words.h"

struct _DdSharedReport
{
  DdReport *report;
};

struct _DdReportSource
{
  DdSharedReport *shared;
  DdReport        view; /* the shared one in its own form */
  DdSnapshot     *snapshot;
  DdPaper         paper;
};

DdSharedReport *
dd_shared_report_new (DdReport *report)
{
  DdSharedReport *self = g_atomic_rc_box_new0 (DdSharedReport);

  self->report = report;
  return self;
}

DdSharedReport *
dd_shared_report_ref (DdSharedReport *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_shared (gpointer data)
{
  dd_report_free (((DdSharedReport *) data)->report);
}

void
dd_shared_report_unref (DdSharedReport *self)
{
  g_atomic_rc_box_release_full (self, clear_shared);
}

DdReportSource *
dd_report_source_new (DdSharedReport *report,
                      gboolean        one_page,
                      guint           without,
                      const char     *note,
                      DdPaper         paper)
{
  DdReportSource *self = g_atomic_rc_box_new0 (DdReportSource);

  self->shared = dd_shared_report_ref (report);
  self->view = *report->report;
  self->view.one_page = one_page;
  self->view.without = without;
  self->view.note = note != NULL && *note != '\0' ? g_strdup (note) : NULL;
  self->paper = paper;
  return self;
}

DdReportSource *
dd_report_source_new_kept (DdSnapshot *snapshot,
                           DdPaper     paper)
{
  DdReportSource *self = g_atomic_rc_box_new0 (DdReportSource);

  self->snapshot = snapshot;
  self->paper = paper;
  return self;
}

DdReportSource *
dd_report_source_ref (DdReportSource *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_source (gpointer data)
{
  DdReportSource *self = data;

  /* All of the view but its note is the shared one's. */
  g_free (self->view.note);
  g_clear_pointer (&self->shared, dd_shared_report_unref);
  dd_snapshot_free (self->snapshot);
}

void
dd_report_source_unref (DdReportSource *self)
{
  g_atomic_rc_box_release_full (self, clear_source);
}

const DdReport *
dd_report_source_get_report (DdReportSource *self)
{
  return self->shared != NULL ? &self->view : NULL;
}

const DdSnapshot *
dd_report_source_get_snapshot (DdReportSource *self)
{
  return self->snapshot;
}

char *
dd_report_source_title (DdReportSource *self)
{
  g_autoptr (GTimeZone) zone = NULL;

  if (self->snapshot != NULL)
    return g_strdup (self->snapshot->title != NULL ? self->snapshot->title : self->snapshot->period);
  zone = dd_words_zone (self->view.summary);
  return dd_period_short_label (&self->view.summary->period, zone);
}

DdPages *
dd_report_source_set (DdReportSource *self,
                      GError        **error)
{
  DdDocument *document;
  double width, height;

  dd_paper_get_size (self->paper, &width, &height);
  if (self->shared != NULL)
    return dd_pages_new (&self->view, width, height);
  if (self->snapshot->document == NULL)
    {
      g_set_error (error, DD_ERROR, DD_ERROR_STORE, _("Of this report only its figures were kept."));
      return NULL;
    }
  document = dd_document_open (self->snapshot->document, error);
  return document != NULL ? dd_pages_new_for_document (document, width, height) : NULL;
}

static GBytes *
take_text (char *text)
{
  return text != NULL ? g_bytes_new_take (text, strlen (text)) : NULL;
}

GBytes *
dd_report_source_write (DdReportSource *self,
                        const char     *format,
                        GError        **error)
{
  GBytes *bytes = NULL;

  if (strcmp (format, "pdf") == 0)
    {
      g_autoptr (DdPages) pages = dd_report_source_set (self, error);

      return pages != NULL ? dd_pages_to_pdf (pages, error) : NULL;
    }
  if (self->shared == NULL)
    bytes = take_text (g_strdup (strcmp (format, "markdown") == 0 ? self->snapshot->markdown
                                 : strcmp (format, "json") == 0   ? self->snapshot->report
                                                                  : NULL));
  else
    bytes = take_text (strcmp (format, "html") == 0     ? dd_report_to_html (&self->view)
                       : strcmp (format, "csv") == 0    ? dd_report_to_csv (&self->view)
                       : strcmp (format, "json") == 0   ? dd_report_to_json (&self->view)
                                                        : dd_report_to_markdown (&self->view));
  if (bytes == NULL)
    g_set_error (error, DD_ERROR, DD_ERROR_INVALID, _("An earlier report cannot be written in this form any more; PDF and Markdown can."));
  return bytes;
}

DdSnapshot *
dd_report_source_keep (DdReportSource *self,
                       const char     *outcome)
{
  return dd_report_to_snapshot (&self->view, self->paper, outcome);
}
