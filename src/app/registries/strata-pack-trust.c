/* strata-pack-trust.c - how far the bytes of a pack or chart are what they should be
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-pack-trust"

#include "strata-pack-trust.h"

#include <glib/gi18n.h>

#include "strata-format.h"
#include "strata-layer-facts.h"

struct _StrataPackTrust
{
  AdwBin     parent_instance;
  GtkLabel  *digest;
  GtkWidget *signature;
  GtkImage  *signature_icon;
  GtkLabel  *signature_label;
  GtkWidget *worry;
  GtkLabel  *worry_label;
};

G_DEFINE_FINAL_TYPE (StrataPackTrust, strata_pack_trust, ADW_TYPE_BIN)

/* A digest that the registry gave was compared with that of the bytes before any of them were used. */
static void
show_digest (StrataPackTrust        *self,
             StrataLayerOutcome     *outcome,
             const StrataIndexEntry *entry)
{
  gboolean is_pack = strata_pack_get_kind (outcome->pack) == STRATA_LAYER_KIND_PACK;
  gboolean is_known = entry != NULL && entry->digest != NULL;
  g_autofree char *digest = strata_format_digest_short (is_known ? entry->digest : outcome->digest);
  g_autofree char *images = strata_layer_facts_images (outcome->layer, outcome->images->len);
  g_autofree char *text =
    is_known  ? g_strdup_printf (_("Digest %s matches · %s"), digest, images)
    : is_pack ? g_strdup_printf (_("Digest %s, computed from its files · %s"), digest, images)
              : g_strdup_printf (_("Digest %s, computed from the file · %s"), digest, images);

  gtk_label_set_label (self->digest, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->digest), is_known ? entry->digest : outcome->digest);
}

static void
show_signature (StrataPackTrust   *self,
                StrataIndexAnswer  is_signed)
{
  gtk_widget_set_visible (self->signature, is_signed != STRATA_INDEX_UNKNOWN);
  gtk_image_set_from_icon_name (self->signature_icon, is_signed == STRATA_INDEX_YES
                                                        ? "channel-secure-symbolic"
                                                        : "channel-insecure-symbolic");
  gtk_label_set_label (self->signature_label,
                       is_signed == STRATA_INDEX_YES ? _("Comes with a signature") : _("Not signed"));
}

/* What one should know before one uses it: what the registry says of it, and what was odd about its bytes. */
static void
show_worry (StrataPackTrust *self,
            StrataPackAbout *about,
            StrataPack      *pack)
{
  g_autofree char *worry = strata_pack_about_dup_worry (about);
  GPtrArray *warnings = strata_pack_get_warnings (pack);

  if (worry == NULL && warnings->len > 0)
    worry = g_strdup (g_ptr_array_index (warnings, 0));

  gtk_widget_set_visible (self->worry, worry != NULL);
  gtk_label_set_label (self->worry_label, worry != NULL ? worry : "");
}

static void
strata_pack_trust_class_init (StrataPackTrustClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-pack-trust.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataPackTrust, digest);
  gtk_widget_class_bind_template_child (widget_class, StrataPackTrust, signature);
  gtk_widget_class_bind_template_child (widget_class, StrataPackTrust, signature_icon);
  gtk_widget_class_bind_template_child (widget_class, StrataPackTrust, signature_label);
  gtk_widget_class_bind_template_child (widget_class, StrataPackTrust, worry);
  gtk_widget_class_bind_template_child (widget_class, StrataPackTrust, worry_label);
}

static void
strata_pack_trust_init (StrataPackTrust *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What was fetched from @registry is @outcome, and @about knows what the registry says of it, or will. */
void
strata_pack_trust_show (StrataPackTrust    *self,
                        StrataRegistry     *registry,
                        StrataLayerOutcome *outcome,
                        StrataPackAbout    *about)
{
  g_return_if_fail (STRATA_IS_PACK_TRUST (self) && STRATA_IS_REGISTRY (registry) && outcome != NULL);

  gboolean is_remote = strata_registry_get_remote (registry) != NULL;

  show_digest (self, outcome, strata_pack_about_get_entry (about));
  show_signature (self, is_remote ? strata_pack_about_is_signed (about) : STRATA_INDEX_UNKNOWN);
  show_worry (self, about, outcome->pack);
}
