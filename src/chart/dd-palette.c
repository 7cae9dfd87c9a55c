/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-palette.h"

#include <math.h>

#define RGBA(hex, opacity) { ((hex) >> 16 & 0xff) / 255.0, ((hex) >> 8 & 0xff) / 255.0, ((hex) & 0xff) / 255.0, (opacity) }
#define RGB(hex) RGBA (hex, 1)
#define NOTHING { 1, 1, 1, 0 }

/* Hues of Okabe and Ito, made darker or lighter until each has 3:1 on its ground; tests/chart/test-palette.c measures it. */
#define LIGHT_SERIES { RGB (0x0072b2), RGB (0xd55e00), RGB (0x007a5a), RGB (0xa8568a), RGB (0x9a6700), RGB (0x5e5c64) }
#define DARK_SERIES { RGB (0x56b4e9), RGB (0xff8a3d), RGB (0x2ec4a0), RGB (0xe39bc6), RGB (0xe69f00), RGB (0xc0bfbc) }

/* Order: none, Low, Medium, High, Elite. */
#define LIGHT_TIERS { RGB (0x9a9996), RGB (0xe2edfa), RGB (0xb9d6f7), RGB (0x78aeed), RGB (0x1a5fb4) }
#define LIGHT_TIER_TEXT { RGB (0x000000), RGB (0x2b4868), RGB (0x12365f), RGB (0x08264d), RGB (0xffffff) }
#define DARK_TIERS { RGB (0x77767b), RGB (0x3b4652), RGB (0x33577f), RGB (0x3b74b5), RGB (0xa5cbf7) }
#define DARK_TIER_TEXT { RGB (0xffffff), RGB (0xd6e1ee), RGB (0xe5f0fd), RGB (0xffffff), RGB (0x0a2747) }

static const DdPalette palettes[DD_N_THEMES] = {
  [DD_THEME_LIGHT] = {
    .background = RGB (0xffffff),
    .text = RGB (0x2e2e33),
    .dim = RGB (0x5e5c64),
    .grid = RGBA (0x1c3a5e, 0.11),
    .axis = RGB (0x9a9996),
    .border = RGB (0x6aa5cf),
    .series = LIGHT_SERIES,
    .bands = { NOTHING, NOTHING, RGB (0xf3f9fe), RGB (0xe6f1fc), RGB (0xdceaf9) },
    .tiers = LIGHT_TIERS,
    .tier_text = LIGHT_TIER_TEXT,
    .current = RGBA (0x0072b2, 0.07),
    .tip = RGB (0xffffff),
    .tip_edge = RGBA (0x000000, 0.16),
    .line = 2.2,
    .faint = 0.5,
  },
  [DD_THEME_DARK] = {
    .background = RGB (0x363636),
    .text = RGB (0xffffff),
    .dim = RGB (0xc0bfbc),
    .grid = RGBA (0xffffff, 0.10),
    .axis = RGB (0x8c8b90),
    .border = RGB (0x6f9dbd),
    .series = DARK_SERIES,
    .bands = { NOTHING, NOTHING, RGB (0x383c41), RGB (0x3b444e), RGB (0x3d4d5e) },
    .tiers = DARK_TIERS,
    .tier_text = DARK_TIER_TEXT,
    .current = RGBA (0x56b4e9, 0.09),
    .tip = RGB (0x464649),
    .tip_edge = RGBA (0xffffff, 0.18),
    .line = 2.2,
    .faint = 0.6,
  },
  [DD_THEME_LIGHT_CONTRAST] = {
    .background = RGB (0xffffff),
    .text = RGB (0x000000),
    .dim = RGB (0x1e1e1e),
    .grid = RGB (0x9a9996),
    .axis = RGB (0x000000),
    .border = RGB (0x0b4a7a),
    .series = { RGB (0x005a8e), RGB (0xa34700), RGB (0x005f46), RGB (0x87356a), RGB (0x7a5200), RGB (0x3d3846) },
    .bands = { NOTHING, NOTHING, RGB (0xf3f9fe), RGB (0xe6f1fc), RGB (0xdceaf9) },
    .tiers = { RGB (0x5e5c64), RGB (0xe2edfa), RGB (0xb9d6f7), RGB (0x78aeed), RGB (0x1a5fb4) },
    .tier_text = { RGB (0xffffff), RGB (0x000000), RGB (0x000000), RGB (0x000000), RGB (0xffffff) },
    .current = RGB (0xcfe2f5),
    .tip = RGB (0xffffff),
    .tip_edge = RGB (0x000000),
    .line = 3,
    .faint = 1,
  },
  [DD_THEME_DARK_CONTRAST] = {
    .background = RGB (0x1e1e1e),
    .text = RGB (0xffffff),
    .dim = RGB (0xf6f5f4),
    .grid = RGB (0x77767b),
    .axis = RGB (0xffffff),
    .border = RGB (0xa5cbf7),
    .series = { RGB (0x8accf5), RGB (0xffa566), RGB (0x5fe0bf), RGB (0xf2bfdd), RGB (0xffc64d), RGB (0xdeddda) },
    .bands = { NOTHING, NOTHING, RGB (0x22262b), RGB (0x25303c), RGB (0x283c50) },
    .tiers = { RGB (0x9a9996), RGB (0x3b4652), RGB (0x33577f), RGB (0x3b74b5), RGB (0xa5cbf7) },
    .tier_text = { RGB (0x000000), RGB (0xffffff), RGB (0xffffff), RGB (0xffffff), RGB (0x000000) },
    .current = RGB (0x2f4862),
    .tip = RGB (0x000000),
    .tip_edge = RGB (0xffffff),
    .line = 3,
    .faint = 1,
  },
};

const DdPalette *
dd_palette_get (DdTheme theme)
{
  return &palettes[CLAMP (theme, 0, DD_N_THEMES - 1)];
}

static double
linear (double component)
{
  return component <= 0.04045 ? component / 12.92 : pow ((component + 0.055) / 1.055, 2.4);
}

static double
luminance (const DdColour *colour)
{
  return 0.2126 * linear (colour->red) + 0.7152 * linear (colour->green) + 0.0722 * linear (colour->blue);
}

double
dd_colour_contrast (const DdColour *one,
                    const DdColour *other)
{
  double a = luminance (one), b = luminance (other);

  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

DdColour
dd_colour_over (const DdColour *colour,
                const DdColour *ground)
{
  double a = colour->alpha;

  return (DdColour) {
    colour->red * a + ground->red * (1 - a),
    colour->green * a + ground->green * (1 - a),
    colour->blue * a + ground->blue * (1 - a),
    1,
  };
}
