/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-preview.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Across a page's picture, and what the page of sheets takes beside it. */
#define WIDEST 712
#define BESIDE 48
#define NARROWEST 260
/* More pages are printed and saved, and only counted here. */
#define MOST_PAGES 12

struct _DdPreview
{
  AdwBin parent;

  GtkStack     *stack;
  GtkBox       *sheets;
  GtkLabel     *failure;
  GCancellable *cancellable;
  DdPages      *pages;
};

G_DEFINE_FINAL_TYPE (DdPreview, dd_preview, ADW_TYPE_BIN)

/* What a thread is to make. */
typedef struct
{
  DdReportSource *source;
  int             across; /* pixels */
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  dd_report_source_unref (wanted->source);
  g_free (wanted);
}

/* What a thread has made. */
typedef struct
{
  DdPages   *pages;
  GPtrArray *pictures; /* of GdkTexture */
} Drawn;

static void
drawn_free (gpointer data)
{
  Drawn *drawn = data;

  dd_pages_free (drawn->pages);
  g_clear_pointer (&drawn->pictures, g_ptr_array_unref);
  g_free (drawn);
}

static GdkTexture *
draw_page (DdPages *pages,
           guint    page,
           int      across)
{
  double width, height;
  int down;
  cairo_surface_t *surface;
  cairo_t *cr;
  g_autoptr (GBytes) bytes = NULL;
  GdkTexture *texture;
  int stride;

  dd_pages_get_size (pages, &width, &height);
  down = (int) ceil (across * height / width);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, across, down);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, across / width, across / width);
  dd_pages_draw (pages, page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  stride = cairo_image_surface_get_stride (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface), (gsize) stride * (gsize) down);
  texture = gdk_memory_texture_new (across, down, GDK_MEMORY_DEFAULT, bytes, (gsize) stride);
  cairo_surface_destroy (surface);
  return texture;
}

static void
draw_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  const Wanted *wanted = task_data;
  g_autoptr (GError) error = NULL;
  Drawn *drawn = g_new0 (Drawn, 1);

  drawn->pages = dd_report_source_set (wanted->source, &error);
  if (drawn->pages == NULL)
    {
      drawn_free (drawn);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  drawn->pictures = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < MIN (MOST_PAGES, dd_pages_count (drawn->pages)) && !g_cancellable_is_cancelled (cancellable); i++)
    g_ptr_array_add (drawn->pictures, draw_page (drawn->pages, i, wanted->across));
  g_task_return_pointer (task, drawn, drawn_free);
}

static void
clear_sheets (DdPreview *self)
{
  GtkWidget *sheet;

  while ((sheet = gtk_widget_get_first_child (GTK_WIDGET (self->sheets))) != NULL)
    gtk_box_remove (self->sheets, sheet);
}

static GtkWidget *
sheet_new (GdkTexture *texture,
           guint       page,
           guint       n)
{
  GtkWidget *picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));
  /* Translators: a page of the report's preview. */
  g_autofree char *label = g_strdup_printf (_("Page %u of %u"), page, n);

  gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_CONTAIN);
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), label);
  gtk_widget_add_css_class (picture, "dd-sheet");
  return picture;
}

static void
drawn_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  DdPreview *self = DD_PREVIEW (source);
  g_autoptr (GError) error = NULL;
  Drawn *drawn = g_task_propagate_pointer (G_TASK (result), &error);
  guint n;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->sheets == NULL)
    {
      g_clear_pointer (&drawn, drawn_free);
      return;
    }
  clear_sheets (self);
  g_clear_pointer (&self->pages, dd_pages_free);
  if (drawn == NULL)
    {
      gtk_label_set_label (self->failure, error->message);
      gtk_stack_set_visible_child_name (self->stack, "failure");
      g_signal_emit_by_name (self, "changed");
      return;
    }
  self->pages = g_steal_pointer (&drawn->pages);
  n = dd_pages_count (self->pages);
  for (guint i = 0; i < drawn->pictures->len; i++)
    gtk_box_append (self->sheets, sheet_new (g_ptr_array_index (drawn->pictures, i), i + 1, n));
  if (n > drawn->pictures->len)
    {
      guint more = n - drawn->pictures->len;
      g_autofree char *words = g_strdup_printf (ngettext ("%u more page", "%u more pages", more), more);
      GtkWidget *label = gtk_label_new (words);

      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (self->sheets, label);
    }
  gtk_stack_set_visible_child_name (self->stack, "sheets");
  drawn_free (drawn);
  g_signal_emit_by_name (self, "changed");
}

static void
stop (DdPreview *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
dd_preview_dispose (GObject *object)
{
  DdPreview *self = DD_PREVIEW (object);

  stop (self);
  self->sheets = NULL;
  g_clear_pointer (&self->pages, dd_pages_free);
  G_OBJECT_CLASS (dd_preview_parent_class)->dispose (object);
}

static void
dd_preview_class_init (DdPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dd_preview_dispose;
  g_signal_new ("changed", DD_TYPE_PREVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dd_preview_init (DdPreview *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new (), *clamp = adw_clamp_new (), *waiting = gtk_label_new (_("Setting the pages…"));

  self->stack = GTK_STACK (gtk_stack_new ());
  self->sheets = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  self->failure = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->failure, TRUE);
  gtk_widget_add_css_class (waiting, "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->sheets), "page");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 760);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), 700);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->sheets));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  /* Pictures could be as low as nothing: they are to be as high as they are wide enough for. */
  gtk_scrollable_set_vscroll_policy (GTK_SCROLLABLE (gtk_widget_get_parent (clamp)), GTK_SCROLL_NATURAL);
  gtk_stack_add_named (self->stack, waiting, "waiting");
  gtk_stack_add_named (self->stack, scroller, "sheets");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->failure), "failure");
  gtk_widget_add_css_class (GTK_WIDGET (self->stack), "dd-desk");
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Preview of the pages"), -1);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

void
dd_preview_show (DdPreview      *self,
                 DdReportSource *source)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)) - BESIDE;
  g_autoptr (GTask) task = NULL;
  Wanted *wanted;

  stop (self);
  if (source == NULL)
    return;
  /* As large as it will be seen: what draws without a graphics card takes longer to scale a page than to draw it. */
  wanted = g_new0 (Wanted, 1);
  wanted->source = dd_report_source_ref (source);
  wanted->across = (width > 0 ? CLAMP (width, NARROWEST, WIDEST) : WIDEST) * gtk_widget_get_scale_factor (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, drawn_cb, NULL);
  g_task_set_task_data (task, wanted, wanted_free);
  g_task_run_in_thread (task, draw_thread);
}

DdPages *
dd_preview_get_pages (DdPreview *self)
{
  return self->pages;
}
