/* strata-helm-chart.c - the bytes of a chart that an index.yaml names: where they may come from, and whether they are right
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-helm-registry"

#include "strata-helm-chart.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-download.h"
#include "strata-error.h"
#include "strata-http-uri.h"

#define MAX_CHART (100 * 1024 * 1024)  /* what a reader of charts unpacks at most */
#define MAX_SIGNATURE (1024 * 1024)

/**
 * strata_helm_chart_read:
 * @shelf: a shelf
 * @summary: a chart
 * @entry: (nullable): what the index says of it
 *
 * Looks for a chart on this computer: what was downloaded is found by the digest that the registry promises now, what is
 * kept also when nothing is known of the registry any more. Blocks for the disk.
 *
 * Returns: (transfer full) (nullable): its bytes, %NULL when they are not here
 */
StrataBlob *
strata_helm_chart_read (StrataShelf            *shelf,
                        StrataPackSummary      *summary,
                        const StrataIndexEntry *entry)
{
  if (entry != NULL && entry->digest != NULL)
    return strata_shelf_read (shelf, entry->digest, NULL);

  g_autoptr(GPtrArray) list = strata_shelf_list_kept (shelf, NULL);
  StrataKept *kept = list != NULL
    ? strata_kept_find (list, strata_pack_summary_get_registry_id (summary), strata_pack_summary_get_kind (summary),
                        strata_pack_summary_get_name (summary), strata_pack_summary_get_version (summary)) : NULL;

  return kept != NULL ? strata_shelf_read (shelf, kept->digest, NULL) : NULL;
}

/* Where a chart may be fetched from. What stands in an index was written by strangers. */
static GUri *
find_address (const StrataIndexEntry  *entry,
              const char              *text,
              GUri                    *base,
              GError                 **error)
{
  g_autoptr(GUri) uri = strata_http_uri_parse (text, base, error);

  if (uri == NULL)
    {
      g_prefix_error (error, _("The address of %s %s is of no use: "), entry->name, entry->version);
      return NULL;
    }

  if (!strata_http_uri_check_stranger (uri, base, error))
    return NULL;

  if (entry->digest == NULL && g_str_equal (g_uri_get_scheme (base), "https")
      && !g_str_equal (g_uri_get_scheme (uri), "https"))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_FORBIDDEN,
                   _("%s %s would come over http, and its registry promises no digest to check it by"), entry->name,
                   entry->version);
      return NULL;
    }

  return g_steal_pointer (&uri);
}

/**
 * strata_helm_chart_make_url:
 * @entry: a version of a chart
 * @location: the address of its registry
 *
 * Says where the chart can be had, the same whether it was downloaded now or before. A query is left out: it may hold a
 * key. May be called in any thread.
 *
 * Returns: (transfer full) (nullable): the first of its addresses that may be asked, %NULL where there is none
 */
char *
strata_helm_chart_make_url (const StrataIndexEntry *entry,
                            const char             *location)
{
  g_return_val_if_fail (entry != NULL && location != NULL, NULL);

  g_autoptr(GUri) base = strata_http_uri_parse_base (location, NULL);

  for (guint i = 0; base != NULL && entry->urls != NULL && entry->urls[i] != NULL; i++)
    {
      g_autoptr(GUri) uri = find_address (entry, entry->urls[i], base, NULL);

      if (uri != NULL)
        return g_uri_to_string_partial (uri, G_URI_HIDE_USERINFO | G_URI_HIDE_QUERY | G_URI_HIDE_FRAGMENT);
    }

  return NULL;
}

/* Whether another address may do better. */
static gboolean
is_about_address (const GError *reason)
{
  return reason->domain == STRATA_ERROR && reason->code != STRATA_ERROR_DISK && reason->code != STRATA_ERROR_CORRUPT;
}

static StrataBlob *
download_from (StrataShelf             *shelf,
               StrataHttp              *http,
               const StrataIndexEntry  *entry,
               GUri                    *uri,
               StrataHttpProgress       progress,
               gpointer                 progress_data,
               GCancellable            *cancellable,
               GError                 **error)
{
  g_autofree char *address = g_uri_to_string (uri);
  g_autofree char *shown = g_strdup_printf ("%s %s", entry->name, entry->version);
  StrataDownload what = {
    .uri = address,
    .shown = shown,
    .digest = entry->digest,
    .max_size = MAX_CHART,
    .progress = progress,
    .progress_data = progress_data,
  };

  return strata_download (shelf, http, &what, cancellable, error);
}

/**
 * strata_helm_chart_download:
 * @shelf: where it is put
 * @http: a client of the registry
 * @entry: what its index says of the chart
 * @url: (out) (optional): the address that it came from
 * @progress: (nullable): called as it arrives
 * @progress_data: for @progress
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Gets a chart from the first of its addresses that has it, and checks it. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): its bytes, or %NULL with `INVALID` or `FORBIDDEN` for an address that is not
 *   asked, `NOT_FOUND` when there is none, or as strata_download()
 */
StrataBlob *
strata_helm_chart_download (StrataShelf             *shelf,
                            StrataHttp              *http,
                            const StrataIndexEntry  *entry,
                            char                   **url,
                            StrataHttpProgress       progress,
                            gpointer                 progress_data,
                            GCancellable            *cancellable,
                            GError                 **error)
{
  g_autoptr(GError) first = NULL;

  for (guint i = 0; entry->urls != NULL && entry->urls[i] != NULL; i++)
    {
      g_autoptr(GError) reason = NULL;
      g_autoptr(GUri) uri = find_address (entry, entry->urls[i], strata_http_get_base (http), &reason);
      StrataBlob *blob = uri != NULL
        ? download_from (shelf, http, entry, uri, progress, progress_data, cancellable, &reason) : NULL;

      if (blob != NULL)
        {
          if (url != NULL)
            *url = g_uri_to_string_partial (uri, G_URI_HIDE_QUERY);
          return blob;
        }

      gboolean may_go_on = is_about_address (reason);

      /* What ends it is what to say, and not why another address before was of no use. */
      if (!may_go_on)
        g_clear_error (&first);
      if (first == NULL)
        first = g_steal_pointer (&reason);
      if (!may_go_on)
        break;
    }

  if (first == NULL)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND, _("The registry names no address for %s %s"), entry->name,
                 entry->version);
  else
    g_propagate_error (error, g_steal_pointer (&first));

  return NULL;
}

/**
 * strata_helm_chart_is_signed:
 * @http: a client of the registry
 * @entry: what its index says of the chart
 * @cancellable: (nullable): a cancellable
 *
 * Looks whether there is a provenance file beside the chart; whether it is right is another question. Blocks; any thread.
 *
 * Returns: whether there is one; unknown when the server does not tell
 */
StrataIndexAnswer
strata_helm_chart_is_signed (StrataHttp             *http,
                             const StrataIndexEntry *entry,
                             GCancellable           *cancellable)
{
  g_autoptr(GUri) uri = entry->urls != NULL && entry->urls[0] != NULL
    ? find_address (entry, entry->urls[0], strata_http_get_base (http), NULL) : NULL;
  g_autoptr(GError) reason = NULL;

  if (uri == NULL)
    return STRATA_INDEX_UNKNOWN;

  g_autofree char *path = g_strconcat (g_uri_get_path (uri), ".prov", NULL);
  g_autoptr(GUri) beside = g_uri_build (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                                        g_uri_get_port (uri), path, g_uri_get_query (uri), NULL);
  g_autofree char *address = g_uri_to_string (beside);
  g_autoptr(StrataHttpReply) reply =
    strata_http_send (http, &(StrataHttpRequest) { .uri = address, .max_size = MAX_SIGNATURE,
                                                   .accept = (const char *[]) { "text/plain", "*/*", NULL } },
                      cancellable, &reason);

  if (reply != NULL)
    return g_bytes_get_size (strata_http_reply_get_body (reply)) > 0 ? STRATA_INDEX_YES : STRATA_INDEX_NO;

  return g_error_matches (reason, STRATA_ERROR, STRATA_ERROR_NOT_FOUND) ? STRATA_INDEX_NO : STRATA_INDEX_UNKNOWN;
}

static char *
format_date (gint64 time)
{
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_local (time);

  return date != NULL ? g_date_time_format (date, "%x") : g_strdup ("?");
}

/**
 * strata_helm_chart_describe_change:
 * @entry: what an index says of a chart
 *
 * A version is a promise: that its bytes are others now than they were before is an accident, or an attack.
 *
 * Returns: (transfer full) (nullable): a sentence that names both dates, %NULL when they are what they always were
 */
char *
strata_helm_chart_describe_change (const StrataIndexEntry *entry)
{
  if (entry->earlier_digest == NULL)
    return NULL;

  g_autofree char *before = format_date (entry->earlier_seen);
  g_autofree char *now = format_date (entry->first_seen);

  return g_strdup_printf (_("%s %s has other content since %s than it had on %s, under the same version; ask who "
                            "makes it before you use it"), entry->name, entry->version, now, before);
}

/**
 * strata_helm_chart_is_index:
 * @text: the first kilobytes of what a server has as its index
 *
 * Returns: whether they could be of an index of charts, in YAML or JSON
 */
gboolean
strata_helm_chart_is_index (const char *text)
{
  return strstr (text, "apiVersion") != NULL || strstr (text, "entries") != NULL || strstr (text, "generated") != NULL;
}
