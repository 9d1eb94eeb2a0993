/* strata-kube-kinds.c - what an object says it is: known, and had by this version of Kubernetes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-kube"

#include "strata-kube-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-nearest.h"

static gboolean
is_stable (const char *api_version)
{
  return strstr (api_version, "alpha") == NULL && strstr (api_version, "beta") == NULL;
}

/* Where a kind of that name lives today: of several a stable one, and among these the last. */
static const StrataKind *
find_by_name (StrataKubeCheck *self,
              const char      *name)
{
  const StrataKind *best = NULL;

  for (guint i = 0; i < strata_kinds_get_n_kinds (self->kinds); i++)
    {
      const StrataKind *kind = strata_kinds_get_kind (self->kinds, i);
      StrataKindState state = strata_kind_span_get_state (&kind->span, self->kubernetes);

      if (!g_str_equal (kind->name, name) || state == STRATA_KIND_REMOVED ||
          state == STRATA_KIND_NOT_YET)
        continue;
      if (best == NULL || is_stable (kind->api_version) >= is_stable (best->api_version))
        best = kind;
    }

  return best;
}

static const char *
find_meant_kind (StrataKubeCheck *self,
                 const char      *api_version,
                 const char      *typed)
{
  StrataNearest nearest;

  strata_nearest_init (&nearest, typed);

  for (guint i = 0; i < strata_kinds_get_n_kinds (self->kinds); i++)
    {
      const StrataKind *kind = strata_kinds_get_kind (self->kinds, i);

      if (g_str_equal (kind->api_version, api_version))
        strata_nearest_try (&nearest, kind->name);
    }

  return nearest.nearest;
}

static gboolean
is_near (const char *typed,
         const char *word)
{
  StrataNearest nearest;

  strata_nearest_init (&nearest, typed);
  strata_nearest_try (&nearest, word);

  return nearest.nearest != NULL;
}

static void
report_version (StrataKubeCheck      *self,
                const StrataYamlNode *node,
                const StrataKind     *known)
{
  StrataProblem *problem =
    strata_kube_report (self, STRATA_SEVERITY_ERROR, node,
                        g_strdup_printf (_("“%s” is not in “%s”; its apiVersion is “%s”"),
                                            known->name, node->value, known->api_version));

  strata_kube_offer (self, problem, node, known->api_version);
}

static void
report_kind (StrataKubeCheck      *self,
             const StrataYamlNode *node,
             const char           *api_version)
{
  const char *meant = find_meant_kind (self, api_version, node->value);
  StrataProblem *problem = strata_kube_report (
    self, STRATA_SEVERITY_ERROR, node,
    meant != NULL ? g_strdup_printf (_("“%s” has no kind “%s”; “%s” is meant, probably"),
                                        api_version, node->value, meant)
                  : g_strdup_printf (_("“%s” has no kind “%s”"), api_version, node->value));

  if (meant != NULL)
    strata_kube_offer (self, problem, node, meant);
}

static void
report_unknown (StrataKubeCheck      *self,
                const StrataYamlNode *version,
                const StrataYamlNode *kind)
{
  const StrataKind *known = find_by_name (self, kind->value);
  gboolean is_ours = strata_kinds_has_group (self->kinds, version->value);

  if (known != NULL && (is_ours || is_near (version->value, known->api_version)))
    report_version (self, version, known);
  else if (is_ours)
    report_kind (self, kind, version->value);
  else
    strata_kube_report (self, STRATA_SEVERITY_NOTE, kind,
                        g_strdup_printf (_("Nothing here defines “%s” of “%s”; what is in it "
                                               "is not checked"),
                                            kind->value, version->value));
}

static char *
say_removed (const StrataKind *kind)
{
  if (kind->new_api_version == NULL)
    return g_strdup_printf (_("Kubernetes has no “%s” of “%s” any more since 1.%u"), kind->name,
                               kind->api_version, kind->span.went_last);

  return g_strdup_printf (
    _("Kubernetes has no “%s” of “%s” any more since 1.%u; use “%s” of “%s”"), kind->name,
       kind->api_version, kind->span.went_last,
       kind->new_name != NULL ? kind->new_name : kind->name, kind->new_api_version);
}

static char *
say_deprecated (const StrataKind *kind)
{
  if (kind->new_api_version == NULL)
    return g_strdup_printf (_("“%s” of “%s” is out of favour and may go"), kind->name,
                               kind->api_version);

  return g_strdup_printf (_("“%s” of “%s” is out of favour since Kubernetes 1.%u; use “%s” of "
                            "“%s”"),
                             kind->name, kind->api_version, kind->span.deprecated,
                             kind->new_name != NULL ? kind->new_name : kind->name,
                             kind->new_api_version);
}

/* What takes the place has to be there in this version too. */
static void
offer_new_version (StrataKubeCheck      *self,
                   StrataProblem        *problem,
                   const StrataYamlNode *node)
{
  const StrataKind *kind = self->kind;
  const StrataKind *other = kind->new_api_version != NULL && kind->new_name == NULL
                              ? strata_kinds_lookup (self->kinds, kind->new_api_version, kind->name)
                              : NULL;

  if (other != NULL &&
      strata_kind_span_get_state (&other->span, self->kubernetes) != STRATA_KIND_NOT_YET)
    strata_kube_offer (self, problem, node, kind->new_api_version);
}

static void
check_version (StrataKubeCheck      *self,
               const StrataYamlNode *node)
{
  const StrataKind *kind = self->kind;

  switch (strata_kind_span_get_state (&kind->span, self->kubernetes))
    {
    case STRATA_KIND_REMOVED:
      offer_new_version (
        self, strata_kube_report (self, STRATA_SEVERITY_ERROR, node, say_removed (kind)), node);
      break;

    case STRATA_KIND_DEPRECATED:
      offer_new_version (
        self, strata_kube_report (self, STRATA_SEVERITY_WARNING, node, say_deprecated (kind)),
        node);
      break;

    case STRATA_KIND_NOT_YET:
      strata_kube_report (
        self, STRATA_SEVERITY_ERROR, node,
        g_strdup_printf (_("Kubernetes 1.%u has no “%s” of “%s” yet; it came with 1.%u"),
                            self->kubernetes, kind->name, kind->api_version,
                            kind->span.came_first));
      break;

    case STRATA_KIND_MAYBE:
      strata_kube_report (
        self, STRATA_SEVERITY_NOTE, node,
        g_strdup_printf (_("“%s” of “%s” is not in every Kubernetes; try whether 1.%u has it"),
                            kind->name, kind->api_version, self->kubernetes));
      break;

    case STRATA_KIND_SERVED:
    default:
      break;
    }
}

static const StrataYamlNode *
get_word (const StrataYamlNode *object,
          const char           *key)
{
  const StrataYamlNode *node = strata_yaml_node_get_member (object, key);

  return strata_kube_get_text (object, key) != NULL ? node : NULL;
}

/* Finds the kind of the object that is looked at. One that does not say what it is has been reported by the lint. */
void
strata_kube_check_kind (StrataKubeCheck *self)
{
  const StrataYamlNode *version = get_word (self->object, "apiVersion");
  const StrataYamlNode *kind = get_word (self->object, "kind");

  if (version == NULL || kind == NULL)
    return;

  self->kind = strata_kinds_lookup (self->kinds, version->value, kind->value);

  if (self->kind == NULL)
    report_unknown (self, version, kind);
  else
    check_version (self, version);
}
