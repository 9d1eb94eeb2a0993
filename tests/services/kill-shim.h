/* kill-shim.h - what a program that runs under the shim calls
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

void        kill_shim_arm       (int on);
const char *kill_shim_get_calls (void);
