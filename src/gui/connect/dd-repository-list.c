/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-repository-list.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-beside.h"

/* A line of what is known of a repository, in characters: with less of it the choice goes below. */
#define LINE_CHARS 26

/* What can stand for a repository's deployments, in the order of the choice; the first is the sync's own finding. */
static const char * const kinds[] = { NULL, "deployments", "woodpecker", "releases", "tags", "none" };

/* One repository. */
typedef struct
{
  char           *name;
  GtkWidget      *row;
  GtkCheckButton *check;
  GtkLabel       *words;
  GtkDropDown    *from;
  gboolean        own_from; /* a setting that the choice has no word for ("workflow:…"): left as it is */
} Entry;

struct _DdRepositoryList
{
  GtkBox parent;

  GPtrArray *entries; /* of Entry */
  gboolean   setting; /* checks are set by the program */

  GtkSearchEntry *search;
  GtkCheckButton *all_check;
  GtkListBox     *list;
};

G_DEFINE_FINAL_TYPE (DdRepositoryList, dd_repository_list, GTK_TYPE_BOX)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->name);
  g_free (entry);
}

static void
update_all (DdRepositoryList *self)
{
  guint chosen = dd_repository_list_get_n_chosen (self);
  /* Translators: chosen ones of all. */
  g_autofree char *label = g_strdup_printf (_("%u of %u"), chosen, self->entries->len);

  self->setting = TRUE;
  gtk_check_button_set_inconsistent (self->all_check, chosen > 0 && chosen < self->entries->len);
  gtk_check_button_set_active (self->all_check, chosen > 0 && chosen == self->entries->len);
  gtk_check_button_set_label (self->all_check, label);
  self->setting = FALSE;
}

static void
toggled_cb (DdRepositoryList *self)
{
  if (self->setting)
    return;
  update_all (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
all_toggled_cb (DdRepositoryList *self)
{
  gboolean active = gtk_check_button_get_active (self->all_check);

  if (self->setting)
    return;
  self->setting = TRUE;
  for (guint i = 0; i < self->entries->len; i++)
    gtk_check_button_set_active (((Entry *) g_ptr_array_index (self->entries, i))->check, active);
  self->setting = FALSE;
  update_all (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
search_changed_cb (DdRepositoryList *self)
{
  gtk_list_box_invalidate_filter (self->list);
}

static gboolean
filter_cb (GtkListBoxRow *row,
           gpointer       user_data)
{
  DdRepositoryList *self = user_data;
  g_autofree char *words = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  g_autofree char *name = g_utf8_casefold (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), -1);

  return strstr (name, words) != NULL;
}

static void
row_activated_cb (DdRepositoryList *self,
                  GtkListBoxRow    *row)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->row == GTK_WIDGET (row))
        gtk_widget_mnemonic_activate (GTK_WIDGET (entry->check), FALSE);
    }
}

static GtkDropDown *
make_from (const char *repository,
           const char *from)
{
  const char * const words[] = { _("Found by the Sync"), _("Deployments"), _("Woodpecker"), _("Releases"), _("Version Tags"), _("None"),
                                 NULL };
  GtkWidget *choice = gtk_drop_down_new_from_strings (words);
  g_autofree char *label = g_strdup_printf (_("What stands for the deployments of %s"), repository);

  G_STATIC_ASSERT (G_N_ELEMENTS (words) == G_N_ELEMENTS (kinds) + 1);
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (choice, _("What stands for its deployments"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  for (guint i = 1; from != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (from, kinds[i]) == 0)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), i);
  return GTK_DROP_DOWN (choice);
}

static GtkWidget *
make_label (const char *text,
            const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_text (Entry *entry)
{
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  entry->words = GTK_LABEL (make_label (NULL, "subtitle"));
  gtk_widget_set_visible (GTK_WIDGET (entry->words), FALSE);
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (text), make_label (entry->name, "title"));
  gtk_box_append (GTK_BOX (text), GTK_WIDGET (entry->words));
  return text;
}

static void
say (const Entry *entry,
     const char  *words)
{
  gtk_label_set_text (entry->words, words);
  gtk_widget_set_visible (GTK_WIDGET (entry->words), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry->row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}

/* As AdwActionRow has it, but for the choice, which may go below the text. */
static GtkWidget *
make_row (Entry *entry)
{
  GtkWidget *row = g_object_new (ADW_TYPE_PREFERENCES_ROW, "title", entry->name, "use-markup", FALSE, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *beside = dd_beside_new (make_text (entry), GTK_WIDGET (entry->from), LINE_CHARS);

  gtk_widget_set_valign (GTK_WIDGET (entry->check), GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (beside, TRUE);
  gtk_widget_add_css_class (box, "header");
  gtk_widget_add_css_class (box, "dd-repository");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (entry->check));
  gtk_box_append (GTK_BOX (box), beside);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, entry->name, -1);
  return row;
}

static void
add_entry (DdRepositoryList       *self,
           const char             *name,
           const DdSourceSettings *source)
{
  Entry *entry = g_new0 (Entry, 1);
  const char *from = g_hash_table_lookup (source->deployments_from, name);

  entry->name = g_strdup (name);
  entry->check = GTK_CHECK_BUTTON (gtk_check_button_new ());
  entry->from = make_from (name, from);
  entry->own_from = from != NULL && gtk_drop_down_get_selected (entry->from) == 0;
  entry->row = make_row (entry);
  if (entry->own_from)
    say (entry, from);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry->check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_check_button_set_active (entry->check, !dd_patterns_match (source->exclude, name));
  g_signal_connect_swapped (entry->check, "toggled", G_CALLBACK (toggled_cb), self);
  g_signal_connect_swapped (entry->from, "notify::selected", G_CALLBACK (toggled_cb), self);
  g_ptr_array_add (self->entries, entry);
  gtk_list_box_append (self->list, entry->row);
}

static void
dd_repository_list_dispose (GObject *object)
{
  DdRepositoryList *self = DD_REPOSITORY_LIST (object);

  g_ptr_array_set_size (self->entries, 0);
  gtk_widget_dispose_template (GTK_WIDGET (object), DD_TYPE_REPOSITORY_LIST);
  G_OBJECT_CLASS (dd_repository_list_parent_class)->dispose (object);
}

static void
dd_repository_list_finalize (GObject *object)
{
  g_ptr_array_unref (DD_REPOSITORY_LIST (object)->entries);
  G_OBJECT_CLASS (dd_repository_list_parent_class)->finalize (object);
}

static void
dd_repository_list_class_init (DdRepositoryListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_repository_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = dd_repository_list_finalize;
  signals[CHANGED] = g_signal_new ("changed", DD_TYPE_REPOSITORY_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/connect/dd-repository-list.ui");
  gtk_widget_class_bind_template_child (widget_class, DdRepositoryList, search);
  gtk_widget_class_bind_template_child (widget_class, DdRepositoryList, all_check);
  gtk_widget_class_bind_template_child (widget_class, DdRepositoryList, list);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, all_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
dd_repository_list_init (DdRepositoryList *self)
{
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
}

GtkWidget *
dd_repository_list_new (void)
{
  return g_object_new (DD_TYPE_REPOSITORY_LIST, NULL);
}

void
dd_repository_list_set_names (DdRepositoryList       *self,
                              GPtrArray              *names,
                              const DdSourceSettings *source)
{
  for (guint i = 0; i < self->entries->len; i++)
    gtk_list_box_remove (self->list, ((Entry *) g_ptr_array_index (self->entries, i))->row);
  g_ptr_array_set_size (self->entries, 0);
  for (guint i = 0; i < names->len; i++)
    add_entry (self, g_ptr_array_index (names, i), source);
  update_all (self);
}

const char *
dd_repository_list_get_name (DdRepositoryList *self,
                             guint             place)
{
  return place < self->entries->len ? ((const Entry *) g_ptr_array_index (self->entries, place))->name : NULL;
}

gboolean
dd_repository_list_is_near (DdRepositoryList *self,
                            guint             place)
{
  const Entry *entry = place < self->entries->len ? g_ptr_array_index (self->entries, place) : NULL;
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;
  float page;

  if (entry == NULL || scrolled == NULL || !gtk_widget_get_mapped (entry->row) || !gtk_widget_compute_bounds (entry->row, scrolled, &bounds))
    return FALSE;
  page = (float) gtk_widget_get_height (scrolled);
  return page > 0 && bounds.origin.y + bounds.size.height > -page && bounds.origin.y < 2 * page;
}

guint
dd_repository_list_get_n (DdRepositoryList *self)
{
  return self->entries->len;
}

guint
dd_repository_list_get_n_chosen (DdRepositoryList *self)
{
  guint n = 0;

  for (guint i = 0; i < self->entries->len; i++)
    n += gtk_check_button_get_active (((Entry *) g_ptr_array_index (self->entries, i))->check);
  return n;
}

void
dd_repository_list_apply (DdRepositoryList *self,
                          DdSourceSettings *source)
{
  g_autoptr (GStrvBuilder) exclude = g_strv_builder_new ();

  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (self->entries, i);
      guint from = gtk_drop_down_get_selected (entry->from);

      if (!gtk_check_button_get_active (entry->check))
        g_strv_builder_add (exclude, entry->name);
      if (from > 0 && from < G_N_ELEMENTS (kinds))
        g_hash_table_insert (source->deployments_from, g_strdup (entry->name), g_strdup (kinds[from]));
      else if (!entry->own_from)
        g_hash_table_remove (source->deployments_from, entry->name);
    }
  g_strfreev (source->exclude);
  source->exclude = g_strv_builder_end (exclude);
}

void
dd_repository_list_describe (DdRepositoryList *self,
                             const char       *name,
                             const char       *words)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (self->entries, i);

      if (strcmp (entry->name, name) == 0)
        say (entry, words);
    }
}
