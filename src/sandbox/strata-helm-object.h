/* strata-helm-object.h - a chart as an object that the Helm controller of a k3s node installs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What the object says. */
typedef struct
{
  const char *release;
  const char *name_space;  /* "" for default */
  GBytes     *content;     /* (nullable): the chart */
  const char *url;         /* where it is, when it is not here */
  JsonObject *values;      /* (nullable) */
} StrataHelmObject;

JsonNode *strata_helm_object_new      (const StrataHelmObject  *object,
                                       GPtrArray               *charts);
JsonNode *strata_helm_namespace_new   (const char              *name,
                                       const char              *labels);
GBytes   *strata_helm_wrap_template   (const char              *name,
                                       const char              *text,
                                       GError                 **error);
char     *strata_helm_make_release    (const char              *text);

G_END_DECLS
