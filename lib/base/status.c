/* SPDX-License-Identifier: MIT */
/* The words for the numbers of the public header. */
#include <bodycheck/bodycheck.h>

#define TEXT_OF(table, number) ((size_t)(number) < sizeof(table) / sizeof(table)[0] ? (table)[number] : "?")

const char *bdc_version(void) {
  return BDC_VERSION;
}

const char *bdc_status_text(bdc_status status) {
  static const char *const texts[] = {
    [BDC_OK] = "success",
    [BDC_ERR_MEMORY] = "no memory",
    [BDC_ERR_ARGUMENT] = "an argument is not allowed",
    [BDC_ERR_IO] = "rules cannot be read",
    [BDC_ERR_RULES] = "the rules have mistakes",
    [BDC_ERR_NO_OPERATION] = "no operation has this name",
    [BDC_ERR_AMBIGUOUS] = "several operations fit; name the provider, or the operation",
    [BDC_ERR_NO_PATH] = "no operation has this path",
    [BDC_ERR_NO_METHOD] = "no operation of this path has this method",
    [BDC_ERR_STATE] = "no check was begun",
    [BDC_ERR_SPACE] = "the buffer is too small",
    [BDC_ERR_NO_ERROR] = "no error is documented",
    [BDC_ERR_NO_HOST] = "no operation of this path has this host",
    [BDC_ERR_NO_TABLE] = "the operation documents no such body",
    [BDC_ERR_INTERNAL] = "this is a fault of bodycheck",
  };
  return TEXT_OF(texts, status);
}

const char *bdc_rule_name(bdc_rule rule) {
  static const char *const names[BDC_RULE_COUNT] = {
    [BDC_RULE_SYNTAX] = "syntax",
    [BDC_RULE_ENCODING] = "encoding",
    [BDC_RULE_DUPLICATE] = "duplicate",
    [BDC_RULE_LIMIT] = "limit",
    [BDC_RULE_MANDATORY] = "mandatory",
    [BDC_RULE_UNKNOWN] = "unknown",
    [BDC_RULE_TYPE] = "type",
    [BDC_RULE_LENGTH_MIN] = "length.min",
    [BDC_RULE_LENGTH_MAX] = "length.max",
    [BDC_RULE_CHARSET] = "charset",
    [BDC_RULE_START] = "start",
    [BDC_RULE_ENUM] = "enum",
    [BDC_RULE_RANGE] = "range",
    [BDC_RULE_ITEMS] = "items",
    [BDC_RULE_INCLUDES] = "includes",
    [BDC_RULE_PATTERN] = "pattern",
    [BDC_RULE_FORMAT] = "format",
    [BDC_RULE_STATUS] = "status",
    [BDC_RULE_MEDIA_TYPE] = "media-type",
  };
  return TEXT_OF(names, rule);
}

const char *bdc_place_name(bdc_place place) {
  static const char *const names[] = {
    [BDC_IN_BODY] = "body", [BDC_IN_PATH] = "path", [BDC_IN_HEADER] = "header", [BDC_IN_QUERY] = "query", [BDC_IN_STATUS] = "status",
  };
  return TEXT_OF(names, place);
}

const char *bdc_verdict_name(bdc_verdict verdict) {
  static const char *const names[] = {
    [BDC_UNCHECKED] = "unchecked",
    [BDC_VALID] = "valid",
    [BDC_INVALID] = "invalid",
  };
  return TEXT_OF(names, verdict);
}

const char *bdc_reason_text(bdc_reason reason) {
  static const char *const texts[] = {
    [BDC_REASON_NONE] = "",
    [BDC_REASON_NO_OPERATION] = "no operation fits the message",
    [BDC_REASON_NO_TABLE] = "the operation has no table for this body",
    [BDC_REASON_CONTENT_ENCODING] = "the body has a Content-Encoding",
  };
  return TEXT_OF(texts, reason);
}
