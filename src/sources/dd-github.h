/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-source.h"

G_BEGIN_DECLS

/**
 * DdGithub:
 *
 * GitHub and GitHub Enterprise Server: repositories, deployments, merged pull requests, commits of the
 * default branch, releases and tags where these stand for deployments, and workflow runs where they are
 * chosen. GraphQL; runs by REST.
 */
#define DD_TYPE_GITHUB (dd_github_get_type ())
G_DECLARE_FINAL_TYPE (DdGithub, dd_github, DD, GITHUB, GObject)

DdSource *dd_github_new (const DdSourceSetup *setup) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
