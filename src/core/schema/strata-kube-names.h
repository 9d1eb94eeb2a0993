/* strata-kube-names.h - texts with rules in Kubernetes: names, labels, times, schedules
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean strata_kube_is_label       (const char *text);
gboolean strata_kube_is_subdomain   (const char *text);
gboolean strata_kube_is_service     (const char *text);
gboolean strata_kube_is_segment     (const char *text);
gboolean strata_kube_is_label_key   (const char *text);
gboolean strata_kube_is_label_value (const char *text);
gboolean strata_kube_is_port_name   (const char *text);
gboolean strata_kube_is_file_key    (const char *text);
gboolean strata_kube_is_base64      (const char *text);
gboolean strata_kube_is_time        (const char *text);
gboolean strata_kube_is_cron        (const char *text);

G_END_DECLS
