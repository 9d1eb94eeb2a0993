/* test-standing.c - how an appliance stands to its profile, case by case
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-standing.h"

#define NOW (G_GINT64_CONSTANT (1800000000) * G_USEC_PER_SEC)
#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR

/* A layer as a case gives it: what was said of it, and of which version. */
typedef struct
{
  StrataCondition  condition;
  const char      *there;
  const char      *assigned;
  const char      *digest;
} Said;

static StrataApplianceLayer *
make_layer (guint       i,
            const Said *said)
{
  static const char *const names[] = { "os", "network", "shop" };
  StrataApplianceLayerFacts facts = {
    .name = names[i],
    .kind = STRATA_LAYER_KIND_HELM,
    .there = said->there,
    .assigned = said->assigned != NULL ? said->assigned : "1.0.0",
    .digest = said->digest,
    .condition = said->condition,
    .message = said->condition == STRATA_CONDITION_ERROR ? "no such image" : "",
    .since = NOW - (i + 1) * MINUTE,
    .said = NOW - (i + 1) * MINUTE,
  };

  return strata_appliance_layer_new (&facts);
}

static StrataAppliance *
make_appliance (const Said           *said,
                StrataApplianceFacts  facts)
{
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (layers, make_layer (i, &said[i]));

  facts.uid = facts.name = "till-1";
  facts.profile_name = "retail-edge";

  return strata_appliance_new (&facts, layers);
}

static StrataApplianceFacts
heard (gint64 ago)
{
  StrataApplianceFacts facts = {
    .is_paired = TRUE,
    .is_detailed = TRUE,
    .health = STRATA_HEALTHY,
    .profile_uid = "p1",
    .heard = NOW - ago,
  };

  return facts;
}

static StrataApplianceTarget *
make_target (const char *shop_version,
             const char *shop_digest)
{
  StrataTargetLayer layers[] = {
    { .name = "os", .version = "1.0.0" },
    { .name = "network", .version = "1.0.0" },
    { .name = "shop", .version = shop_version, .digest = shop_digest },
  };

  return strata_appliance_target_new ("p1", "retail-edge", "2.0.0", layers, G_N_ELEMENTS (layers));
}

static StrataStanding *
judge (const Said           *said,
       StrataApplianceFacts  facts,
       const char           *shop_version,
       const char           *shop_digest)
{
  g_autoptr(StrataAppliance) appliance = make_appliance (said, facts);
  g_autoptr(StrataApplianceTarget) target = make_target (shop_version, shop_digest);

  return strata_standing_new (appliance, target, NOW);
}

#define READY { STRATA_CONDITION_READY, "1.0.0", NULL, NULL }

static const Said all_ready[] = { READY, READY, READY };

static void
test_current (void)
{
  g_autoptr(StrataStanding) standing = judge (all_ready, heard (MINUTE), "1.0.0", NULL);

  g_assert_cmpint (strata_standing_get_kind (standing), ==, STRATA_STANDING_CURRENT);
  g_assert_cmpint (strata_standing_get_was (standing), ==, STRATA_STANDING_CURRENT);
  g_assert_cmpuint (strata_standing_get_total (standing), ==, 3);
}

static void
test_behind_by_version (void)
{
  g_autoptr(StrataStanding) standing = judge (all_ready, heard (MINUTE), "1.1.0", NULL);

  g_assert_cmpint (strata_standing_get_kind (standing), ==, STRATA_STANDING_BEHIND);
  g_assert_cmpuint (strata_standing_get_n (standing), ==, 1);
  g_assert_cmpstr (strata_standing_get_names (standing)[0], ==, "shop");
}

static void
test_behind_by_values (void)
{
  const Said said[] = { READY, READY, { STRATA_CONDITION_READY, "1.0.0", NULL, "aa" } };
  g_autoptr(StrataStanding) other = judge (said, heard (MINUTE), "1.0.0", "bb");
  g_autoptr(StrataStanding) same = judge (said, heard (MINUTE), "1.0.0", "aa");
  g_autoptr(StrataStanding) not_known = judge (said, heard (MINUTE), "1.0.0", "");

  g_assert_cmpint (strata_standing_get_kind (other), ==, STRATA_STANDING_BEHIND);
  g_assert_cmpint (strata_standing_get_kind (same), ==, STRATA_STANDING_CURRENT);
  g_assert_cmpint (strata_standing_get_kind (not_known), ==, STRATA_STANDING_CURRENT);
}

/* The console has given it the new one, and it still runs the old. */
static void
test_behind_what_is_assigned (void)
{
  const Said said[] = { READY, READY, { STRATA_CONDITION_READY, "1.0.0", "1.1.0", NULL } };
  g_autoptr(StrataStanding) standing = judge (said, heard (MINUTE), "1.1.0", NULL);

  g_assert_cmpint (strata_standing_get_kind (standing), ==, STRATA_STANDING_BEHIND);
}

static void
test_behind_as_the_console_says (void)
{
  const Said said[] = { { STRATA_CONDITION_OUTDATED, "1.0.0", NULL, NULL },
                        READY,
                        { STRATA_CONDITION_OUTDATED, "1.0.0", NULL, NULL } };
  g_autoptr(StrataStanding) standing = judge (said, heard (MINUTE), "1.0.0", NULL);
  const char *const names[] = { "os", "shop", NULL };

  g_assert_cmpint (strata_standing_get_kind (standing), ==, STRATA_STANDING_BEHIND);
  g_assert_cmpuint (strata_standing_get_n (standing), ==, 2);
  g_assert_cmpstrv (strata_standing_get_names (standing), names);
}

static void
test_behind_by_layers_that_come_and_go (void)
{
  g_autoptr(StrataAppliance) appliance = make_appliance (all_ready, heard (MINUTE));
  const StrataTargetLayer layers[] = { { .name = "os" },
                                       { .name = "network" },
                                       { .name = "cameras" } };
  g_autoptr(StrataApplianceTarget) target =
    strata_appliance_target_new ("p1", "retail-edge", "2.0.0", layers, G_N_ELEMENTS (layers));
  g_autoptr(StrataStanding) standing = strata_standing_new (appliance, target, NOW);
  g_auto(GStrv) changes = strata_appliance_target_list_changes (target, appliance);
  const char *const names[] = { "shop", "cameras", NULL };

  g_assert_cmpint (strata_standing_get_kind (standing), ==, STRATA_STANDING_BEHIND);
  g_assert_cmpstrv (strata_standing_get_names (standing), names);
  g_assert_cmpstrv (changes, names);
}

static void
test_applying (void)
{
  const Said said[] = { READY,
                        { STRATA_CONDITION_FETCHED, "1.0.0", NULL, NULL },
                        { STRATA_CONDITION_WAITING, "1.0.0", NULL, NULL } };
  g_autoptr(StrataStanding) standing = judge (said, heard (MINUTE), "1.1.0", NULL);

  g_assert_cmpint (strata_standing_get_kind (standing), ==, STRATA_STANDING_APPLYING);
  g_assert_cmpuint (strata_standing_get_n (standing), ==, 2);
  g_assert_cmpuint (strata_standing_get_total (standing), ==, 3);
  g_assert_cmpstr (strata_standing_get_layer (standing), ==, "network");
  g_assert_cmpint (strata_standing_get_since (standing), ==, NOW - 3 * MINUTE);
}

static void
test_installed_is_not_ready (void)
{
  const Said said[] = { READY, READY, { STRATA_CONDITION_INSTALLED, "1.0.0", NULL, NULL } };
  g_autoptr(StrataStanding) standing = judge (said, heard (MINUTE), "1.0.0", NULL);

  g_assert_cmpint (strata_standing_get_kind (standing), ==, STRATA_STANDING_APPLYING);
  g_assert_cmpuint (strata_standing_get_n (standing), ==, 3);
}

/* It was asked, and has said nothing of its layers yet. */
static void
test_first_boot (void)
{
  const Said said[3] = { 0 };
  g_autoptr(StrataAppliance) appliance = make_appliance (said, heard (MINUTE));
  g_autoptr(StrataStanding) standing = judge (said, heard (MINUTE), "1.0.0", NULL);

  g_assert_cmpint (strata_appliance_get_life (appliance, NOW), ==, STRATA_LIFE_STARTING);
  g_assert_cmpint (strata_standing_get_kind (standing), ==, STRATA_STANDING_APPLYING);
  g_assert_cmpuint (strata_standing_get_n (standing), ==, 1);
}

/* A list has no conditions: what it says is what counts until the details are there. */
static void
test_from_a_list (void)
{
  const Said said[3] = { 0 };
  StrataApplianceFacts facts = heard (MINUTE);

  facts.is_detailed = FALSE;

  g_autoptr(StrataStanding) same = judge (said, facts, "1.0.0", NULL);
  g_autoptr(StrataStanding) newer = judge (said, facts, "1.1.0", NULL);

  g_assert_cmpint (strata_standing_get_kind (same), ==, STRATA_STANDING_CURRENT);
  g_assert_cmpint (strata_standing_get_kind (newer), ==, STRATA_STANDING_BEHIND);
}

/* One failed layer is worse than all that move. */
static void
test_failed (void)
{
  const Said said[] = { READY,
                        { STRATA_CONDITION_ERROR, "1.0.0", NULL, NULL },
                        { STRATA_CONDITION_WAITING, "1.0.0", NULL, NULL } };
  g_autoptr(StrataStanding) standing = judge (said, heard (MINUTE), "1.1.0", NULL);

  g_assert_cmpint (strata_standing_get_kind (standing), ==, STRATA_STANDING_FAILED);
  g_assert_cmpuint (strata_standing_get_n (standing), ==, 2);
  g_assert_cmpstr (strata_standing_get_layer (standing), ==, "network");
  g_assert_cmpstr (strata_standing_get_reason (standing), ==, "no such image");
  g_assert_cmpint (strata_standing_get_since (standing), ==, NOW - 2 * MINUTE);
}

static void
check_unknown (const Said           *said,
               StrataApplianceFacts  facts,
               StrataStandingKind    was,
               gint64                since)
{
  g_autoptr(StrataStanding) standing = judge (said, facts, "1.0.0", NULL);

  g_assert_cmpint (strata_standing_get_kind (standing), ==, STRATA_STANDING_UNKNOWN);
  g_assert_cmpint (strata_standing_get_was (standing), ==, was);
  g_assert_cmpint (strata_standing_get_since (standing), ==, since);
}

static void
test_silent_is_never_current (void)
{
  const Said failed[] = { READY, READY, { STRATA_CONDITION_ERROR, "1.0.0", NULL, NULL } };

  check_unknown (all_ready, heard (3 * HOUR), STRATA_STANDING_CURRENT, NOW - 3 * HOUR);
  check_unknown (all_ready, heard (STRATA_APPLIANCE_SILENT_AFTER + 1), STRATA_STANDING_CURRENT,
                 NOW - STRATA_APPLIANCE_SILENT_AFTER - 1);
  check_unknown (failed, heard (3 * HOUR), STRATA_STANDING_FAILED, NOW - 3 * HOUR);
}

static void
test_never_heard_of (void)
{
  check_unknown (all_ready, heard (NOW), STRATA_STANDING_CURRENT, 0);
}

/* Two clocks differ: what looks fresh may be old. */
static void
test_heard_of_tomorrow (void)
{
  check_unknown (all_ready, heard (-24 * HOUR), STRATA_STANDING_CURRENT, 0);
}

static void
test_clocks_differ_by_a_little (void)
{
  g_autoptr(StrataStanding) standing = judge (all_ready, heard (-MINUTE), "1.0.0", NULL);

  g_assert_cmpint (strata_standing_get_kind (standing), ==, STRATA_STANDING_CURRENT);
}

static void
test_unpaired (void)
{
  const Said said[3] = { 0 };
  StrataApplianceFacts facts = heard (MINUTE);

  facts.is_paired = FALSE;
  check_unknown (said, facts, STRATA_STANDING_UNKNOWN, 0);
}

static void
test_unlinked (void)
{
  StrataApplianceFacts facts = heard (MINUTE);

  facts.profile_uid = "";

  g_autoptr(StrataStanding) standing = judge (all_ready, facts, "1.0.0", NULL);
  g_assert_cmpint (strata_standing_get_kind (standing), ==, STRATA_STANDING_UNLINKED);

  facts.heard = NOW - 3 * HOUR;
  check_unknown (all_ready, facts, STRATA_STANDING_UNLINKED, NOW - 3 * HOUR);
}

/* With no profile to compare with nobody can say that it is current; what it says itself still counts. */
static void
test_without_target (void)
{
  const Said moving[] = { READY, READY, { STRATA_CONDITION_FETCHED, "1.0.0", NULL, NULL } };
  g_autoptr(StrataAppliance) ready = make_appliance (all_ready, heard (MINUTE));
  g_autoptr(StrataAppliance) applying = make_appliance (moving, heard (MINUTE));
  g_autoptr(StrataStanding) unknown = strata_standing_new (ready, NULL, NOW);
  g_autoptr(StrataStanding) known = strata_standing_new (applying, NULL, NOW);

  g_assert_cmpint (strata_standing_get_kind (unknown), ==, STRATA_STANDING_UNKNOWN);
  g_assert_cmpint (strata_standing_get_kind (known), ==, STRATA_STANDING_APPLYING);
}

static void
test_equal (void)
{
  g_autoptr(StrataStanding) one = judge (all_ready, heard (MINUTE), "1.0.0", NULL);
  g_autoptr(StrataStanding) same = judge (all_ready, heard (2 * MINUTE), "1.0.0", NULL);
  g_autoptr(StrataStanding) behind = judge (all_ready, heard (MINUTE), "1.1.0", NULL);

  g_assert_true (strata_standing_equal (one, same));
  g_assert_false (strata_standing_equal (one, behind));
}

/* A change of a value moves no version; what was said before it is about what was there before. */
static void
test_behind_what_moved (void)
{
  StrataTargetLayer layers[] = {
    { .name = "os", .stamp = "a" },
    { .name = "network", .stamp = "b" },
    { .name = "shop", .stamp = "c" },
  };
  g_autoptr(StrataAppliance) appliance = make_appliance (all_ready, heard (MINUTE));
  g_autoptr(StrataApplianceTarget) before =
    strata_appliance_target_new ("p1", "retail", "1", layers, 3);

  layers[1].stamp = "moved";

  g_autoptr(StrataApplianceTarget) after =
    strata_appliance_target_new ("p1", "retail", "1", layers, 3);
  g_autoptr(StrataApplianceTarget) lately =
    strata_appliance_target_new_after (after, before, NOW - MINUTE);
  g_autoptr(StrataApplianceTarget) long_ago =
    strata_appliance_target_new_after (after, before, NOW - HOUR);
  g_autoptr(StrataApplianceTarget) still = strata_appliance_target_new_after (after, lately, NOW);
  g_autoptr(StrataStanding) current = strata_standing_new (appliance, before, NOW);
  g_autoptr(StrataStanding) behind = strata_standing_new (appliance, lately, NOW);
  g_autoptr(StrataStanding) done = strata_standing_new (appliance, long_ago, NOW);
  const char *const names[] = { "network", NULL };

  g_assert_cmpint (strata_standing_get_kind (current), ==, STRATA_STANDING_CURRENT);
  g_assert_cmpint (strata_standing_get_kind (behind), ==, STRATA_STANDING_BEHIND);
  g_assert_cmpstrv (strata_standing_get_names (behind), names);
  g_assert_cmpint (strata_standing_get_kind (done), ==, STRATA_STANDING_CURRENT);
  g_assert_cmpint (strata_appliance_target_find (still, "network")->changed, ==, NOW - MINUTE);
}

/* The same where the console tells what of the appliance's own record moved. */
static void
test_behind_what_is_assigned_anew (void)
{
  StrataApplianceLayerFacts facts = {
    .name = "os", .condition = STRATA_CONDITION_READY, .stamp = "a", .said = NOW - MINUTE
  };
  g_autoptr(StrataApplianceLayer) before = strata_appliance_layer_new (&facts);

  facts.stamp = "b";

  g_autoptr(StrataApplianceLayer) after = strata_appliance_layer_new (&facts);
  g_autoptr(StrataApplianceLayer) moved = strata_appliance_layer_new_after (after, before, NOW);
  g_autoptr(StrataApplianceLayer) still =
    strata_appliance_layer_new_after (after, moved, NOW + HOUR);

  g_assert_cmpint (strata_standing_judge_layer (before, NULL, TRUE), ==, STRATA_STANDING_CURRENT);
  g_assert_cmpint (strata_standing_judge_layer (moved, NULL, TRUE), ==, STRATA_STANDING_BEHIND);
  g_assert_cmpint (strata_appliance_layer_get_facts (still)->changed, ==, NOW);

  facts.said = NOW + MINUTE;

  g_autoptr(StrataApplianceLayer) there = strata_appliance_layer_new (&facts);
  g_autoptr(StrataApplianceLayer) done = strata_appliance_layer_new_after (there, moved, NOW);
  g_assert_cmpint (strata_standing_judge_layer (done, NULL, TRUE), ==, STRATA_STANDING_CURRENT);
}

static void
test_for_profile (void)
{
  g_autoptr(StrataProfile) empty = strata_profile_new ("retail-edge", "2.0.0");
  g_autoptr(StrataLayer) bare = strata_layer_new (STRATA_LAYER_KIND_HELM, "shop");
  g_autoptr(StrataLayer) versioned = strata_layer_with (bare, STRATA_LAYER_VERSION, "1.1.0");
  g_autoptr(StrataBlob) values = strata_blob_new_text ("replicas: 2\n");
  g_autoptr(StrataLayer) layer = strata_layer_with_values (versioned, values);
  g_autoptr(StrataProfile) profile = strata_profile_with_layer_inserted (empty, 0, layer);
  g_autoptr(StrataApplianceTarget) target = strata_appliance_target_new_for_profile (profile);
  g_autofree char *digest = strata_appliance_target_digest ("replicas: 2");
  const StrataTargetLayer *found = strata_appliance_target_find (target, "shop");

  g_assert_nonnull (found);
  g_assert_cmpstr (found->version, ==, "1.1.0");
  g_assert_cmpstr (found->digest, ==, digest);
  g_assert_null (strata_appliance_target_find (target, "os"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/standing/current", test_current);
  g_test_add_func ("/core/standing/behind/version", test_behind_by_version);
  g_test_add_func ("/core/standing/behind/values", test_behind_by_values);
  g_test_add_func ("/core/standing/behind/assigned", test_behind_what_is_assigned);
  g_test_add_func ("/core/standing/behind/condition", test_behind_as_the_console_says);
  g_test_add_func ("/core/standing/behind/come-and-go", test_behind_by_layers_that_come_and_go);
  g_test_add_func ("/core/standing/behind/what-moved", test_behind_what_moved);
  g_test_add_func ("/core/standing/behind/assigned-anew", test_behind_what_is_assigned_anew);
  g_test_add_func ("/core/standing/applying", test_applying);
  g_test_add_func ("/core/standing/applying/installed", test_installed_is_not_ready);
  g_test_add_func ("/core/standing/applying/first-boot", test_first_boot);
  g_test_add_func ("/core/standing/from-a-list", test_from_a_list);
  g_test_add_func ("/core/standing/failed", test_failed);
  g_test_add_func ("/core/standing/unknown/silent", test_silent_is_never_current);
  g_test_add_func ("/core/standing/unknown/never-heard-of", test_never_heard_of);
  g_test_add_func ("/core/standing/unknown/heard-of-tomorrow", test_heard_of_tomorrow);
  g_test_add_func ("/core/standing/clocks", test_clocks_differ_by_a_little);
  g_test_add_func ("/core/standing/unknown/unpaired", test_unpaired);
  g_test_add_func ("/core/standing/unlinked", test_unlinked);
  g_test_add_func ("/core/standing/without-target", test_without_target);
  g_test_add_func ("/core/standing/equal", test_equal);
  g_test_add_func ("/core/standing/for-profile", test_for_profile);

  return g_test_run ();
}
