/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-tiers.h"

G_BEGIN_DECLS

typedef enum
{
  DD_THEME_LIGHT,
  DD_THEME_DARK,
  DD_THEME_LIGHT_CONTRAST, /* high contrast: thicker lines, nothing translucent */
  DD_THEME_DARK_CONTRAST,
  DD_N_THEMES,
} DdTheme;

/* Components from 0 to 1. */
typedef struct
{
  double red, green, blue, alpha;
} DdColour;

/* Roles of the series' colours; each comes with a dash and a marker of its own, see dd-chart-draw. */
typedef enum
{
  DD_ROLE_BLUE,
  DD_ROLE_VERMILLION,
  DD_ROLE_GREEN,
  DD_ROLE_PURPLE,
  DD_ROLE_OCHRE,
  DD_ROLE_GREY, /* the previous period: thin, without markers */
  DD_N_ROLES,
} DdRole;

typedef struct
{
  DdColour background; /* a card's: for exports, open markers and the gaps between bars */
  DdColour text;
  DdColour dim;        /* axis labels */
  DdColour grid;
  DdColour axis;
  DdColour border;     /* thresholds between bands */
  DdColour series[DD_N_ROLES];
  DdColour bands[DD_TIER_ELITE + 1];     /* fills by DdTier; none for Low */
  DdColour tiers[DD_TIER_ELITE + 1];     /* chips and tier bars, one hue; a plain grey for DD_TIER_NONE */
  DdColour tier_text[DD_TIER_ELITE + 1]; /* text on those */
  DdColour current;    /* laid over the last bucket, which is the period in question */
  DdColour tip;        /* the tooltip's ground and edge */
  DdColour tip_edge;
  double   line;       /* width of a main line */
  double   faint;      /* opacity of what is not complete; 1 where nothing may be translucent */
} DdPalette;

const DdPalette *dd_palette_get (DdTheme theme);

/* WCAG 2: 1 to 21. Both must be opaque; see dd_colour_over(). */
double   dd_colour_contrast (const DdColour *one, const DdColour *other);
/* What is seen of @colour on @ground. */
DdColour dd_colour_over (const DdColour *colour, const DdColour *ground);

G_END_DECLS
