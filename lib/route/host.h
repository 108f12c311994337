/* SPDX-License-Identifier: MIT */
/* Host names (RFC 3986, RFC 9110) and patterns of them. */
#ifndef BDC_ROUTE_HOST_H
#define BDC_ROUTE_HOST_H

#include <bodycheck/bodycheck.h>

/*
 * The host of "host:port", without the port and the dot that may end a full name. Empty where there is none. What is no host name is
 * given as it stands: it matches no pattern.
 */
bdc_str bdc__host_of(bdc_str host_and_port);

/* The same of an authority, which may have "user@" before it. */
bdc_str bdc__authority_host(bdc_str authority);

/*
 * Whether a host is one of a pattern: label by label, without letter case; "*" stands for one label of letters, digits, "-" and "_". Linear
 * in the size of both.
 */
bool bdc__host_matches(bdc_str pattern, bdc_str host);

#endif
