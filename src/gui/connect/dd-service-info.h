/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the window says about a service that can be connected. Words are marked for translation, not yet translated. */
typedef struct
{
  const char *type;        /* as in DdSourceSettings */
  const char *name;        /* "GitHub": a proper name; translated for files only */
  const char *letter;      /* instead of a logo */
  const char *gives;       /* what comes from it */
  const char *token;       /* what it calls its token */
  const char *rights;      /* where the token is made and with which rights */
  const char *token_page;  /* where it is made, or where the way there begins; NULL where that depends on the address */
  const char *help;        /* the id of its page of help */
} DdServiceInfo;

/* All that have a token, ended by one whose type is NULL. */
const DdServiceInfo *dd_service_info_list (void);

/* Also for types without a token; never NULL: a type that is not known is shown by its own name. */
const DdServiceInfo *dd_service_info_find (const char *type);

/* The page where a token is made with the rights that are needed, for a service at @url; NULL where there is none to open. */
char *dd_service_info_token_page (const DdServiceInfo *info, const char *url, const char *organization) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
