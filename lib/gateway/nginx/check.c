/* SPDX-License-Identifier: MIT */
#include "check.h"

static void give(gate_taken *taken) {
  if (taken->checker) {
    gate_rules_give(taken->rules, taken->checker);
  }
  *taken = (gate_taken){ 0 };
}

static bool take(gate_taken *taken, gate_subject subject) {
  give(taken);
  taken->rules = subject.rules;
  taken->checker = subject.rules ? gate_rules_take(subject.rules) : NULL;
  return taken->checker;
}

static bool take_both(gate_check *check, gate_subject rules, gate_subject shadow) {
  check->size = 0;
  check->begun = take(&check->rules, rules);
  if (check->begun) {
    take(&check->shadow, shadow);
  }
  return check->begun;
}

/* A named operation is checked at any path: a gateway may serve it where its documentation does not have it. */
static bdc_request request_for(gate_subject subject, const gate_message *message) {
  bdc_request request = message->request;
  const bdc_operation *found;
  request.operation = subject.operation;
  if (subject.operation && bdc_route_request(gate_rules_set(subject.rules), &request, &found, NULL, 0, NULL) == BDC_ERR_NO_PATH) {
    request.target = (bdc_str){ 0 };
  }
  return request;
}

bdc_status gate_check_route(gate_subject rules, const gate_message *message, const bdc_operation **out) {
  bdc_request request = request_for(rules, message);
  return bdc_route_request(gate_rules_set(rules.rules), &request, out, NULL, 0, NULL);
}

/* The operation of a response: known by the request, or that of the same name in a shadow's rules. */
static const bdc_operation *response_operation(gate_subject subject, const gate_message *message) {
  const bdc_operation *found = subject.operation;
  if (!subject.is_shadow) {
    return message->operation;
  }
  if (!found) {
    bdc_str name = bdc_operation_describe(message->operation).full_name;
    bdc_operation_search(gate_rules_set(subject.rules), name, &found, NULL, 0, NULL);
  }
  return found;
}

static void begin(const gate_taken *taken, gate_subject subject, const gate_message *message) {
  if (!taken->checker) {
    return;
  }
  if (message->direction == GATE_REQUEST) {
    bdc_request request = request_for(subject, message);
    bdc_check_begin_request(taken->checker, &request);
  } else {
    bdc_check_begin_response(taken->checker, response_operation(subject, message), &message->response);
  }
}

bool gate_check_begin(gate_check *check, gate_subject rules, gate_subject shadow, const gate_message *message) {
  if (!take_both(check, rules, shadow)) {
    return false;
  }
  begin(&check->rules, rules, message);
  begin(&check->shadow, shadow, message);
  return true;
}

void gate_check_feed(gate_check *check, const void *piece, size_t size) {
  check->size += size;
  if (check->rules.checker) {
    bdc_check_feed(check->rules.checker, piece, size);
  }
  if (check->shadow.checker) {
    bdc_check_feed(check->shadow.checker, piece, size);
  }
}

void gate_check_end(gate_check *check) {
  bdc_verdict verdict;
  if (check->rules.checker) {
    bdc_check_end(check->rules.checker, &verdict);
  }
  if (check->shadow.checker) {
    bdc_check_end(check->shadow.checker, &verdict);
  }
}

static void whole(const gate_taken *taken, gate_subject subject, const gate_message *message, const void *body, size_t size) {
  if (!taken->checker) {
    return;
  }
  if (message->direction == GATE_REQUEST) {
    bdc_request request = request_for(subject, message);
    request.body = body;
    request.body_size = size;
    bdc_check_request(taken->checker, &request);
  } else {
    bdc_response response = message->response;
    response.body = body;
    response.body_size = size;
    bdc_check_response(taken->checker, response_operation(subject, message), &response);
  }
}

bool gate_check_whole(gate_check *check, gate_subject rules, gate_subject shadow, const gate_message *message, const void *body,
                      size_t size) {
  if (!take_both(check, rules, shadow)) {
    return false;
  }
  check->size = size;
  whole(&check->rules, rules, message, body, size);
  whole(&check->shadow, shadow, message, body, size);
  return true;
}

const bdc_report *gate_check_report(const gate_check *check) {
  return bdc_checker_report(check->rules.checker);
}

const bdc_report *gate_check_shadow(const gate_check *check) {
  return check->shadow.checker ? bdc_checker_report(check->shadow.checker) : NULL;
}

void gate_check_release(gate_check *check) {
  give(&check->rules);
  give(&check->shadow);
}
