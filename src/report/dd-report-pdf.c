/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "dd-error.h"
#include "dd-pages-private.h"

static cairo_status_t
write_cb (void                *closure,
          const unsigned char *data,
          unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* The time that it says of itself is the report's, so that the same report is the same file. */
static void
set_metadata (cairo_surface_t  *surface,
              const DdDocument *document)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (document->made / DD_SECOND);
  g_autofree char *made = utc != NULL ? g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, document->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, document->subject);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, document->author);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "DoraDash " DD_VERSION);
  if (made != NULL)
    {
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, made);
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, made);
    }
}

/* A bookmark for each heading; those below a metric's own are within it. */
static void
add_bookmarks (cairo_surface_t *surface,
               const GArray    *pieces,
               guint            page,
               int             *chapter)
{
  for (guint i = 0; i < pieces->len; i++)
    {
      const DdPiece *piece = &g_array_index (pieces, DdPiece, i);
      g_autofree char *place = g_strdup_printf ("page=%u pos=[%d %d]", page + 1, (int) (piece->x / DD_PIXELS_PER_POINT),
                                                (int) (piece->y / DD_PIXELS_PER_POINT));

      if (piece->block->kind == DD_BLOCK_CHAPTER || piece->block->kind == DD_BLOCK_TITLE)
        *chapter = cairo_pdf_surface_add_outline (surface, CAIRO_PDF_OUTLINE_ROOT, piece->block->text, place,
                                                  CAIRO_PDF_OUTLINE_FLAG_OPEN);
      else if (piece->block->kind == DD_BLOCK_HEADING)
        cairo_pdf_surface_add_outline (surface, piece->block->within ? *chapter : CAIRO_PDF_OUTLINE_ROOT, piece->block->text, place, 0);
    }
}

GBytes *
dd_report_to_pdf (const DdReport *report,
                  DdPaper         paper,
                  GError        **error)
{
  g_autoptr (DdPages) pages = NULL;
  double width, height;

  dd_paper_get_size (paper, &width, &height);
  pages = dd_pages_new (report, width, height);
  return dd_pages_to_pdf (pages, error);
}

GBytes *
dd_pages_to_pdf (DdPages *pages,
                 GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  int chapter = CAIRO_PDF_OUTLINE_ROOT;
  cairo_surface_t *surface;
  cairo_status_t status;
  double width, height;
  cairo_t *cr;

  dd_pages_get_size (pages, &width, &height);
  surface = cairo_pdf_surface_create_for_stream (write_cb, bytes, width, height);
  cr = cairo_create (surface);
  set_metadata (surface, pages->document);
  cairo_tag_begin (cr, "Document", NULL);
  for (guint i = 0; i < dd_pages_count (pages); i++)
    {
      add_bookmarks (surface, g_ptr_array_index (pages->pages, i), i, &chapter);
      dd_pages_draw (pages, i, cr);
      if (i + 1 == dd_pages_count (pages))
        cairo_tag_end (cr, "Document");
      cairo_show_page (cr);
    }
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, DD_ERROR, DD_ERROR_INVALID, _("The PDF could not be made: %s"), cairo_status_to_string (status));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
