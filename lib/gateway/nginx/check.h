/* SPDX-License-Identifier: MIT */
/* One message under check, by the rules and by a shadow's. */
#ifndef BDC_GATEWAY_NGINX_CHECK_H
#define BDC_GATEWAY_NGINX_CHECK_H

#include "message.h"
#include "rules.h"

/* A checker that is taken from its stock. */
typedef struct gate_taken {
  gate_rules *rules;
  bdc_checker *checker; /* NULL: none */
} gate_taken;

typedef struct gate_check {
  gate_taken rules;
  gate_taken shadow; /* none where there is no memory for it, too */
  size_t size;       /* bytes fed */
  bool begun;
} gate_check;

/* Takes checkers and checks the message's head. False: there is no checker to be had. */
bool gate_check_begin(gate_check *check, gate_subject rules, gate_subject shadow, const gate_message *message);

/* The operation of a request: the one that is named, or that of the route. */
bdc_status gate_check_route(gate_subject rules, const gate_message *message, const bdc_operation **out);

/* The next piece of the body. */
void gate_check_feed(gate_check *check, const void *piece, size_t size);
void gate_check_end(gate_check *check);

/* All of it in one call, instead of begin, feed and end: faster. */
bool gate_check_whole(gate_check *check, gate_subject rules, gate_subject shadow, const gate_message *message, const void *body,
                      size_t size);

/* What was found, complete after end or whole. The shadow's is NULL where there is none. */
const bdc_report *gate_check_report(const gate_check *check);
const bdc_report *gate_check_shadow(const gate_check *check);

/* Gives the checkers back: the reports are gone. May be called at any time, and again. */
void gate_check_release(gate_check *check);

#endif
