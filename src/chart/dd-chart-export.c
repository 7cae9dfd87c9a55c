/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-chart-export.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>

#include "dd-error.h"

/* Pixels of a picture for each of the size that was asked for: sharp on dense screens and on paper. */
#define DENSITY 2
/* Beyond it, cairo has no image. */
#define MOST_PIXELS 16384

static cairo_status_t
write_cb (void                *closure,
          const unsigned char *data,
          unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
begin (DdExportFormat format,
       double         width,
       double         height,
       GByteArray    *bytes)
{
  cairo_surface_t *surface;

  switch (format)
    {
    case DD_EXPORT_SVG:
      surface = cairo_svg_surface_create_for_stream (write_cb, bytes, width, height);
      cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
      return surface;
    case DD_EXPORT_PDF:
      return cairo_pdf_surface_create_for_stream (write_cb, bytes, width, height);
    case DD_EXPORT_PNG:
    default:
      surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (width * DENSITY), (int) (height * DENSITY));
      cairo_surface_set_device_scale (surface, DENSITY, DENSITY);
      return surface;
    }
}

GBytes *
dd_chart_export (const DdChartSpec *spec,
                 DdExportFormat     format,
                 double             width,
                 double             height,
                 gboolean           rtl,
                 GError           **error)
{
  DdChartLook look = { .palette = dd_palette_get (DD_THEME_LIGHT), .text_scale = 1, .rtl = rtl, .heading = TRUE };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  if (width < 1 || height < 1 || width * DENSITY > MOST_PIXELS || height * DENSITY > MOST_PIXELS)
    {
      g_set_error (error, DD_ERROR, DD_ERROR_INVALID, _("A picture of %.0f × %.0f cannot be made."), width, height);
      return NULL;
    }
  look.vector = format != DD_EXPORT_PNG;
  surface = begin (format, width, height, bytes);
  cr = cairo_create (surface);
  dd_chart_draw (spec, cr, width, height, &look);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS && format == DD_EXPORT_PNG)
    status = cairo_surface_write_to_png_stream (surface, write_cb, bytes);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, DD_ERROR, DD_ERROR_INVALID, _("The picture could not be made: %s"), cairo_status_to_string (status));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
