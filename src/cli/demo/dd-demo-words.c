/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-demo-words.h"

static const char * const authors[] = { "maralind", "tobiask", "aisha-n", "jonaspet", "lwagner", "renaudp", "kaito-m", "sofiab", "dmitri-v",
                                        "eirhart", "noorh", "claraz" };

static const char * const verbs[] = { "Add", "Show", "Move", "Speed up", "Simplify", "Fix", "Log", "Cache", "Validate", "Translate", "Retry",
                                      "Split", "Remove", "Test", "Document", "Sort" };

static const char * const things[] = {
  "size guide on product pages", "delivery estimate by postcode", "retry of failed card payments", "gift card balance",
  "search suggestions", "stock level per warehouse", "return labels", "order confirmation mail", "session refresh",
  "address lookup", "price rounding for kroner", "image loading on slow networks", "parcel tracking events",
  "rate limit per client", "VAT for Norwegian orders", "basket merge after login", "category filters", "pick list by aisle",
  "invoice numbers", "push notification opt-in", "feature flag for express checkout", "health check", "audit log of refunds",
  "query for daily sales", "keyboard focus in dialogs", "export for accounting", "time-out of supplier feed", "dark mode colours",
};

static const char * const packages[] = { "libpq", "openssl", "react", "gradle", "alpine", "node", "grpc", "pydantic", "spring boot" };

static const char * const troubles[] = { "errors on checkout", "slow responses", "login fails for some customers", "orders stuck in processing",
                                         "wrong prices shown", "time-outs to the database", "images missing", "duplicate confirmation mails",
                                         "search returns nothing", "payments declined without reason" };

const char *
dd_demo_author (guint chance)
{
  return authors[chance % G_N_ELEMENTS (authors)];
}

char *
dd_demo_title (const char *repository,
               gboolean    bot,
               guint       chance)
{
  if (bot)
    return g_strdup_printf ("Update %s to %u.%u", packages[chance % G_N_ELEMENTS (packages)], 1 + chance / 16 % 9, chance / 256 % 20);
  return g_strdup_printf ("%s %s", verbs[chance % G_N_ELEMENTS (verbs)], things[chance / 64 % G_N_ELEMENTS (things)]);
}

char *
dd_demo_incident_title (const char *repository,
                        guint       chance)
{
  return g_strdup_printf ("%s: %s", repository, troubles[chance % G_N_ELEMENTS (troubles)]);
}
