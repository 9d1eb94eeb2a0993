/* strata-validate.h - all that can be said against a profile with no network
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-problem.h"
#include "strata-profile.h"
#include "strata-schema.h"

G_BEGIN_DECLS

/**
 * StrataValidateOptions:
 * @kubernetes: the minor version of Kubernetes, 30 for 1.30; 0 for what the profile's Kubernetes pack says
 * @crds: (nullable) (element-type StrataBlob): texts with definitions of kinds that the profile does not bring itself
 * @schema: (nullable): what values have to be, for [func@validate_files]
 *
 * What a profile is checked against.
 */
typedef struct
{
  guint         kubernetes;
  GPtrArray    *crds;
  StrataSchema *schema;
} StrataValidateOptions;

/**
 * StrataValidation:
 *
 * What was found in one profile: a boxed value that never changes. It remembers each layer that it
 * saw, so that the next profile, which shares nearly all of them, costs only what is new.
 */
typedef struct _StrataValidation StrataValidation;

#define STRATA_TYPE_VALIDATION (strata_validation_get_type ())

GType             strata_validation_get_type     (void);
StrataValidation *strata_validate_profile        (StrataProfile               *profile,
                                                  const StrataValidateOptions *options,
                                                  StrataValidation            *before);
GPtrArray        *strata_validate_layer          (StrataLayer                 *layer,
                                                  const StrataValidateOptions *options);

GPtrArray        *strata_validate_files          (GPtrArray                   *files,
                                                  const StrataValidateOptions *options);

StrataValidation *strata_validation_ref          (StrataValidation            *self);
void              strata_validation_unref        (StrataValidation            *self);
GPtrArray        *strata_validation_get_problems (StrataValidation            *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataValidation, strata_validation_unref)

G_END_DECLS
