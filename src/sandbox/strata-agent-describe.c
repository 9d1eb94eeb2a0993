/* strata-agent-describe.c - what an appliance says of itself when it registers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-agent"

#include "config.h"

#include "strata-agent-private.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <string.h>
#include <sys/utsname.h>

static void
add_text (JsonBuilder *builder,
          const char  *member,
          const char  *text)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text);
}

static void
begin (JsonBuilder *builder,
       const char  *member)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_object (builder);
}

/* The first address that others may reach, found without asking anybody. */
static char *
find_address (void)
{
  struct ifaddrs *list = NULL;
  char text[INET_ADDRSTRLEN] = "127.0.0.1";

  if (getifaddrs (&list) != 0)
    return g_strdup (text);

  for (struct ifaddrs *at = list; at != NULL; at = at->ifa_next)
    if (at->ifa_addr != NULL && at->ifa_addr->sa_family == AF_INET && (at->ifa_flags & IFF_LOOPBACK) == 0)
      {
        struct sockaddr_in address;

        memcpy (&address, at->ifa_addr, sizeof address);
        inet_ntop (AF_INET, &address.sin_addr, text, sizeof text);
        break;
      }

  freeifaddrs (list);

  return g_strdup (text);
}

static void
add_device (JsonBuilder *builder)
{
  struct utsname about;
  gboolean is_arm = uname (&about) == 0 && g_str_has_prefix (about.machine, "aarch64");

  begin (builder, "device");
  add_text (builder, "archType", is_arm ? "arm64" : "amd64");
  add_text (builder, "hostType", "appliance");
  json_builder_end_object (builder);
}

static void
add_host (JsonBuilder *builder,
          StrataAgent *self)
{
  g_autofree char *address = find_address ();

  begin (builder, "host");
  add_text (builder, "hostUid", strata_agent_get_uid (self));
  add_text (builder, "hostAddress", address);
  add_text (builder, "hostChecksum", self->checksum);
  json_builder_end_object (builder);
}

/* What was booted from. An archive that was made before a console knew the profile has no uid: by its name and version the
 * console may know which one is meant.
 */
static void
add_profile (JsonBuilder   *builder,
             StrataProfile *profile)
{
  const char *uid = strata_profile_get (profile, STRATA_PROFILE_UID);

  json_builder_set_member_name (builder, "clusterProfileTemplates");
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  if (*uid != '\0')
    add_text (builder, "uid", uid);
  add_text (builder, "name", strata_profile_get_name (profile));
  add_text (builder, "type", strata_profile_get (profile, STRATA_PROFILE_TYPE));
  add_text (builder, "cloudType", strata_profile_get (profile, STRATA_PROFILE_CLOUD_TYPE));
  add_text (builder, "profileVersion", strata_profile_get_version (profile));
  json_builder_end_object (builder);
  json_builder_end_array (builder);
}

static void
add_labels (JsonBuilder *builder,
            StrataAgent *self)
{
  begin (builder, "labels");

  for (char **label = self->labels; label != NULL && *label != NULL; label++)
    {
      g_auto(GStrv) parts = g_strsplit (*label, "=", 2);

      add_text (builder, parts[0], parts[1] != NULL ? parts[1] : "");
    }

  json_builder_end_object (builder);
}

/* A `v1EdgeHostDevice`. */
JsonNode *
strata_agent_describe (StrataAgent *self)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  StrataProfile *profile = strata_node_get_profile (self->node);

  json_builder_begin_object (builder);
  begin (builder, "metadata");
  add_text (builder, "name", strata_agent_get_uid (self));
  add_text (builder, "uid", strata_agent_get_uid (self));
  add_labels (builder, self);
  json_builder_end_object (builder);

  begin (builder, "spec");
  add_text (builder, "type", "edge-native");
  add_text (builder, "version", PACKAGE_VERSION);
  add_host (builder, self);
  add_device (builder);

  if (profile != NULL)
    add_profile (builder, profile);

  json_builder_end_object (builder);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}
