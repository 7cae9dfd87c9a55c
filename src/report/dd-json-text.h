/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* JSON is UTF-8 and nothing else, whatever a vendor or a file gave: what is not becomes U+FFFD. */
void dd_json_add_string (JsonBuilder *builder, const char *text);

G_END_DECLS
