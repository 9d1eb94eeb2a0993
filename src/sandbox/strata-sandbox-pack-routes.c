/* strata-sandbox-pack-routes.c - the packs and registries of the sandbox console
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-pack-routes"

#include <string.h>

#include "strata-json.h"
#include "strata-sandbox-json.h"
#include "strata-sandbox-pack-meta.h"
#include "strata-sandbox-page.h"
#include "strata-sandbox-routes.h"

#define COLUMNS "name, registry"

enum
{
  COLUMN_NAME = STRATA_SANDBOX_PAGE_FIRST,
  COLUMN_REGISTRY,
};

static void
set_text (JsonObject *object,
          const char *member,
          const char *text)
{
  json_object_set_string_member (object, member, text);
}

static char *
make_logo_url (StrataSandboxCall  *call,
               StrataSandboxOffer *offer)
{
  return offer->logo != NULL
           ? g_strdup_printf ("%s/v1/packs/%s/logo", call->site->address, offer->uid)
           : g_strdup ("");
}

/* What all shapes of a pack say. */
static JsonObject *
make_head (StrataSandboxOffer *offer)
{
  JsonObject *object = json_object_new ();
  JsonArray *clouds = json_array_new ();
  const char *layer = strata_pack_get (offer->pack, STRATA_PACK_LAYER);

  json_array_add_string_element (clouds, "all");
  set_text (object, "name", strata_pack_get (offer->pack, STRATA_PACK_NAME));
  set_text (object, "displayName", strata_pack_get (offer->pack, STRATA_PACK_DISPLAY_NAME));
  set_text (object, "layer", *layer != '\0' ? layer : "addon");
  set_text (object, "addonType", strata_sandbox_catalog_get_type (offer));
  set_text (object, "addonSubType", "");
  json_object_set_array_member (object, "cloudTypes", clouds);

  return object;
}

/* `v1PackMetadata`: one name, with the newest version. */
static JsonObject *
make_found (StrataSandboxCall *call,
            sqlite3_stmt      *row)
{
  const char *registry_uid = strata_sandbox_db_column (row, COLUMN_REGISTRY);
  StrataSandboxOffer *offer = strata_sandbox_catalog_find (
    call->site->catalog, registry_uid, strata_sandbox_db_column (row, COLUMN_NAME), NULL);
  JsonObject *item = json_object_new ();
  JsonObject *metadata = json_object_new ();
  JsonObject *spec = make_head (offer);
  JsonObject *registry = json_object_new ();
  JsonArray *registries = json_array_new ();
  g_autofree char *logo = make_logo_url (call, offer);

  set_text (registry, "uid", registry_uid);
  set_text (registry, "name", strata_sandbox_catalog_get_registry_name (registry_uid));
  set_text (registry, "scope", "tenant");
  set_text (registry, "latestVersion", strata_pack_get (offer->pack, STRATA_PACK_VERSION));
  set_text (registry, "latestPackUid", offer->uid);
  set_text (registry, "logoUrl", logo);
  json_object_set_object_member (registry, "annotations", json_object_new ());
  json_array_add_object_element (registries, registry);
  set_text (spec, "type",
            g_str_equal (registry_uid, STRATA_SANDBOX_PACKS_UID) ? "spectro" : "helm");
  json_object_set_array_member (spec, "registries", registries);
  set_text (metadata, "name", strata_pack_get (offer->pack, STRATA_PACK_NAME));
  set_text (metadata, "uid", offer->uid);
  json_object_set_object_member (item, "metadata", metadata);
  json_object_set_object_member (item, "spec", spec);

  return item;
}

/* Only rows whose @column is among @list, when there is something in it. */
static void
filter_any (StrataSandboxPage *page,
            const char        *column,
            JsonArray         *list)
{
  g_autofree char *text =
    strata_sandbox_json_get_length (list) > 0 ? strata_sandbox_json_write_array (list) : NULL;
  g_autofree char *condition = g_strdup_printf ("%s IN (SELECT value FROM json_each (?))", column);

  if (text != NULL)
    strata_sandbox_page_also (page, condition, text);
}

static void
sort (StrataSandboxPage *page,
      JsonArray         *list)
{
  static const struct
  {
    const char *field;
    const char *column;
  } fields[] = {
    { "name", "name" },       { "type", "type" },           { "layer", "layer" },
    { "addOnType", "addon" }, { "displayName", "display" },
  };
  JsonObject *first =
    strata_sandbox_json_get_length (list) > 0 ? strata_sandbox_json_get_item (list, 0) : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (strata_json_get_string (first, "field"), fields[i].field))
      page->key = fields[i].column;
  page->descending = g_str_equal (strata_json_get_string (first, "order"), "desc");
}

static void
search (StrataSandboxCall *call)
{
  JsonObject *body = strata_sandbox_call_get_body (call);
  JsonObject *filter = strata_json_get_object (body, "filter");
  g_auto(StrataSandboxPage) page = { 0 };

  strata_sandbox_page_init (&page, "offer", COLUMNS);
  if (body == NULL)
    return;

  strata_sandbox_page_filter (&page, "name", strata_json_get_object (filter, "name"));
  strata_sandbox_page_filter (&page, "display", strata_json_get_object (filter, "displayName"));
  filter_any (&page, "type", strata_json_get_array (filter, "type"));
  filter_any (&page, "layer", strata_json_get_array (filter, "layer"));
  filter_any (&page, "addon", strata_json_get_array (filter, "addOnType"));
  filter_any (&page, "registry", strata_json_get_array (filter, "registryUid"));
  sort (&page, strata_json_get_array (body, "sort"));
  strata_sandbox_page_answer (&page, call, make_found);
}

/* `v1PackUidValues`. */
static JsonObject *
make_values (StrataSandboxOffer *offer)
{
  JsonObject *object = json_object_new ();

  set_text (object, "packUid", offer->uid);
  set_text (object, "values", strata_pack_get (offer->pack, STRATA_PACK_VALUES));
  set_text (object, "readme", strata_pack_get (offer->pack, STRATA_PACK_README));
  json_object_set_object_member (object, "annotations", json_object_new ());
  json_object_set_array_member (object, "dependencies", json_array_new ());
  strata_sandbox_pack_add_meta (object, offer, "schema,presets");

  return object;
}

static char *
make_floating (const char *version)
{
  const char *last = strrchr (version, '.');

  return last != NULL ? g_strdup_printf ("%.*s.x", (int) (last - version), version) : g_strdup ("");
}

static void
add_tag (JsonArray          *tags,
         StrataSandboxOffer *offer,
         const char         *tag,
         const char         *parent)
{
  JsonObject *object = json_object_new ();
  JsonArray *parents = json_array_new ();

  if (parent != NULL)
    json_array_add_string_element (parents, parent);
  set_text (object, "tag", tag);
  set_text (object, "version", strata_pack_get (offer->pack, STRATA_PACK_VERSION));
  set_text (object, "packUid", offer->uid);
  set_text (object, "group", "");
  json_object_set_array_member (object, "parentTags", parents);
  json_array_add_object_element (tags, object);
}

/* Versions, and before each newest of its kind the tag that floats with it. */
static JsonArray *
make_tags (StrataSandboxCall  *call,
           StrataSandboxOffer *offer)
{
  JsonArray *tags = json_array_new ();
  GPtrArray *offers = strata_sandbox_catalog_get_offers (call->site->catalog);

  for (guint i = 0; i < offers->len; i++)
    {
      StrataSandboxOffer *other = offers->pdata[i];
      const char *version = strata_pack_get (other->pack, STRATA_PACK_VERSION);
      g_autofree char *floating = make_floating (version);

      if (other->registry_uid != offer->registry_uid ||
          !g_str_equal (strata_pack_get (other->pack, STRATA_PACK_NAME),
                        strata_pack_get (offer->pack, STRATA_PACK_NAME)))
        continue;
      if (strata_sandbox_json_find (tags, "tag", floating) == NULL)
        add_tag (tags, other, floating, NULL);
      add_tag (tags, other, version, floating);
    }

  return tags;
}

/* `v1PackTagEntity`. */
static void
answer_pack (StrataSandboxCall  *call,
             StrataSandboxOffer *offer)
{
  JsonObject *reply = make_head (offer);
  JsonArray *values = json_array_new ();
  g_autofree char *logo = make_logo_url (call, offer);

  json_array_add_object_element (values, make_values (offer));
  set_text (reply, "registryUid", offer->registry_uid);
  set_text (reply, "logoUrl", logo);
  json_object_set_array_member (reply, "tags", make_tags (call, offer));
  json_object_set_array_member (reply, "packValues", values);
  strata_sandbox_call_answer (call, reply);
}

static StrataSandboxOffer *
open_pack (StrataSandboxCall *call)
{
  StrataSandboxOffer *offer = strata_sandbox_catalog_get (call->site->catalog, call->captures[0]);

  if (offer == NULL)
    strata_sandbox_call_fail (call, 404, "ResourceNotFound", "Pack %s was not found",
                              call->captures[0]);

  return offer;
}

static void
list_versions (StrataSandboxCall *call)
{
  StrataSandboxOffer *offer =
    strata_sandbox_catalog_find (call->site->catalog, call->captures[1], call->captures[0], NULL);

  if (offer != NULL)
    answer_pack (call, offer);
  else
    strata_sandbox_call_fail (call, 404, "ResourceNotFound", "Pack %s was not found",
                              call->captures[0]);
}

static void
get_pack (StrataSandboxCall *call)
{
  StrataSandboxOffer *offer = open_pack (call);

  if (offer != NULL)
    answer_pack (call, offer);
}

static void
get_readme (StrataSandboxCall *call)
{
  StrataSandboxOffer *offer = open_pack (call);
  JsonObject *reply;

  if (offer == NULL)
    return;

  reply = json_object_new ();
  set_text (reply, "readme", strata_pack_get (offer->pack, STRATA_PACK_README));
  strata_sandbox_call_answer (call, reply);
}

static void
get_logo (StrataSandboxCall *call)
{
  StrataSandboxOffer *offer = open_pack (call);

  if (offer != NULL && offer->logo != NULL)
    strata_sandbox_call_answer_bytes (call, "image/png", offer->logo);
  else if (offer != NULL)
    strata_sandbox_call_fail (call, 404, "ResourceNotFound", "Pack %s has no logo",
                              call->captures[0]);
}

static const char *const registries[] = { STRATA_SANDBOX_PACKS_UID, STRATA_SANDBOX_CHARTS_UID };

static void
list_registries (StrataSandboxCall *call)
{
  JsonArray *items = json_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (registries); i++)
    {
      JsonObject *item = json_object_new ();

      set_text (item, "uid", registries[i]);
      set_text (item, "name", strata_sandbox_catalog_get_registry_name (registries[i]));
      set_text (item, "kind", strata_sandbox_catalog_get_registry_kind (registries[i]));
      set_text (item, "scope", "tenant");
      json_object_set_boolean_member (item, "isDefault", i == 0);
      json_object_set_boolean_member (item, "isPrivate", FALSE);
      json_array_add_object_element (items, item);
    }
  strata_sandbox_call_answer_list (call, "items", items);
}

/* `v1RegistrySyncStatus`: a folder is always up to date. */
static JsonObject *
make_sync (void)
{
  JsonObject *sync = json_object_new ();

  json_object_set_boolean_member (sync, "isSyncSupported", TRUE);
  set_text (sync, "status", "Success");
  set_text (sync, "message", "");

  return sync;
}

static JsonObject *
make_summary (StrataSandboxCall *call,
              const char        *uid)
{
  gboolean is_pack = g_str_equal (uid, STRATA_SANDBOX_PACKS_UID);
  g_autofree char *endpoint =
    g_strconcat (call->site->address, is_pack ? "/registry/packs" : "/registry/charts", NULL);
  JsonObject *item = json_object_new ();
  JsonObject *metadata = json_object_new ();
  JsonObject *spec = json_object_new ();
  JsonObject *status = json_object_new ();

  set_text (metadata, "uid", uid);
  set_text (metadata, "name", strata_sandbox_catalog_get_registry_name (uid));
  set_text (spec, "endpoint", endpoint);
  set_text (spec, "scope", "tenant");
  json_object_set_boolean_member (spec, is_pack ? "private" : "isPrivate", FALSE);
  json_object_set_object_member (status, "sync", make_sync ());
  json_object_set_object_member (item, "metadata", metadata);
  json_object_set_object_member (item, "spec", spec);
  json_object_set_object_member (item, "status", status);

  return item;
}

static void
answer_summaries (StrataSandboxCall *call,
                  const char        *uid)
{
  JsonArray *items = json_array_new ();

  if (uid != NULL)
    json_array_add_object_element (items, make_summary (call, uid));
  strata_sandbox_call_answer_list (call, "items", items);
}

static void
list_pack_registries (StrataSandboxCall *call)
{
  answer_summaries (call, STRATA_SANDBOX_PACKS_UID);
}

static void
list_helm_registries (StrataSandboxCall *call)
{
  answer_summaries (call, STRATA_SANDBOX_CHARTS_UID);
}

static void
list_oci_registries (StrataSandboxCall *call)
{
  answer_summaries (call, NULL);
}

static void
get_sync (StrataSandboxCall *call)
{
  if (strata_sandbox_catalog_get_registry_kind (call->captures[0]) != NULL)
    strata_sandbox_call_answer (call, make_sync ());
  else
    strata_sandbox_call_fail (call, 404, "ResourceNotFound", "Registry %s was not found",
                              call->captures[0]);
}

const StrataSandboxRoute strata_sandbox_pack_routes[] = {
  { "POST", "/v1/packs/search", STRATA_SANDBOX_USERS, search },
  { "GET", "/v1/packs/{}/registries/{}", STRATA_SANDBOX_USERS, list_versions },
  { "GET", "/v1/packs/{}", STRATA_SANDBOX_USERS, get_pack },
  { "GET", "/v1/packs/{}/readme", STRATA_SANDBOX_USERS, get_readme },
  { "GET", "/v1/packs/{}/logo", STRATA_SANDBOX_USERS, get_logo },
  { "GET", "/v1/registries/metadata", STRATA_SANDBOX_USERS, list_registries },
  { "GET", "/v1/registries/pack/summary", STRATA_SANDBOX_USERS, list_pack_registries },
  { "GET", "/v1/registries/helm/summary", STRATA_SANDBOX_USERS, list_helm_registries },
  { "GET", "/v1/registries/oci/summary", STRATA_SANDBOX_USERS, list_oci_registries },
  { "GET", "/v1/registries/pack/{}/sync/status", STRATA_SANDBOX_USERS, get_sync },
  { "GET", "/v1/registries/helm/{}/sync/status", STRATA_SANDBOX_USERS, get_sync },
  { NULL },
};
