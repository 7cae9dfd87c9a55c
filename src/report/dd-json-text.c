/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-json-text.h"

void
dd_json_add_string (JsonBuilder *builder,
                    const char  *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  json_builder_add_string_value (builder, valid);
}
