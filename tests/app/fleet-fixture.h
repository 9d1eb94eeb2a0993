/* fleet-fixture.h - appliances for a test, made of a few words, and a fleet of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "../temp-folder.h"
#include "strata-fleet.h"

/* Writes a fleet of @n appliances as a console would have told it @ago_s ago: of every ten one has failed, two are
 * behind, one takes layers, and one was not heard of for long; the others are current. */
static inline char *
fleet_fixture_write (const char *folder,
                     guint       n,
                     gint64      ago_s,
                     const char *shop_version)
{
  static const char *const conditions[] = { "Error", "UpgradeAvailable", "UpgradeAvailable", "ReadyForInstall",
                                            "Ready", "Ready", "Ready", "Ready", "Ready", "Ready" };
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) text = g_string_new (NULL);
  gint64 asked = g_get_real_time () - ago_s * G_USEC_PER_SEC;
  g_autoptr(GDateTime) then = g_date_time_new_from_unix_utc (asked / G_USEC_PER_SEC);
  g_autoptr(GDateTime) old = g_date_time_add_hours (then, -3);
  g_autofree char *heard = g_date_time_format (then, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *long_ago = g_date_time_format (old, "%Y-%m-%dT%H:%M:%SZ");
  char *path = g_build_filename (folder, "appliances.jsonl", NULL);

  g_string_append_printf (text, "{\"fleet\":1,\"asked\":%" G_GINT64_FORMAT ",\"missing\":0,\"profiles\":1}\n", asked);
  for (guint i = 0; i < 2; i++)
    g_string_append_printf (text, "{\"profile\":\"p%u\",\"modified\":1,\"name\":\"%s\",\"version\":\"2.0.0\","
                            "\"layers\":[{\"name\":\"os\",\"kind\":0,\"version\":\"1.0.0\",\"digest\":\"\","
                            "\"manifests\":0},{\"name\":\"shop\",\"kind\":1,\"version\":\"%s\",\"digest\":\"\","
                            "\"manifests\":0}]}\n", i, i == 0 ? "retail" : "clinic", shop_version);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (
      text, "{\"metadata\":{\"uid\":\"edge-%05u\",\"name\":\"till-%u\",\"labels\":{\"site\":\"Lund %u\"},"
      "\"lastModifiedTimestamp\":\"%s\"},\"spec\":{\"clusterProfileTemplates\":[{\"uid\":\"p%u\",\"name\":\"%s\","
      "\"version\":\"2.0.0\",\"packs\":[{\"name\":\"os\",\"type\":\"spectro\",\"version\":\"1.0.0\"},{\"name\":"
      "\"shop\",\"type\":\"helm\",\"version\":\"1.0.0\"}]}]},\"status\":{\"state\":\"ready\",\"health\":{"
      "\"state\":\"healthy\"},\"packs\":[{\"name\":\"os\",\"version\":\"1.0.0\",\"condition\":{\"type\":\"Ready\"}},"
      "{\"name\":\"shop\",\"version\":\"1.0.0\",\"condition\":{\"type\":\"%s\",\"message\":\"%s\"}}]}}\n",
      i, i, i % 7, i % 10 == 9 ? long_ago : heard, i % 2, i % 2 == 0 ? "retail" : "clinic", conditions[i % 10],
      i % 10 == 0 ? "no such image" : "");

  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, &error));
  g_assert_no_error (error);

  return path;
}

static inline StrataFleet *
fleet_fixture_make (const char *folder,
                    guint       n,
                    const char *shop_version)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = fleet_fixture_write (folder, n, 0, shop_version);
  StrataFleet *fleet = strata_fleet_load (path, &error);

  g_assert_no_error (error);

  return fleet;
}
